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

/* A number to divide by again and again: its reciprocal is multiplied with, and the remainder set right. Long
 * numerators are shifted by the twos in it first, and divided by what is left. */
struct divisor {
    uint64_t d, reciprocal; /* 2^64 / d, rounded down */
    uint64_t odd, odd_reciprocal;
    int twos; /* d = odd x 2^twos */
};
#define DIVISOR(by)                                                                                                    \
    {                                                                                                                  \
        (by), UINT64_MAX / (by), (uint64_t)(by) >> __builtin_ctzll(by),                                                \
            UINT64_MAX / ((uint64_t)(by) >> __builtin_ctzll(by)), __builtin_ctzll(by)                                  \
    }

/* n / d rounded down, and what is left; n below 2^63. The reciprocal is at most one too low. */
static inline uint64_t divide_by(uint64_t n, uint64_t d, uint64_t reciprocal, uint64_t *rest)
{
    uint64_t q = (uint64_t)(((minor_wide)n * reciprocal) >> 64), left = n - q * d;
    bool low = left >= d;
    *rest = low ? left - d : left;
    return q + low;
}

/* n / d half-up, n below 2^63. */
static inline uint64_t divide_half_up(uint64_t n, const struct divisor *by)
{
    uint64_t rest, q = divide_by(n, by->d, by->reciprocal, &rest);
    return q + (rest >= by->d - rest);
}

struct ratio {
    uint64_t num;
    struct divisor den;
    uint64_t most; /* up to here x times num needs 63 bits only */
};

/* rate / per, from minor units of so many places to those of so many. False when it has too many digits, or when
 * rate < 0 or per <= 0. */
bool ratio_make(dec_t rate, dec_t per, int from_places, int to_places, struct ratio *out);

/* n / d half-up; false above MINOR_MOST. The second one takes any n. */
bool minor_divide_wide(minor_wide n, const struct divisor *by, uint64_t *out);
static inline bool minor_divide(minor_wide n, const struct divisor *by, uint64_t *out)
{
    if (n >> 63 == 0) {
        *out = divide_half_up((uint64_t)n, by);
        return *out <= MINOR_MOST;
    }
    uint64_t rest;
    minor_wide shifted = (n + by->d / 2) >> by->twos;
    if (shifted >> 63 != 0)
        return minor_divide_wide(n, by, out);
    *out = divide_by((uint64_t)shifted, by->odd, by->odd_reciprocal, &rest);
    return *out <= MINOR_MOST;
}

static inline bool ratio_apply(const struct ratio *r, uint64_t x, uint64_t *out)
{
    if (r->num == r->den.d) {
        *out = x;
        return true;
    }
    if (x <= r->most) {
        *out = divide_half_up(x * r->num, &r->den);
        return *out <= MINOR_MOST;
    }
    return minor_divide((minor_wide)x * r->num, &r->den, out);
}

/* A decimal as whole minor units; false when it has a fraction of one, is negative, bad or over MINOR_MOST. */
bool minor_of(dec_t amount, int places, uint64_t *out);

#endif
