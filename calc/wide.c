/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 128 x 128 -> 256 bits, and 256 / 128 -> 128 bits by schoolbook long division in digits of
 * 64 bits (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D).
 */
#include "calc/wide.h"

#include <assert.h>

#define LOW(a) ((uint64_t)(a))
#define HIGH(a) ((uint64_t)((a) >> 64))

int wide_bits(wide_half a)
{
    if (HIGH(a) != 0)
        return 128 - __builtin_clzll(HIGH(a));
    return LOW(a) != 0 ? 64 - __builtin_clzll(LOW(a)) : 0;
}

struct wide wide_mul(wide_half a, wide_half b)
{
    wide_half ll = (wide_half)LOW(a) * LOW(b), lh = (wide_half)LOW(a) * HIGH(b);
    wide_half hl = (wide_half)HIGH(a) * LOW(b), hh = (wide_half)HIGH(a) * HIGH(b);
    wide_half middle = (wide_half)HIGH(ll) + LOW(lh) + LOW(hl);

    return (struct wide){
        .hi = hh + HIGH(lh) + HIGH(hl) + HIGH(middle),
        .lo = middle << 64 | LOW(ll),
    };
}

/* One digit of the quotient: (rest:next) / d, where rest < d and d has its top bit set. The
 * estimate from the leading digits is at most 2 too large. */
static uint64_t digit(wide_half *rest, uint64_t next, wide_half d)
{
    wide_half guess, left;

    if (HIGH(*rest) >= HIGH(d)) {
        guess = UINT64_MAX;
        left = *rest - guess * HIGH(d);
    } else {
        guess = *rest / HIGH(d);
        left = *rest % HIGH(d);
    }
    while (HIGH(left) == 0 && guess * LOW(d) > (left << 64 | next)) {
        guess--;
        left += HIGH(d);
    }
    /* modulo 2^128, which the true rest is below */
    *rest = (left << 64 | next) - guess * LOW(d);
    return LOW(guess);
}

bool wide_div(struct wide n, wide_half d, wide_half *quotient, wide_half *rest)
{
    assert(d != 0);
    if (n.hi >= d)
        return false;
    if (n.hi == 0) {
        *quotient = n.lo / d;
        *rest = n.lo % d;
        return true;
    }
    int shift = 128 - wide_bits(d);
    wide_half part = n.hi, low = n.lo << shift;

    d <<= shift;
    if (shift > 0)
        part = part << shift | n.lo >> (128 - shift);
    wide_half q = (wide_half)digit(&part, HIGH(low), d) << 64;
    *quotient = q | digit(&part, LOW(low), d);
    *rest = part >> shift;
    return true;
}
