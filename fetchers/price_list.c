/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walking a price list of AWS.
 */
#include "fetchers/price_list.h"

#include "fetchers/harvest.h"

#include <assert.h>
#include <string.h>

enum { FACTS_MAX = 20 }; /* lines before the header: five today */

/* Counted only when there is something to complain about. */
static long line_of(const struct price_list *l, const char *at)
{
    long line = 1;

    for (const char *p = l->body; (p = memchr(p, '\n', (size_t)(at - p))) != NULL; p++)
        line++;
    return line;
}

int price_list_fail(const struct price_list *l, struct err *err)
{
    return err_prefix(err, "line %ld", line_of(l, l->row.at));
}

static int read_row(struct price_list *l, struct err *err)
{
    enum row_fault fault = row_scan_fast(l->at, l->end, &l->row);

    if (fault != ROW_FINE) {
        l->row.at = l->at;
        err_set(err, ERR_FETCH, "%s", row_faults[fault]);
        return price_list_fail(l, err);
    }
    l->at = l->row.next;
    return 0;
}

struct price_cell price_list_cell(const struct price_list *l, int column)
{
    struct price_cell c = {"", 0};

    if (column < 0)
        return c;
    assert((size_t)column < l->row.ncells);
    c.v = row_cell(&l->row, (size_t)column, &c.n);
    if (c.n >= 2 && c.v[0] == '"')
        c = (struct price_cell){c.v + 1, c.n - 2};
    return c;
}

/* ---- what stands before the rows ---- */

static int take_fact(struct price_list *l, struct err *err)
{
    struct price_cell key = price_list_cell(l, 0), value = price_list_cell(l, 1);

    if (price_cell_is(key, "OfferCode"))
        l->offer = value;
    if (price_cell_is(key, "Publication Date") && fetch_day(value.v, value.n, &l->published, err) != 0)
        return price_list_fail(l, err);
    return 0;
}

int price_list_open(struct price_list *l, const char *body, size_t len, struct err *err)
{
    l->body = l->at = body;
    l->end = body + len;
    l->offer = (struct price_cell){"", 0};
    l->published = DATE_NONE;
    for (int i = 0;; i++) {
        if (i == FACTS_MAX || l->at == l->end)
            return err_set(err, ERR_FETCH, "no price list: no header in the first %d lines", i);
        if (read_row(l, err) != 0)
            return -1;
        if (i == 0 && !price_cell_is(price_list_cell(l, 0), "FormatVersion"))
            return err_set(err, ERR_FETCH, "no price list: it does not begin with 'FormatVersion'");
        if (l->row.ncells != 2)
            break;
        if (take_fact(l, err) != 0)
            return -1;
    }
    if (l->offer.n == 0 || !date_is(l->published))
        return err_set(err, ERR_FETCH, "no price list: without its %s",
                       l->offer.n == 0 ? "OfferCode" : "Publication Date");
    l->ncolumns = l->row.ncells;
    return 0;
}

int price_list_column(const struct price_list *l, const char *name, int *column, struct err *err)
{
    *column = -1;
    for (size_t i = 0; i < l->ncolumns; i++) {
        if (!price_cell_is(price_list_cell(l, (int)i), name))
            continue;
        if (*column >= 0)
            return err_set(err, ERR_FETCH, "the column '%s' stands twice in the header", name);
        *column = (int)i;
    }
    return 0;
}

/* ---- rows ---- */

int price_list_next(struct price_list *l, struct err *err)
{
    if (l->at == l->end)
        return 0;
    if (read_row(l, err) != 0)
        return -1;
    if (l->row.ncells == l->ncolumns)
        return 1;
    err_set(err, ERR_FETCH, "%zu cells where the header has %zu", l->row.ncells, l->ncolumns);
    return price_list_fail(l, err);
}
