/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much to commit to when demand varies. A committed unit costs c a period, used or not; what
 * exceeds the commitment Q is bought on demand at p. Expected cost c Q + p E[(D - Q)+] is least at the
 * smallest Q with F(Q) >= (p - c) / p, the critical ratio of the newsvendor (Arrow, Harris, Marschak:
 * Optimal Inventory Policy, Econometrica 19, 1951). With p <= c nothing is committed.
 *
 * Here for a demand that is a profile of levels, in exact decimals; newsvendor_curve.h takes a
 * distribution.
 */
#ifndef TCO_NEWSVENDOR_H
#define TCO_NEWSVENDOR_H

#include "calc/decimal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct demand_level {
    dec_t demand;    /* units, >= 0 */
    int64_t periods; /* with this demand, >= 1; all together at most 10^12 */
};

struct newsvendor {
    dec_t quantity;  /* to commit: the smallest of those that cost least */
    dec_t highest;   /* any amount from `quantity` to here costs the same */
    dec_t cost;      /* over all periods, as are the following; to 12 decimals */
    dec_t on_demand; /* the cost of committing to nothing */
    dec_t used;      /* unit-periods of the commitment that are used, */
    dec_t unused;    /* and not */
    int64_t periods;
};

/* Levels in any order, n >= 1; commit (c) and price (p) per unit and period, >= 0. whole: Q is a whole
 * number, though levels (averages) need not be. */
int newsvendor_commit(const struct demand_level *levels, size_t n, dec_t commit, dec_t price, bool whole,
                      struct newsvendor *out, struct err *err);

/* The same facts for a given quantity >= 0; `highest` is the quantity. */
int newsvendor_at(const struct demand_level *levels, size_t n, dec_t commit, dec_t price, dec_t quantity,
                  struct newsvendor *out, struct err *err);

#endif
