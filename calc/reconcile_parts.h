/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the comparison of a bill with an estimate. A cell is what both sides say of one month, region and SKU (or kind
 * of service). Its amounts are kept in the currency the estimate is billed in, with all their decimals; `anchor` is
 * what the estimate made of them in the budget currency, and only differences to it are converted and rounded.
 * Without memory `failed` is set, and what is returned is not to be used.
 */
#ifndef TCO_RECONCILE_PARTS_H
#define TCO_RECONCILE_PARTS_H

#include "calc/buf.h"
#include "calc/intern.h"
#include "calc/reconcile.h"

/* One side of a cell. */
struct side {
    bool any, has_list, has_quantity;
    dec_t net, list, tax, quantity;
    const char *unit;
};

struct cell {
    struct reconcile_row row;
    char currency[CURRENCY_TEXT];
    dec_t rate; /* currency to budget */
    struct side est, bill;
    dec_t anchor_net, anchor_tax; /* of est, in the budget currency */
    dec_t fx;
    size_t next; /* cell with the same name + 1 */
};

struct work {
    const struct reconcile_input *in;
    struct arena *a;
    struct cell *v;
    size_t n, cap;
    const char **kinds; /* of each sum */
    struct intern by_sku, by_service;
    struct buf key;
    int places;    /* of the budget currency */
    dec_t dropped; /* by the rounding of single cells: of many small charges it is money */
    bool failed;
};

/* reconcile_cells.c */
int work_places(const struct work *w, const char *currency);
const struct reconcile_rate *work_rate(const struct reconcile_input *in, const char *currency);
/* The key of a cell, w->key.n bytes. */
const char *cell_name(struct work *w, struct month month, const char *region, const char *what);
int *cell_number(struct work *w, struct intern *by, struct month month, const char *region, const char *what);
struct cell *cell_new(struct work *w, struct month month, enum reconcile_status status);
/* Quantities in different units cannot be added. */
void side_add(struct side *to, const struct side *s);

/* reconcile_estimated.c: every month that the bill has, from the estimate; counts lines without amounts. */
void work_estimated(struct work *w, size_t *unpriced);

/* reconcile_match.c: every sum of the bill into a cell; taken: by sum, all false. */
void work_match(struct work *w, bool *taken);

/* reconcile_split.c: the parts of a cell's difference. */
void cell_split(struct work *w, struct cell *c);
void parts_add(struct reconcile_parts *to, const struct reconcile_parts *p);
int parts_check(const struct reconcile_parts *p, struct err *err);

#endif
