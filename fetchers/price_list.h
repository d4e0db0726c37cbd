/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A price list of AWS as CSV: five lines of "key","value", a header, then rows, all quoted, in part or not
 * at all. It is walked where it lies; nothing is copied. A row with another number of cells than the header,
 * with a quote that stays open or a NUL is an error that names the line. Cells are as they stand between
 * their quotes: a doubled quote stays doubled, as nothing that is read here has one.
 */
#ifndef TCO_PRICE_LIST_H
#define TCO_PRICE_LIST_H

#include "calc/date.h"
#include "calc/err.h"
#include "fetchers/row_scan.h"

#include <stdbool.h>
#include <string.h>

struct price_cell {
    const char *v; /* not NUL-terminated */
    size_t n;
};
/* In the header, so that the length of a text that is written out costs nothing. */
static inline bool price_cell_begins(struct price_cell c, const char *text)
{
    size_t n = strlen(text);

    return c.n >= n && memcmp(c.v, text, n) == 0;
}
static inline bool price_cell_is(struct price_cell c, const char *text)
{
    return c.n == strlen(text) && memcmp(c.v, text, c.n) == 0;
}

struct price_list {
    const char *body, *at, *end;
    struct price_cell offer; /* "AmazonEC2" */
    struct date published;
    size_t ncolumns;
    struct row_scan row; /* the header after price_list_open() */
};

/* Reads up to the header; the bytes are borrowed as long as the list is walked. */
int price_list_open(struct price_list *l, const char *body, size_t len, struct err *err);
/* The column of a name, -1 without it: before the first row only. A name that stands twice is an error. */
int price_list_column(const struct price_list *l, const char *name, int *column, struct err *err);
/* 1: l->row is the next row, 0: there is none, -1. */
int price_list_next(struct price_list *l, struct err *err);
/* A cell of the row; column -1 is always empty. */
struct price_cell price_list_cell(const struct price_list *l, int column);
/* Puts "line N" of the row before the message; returns -1. */
int price_list_fail(const struct price_list *l, struct err *err);

#endif
