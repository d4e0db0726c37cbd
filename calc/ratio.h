/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rate, ready to be applied to whole amounts of minor units: y = x times num / den, rounded half-up, the very
 * rounding of dec_mul_round() and dec_div_round() on decimals of those minor units. Made once, applied by the
 * million. Amounts are not negative and at most MINOR_MOST.
 */
#ifndef TCO_RATIO_H
#define TCO_RATIO_H

#include "calc/decimal.h"

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 minor_wide;

/* 600 months of it still fit 64 bits. */
#define MINOR_MOST ((uint64_t)1000000000000000)

struct ratio {
    uint64_t num, den;
    uint64_t most; /* up to here x times num needs 64 bits only */
};

/* rate / per, from minor units of so many places to those of so many. False when it has too many digits, or when
 * rate < 0 or per <= 0. */
bool ratio_make(dec_t rate, dec_t per, int from_places, int to_places, struct ratio *out);

/* n / d half-up; false above MINOR_MOST. d > 0. */
static inline bool minor_divide(minor_wide n, uint64_t d, uint64_t *out)
{
    n += d / 2;
    if (n >> 64 == 0) {
        *out = (uint64_t)n / d;
        return *out <= MINOR_MOST;
    }
    minor_wide q = n / d;
    *out = (uint64_t)q;
    return q <= MINOR_MOST;
}

static inline bool ratio_apply(const struct ratio *r, uint64_t x, uint64_t *out)
{
    if (r->num == r->den) {
        *out = x;
        return true;
    }
    if (x <= r->most) {
        *out = (x * r->num + r->den / 2) / r->den;
        return *out <= MINOR_MOST;
    }
    return minor_divide((minor_wide)x * r->num, r->den, out);
}

/* A decimal as whole minor units; false when it has a fraction of one, is negative, bad or over MINOR_MOST. */
bool minor_of(dec_t amount, int places, uint64_t *out);

#endif
