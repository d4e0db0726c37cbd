/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_columns.h"

#include "calc/key.h"
#include "calc/shown.h"
#include "calc/words.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_SHOWN = 40 };

/* The second kind names the scenario only where no word of inventories stands beside it: there it names the line. */
static const char *const scenario_words[] = {"scenario", "场景", "情景", NULL};
static const char *const name_words[] = {"name", "名称", NULL};

/* A header on its way to a meaning. */
struct header {
    struct arena *arena;
    const struct config *base;
    const struct batch_words *words;
    const char *text; /* without blanks around it */
};

/* ---- keys ---- */

static bool has_section(const struct config *c, const char *name)
{
    for (size_t i = 0; i < c->ini.n; i++)
        if (strcmp(c->ini.sections[i].name, name) == 0)
            return true;
    return false;
}

static bool is_key(enum section_id id, const char *text)
{
    struct err unheard;

    return text[0] != '\0' && key_find(id, section_word(id), text, &unheard) != NULL;
}

static int no_section(const struct header *h, const char *name, struct err *err)
{
    const char *names[NAMES_SHOWN];
    char cut[SHOWN_MAX];
    size_t n = 0;

    for (size_t i = 0; i < h->base->ini.n && n < NAMES_SHOWN; i++)
        names[n++] = h->base->ini.sections[i].name;
    const char *near = words_near(name, names, n);
    if (near != NULL)
        return err_set(err, ERR_USAGE, "%s has no section [%s] (did you mean [%s]?)", h->base->file, shown(name, cut),
                       near);
    struct buf list = {0};
    words_list(&list, names, n, NAMES_SHOWN);
    int rc = list.failed ? err_nomem(err)
                         : err_set(err, ERR_USAGE, "%s has no section [%s] (it has: %s)", h->base->file,
                                   shown(name, cut), list.v != NULL ? list.v : "none");
    buf_free(&list);
    return rc;
}

/* What a row may set must exist: a slip in a name would add a section to every row. A way of payment needs none. */
static int check_section(const struct header *h, enum section_id id, const char *name, struct err *err)
{
    if (id == SECTION_NETWORK || id == SECTION_FETCH || id == SECTION_QUOTE)
        return err_set(err, ERR_USAGE, "[%s] says nothing about an estimate, so no row can set it", name);
    if (id == SECTION_PAYMENT || strchr(name, ' ') == NULL || has_section(h->base, name))
        return 0;
    return no_section(h, name, err);
}

static int take_key(const struct header *h, enum section_id id, const char *section, const char *key,
                    struct batch_column *out, struct err *err)
{
    if (section == NULL)
        return err_nomem(err);
    if (check_section(h, id, section, err) != 0 || key_find(id, section, key, err) == NULL)
        return -1;
    if (id == SECTION_PRICES && strcmp(key, "pack") == 0)
        return err_set(err, ERR_USAGE, "'prices.pack' is one for all rows (give it in %s or with --set)",
                       h->base->file);
    *out = (struct batch_column){h->text, BATCH_KEY, section, arena_strdup(h->arena, key), 0};
    return out->key != NULL ? 0 : err_nomem(err);
}

/* rest is what follows "compute.": the name ends at the first dot behind which a key stands. */
static int named_key(const struct header *h, enum section_id id, const char *rest, struct batch_column *out,
                     struct err *err)
{
    const char *word = section_word(id), *dot = strchr(rest, '.'), *end = dot;

    if (dot == NULL)
        return err_set(err, ERR_USAGE, "'%s' names no key (such as %s.%s.KEY)", h->text, word,
                       section_table[id].example);
    while (end != NULL && !is_key(id, end + 1))
        end = strchr(end + 1, '.');
    if (end == NULL)
        end = dot; /* the message is about the key behind the first */
    return take_key(h, id, arena_printf(h->arena, "%s %.*s", word, (int)(end - rest), rest), end + 1, out, err);
}

/* The section a header begins with: *rest is behind the dot or blank. */
static bool begins_with_section(const char *text, enum section_id *id, const char **rest)
{
    size_t n = strcspn(text, ". ");

    if (text[n] == '\0' || text[n + 1] == '\0')
        return false;
    for (int i = 0; i < SECTION_COUNT; i++) {
        const char *word = section_word((enum section_id)i);
        if (strlen(word) != n || strncmp(word, text, n) != 0)
            continue;
        *id = (enum section_id)i;
        *rest = text + n + 1;
        return text[n] == '.' || strchr(*rest, '.') != NULL;
    }
    return false;
}

static int read_key(const struct header *h, enum section_id id, const char *rest, struct batch_column *out,
                    struct err *err)
{
    enum naming naming = section_table[id].naming;
    bool blank = h->text[strlen(section_word(id))] == ' ';

    if (naming == NAME_MUST || (naming == NAME_MAY && (blank || strchr(rest, '.') != NULL)))
        return named_key(h, id, rest, out, err);
    if (blank)
        return err_set(err, ERR_USAGE, "section [%s] takes no name ('%s')", section_word(id), h->text);
    return take_key(h, id, arena_strdup(h->arena, section_word(id)), rest, out, err);
}

/* Lower case, then a dot with no blank behind it: not a label like "Dept. no", but a key of a section that is none. */
static bool looks_like_key(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

    if (n > 0 && text[n] == ' ')
        n += strcspn(text + n, ".");
    return n > 0 && text[n] == '.' && text[n + 1] != '\0' && strchr(text + n, ' ') == NULL;
}

static int unknown_section(const struct header *h, struct err *err)
{
    const char *name;
    enum section_id id;
    size_t n = strcspn(h->text, ". ");
    const char *word = arena_strndup(h->arena, h->text, n);

    if (word == NULL)
        return err_nomem(err);
    if (section_find(word, &id, &name, err) == 0) /* a section with a name, of which none was given */
        err_set(err, ERR_USAGE, "'%s' names no key", h->text);
    char cut[SHOWN_MAX];
    return err_prefix(err, "column '%s'", shown(h->text, cut));
}

/* ---- the header ---- */

static bool among(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (words_same(text, *words))
            return true;
    return false;
}

static int read_one(const struct header *h, struct batch_column *out, struct err *err)
{
    enum section_id id;
    const char *rest;
    char cut[SHOWN_MAX];

    *out = (struct batch_column){.header = h->text, .kind = BATCH_LABEL};
    if (begins_with_section(h->text, &id, &rest)) {
        if (read_key(h, id, rest, out, err) == 0)
            return 0;
        return err->kind == ERR_INTERNAL ? -1 : err_prefix(err, "column '%s'", shown(h->text, cut));
    }
    if (among(h->text, scenario_words))
        out->kind = BATCH_NAME;
    else if (h->words != NULL && h->words->find(h->words->ctx, h->text, &out->word))
        out->kind = BATCH_WORD;
    else if (among(h->text, name_words))
        out->kind = BATCH_NAME;
    else if (looks_like_key(h->text))
        return unknown_section(h, err);
    return 0;
}

/* Do two columns set the same? Labels: have they one name? */
static bool same(const struct batch_column *a, const struct batch_column *b)
{
    static const char project[] = "project", name[] = "name";
    const char *section[2] = {a->section, b->section}, *key[2] = {a->key, b->key};

    for (int i = 0; i < 2; i++)
        if ((i == 0 ? a : b)->kind == BATCH_NAME) {
            section[i] = project;
            key[i] = name;
        }
    if (section[0] != NULL && section[1] != NULL)
        return strcmp(section[0], section[1]) == 0 && strcmp(key[0], key[1]) == 0;
    if (a->kind != b->kind)
        return false;
    return a->kind == BATCH_WORD ? a->word == b->word : strcmp(a->header, b->header) == 0;
}

static int check_twice(const struct batch_column *v, size_t n, struct err *err)
{
    char cut[2][SHOWN_MAX];

    for (size_t i = 0; i < n; i++)
        if (same(&v[i], &v[n]))
            return err_set(err, ERR_USAGE, "columns '%s' and '%s' say the same", shown(v[i].header, cut[0]),
                           shown(v[n].header, cut[1]));
    return 0;
}

static int nothing_known(const struct batch_words *words, struct err *err)
{
    struct buf known = {0};

    if (words != NULL)
        words->known(words->ctx, &known);
    int rc = known.failed ? err_nomem(err)
                          : err_set(err, ERR_USAGE,
                                    "no column is known (known: scenario; keys such as compute.web.count or "
                                    "project.months, see tco help config%s%s)",
                                    known.n > 0 ? "; " : "", known.n > 0 ? known.v : "");
    buf_free(&known);
    return rc;
}

static const char *trimmed(struct arena *a, const struct batch_cell *cell)
{
    size_t from = strspn(cell->text, " \t"), n = cell->n;

    while (n > from && strchr(" \t", cell->text[n - 1]) != NULL)
        n--;
    return arena_strndup(a, cell->text + from, n - from);
}

static int read_cells(const struct batch_columns *c, struct batch_column *v, struct header *h,
                      const struct batch_cell *cells, struct err *err)
{
    for (size_t i = 0; i < c->n; i++) {
        h->text = trimmed(h->arena, &cells[i]);
        if (h->text == NULL)
            return err_nomem(err);
        if (strlen(h->text) == 0)
            return err_set(err, ERR_USAGE, "column %zu has no name", i + 1);
        if (read_one(h, &v[i], err) != 0)
            return -1;
    }
    return 0;
}

/* A name beside nothing that makes a line of its own is the scenario's. */
static void settle_names(struct batch_columns *c, struct batch_column *v)
{
    for (size_t i = 0; i < c->n; i++)
        c->has_words |= v[i].kind == BATCH_WORD && !among(v[i].header, name_words);
    for (size_t i = 0; i < c->n && !c->has_words; i++)
        if (v[i].kind == BATCH_WORD)
            v[i].kind = BATCH_NAME;
}

static int check_all(const struct batch_columns *c, const struct batch_words *words, struct err *err)
{
    bool known = false;

    for (size_t i = 0; i < c->n; i++) {
        if (check_twice(c->v, i, err) != 0)
            return -1;
        known |= c->v[i].kind != BATCH_LABEL;
    }
    return known ? 0 : nothing_known(words, err);
}

int batch_columns_read(struct batch_columns *out, struct arena *a, const char *file, long line,
                       const struct batch_cell *cells, size_t n, const struct config *base,
                       const struct batch_words *words, struct err *err)
{
    struct batch_column *v = arena_array(a, n, sizeof *v);
    struct batch_columns c = {.file = file, .v = v, .n = n};
    struct header h = {.arena = a, .base = base, .words = words};

    if (v == NULL)
        return err_nomem(err);
    int rc = read_cells(&c, v, &h, cells, err);
    if (rc == 0) {
        settle_names(&c, v);
        rc = check_all(&c, words, err);
    }
    if (rc != 0)
        return err->kind == ERR_INTERNAL ? -1 : err_prefix(err, "%s:%ld", file, line);
    *out = c;
    return 0;
}

void batch_columns_unused(const struct batch_columns *c, const char *used, struct buf *out)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->v[i].kind != BATCH_LABEL || (used != NULL && strcmp(c->v[i].header, used) == 0))
            continue;
        buf_puts(out, out->n > 0 ? ", " : "");
        buf_puts(out, c->v[i].header);
    }
}
