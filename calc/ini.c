/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration's file format. Lines are taken one at a time from bytes in memory, checked
 * whole, then cut into section headers and entries; a hash of the names seen finds repeats, so
 * that a large file costs no more per line than a small one.
 */
#include "calc/ini.h"

#include "calc/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES_MAX = 64 * 1024, LINES_MAX = 100000 };

struct slice {
    const char *at;
    size_t len;
};

/* A section or, with a key, an entry that was seen; free slots have section NULL. */
struct seen {
    const char *section, *key;
    int line;
};

struct reader {
    struct ini *out;
    struct arena *arena;
    const char *file;
    int line;
    size_t section_cap, entry_cap; /* of out->sections; of the last section's entries */
    struct seen *seen;
    size_t nseen, seen_cap; /* the capacity is 0 or a power of two */
    struct err *err;
};

static int bad(struct reader *r, const char *why)
{
    return err_set(r->err, ERR_USAGE, "%s:%d: %s", r->file, r->line, why);
}

/* FNV-1a over the section, a NUL, and the key. */
static size_t hash(const char *section, const char *key)
{
    uint64_t h = 14695981039346656037U;
    const char *parts[2] = {section, key != NULL ? key : ""};

    for (int i = 0; i < 2; i++) {
        for (const char *s = parts[i]; *s != '\0'; s++)
            h = (h ^ (unsigned char)*s) * 1099511628211U;
        h *= 1099511628211U;
    }
    return (size_t)(h ^ h >> 32);
}

static bool same(const struct seen *s, const char *section, const char *key)
{
    if ((s->key == NULL) != (key == NULL) || strcmp(s->section, section) != 0)
        return false;
    return key == NULL || strcmp(s->key, key) == 0;
}

/* The slot that holds the names, or the free one where they belong. */
static struct seen *slot(struct seen *table, size_t cap, const char *section, const char *key)
{
    size_t i = hash(section, key) & (cap - 1);

    while (table[i].section != NULL && !same(&table[i], section, key))
        i = (i + 1) & (cap - 1);
    return &table[i];
}

static int grow_seen(struct reader *r)
{
    size_t cap = r->seen_cap != 0 ? 2 * r->seen_cap : 256;
    struct seen *table = calloc(cap, sizeof *table);

    if (table == NULL)
        return err_nomem(r->err);
    for (size_t i = 0; i < r->seen_cap; i++)
        if (r->seen[i].section != NULL)
            *slot(table, cap, r->seen[i].section, r->seen[i].key) = r->seen[i];
    free(r->seen);
    r->seen = table;
    r->seen_cap = cap;
    return 0;
}

/* Remembers a section (key NULL) or an entry; an error when it was there before. */
static int once(struct reader *r, const char *section, const char *key)
{
    if (2 * (r->nseen + 1) > r->seen_cap && grow_seen(r) != 0)
        return -1;
    struct seen *s = slot(r->seen, r->seen_cap, section, key);
    if (s->section == NULL) {
        *s = (struct seen){section, key, r->line};
        r->nseen++;
        return 0;
    }
    if (key == NULL)
        return err_set(r->err, ERR_USAGE, "%s:%d: section [%.100s] given twice (first at line %d)", r->file, r->line,
                       section, s->line);
    return err_set(r->err, ERR_USAGE, "%s:%d: key '%.100s' given twice in [%.100s] (first at line %d)", r->file,
                   r->line, key, section, s->line);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct slice trimmed(struct slice s)
{
    while (s.len > 0 && blank(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len > 0 && blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

static struct slice without_comment(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.at[i] == ';' || s.at[i] == '#') && (i == 0 || blank(s.at[i - 1]))) {
            s.len = i;
            break;
        }
    return s;
}

/* Text, tabs, nothing else. */
static int check_bytes(struct reader *r, struct slice s)
{
    while (s.len > 0) {
        uint32_t code = 0;
        size_t n = utf8_step(s.at, s.len, &code);

        if (n == 0)
            return bad(r, "text that is not UTF-8");
        if (code == 0)
            return bad(r, "a NUL byte");
        if (utf8_control(code) && code != '\t')
            return bad(r, "a control character");
        s.at += n;
        s.len -= n;
    }
    return 0;
}

/* A copy in the arena with runs of blanks folded to one space. */
static char *folded(struct arena *a, struct slice s)
{
    char *text = arena_strndup(a, s.at, s.len);
    size_t n = 0;

    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < s.len; i++)
        if (!blank(s.at[i]) || !blank(s.at[i - 1]))
            text[n++] = blank(s.at[i]) ? ' ' : s.at[i];
    text[n] = '\0';
    return text;
}

static int add_section(struct reader *r, struct slice name)
{
    struct ini *out = r->out;

    if (out->n == r->section_cap) {
        size_t cap = r->section_cap != 0 ? 2 * r->section_cap : 16;
        struct ini_section *grown = arena_grow(r->arena, out->sections, out->n, cap, sizeof *grown);
        if (grown == NULL)
            return err_nomem(r->err);
        out->sections = grown;
        r->section_cap = cap;
    }
    char *text = folded(r->arena, name);
    if (text == NULL)
        return err_nomem(r->err);
    if (once(r, text, NULL) != 0)
        return -1;
    out->sections[out->n++] = (struct ini_section){.name = text, .line = r->line};
    r->entry_cap = 0;
    return 0;
}

static int section_line(struct reader *r, struct slice s)
{
    const char *close = memchr(s.at, ']', s.len);

    if (close == NULL)
        return bad(r, "a section without its closing ]");
    if (close != s.at + s.len - 1)
        return bad(r, "text after the ] of a section");
    struct slice name = trimmed((struct slice){s.at + 1, s.len - 2});
    if (name.len == 0)
        return bad(r, "an empty section name");
    return add_section(r, name);
}

static int add_entry(struct reader *r, struct slice key, struct slice value)
{
    struct ini_section *s = &r->out->sections[r->out->n - 1];

    if (s->n == r->entry_cap) {
        size_t cap = r->entry_cap != 0 ? 2 * r->entry_cap : 8;
        struct ini_entry *grown = arena_grow(r->arena, s->entries, s->n, cap, sizeof *grown);
        if (grown == NULL)
            return err_nomem(r->err);
        s->entries = grown;
        r->entry_cap = cap;
    }
    struct ini_entry e = {
        .key = arena_strndup(r->arena, key.at, key.len),
        .value = arena_strndup(r->arena, value.at, value.len),
        .line = r->line,
    };
    if (e.key == NULL || e.value == NULL)
        return err_nomem(r->err);
    if (once(r, s->name, e.key) != 0)
        return -1;
    s->entries[s->n++] = e;
    return 0;
}

static int entry_line(struct reader *r, struct slice s)
{
    const char *equals = memchr(s.at, '=', s.len);

    if (equals == NULL)
        return bad(r, "neither '[section]' nor 'key = value'");
    size_t at = (size_t)(equals - s.at);
    struct slice key = trimmed((struct slice){s.at, at});
    if (key.len == 0)
        return bad(r, "an empty key");
    if (r->out->n == 0)
        return bad(r, "a key before any section");
    return add_entry(r, key, trimmed((struct slice){equals + 1, s.len - at - 1}));
}

static int one_line(struct reader *r, struct slice s)
{
    if (r->line > LINES_MAX)
        return bad(r, "over 100000 lines");
    if (s.len > 0 && s.at[s.len - 1] == '\r')
        s.len--;
    if (s.len > LINE_BYTES_MAX)
        return bad(r, "a line over 64 KiB");
    if (check_bytes(r, s) != 0)
        return -1;
    s = trimmed(without_comment(s));
    if (s.len == 0)
        return 0;
    return s.at[0] == '[' ? section_line(r, s) : entry_line(r, s);
}

static int all_lines(struct reader *r, const char *at, const char *end)
{
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed != NULL ? feed : end;

        r->line++;
        if (one_line(r, (struct slice){at, (size_t)(stop - at)}) != 0)
            return -1;
        at = feed != NULL ? feed + 1 : end;
    }
    return 0;
}

int ini_parse(struct ini *out, struct arena *a, const char *file, const char *body, size_t len, struct err *err)
{
    struct ini ini = {.file = arena_strdup(a, file)};
    struct reader r = {.out = &ini, .arena = a, .file = file, .err = err};

    if (ini.file == NULL)
        return err_nomem(err);
    if (len > INI_BYTES_MAX)
        return err_set(err, ERR_USAGE, "%s: larger than 4 MiB", file);
    if (len >= 3 && memcmp(body, "\xEF\xBB\xBF", 3) == 0) {
        body += 3;
        len -= 3;
    }
    int got = len > 0 ? all_lines(&r, body, body + len) : 0;
    free(r.seen);
    if (got == 0)
        *out = ini;
    return got;
}
