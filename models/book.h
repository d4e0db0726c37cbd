/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What offers cost by month, and how each amount answers to what is uncertain: the exchange rate of
 * its currency, the yearly step of its prices, and any number of values, each known exactly at some
 * levels and in straight lines between them. Where several values change one amount, their effects
 * multiply: exact for amounts that are products (items x hours x price x tax), near for others.
 * Fees on what is paid are worked out from what is paid, on every path.
 *
 * Months are those of the horizon; a simulation of the book has one more, as the money leaves at
 * the start or at the end of a month: what is drawn for month 0 holds at its start.
 */
#ifndef TCO_BOOK_H
#define TCO_BOOK_H

#include "calc/decimal.h"
#include "models/charge.h"
#include "models/simulate.h"

/* Amounts by month in the budget currency: cost, what of it is worth something (npv.h discounts it), what is paid to
 * the seller. */
struct book_months {
    const dec_t *cost, *valued, *due; /* [months] */
    bool unknown;                     /* there are no amounts: the offer has no figure where they matter */
};

/* A value at its levels, ascending, at least one. */
struct book_value {
    const dec_t *levels;
    size_t nlevels;
};

struct book_flow {
    int offer;
    int currency, price; /* or SIM_NONE */
    enum timing at;
    const int *year; /* [months] which year's price is paid, from 0 */
    struct book_months base;
};

/* fee = clamp(paid x percent, min, max) + fixed, in a currency of its own, in each month in which something is paid. */
struct book_toll {
    int offer;
    int currency; /* or SIM_NONE */
    dec_t rate;   /* budget currency per unit of its own */
    dec_t percent, min, max, fixed;
    bool has_min, has_max;
    int percent_value;     /* the value that the percentage is, or SIM_NONE */
    const enum timing *at; /* [months] */
};

struct book;
/* values are borrowed until book_free(). yearly: the discount rate. */
int book_open(struct book **out, int months, int offers, dec_t yearly, const struct book_value *values, size_t nvalues,
              struct err *err);
/* The flow's number, for book_answer(). */
int book_add(struct book *b, const struct book_flow *f, size_t *number, struct err *err);
/* How a flow answers to a value: what it comes to at each of the value's levels, at[nlevels]. *told becomes true when
 * that is not the same everywhere. */
int book_answer(struct book *b, size_t number, int value, const struct book_months *at, bool *told, struct err *err);
int book_add_toll(struct book *b, const struct book_toll *t, struct err *err);
void book_free(struct book *b); /* NULL is fine */

int book_months(const struct book *b);     /* of the horizon */
double book_path_ns(const struct book *b); /* about how long a path takes */

/* sim_more_fn over a book: spec.months is book_months() + 1. Values become positions among their levels. */
void book_more(const void *book, const struct sim_seen *seen);

#endif
