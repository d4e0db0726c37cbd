/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The amount to commit to (newsvendor.h) when demand has a distribution, given by its quantile
 * function. Demand below 0 counts as 0. Expectations are integrals of the quantiles, with their
 * estimated error.
 */
#ifndef TCO_NEWSVENDOR_CURVE_H
#define TCO_NEWSVENDOR_CURVE_H

#include "calc/err.h"

#include <stdbool.h>

struct demand_curve {
    /* The smallest x with F(x) >= u, for 0 < u < 1: finite and never falling. 0, or -1 with *err. */
    int (*quantile)(void *ctx, double u, double *x, struct err *err);
    void *ctx;
};

struct newsvendor_curve {
    double quantity;  /* to commit */
    double ratio;     /* the critical ratio (p - c) / p, 0 when p <= c */
    double cost;      /* expected, a period */
    double on_demand; /* the expected cost of committing to nothing */
    double used;      /* expected units of the commitment that are used */
    double error;     /* of cost and on_demand, estimated; at most 1e-6 of the latter */
};

/* commit (c) > 0 and price (p) >= 0 per unit and period, finite; c = 0 would commit to the largest demand
 * there may be. whole: the quantity is a whole number. */
int newsvendor_curve_commit(const struct demand_curve *demand, double commit, double price, bool whole,
                            struct newsvendor_curve *out, struct err *err);

/* The same for a given quantity >= 0. */
int newsvendor_curve_at(const struct demand_curve *demand, double commit, double price, double quantity,
                        struct newsvendor_curve *out, struct err *err);

#endif
