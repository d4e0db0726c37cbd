/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a simulation says about the offers, from one figure (cost or net present value) of each offer
 * on each path. Sums run in an order of their own, so the same figures give the same bytes. An offer
 * that has no figure (NAN) on some path is unknown: all that is said of it is NAN, and the others
 * are compared without it.
 */
#ifndef TCO_OUTCOME_H
#define TCO_OUTCOME_H

#include "models/draws.h"

#include <stddef.h>
#include <stdint.h>

struct outcome_offer {
    uint64_t unknown; /* paths without a figure */
    double mean;
    double standard_error; /* of the mean; NAN when there is a single independent value (see below) */
    double deviation;      /* standard deviation, divisor n - 1; NAN for one path */
    double least, most;
    double p10, p50, p90; /* as in quantile.h */
    double cheapest;      /* probability of the lowest figure; of k that tie on a path each counts 1 / k */
    double regret;        /* mean of the figure minus the path's lowest */
};

/* All offers of a simulation; below[a x offers + b] is the probability that a's figure is lower than b's (a tie is
 * neither lower), NAN on the diagonal and for unknown offers. */
struct outcome {
    int offers;
    struct outcome_offer *offer;
    double *below;
};

/* figure[o x paths + p]. The standard error is of the independent values that the method has: single paths
 * (random), means of pairs (antithetic), means of replicates (sobol). Free with outcome_free(). */
int outcome_make(struct outcome *out, const double *figure, int offers, uint64_t paths, enum draws_method method,
                 struct err *err);
void outcome_free(struct outcome *o);

/* Counts of equal bins from low to high (low < high): x is in bin floor((x - low) / (high - low) x bins), and high
 * itself in the last one. Figures outside, and NAN, are counted in none. */
void outcome_histogram(const double *figure, uint64_t paths, double low, double high, int bins, uint64_t *count);

#endif
