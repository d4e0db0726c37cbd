/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells into structs, by description.
 */
#include "calc/record.h"

#include "calc/date.h"
#include "calc/decimal.h"
#include "calc/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int not_allowed(const char *text, const char *const *words, struct err *err)
{
    struct buf list = {0};
    size_t n = 0;

    while (words[n] != NULL)
        n++;
    for (size_t i = 0; i < n; i++)
        buf_printf(&list, "%s%s", i > 0 ? ", " : "", *words[i] != '\0' ? words[i] : "blank");
    int rc = list.failed ? err_nomem(err) : err_set(err, ERR_USAGE, "unknown word '%s' (known: %s)", text, list.v);
    buf_free(&list);
    return rc;
}

static int find_word(const char *text, const char *const *words, int *out, struct err *err)
{
    for (int i = 0; words[i] != NULL; i++)
        if (!strcmp(words[i], text)) {
            *out = i;
            return 0;
        }
    return not_allowed(text, words, err);
}

static int read_decimal(const struct cell_rule *c, const char *text, dec_t *out, bool *flag, struct err *err)
{
    *out = DEC_ZERO;
    if (flag != NULL)
        *flag = *text != '\0';
    if (*text == '\0') {
        if (c->kind == CELL_SHARE && flag == NULL)
            return err_set(err, ERR_USAGE, "blank share (known: 0 to 1)");
        return 0;
    }
    if (dec_parse(text, strlen(text), out, err) != 0)
        return -1;
    if (dec_sign(*out) < 0)
        return err_set(err, ERR_USAGE, "'%s' is below 0", text);
    if (c->kind == CELL_SHARE && dec_cmp(*out, DEC_ONE) > 0)
        return err_set(err, ERR_USAGE, "share '%s' is not between 0 and 1", text);
    return 0;
}

static int read_count(const char *text, int *out, struct err *err)
{
    size_t n = strlen(text);

    if (n < 1 || n > 2 || strspn(text, "0123456789") != n)
        return err_set(err, ERR_USAGE, "'%s' is no count (known: 0 to 99)", text);
    *out = n == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
    return 0;
}

static int read_number(const char *text, long *out, struct err *err)
{
    size_t n = strlen(text);

    if (n < 1 || n > 9 || strspn(text, "0123456789") != n)
        return err_set(err, ERR_USAGE, "'%s' is no number (known: 0 to 999999999)", text);
    *out = 0;
    for (size_t i = 0; i < n; i++)
        *out = *out * 10 + (text[i] - '0');
    return 0;
}

static int read_date(const char *text, struct date *out, struct err *err)
{
    *out = DATE_NONE;
    if (*text != '\0' && !date_parse(text, strlen(text), out))
        return err_set(err, ERR_USAGE, "'%s' is no day (known: YYYY-MM-DD)", text);
    return 0;
}

static int read_text(const struct cell_rule *c, const char *text, const char **out, struct arena *a, struct err *err)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int which = 0;

    if (c->kind == CELL_NAME && *text == '\0')
        return err_set(err, ERR_USAGE, "blank");
    if (c->kind == CELL_CODE && (strlen(text) != 3 || strspn(text, capitals) != 3))
        return err_set(err, ERR_USAGE, "'%s' is no currency code (known: three capital letters)", text);
    if (c->kind == CELL_WORD && find_word(text, c->words, &which, err) != 0)
        return -1;
    *out = *text != '\0' ? arena_strdup(a, text) : "";
    return *out != NULL ? 0 : err_nomem(err);
}

static int read_yesno(const char *text, bool *out, struct err *err)
{
    static const char *const words[] = {"no", "yes", NULL};
    int which = 0;

    if (find_word(text, words, &which, err) != 0)
        return -1;
    *out = which == 1;
    return 0;
}

static int read_cell(const struct cell_rule *c, const char *text, char *record, struct arena *a, struct err *err)
{
    void *at = record + c->at;

    switch (c->kind) {
    case CELL_TEXT:
    case CELL_NAME:
    case CELL_WORD:
    case CELL_CODE:
        return read_text(c, text, at, a, err);
    case CELL_CHOICE:
        return find_word(text, c->words, at, err);
    case CELL_YESNO:
        return read_yesno(text, at, err);
    case CELL_COUNT:
        return read_count(text, at, err);
    case CELL_NUMBER:
        return read_number(text, at, err);
    case CELL_DECIMAL:
    case CELL_SHARE:
        return read_decimal(c, text, at, c->flag != 0 ? (bool *)(record + c->flag) : NULL, err);
    case CELL_DATE:
        return read_date(text, at, err);
    }
    return err_set(err, ERR_INTERNAL, "unknown kind of cell");
}

int record_read(const struct record_type *t, const char *const *cells, void *out, struct arena *a, struct err *err)
{
    for (size_t i = 0; i < t->ncells; i++)
        if (read_cell(&t->cells[i], cells[i], out, a, err) != 0)
            return err_prefix(err, "%s", t->cells[i].column);
    return 0;
}

/* ---- whole tables ---- */

struct reading {
    const struct record_type *type;
    struct arena *arena;
    struct csv csv;
    int at[RECORD_CELLS];
    char *v;
    const char **texts;
    int *lines;
    size_t n, cap;
};

static int room(struct reading *r, struct err *err)
{
    size_t ncells = r->type->ncells;

    if (r->n < r->cap)
        return 0;
    size_t cap = r->cap == 0 ? 64 : r->cap * 2;
    char *v = arena_grow(r->arena, r->v, r->n, cap, r->type->size);
    const char **texts = arena_grow(r->arena, r->texts, r->n * ncells, cap * ncells, sizeof *texts);
    int *lines = arena_grow(r->arena, r->lines, r->n, cap, sizeof *lines);
    if (v == NULL || texts == NULL || lines == NULL)
        return err_nomem(err);
    r->v = v;
    r->texts = texts;
    r->lines = lines;
    r->cap = cap;
    return 0;
}

static int one_record(struct reading *r, struct err *err)
{
    const struct record_type *t = r->type;
    const char **texts = r->texts + r->n * t->ncells;
    char *record = r->v + r->n * t->size;

    for (size_t i = 0; i < t->ncells; i++) {
        texts[i] = arena_strndup(r->arena, r->csv.cells[r->at[i]].text, r->csv.cells[r->at[i]].len);
        if (texts[i] == NULL)
            return err_nomem(err);
    }
    if (record_read(t, texts, record, r->arena, err) != 0)
        return -1;
    if (t->line != 0)
        *(int *)(void *)(record + t->line) = r->csv.line;
    r->lines[r->n++] = r->csv.line;
    return 0;
}

static int read_all(struct reading *r, size_t ncolumns, struct err *err)
{
    int rc;

    while ((rc = csv_next(&r->csv, err)) == 1) {
        rc = r->csv.ncells != ncolumns
                 ? err_set(err, ERR_USAGE, "%zu cells where the header has %zu", r->csv.ncells, ncolumns)
                 : room(r, err);
        if (rc != 0 || one_record(r, err) != 0)
            return err_prefix(err, "%s:%d", r->csv.name, r->csv.line);
    }
    return rc;
}

static int key_order(const struct record_type *t, const char *const *a, const char *const *b)
{
    for (size_t i = 0; i < t->nkey; i++) {
        int order = strcmp(a[i], b[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

struct row_ref {
    const struct record_type *type;
    const char *const *texts;
    int line;
};

static int by_key(const void *pa, const void *pb)
{
    const struct row_ref *a = pa, *b = pb;
    int order = key_order(a->type, a->texts, b->texts);

    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static int refuse_repeats(const struct reading *r, struct err *err)
{
    const struct record_type *t = r->type;
    int rc = 0;

    if (t->nkey == 0 || r->n < 2)
        return 0;
    struct row_ref *rows = malloc(r->n * sizeof *rows);
    if (rows == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < r->n; i++)
        rows[i] = (struct row_ref){t, r->texts + i * t->ncells, r->lines[i]};
    qsort(rows, r->n, sizeof *rows, by_key);
    for (size_t i = 1; rc == 0 && i < r->n; i++)
        if (key_order(t, rows[i - 1].texts, rows[i].texts) == 0)
            rc = err_set(err, ERR_USAGE, "%s:%d: the same %s as in line %d", r->csv.name, rows[i].line, t->key,
                         rows[i - 1].line);
    free(rows);
    return rc;
}

int records_read(const struct record_type *t, const char *name, const char *body, size_t len, struct arena *a,
                 struct records *out, struct err *err)
{
    struct reading r = {.type = t, .arena = a};
    const char *names[RECORD_CELLS];

    assert(t->ncells <= RECORD_CELLS);
    for (size_t i = 0; i < t->ncells; i++)
        names[i] = t->cells[i].column;
    csv_open(&r.csv, name, body, len, ',');
    int rc = csv_header(&r.csv, names, t->ncells, t->ncells, r.at, err);
    if (rc == 0)
        rc = read_all(&r, t->ncells, err);
    if (rc == 0)
        rc = refuse_repeats(&r, err);
    csv_close(&r.csv);
    if (rc == 0)
        *out = (struct records){r.v, r.n, r.texts, r.lines};
    return rc;
}
