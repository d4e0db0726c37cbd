/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both tables have a day in the first column and a rate or a mark for none in the others. The
 * ECB's own file ends every line in a comma: a last column without a name holds nothing.
 */
#include "fetchers/rates.h"

#include "calc/csv.h"
#include "calc/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    struct csv csv;
    const char *own;
    struct rate_column *columns;
    size_t ncolumns;
    size_t ncells; /* of every line */
    struct rate_point *points;
    size_t n, cap;
};

static bool is_code(const char *text)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static struct rate_column column_of(const char *base, const char *quote, const char *own, int units)
{
    struct rate_column c = {.units = units};

    memcpy(c.base, base, 3);
    memcpy(c.quote, quote, 3);
    memcpy(c.currency, strncmp(base, own, 3) == 0 ? quote : base, 3);
    return c;
}

/* "USD" -> USD per EUR; "100JPY/CNY", "CNY/MYR" -> as they say. */
static bool parse_column(const char *text, const char *own, struct rate_column *out)
{
    int units = 1;

    if (is_code(text) && strlen(text) == 3) {
        *out = column_of(own, text, own, 1);
        return strcmp(text, own) != 0;
    }
    if (!strncmp(text, "100", 3)) {
        units = 100;
        text += 3;
    }
    if (strlen(text) != 7 || !is_code(text) || text[3] != '/' || !is_code(text + 4))
        return false;
    bool own_base = !strncmp(text, own, 3), own_quote = !strcmp(text + 4, own);
    *out = column_of(text, text + 4, own, units);
    return own_base != own_quote;
}

static int check_header(struct reader *r, struct err *err)
{
    const struct csv_cell *cells = r->csv.cells;
    size_t n = r->csv.ncells;

    if (!words_same(cells[0].text, "date"))
        return err_set(err, ERR_USAGE, "the first column is '%s' (known: date)", cells[0].text);
    r->ncells = n;
    if (n > 1 && cells[n - 1].len == 0)
        n--;
    r->columns = arena_array(r->arena, n, sizeof *r->columns);
    if (r->columns == NULL)
        return err_nomem(err);
    for (size_t i = 1; i < n; i++) {
        struct rate_column *c = &r->columns[r->ncolumns];
        if (!parse_column(cells[i].text, r->own, c))
            return err_set(err, ERR_USAGE, "unknown column '%s' (known: a currency per %s, AAA/%s, 100AAA/%s, %s/AAA)",
                           cells[i].text, r->own, r->own, r->own, r->own);
        for (size_t j = 0; j < r->ncolumns; j++)
            if (!strcmp(r->columns[j].currency, c->currency))
                return err_set(err, ERR_USAGE, "currency '%s' has two columns", c->currency);
        r->ncolumns++;
    }
    return 0;
}

static bool is_none(const struct csv_cell *c)
{
    return c->len == 0 || !strcmp(c->text, "N/A") || !strcmp(c->text, "---");
}

static int add(struct reader *r, size_t column, struct date day, const struct csv_cell *cell, struct err *err)
{
    struct rate_point p = {.column = (int)column, .date = day};

    if (dec_parse(cell->text, cell->len, &p.value, err) != 0)
        return -1;
    if (dec_sign(p.value) <= 0)
        return err_set(err, ERR_USAGE, "'%s' is no rate (known: above 0; blank when there is none)", cell->text);
    if (r->n == r->cap) {
        size_t cap = r->cap == 0 ? 1024 : r->cap * 2;
        struct rate_point *wider = realloc(r->points, cap * sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        r->points = wider;
        r->cap = cap;
    }
    r->points[r->n++] = p;
    return 0;
}

static int read_line(struct reader *r, struct err *err)
{
    const struct csv_cell *cells = r->csv.cells;
    struct date day;

    if (r->csv.ncells != r->ncells)
        return err_set(err, ERR_USAGE, "%zu cells where the header has %zu", r->csv.ncells, r->ncells);
    if (!date_parse(cells[0].text, cells[0].len, &day))
        return err_set(err, ERR_USAGE, "'%s' is no day (known: YYYY-MM-DD)", cells[0].text);
    for (size_t i = 0; i < r->ncolumns; i++)
        if (!is_none(&cells[i + 1]) && add(r, i, day, &cells[i + 1], err) != 0)
            return err_prefix(err, "%s", r->columns[i].currency);
    if (r->ncells > r->ncolumns + 1 && cells[r->ncells - 1].len > 0)
        return err_set(err, ERR_USAGE, "a value in the column without a name");
    return 0;
}

static int by_column(const void *pa, const void *pb)
{
    const struct rate_point *a = pa, *b = pb;

    return a->column != b->column ? (a->column > b->column) - (a->column < b->column) : date_cmp(a->date, b->date);
}

/* Sorts, and drops what is said twice alike. */
static int settle(struct reader *r, struct err *err)
{
    size_t kept = 0;
    char day[DATE_TEXT];

    qsort(r->points, r->n, sizeof *r->points, by_column);
    for (size_t i = 0; i < r->n; i++) {
        const struct rate_point *p = &r->points[i], *last = kept > 0 ? &r->points[kept - 1] : NULL;
        if (last == NULL || by_column(last, p) != 0) {
            r->points[kept++] = *p;
            continue;
        }
        date_format(p->date, day);
        if (dec_cmp(last->value, p->value) != 0)
            return err_set(err, ERR_USAGE, "%s: two rates of %s on %s", r->csv.name, r->columns[p->column].currency,
                           day);
    }
    r->n = kept;
    return 0;
}

static int read_table(struct reader *r, struct err *err)
{
    int rc = csv_next(&r->csv, err);

    if (rc == 0)
        return err_set(err, ERR_USAGE, "%s: empty (known: a header and a line a day)", r->csv.name);
    if (rc == 1 && check_header(r, err) != 0)
        return err_prefix(err, "%s:%d", r->csv.name, r->csv.line);
    while (rc == 1 && (rc = csv_next(&r->csv, err)) == 1)
        if (read_line(r, err) != 0)
            return err_prefix(err, "%s:%d", r->csv.name, r->csv.line);
    if (rc == 0 && r->n == 0)
        rc = err_set(err, ERR_USAGE, "%s: no rates", r->csv.name);
    return rc == 0 ? settle(r, err) : rc;
}

int rates_read(const char *own, const char *name, const char *body, size_t len, struct arena *a, struct rate_table *out,
               struct err *err)
{
    struct reader r = {.arena = a, .own = own};

    csv_open(&r.csv, name, body, len, ',');
    int rc = read_table(&r, err);
    csv_close(&r.csv);
    if (rc == 0) {
        struct rate_point *points = arena_grow(a, r.points, r.n, r.n, sizeof *points);
        *out = (struct rate_table){r.columns, r.ncolumns, points, r.n};
        rc = points == NULL ? err_nomem(err) : 0;
    }
    free(r.points);
    return rc;
}
