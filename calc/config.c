/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a configuration: the file, then what the command line puts over it. Nothing is
 * interpreted here, but every value knows where it came from.
 */
#include "calc/config.h"

#include "calc/file.h"
#include "calc/shown.h"
#include "calc/utf8.h"
#include "calc/value.h"

#include <string.h>

/* Does text hold only what a line of the file may hold? */
static bool plain(const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        uint32_t code;
        size_t n = utf8_step(text, left, &code);
        if (n == 0 || (utf8_control(code) && code != '\t'))
            return false;
        text += n;
        left -= n;
    }
    return true;
}

/* A copy of text[0..len) without blanks around it and with inner ones folded to one. */
static char *folded(struct arena *a, const char *text, size_t len)
{
    char *out = arena_alloc(a, len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < len; i++) {
        bool blank = strchr(" \t", text[i]) != NULL;
        if (!blank)
            out[n++] = text[i];
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    if (out)
        out[n - (n > 0 && out[n - 1] == ' ')] = '\0';
    return out;
}

static struct ini_section *section_of(struct config *c, const char *name, int line)
{
    for (size_t i = 0; i < c->ini.n; i++)
        if (strcmp(c->ini.sections[i].name, name) == 0)
            return &c->ini.sections[i];
    struct ini_section *grown = arena_grow(&c->arena, c->ini.sections, c->ini.n, c->ini.n + 1, sizeof *grown);
    if (!grown)
        return NULL;
    grown[c->ini.n] = (struct ini_section){.name = name, .line = line};
    c->ini.sections = grown;
    return &grown[c->ini.n++];
}

static struct ini_entry *entry_of(struct config *c, struct ini_section *s, const char *key)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->entries[i].key, key) == 0)
            return &s->entries[i];
    struct ini_entry *grown = arena_grow(&c->arena, s->entries, s->n, s->n + 1, sizeof *grown);
    if (!grown)
        return NULL;
    s->entries = grown;
    return &grown[s->n++];
}

static int put(struct config *c, const char *section, const char *key, const char *value, int line, struct err *err)
{
    struct ini_section *s = section && key && value ? section_of(c, section, line) : NULL;
    struct ini_entry *e = s ? entry_of(c, s, key) : NULL;
    if (!e)
        return err_nomem(err);
    *e = (struct ini_entry){key, value, line};
    return 0;
}

/* set: "section.key=value" */
static int put_set(struct config *c, const char *set, int line, struct err *err)
{
    struct arena *a = &c->arena;
    size_t dot = strcspn(set, ".="), equals = strcspn(set, "=");
    if (!plain(set))
        return err_set(err, ERR_USAGE, "text is not UTF-8, or holds control characters");
    if (set[dot] != '.' || set[equals] != '=')
        return err_set(err, ERR_USAGE, "no section.key=value (such as --set 'compute web.count=7')");
    const char *text = set + equals + 1 + strspn(set + equals + 1, " \t");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t", text[len - 1]))
        len--;
    char *section = folded(a, set, dot), *key = folded(a, set + dot + 1, equals - dot - 1),
         *value = arena_strndup(a, text, len);
    if ((section && !section[0]) || (key && !key[0]))
        return err_set(err, ERR_USAGE, "the section or the key is empty (section.key=value)");
    return put(c, section, key, value, line, err);
}

static int put_sets(struct config *c, const char *const *sets, size_t n, const char *as_of, struct err *err)
{
    char cut[SHOWN_MAX];
    const char **origins = arena_array(&c->arena, n + 1, sizeof *origins);
    if (!origins)
        return err_nomem(err);
    c->origins = origins;
    for (size_t i = 0; i < n + (as_of != NULL); i++) {
        bool set = i < n;
        origins[i] = set ? arena_printf(&c->arena, "--set '%s'", shown(sets[i], cut))
                         : arena_printf(&c->arena, "--as-of %s", shown(as_of, cut));
        if (!origins[i])
            return err_nomem(err);
        c->norigins = i + 1;
        int line = -1 - (int)i;
        int rc = set ? put_set(c, sets[i], line, err)
                     : put(c, "project", "as_of", arena_strdup(&c->arena, as_of), line, err);
        if (rc != 0)
            return config_blame(c, line, err);
    }
    return 0;
}

static int read_file(struct config *c, struct err *err)
{
    struct buf body = {0};
    int rc = file_read(c->file, INI_BYTES_MAX, &body, err);
    if (rc == 0)
        rc = ini_parse(&c->ini, &c->arena, c->file, body.n > 0 ? body.v : "", body.n, err);
    buf_free(&body);
    return rc;
}

int config_load(struct config *out, const char *file, const char *const *sets, size_t nsets, const char *as_of,
                struct date today, struct err *err)
{
    struct config c = {.as_of = as_of, .today = today};
    if (file && !plain(file))
        return err_set(err, ERR_USAGE, "the configuration's name '%s' is not plain UTF-8 text", file);
    c.file = arena_strdup(&c.arena, file ? file : "no configuration");
    if (!c.file)
        return err_nomem(err);
    if ((file && read_file(&c, err) != 0) || put_sets(&c, sets, nsets, as_of, err) != 0) {
        config_free(&c);
        return -1;
    }
    *out = c;
    return 0;
}

/* A section of the base is about to change: entries of its own. */
static bool own_entries(struct config *c, const char *name)
{
    for (size_t i = 0; i < c->ini.n; i++) {
        struct ini_section *s = &c->ini.sections[i];
        if (strcmp(s->name, name) != 0 || s->n == 0)
            continue;
        s->entries = arena_grow(&c->arena, s->entries, s->n, s->n, sizeof *s->entries);
        return s->entries != NULL;
    }
    return true;
}

/* The base's sections and origins, to be added to. */
static bool start_over(const struct config *base, size_t n, const char ***origins, struct config *c)
{
    *c = *base;
    c->arena = c->below = (struct arena){NULL};
    c->ini.sections = arena_grow(&c->arena, base->ini.sections, base->ini.n, base->ini.n + 1, sizeof *c->ini.sections);
    *origins = arena_grow(&c->arena, base->origins, base->norigins, base->norigins + n + 1, sizeof **origins);
    c->origins = *origins;
    return c->ini.sections && *origins;
}

int config_over(const struct config *base, const struct override *v, size_t n, struct config *out, struct err *err)
{
    struct config c;
    const char **origins;
    bool room = start_over(base, n, &origins, &c);
    for (size_t i = 0; room && i < n; i++) {
        origins[c.norigins++] = v[i].origin;
        room = own_entries(&c, v[i].section) && put(&c, v[i].section, v[i].key, v[i].value, -(int)c.norigins, err) == 0;
    }
    if (!room) {
        config_free(&c);
        return err_nomem(err);
    }
    *out = c;
    return 0;
}

void config_free(struct config *c)
{
    arena_free(&c->arena);
    arena_free(&c->below);
    *c = (struct config){0};
}

int config_blame(const struct config *c, int line, struct err *err)
{
    if (err->kind == ERR_INTERNAL) /* no memory: no line of the file is at fault */
        return -1;
    if (line < 0)
        return err_prefix(err, "%s", c->origins[-1 - line]);
    if (line == 0)
        return err_prefix(err, "%s", c->file);
    return err_prefix(err, "%s:%d", c->file, line);
}

const char *config_pack(struct config *c, struct err *err)
{
    const struct value_env env = {.arena = &c->arena, .file = c->file};
    const char *path = NULL;
    *err = (struct err){0};
    for (size_t i = 0; i < c->ini.n; i++) {
        const struct ini_section *s = &c->ini.sections[i];
        for (size_t k = 0; k < s->n && strcmp(s->name, "prices") == 0; k++)
            if (strcmp(s->entries[k].key, "pack") == 0 && value_path(s->entries[k].value, &env, &path, err) != 0) {
                err_prefix(err, "pack");
                config_blame(c, s->entries[k].line, err);
            }
    }
    return path;
}
