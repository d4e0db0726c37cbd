/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distributions of exact numbers: parameters are decimals, as people write them, and the mean is the
 * decimal that an estimate computes with.
 */
#ifndef TCO_DISTRIBUTION_EXACT_H
#define TCO_DISTRIBUTION_EXACT_H

#include "calc/decimal.h"
#include "models/distribution.h"

struct exact_weight {
    dec_t value, weight;
};

/* p: parameters a, b, c of the kind, as many as it has. Not of DISTRIBUTION_DISCRETE. */
struct distribution distribution_exact(enum distribution_kind kind, const dec_t p[3]);
/* The same as values with weights; `room` has n places and must last as long as the distribution. */
struct distribution distribution_exact_values(const struct exact_weight *v, size_t n, struct weighted *room);

/* The mean, half-up to 12 decimals; of a triangular variable (a + b + c) / 3. Bad when it is too large. */
dec_t distribution_exact_mean(enum distribution_kind kind, const dec_t p[3]);
dec_t distribution_exact_values_mean(const struct exact_weight *v, size_t n);

#endif
