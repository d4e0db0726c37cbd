/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/distribution_exact.h"

#include <assert.h>

static const int parameters[] = {
    [DISTRIBUTION_FIXED] = 1,  [DISTRIBUTION_UNIFORM] = 2,   [DISTRIBUTION_TRIANGULAR] = 3,
    [DISTRIBUTION_NORMAL] = 2, [DISTRIBUTION_LOGNORMAL] = 2,
};

struct distribution distribution_exact(enum distribution_kind kind, const dec_t p[3])
{
    struct distribution d = {.kind = kind};
    assert(kind != DISTRIBUTION_DISCRETE);
    d.a = dec_to_double(p[0]);
    if (parameters[kind] > 1)
        d.b = dec_to_double(p[1]);
    if (parameters[kind] > 2)
        d.c = dec_to_double(p[2]);
    return d;
}

struct distribution distribution_exact_values(const struct exact_weight *v, size_t n, struct weighted *room)
{
    for (size_t i = 0; i < n; i++)
        room[i] = (struct weighted){dec_to_double(v[i].value), dec_to_double(v[i].weight)};
    return (struct distribution){.kind = DISTRIBUTION_DISCRETE, .values = room, .nvalues = n};
}

dec_t distribution_exact_mean(enum distribution_kind kind, const dec_t p[3])
{
    assert(kind != DISTRIBUTION_DISCRETE);
    if (kind == DISTRIBUTION_UNIFORM)
        return dec_div(dec_add(p[0], p[1]), dec_int64(2), DEC_HALF_UP);
    if (kind == DISTRIBUTION_TRIANGULAR)
        return dec_div(dec_add(dec_add(p[0], p[1]), p[2]), dec_int64(3), DEC_HALF_UP);
    return p[0];
}

/* Each product is rounded to 12 decimals on its own: exact for weights that are whole or percentages. */
dec_t distribution_exact_values_mean(const struct exact_weight *v, size_t n)
{
    dec_t sum = DEC_ZERO, weights = DEC_ZERO;
    for (size_t i = 0; i < n; i++) {
        sum = dec_add(sum, dec_mul(v[i].value, v[i].weight, DEC_HALF_UP));
        weights = dec_add(weights, v[i].weight);
    }
    return dec_div(sum, weights, DEC_HALF_UP);
}
