/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an uncertain number may be. Every draw is a quantile of a uniform u in (0, 1), so pseudo-
 * random, antithetic (1 - u) and quasi-random numbers go through one function, and a larger u
 * never gives a smaller value. All functions but distribution_check() expect what passed it.
 */
#ifndef TCO_DISTRIBUTION_H
#define TCO_DISTRIBUTION_H

#include "calc/err.h"
#include "models/lanes.h"

#include <stddef.h>

enum distribution_kind {
    DISTRIBUTION_FIXED,      /* a */
    DISTRIBUTION_UNIFORM,    /* from a to b, a < b */
    DISTRIBUTION_TRIANGULAR, /* from a over its mode b to c, a <= b <= c, a < c */
    DISTRIBUTION_NORMAL,     /* mean a, standard deviation b > 0 */
    DISTRIBUTION_LOGNORMAL, /* mean a > 0, standard deviation b > 0, both of the variable itself, not of its logarithm */
    DISTRIBUTION_DISCRETE   /* values with weights > 0, which need not add up to 1 */
};

struct weighted {
    double value, weight;
};

struct distribution {
    enum distribution_kind kind;
    double a, b, c;
    const struct weighted *values; /* of DISTRIBUTION_DISCRETE: ascending by value, each once; borrowed */
    size_t nvalues;
};

/* The kind's name, as in "triangular". */
const char *distribution_name(enum distribution_kind kind);

/* Kind ERR_USAGE: "triangular: the mode 5 is not between 6 and 9". A spread of 0 is refused too: that is fixed. */
int distribution_check(const struct distribution *d, struct err *err);

double distribution_mean(const struct distribution *d);
double distribution_variance(const struct distribution *d);

/* The value the variable does not exceed with probability u, 0 < u < 1. */
double distribution_quantile(const struct distribution *d, double u);
/* The same for all lanes; not the same array. */
void distribution_lanes(const struct distribution *d, const double *restrict u, double *restrict x);

/* The least and the greatest value a draw can have: u comes in steps of 2^-52, so even a normal variable ends,
 * 8.2 standard deviations out. */
double distribution_least(const struct distribution *d);
double distribution_most(const struct distribution *d);

#endif
