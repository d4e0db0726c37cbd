/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * models/root.h for exact decimals: f takes and gives decimals, and a place is told by numbers that can be written
 * down, with so many decimals. f is asked for at ROOT_DECIMALS decimals while it is closed in on a place; then the place
 * is put on the coarser numbers of the answer.
 */
#ifndef TCO_ROOT_DECIMAL_H
#define TCO_ROOT_DECIMAL_H

#include "calc/decimal.h"
#include "models/root.h"

enum { ROOT_DECIMALS = 10 };

/* y = f(x); 0, or -1 with *err. */
typedef int (*root_decimal_fn)(void *ctx, dec_t x, dec_t *y, struct err *err);

struct root_decimal_ask {
    root_decimal_fn f;
    void *ctx;
    dec_t lo, hi; /* lo < hi */
    bool whole;   /* x takes whole values only */
    int steps;    /* of the grid, as in struct root_ask */
    int places;   /* decimals of an answer, 0 .. ROOT_DECIMALS */
    dec_t zero;   /* > 0: |f| up to this is equality */
};

struct root_decimal {
    enum root_kind kind;
    /* Of a crossing or touch both are the number nearest to it; a jump lies between them; both ends of a range. Within
     * lo and hi. They have `places` decimals; more where steps are closer together than such numbers. */
    dec_t from, to;
    int left, right; /* as in struct root */
};

struct root_decimal_list {
    struct root_decimal *v; /* ascending */
    size_t n;
    dec_t least, least_at, most, most_at; /* of f, as far as was seen; exact */
    long evaluations;
};

int root_decimal_find(const struct root_decimal_ask *ask, struct root_decimal_list *out, struct err *err);
void root_decimal_free(struct root_decimal_list *l);

#endif
