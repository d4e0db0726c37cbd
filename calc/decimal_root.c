/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The n-th root of a decimal, by bisection on exact integers. With A = a x 10^12, the root to 12
 * decimals, half-up, is the largest R with (R - 1/2)^n <= A x 10^(12(n-1)); both sides times 2^n
 * are integers of up to 732 bits.
 */
#include "calc/decimal.h"

#include "calc/wide.h"

#include <assert.h>

enum { LIMBS = 12, ROOT_MAX = 12 };

struct big {
    uint64_t limb[LIMBS]; /* lowest first */
};

static void times(struct big *b, uint64_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < LIMBS; i++) {
        wide_half product = (wide_half)b->limb[i] * by + carry;
        b->limb[i] = (uint64_t)product;
        carry = (uint64_t)(product >> 64);
    }
    assert(carry == 0);
}

static bool at_most(const struct big *a, const struct big *b)
{
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i];
    return true;
}

static struct big power(uint64_t x, int n)
{
    struct big p = {{1}};

    for (int i = 0; i < n; i++)
        times(&p, x);
    return p;
}

/* 2^n x A x 10^(12(n-1)) */
static struct big target(wide_half a, int n)
{
    struct big t = {{(uint64_t)a, (uint64_t)(a >> 64)}};

    for (int i = 1; i < n; i++)
        times(&t, (uint64_t)DEC_ONE_UNIT);
    times(&t, (uint64_t)1 << n);
    return t;
}

dec_t dec_root(dec_t a, int n)
{
    assert(n >= 1 && n <= ROOT_MAX);
    if (dec_bad(a))
        return a;
    if (a.v < 0)
        return dec_bad_of(DEC_NOT_A_NUMBER);
    if (dec_cmp(a, dec_int64(1000000000000)) > 0)
        return dec_bad_of(DEC_OVERFLOW);
    if (n == 1 || a.v == 0)
        return a;

    /* a <= 10^12 and n >= 2, so R <= 10^18 and 2R - 1 has at most 61 bits */
    const struct big most = target((wide_half)a.v, n);
    uint64_t low = 0, high = 1000000000000000001U; /* R is in [low, high) */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        struct big p = power(2 * middle - 1, n);
        if (at_most(&p, &most))
            low = middle;
        else
            high = middle;
    }
    return (dec_t){(dec_int)low};
}
