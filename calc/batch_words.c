/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of words of inventories: read, checked, and looked up.
 */
#include "calc/batch_words.h"

#include "calc/file.h"
#include "calc/record.h"
#include "calc/scenario.h"
#include "fetchers/quote_parts.h"

#include <string.h>

const struct field_info field_table[FIELD_COUNT_ALL] = {
#define OPTIONAL true
#define REQUIRED false
#define FIELD(id, name, form, set, optional) [FIELD_##id] = {name, FORM_##form, set, optional},
#include "calc/batch_fields.def"
#undef FIELD
#undef OPTIONAL
#undef REQUIRED
};

/* ---- reading */

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *const sets[] = {"column", "kind",   "size",   "rate",       "cores",         "items", "time",
                                   "always", "cards",  "period", "none",       "yes-no",        "os",    "arch",
                                   "class",  "engine", "charge", "disk-class", "storage-class", NULL};

#define AT(field) offsetof(struct inventory_word, field)
static const struct cell_rule word_cells[] = {
    {"set", CELL_WORD, AT(set), 0, sets},
    {"word", CELL_NAME, AT(word), 0, NULL},
    {"meaning", CELL_NAME, AT(meaning), 0, NULL},
    {"reason", CELL_NAME, AT(reason), 0, NULL},
};
static const struct record_type word_type = {
    "inventory-words", sizeof(struct inventory_word), word_cells, COUNT(word_cells), "set and word", 2, AT(line),
};

static bool is_field(const char *name)
{
    for (int i = 0; i < FIELD_COUNT_ALL; i++)
        if (!strcmp(field_table[i].name, name))
            return true;
    return false;
}

static bool is_kind(const char *name)
{
    for (int i = 0; i < KIND_COUNT; i++)
        if (!strcmp(kind_table[i].name, name))
            return true;
    return false;
}

/* What the program itself must know; what goes into a configuration is checked there. */
static bool known_meaning(const struct inventory_word *w)
{
    if (!strcmp(w->set, "column"))
        return is_field(w->meaning);
    return strcmp(w->set, "kind") != 0 || is_kind(w->meaning);
}

const char *inventory_fold(struct arena *a, const char *text)
{
    char *folded = quote_fold(a, text);
    for (char *p = folded; p && *p; p++)
        if (*p == '_')
            *p = ' ';
    return folded;
}

static int check(const char *name, const struct inventory_words *w, struct inventory_word *v, struct arena *a,
                 struct err *err)
{
    if (!known_meaning(v))
        return err_set(err, ERR_USAGE, "%s:%d: unknown meaning '%s' of set %s", name, v->line, v->meaning, v->set);
    const char *folded = inventory_fold(a, v->word);
    if (!folded)
        return err_nomem(err);
    if (inventory_word(w, v->set, folded))
        return err_set(err, ERR_USAGE, "%s:%d: '%s' is in set %s already", name, v->line, v->word, v->set);
    v->folded = folded;
    v->len = strlen(folded);
    return 0;
}

int inventory_words_read(const char *name, const char *body, size_t len, struct arena *a, struct inventory_words *out,
                         struct err *err)
{
    struct records table;
    if (records_read(&word_type, name, body, len, a, &table, err) != 0)
        return -1;
    struct inventory_words w = {table.v, 0};
    struct inventory_word *v = table.v;
    for (; w.n < table.n; w.n++)
        if (check(name, &w, &v[w.n], a, err) != 0)
            return -1;
    *out = w;
    return 0;
}

enum { TABLE_BYTES = 1024 * 1024 };

int inventory_words_load(const char *data_dir, struct arena *a, struct inventory_words *out, struct err *err)
{
    const char *path = arena_printf(a, "%s/rules/inventory-words.csv", data_dir);
    struct buf body = {0};
    if (!path)
        return err_nomem(err);
    int rc = file_read(path, TABLE_BYTES, &body, err);
    if (rc == 0)
        rc = inventory_words_read(path, body.v ? body.v : "", body.n, a, out, err);
    buf_free(&body);
    return rc;
}

/* ---- words */

const struct inventory_word *inventory_word(const struct inventory_words *w, const char *set, const char *text)
{
    for (size_t i = 0; i < w->n; i++)
        if (!strcmp(w->v[i].folded, text) && !strcmp(w->v[i].set, set))
            return &w->v[i];
    return NULL;
}

static bool letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Does the word stand here by itself? A digit may follow it: "centos7". */
static bool stands(const struct inventory_word *w, const char *text, const char *at)
{
    bool begins = at == text || !letter(at[0]) || !letter(at[-1]);
    return begins && !strncmp(at, w->folded, w->len) && !(letter(w->folded[w->len - 1]) && letter(at[w->len]));
}

static bool within(const struct inventory_word *w, const char *text)
{
    for (const char *at = strstr(text, w->folded); at; at = strstr(at + 1, w->folded))
        if (stands(w, text, at))
            return true;
    return false;
}

const struct inventory_word *inventory_word_first(const struct inventory_words *w, const char *set, const char *text)
{
    const struct inventory_word *first = NULL;
    for (size_t i = 0; i < w->n; i++)
        if (!strcmp(w->v[i].set, set) && (!first || w->v[i].len > first->len) && stands(&w->v[i], text, text))
            first = &w->v[i];
    for (size_t i = 0; first && i < w->n; i++)
        if (!strcmp(w->v[i].set, set) && strcmp(w->v[i].meaning, first->meaning) != 0 && within(&w->v[i], text))
            return NULL;
    return first;
}

static bool told_before(const struct inventory_words *w, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (!strcmp(w->v[j].set, w->v[i].set) && !strcmp(w->v[j].meaning, w->v[i].meaning))
            return true;
    return false;
}

static size_t meanings(const struct inventory_words *w, const char *set)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        n += !strcmp(w->v[i].set, set) && !told_before(w, i);
    return n;
}

void inventory_known(const struct inventory_words *w, const char *set, struct buf *out)
{
    bool words = meanings(w, set) == 1;
    for (size_t i = 0, n = 0; i < w->n; i++)
        if (!strcmp(w->v[i].set, set) && (words || !told_before(w, i)))
            buf_printf(out, "%s%s", n++ ? ", " : "", words ? w->v[i].word : w->v[i].meaning);
}

/* ---- headers */

static enum inventory_field field_of(const char *name)
{
    int i = 0;
    while (strcmp(field_table[i].name, name) != 0)
        i++;
    return (enum inventory_field)i;
}

/* "memory (gb)", "memory gb": the field of what stands before the unit. The text is cut there. */
static bool with_unit(const struct inventory_words *w, char *text, struct inventory_header *out)
{
    size_t n = strlen(text);
    bool brackets = n > 0 && text[n - 1] == ')';
    char *cut = strrchr(text, brackets ? '(' : ' ');
    if (!cut || cut == text)
        return false;
    char *end = cut;
    while (end > text && end[-1] == ' ')
        end--;
    if (brackets)
        text[n - 1] = '\0';
    *end = '\0';
    const struct inventory_word *column = inventory_word(w, "column", text);
    if (!column)
        return false;
    enum inventory_field field = field_of(column->meaning);
    const struct inventory_word *unit = inventory_word(w, field_table[field].set, cut + 1);
    if (!unit || field_table[field].form < FORM_COUNTED)
        return false;
    *out = (struct inventory_header){field, unit, ""};
    return true;
}

/* "sku.aliyun-cn": of one site only. */
static bool with_site(const char *header, struct inventory_header *out)
{
    static const enum inventory_field of_site[] = {FIELD_SKU, FIELD_REGION};
    for (size_t i = 0; i < COUNT(of_site); i++) {
        const char *name = field_table[of_site[i]].name;
        size_t n = strlen(name);
        if (!strncmp(header, name, n) && header[n] == '.' && header[n + 1]) {
            *out = (struct inventory_header){of_site[i], NULL, header + n + 1};
            return true;
        }
    }
    return false;
}

int inventory_header(const struct inventory_words *w, const char *header, struct arena *a, struct inventory_header *out,
                     struct err *err)
{
    const char *folded = inventory_fold(a, header);
    char *cut = folded ? arena_strdup(a, folded) : NULL;
    if (!cut)
        return err_nomem(err);
    const struct inventory_word *column = inventory_word(w, "column", folded);
    if (column) {
        *out = (struct inventory_header){field_of(column->meaning), NULL, ""};
        return 1;
    }
    return with_site(header, out) || with_unit(w, cut, out);
}
