/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact decimals. Everything that multiplies or divides goes through scaled(): one exact
 * product, one division, one rounding. The range is symmetric; a bad value is one of the
 * four lowest integers, so it needs no room of its own.
 */
#include "calc/decimal.h"

#include "calc/wide.h"

#include <assert.h>
#include <math.h>

static const uint64_t ten_to[DEC_PLACES + 1] = {
    1,        10,        100,         1000,         10000,         100000,         1000000,
    10000000, 100000000, 1000000000U, 10000000000U, 100000000000U, 1000000000000U,
};

/* The bad values are the integers below -DEC_MOST, the first fault the lowest. */
enum { FAULTS = 4 };
#define LOWEST (-DEC_MOST - FAULTS)

dec_t dec_bad_of(enum dec_fault fault)
{
    return (dec_t){LOWEST + (dec_int)fault};
}

static wide_half magnitude(dec_t a)
{
    return a.v < 0 ? -(wide_half)a.v : (wide_half)a.v;
}

static dec_t signed_of(wide_half m, bool negative)
{
    if (m > DEC_MOST)
        return dec_bad_of(DEC_OVERFLOW);
    return (dec_t){negative ? -(dec_int)m : (dec_int)m};
}

bool dec_bad(dec_t a)
{
    return a.v < -DEC_MOST;
}

int dec_check(dec_t a, const char *what, struct err *err)
{
    static const char *const reasons[FAULTS] = {"overflows", "divides by zero", "is not exact", "is not a number"};

    if (!dec_bad(a))
        return 0;
    return err_set(err, ERR_USAGE, "%s %s", what, reasons[a.v - LOWEST]);
}

dec_t dec_of(int64_t n, int places)
{
    assert(places >= 0 && places <= DEC_PLACES);
    return (dec_t){(dec_int)n * (dec_int)ten_to[DEC_PLACES - places]};
}

dec_t dec_int64(int64_t n)
{
    return dec_of(n, 0);
}

dec_t dec_neg(dec_t a)
{
    return dec_bad(a) ? a : (dec_t){-a.v};
}

dec_t dec_add(dec_t a, dec_t b)
{
    if (dec_bad(a))
        return a;
    if (dec_bad(b))
        return b;
    if (b.v > 0 ? a.v > DEC_MOST - b.v : a.v < -DEC_MOST - b.v)
        return dec_bad_of(DEC_OVERFLOW);
    return (dec_t){a.v + b.v};
}

dec_t dec_sub(dec_t a, dec_t b)
{
    return dec_add(a, dec_neg(b));
}

/* Whether a magnitude with this rest grows by one. */
static bool away(wide_half rest, wide_half divisor, bool negative, enum dec_round how)
{
    switch (how) {
    case DEC_HALF_UP:
        return rest >= divisor - rest;
    case DEC_FLOOR:
        return negative && rest != 0;
    case DEC_CEIL:
        return !negative && rest != 0;
    case DEC_EXACT:
    case DEC_DOWN:
        break;
    }
    return false;
}

/* Two factors whose bits sum to at most 128 have a product of at most 128 bits; with a larger sum
 * the product is at least 2^127, which is over DEC_MOST. */
static bool product_fits(wide_half a, wide_half b)
{
    return wide_bits(a) + wide_bits(b) <= 128;
}

/* round(a x b / divisor) x unit, all magnitudes. The one place where anything is rounded. */
static dec_t scaled(wide_half a, wide_half b, wide_half divisor, uint64_t unit, bool negative, enum dec_round how)
{
    wide_half q, rest;

    if (product_fits(a, b)) {
        q = a * b / divisor;
        rest = a * b - q * divisor;
    } else if (!wide_div(wide_mul(a, b), divisor, &q, &rest)) {
        return dec_bad_of(DEC_OVERFLOW);
    }
    if (rest != 0 && how == DEC_EXACT)
        return dec_bad_of(DEC_INEXACT);
    if (q > DEC_MOST)
        return dec_bad_of(DEC_OVERFLOW);
    if (away(rest, divisor, negative, how))
        q++;
    if (unit == 1)
        return signed_of(q, negative);
    return product_fits(q, unit) ? signed_of(q * unit, negative) : dec_bad_of(DEC_OVERFLOW);
}

/* The first bad one of two, or a good value. */
static dec_t either_bad(dec_t a, dec_t b)
{
    return dec_bad(a) ? a : b;
}

dec_t dec_mul_round(dec_t a, dec_t b, int places, enum dec_round how)
{
    assert(places >= 0 && places <= DEC_PLACES);
    if (dec_bad(a) || dec_bad(b))
        return either_bad(a, b);
    uint64_t unit = ten_to[DEC_PLACES - places];
    wide_half divisor = (wide_half)ten_to[DEC_PLACES] * unit;
    return scaled(magnitude(a), magnitude(b), divisor, unit, (a.v < 0) != (b.v < 0), how);
}

dec_t dec_mul(dec_t a, dec_t b, enum dec_round how)
{
    return dec_mul_round(a, b, DEC_PLACES, how);
}

dec_t dec_div_round(dec_t a, dec_t b, int places, enum dec_round how)
{
    assert(places >= 0 && places <= DEC_PLACES);
    if (dec_bad(a) || dec_bad(b))
        return either_bad(a, b);
    if (b.v == 0)
        return dec_bad_of(DEC_BY_ZERO);
    return scaled(magnitude(a), ten_to[places], magnitude(b), ten_to[DEC_PLACES - places], (a.v < 0) != (b.v < 0), how);
}

dec_t dec_div(dec_t a, dec_t b, enum dec_round how)
{
    return dec_div_round(a, b, DEC_PLACES, how);
}

dec_t dec_muldiv(dec_t a, dec_t b, dec_t c, enum dec_round how)
{
    if (dec_bad(a) || dec_bad(b) || dec_bad(c))
        return either_bad(a, either_bad(b, c));
    if (c.v == 0)
        return dec_bad_of(DEC_BY_ZERO);
    bool negative = ((a.v < 0) != (b.v < 0)) != (c.v < 0);
    return scaled(magnitude(a), magnitude(b), magnitude(c), 1, negative, how);
}

dec_t dec_muln(dec_t a, int64_t n)
{
    if (dec_bad(a))
        return a;
    if (a.v == (int64_t)a.v)
        return (dec_t){a.v * n}; /* 64 by 64 bits: nearly every amount */
    wide_half by = n < 0 ? -(wide_half)n : (wide_half)n;
    return scaled(magnitude(a), by, 1, 1, (a.v < 0) != (n < 0), DEC_EXACT);
}

dec_t dec_round(dec_t a, int places, enum dec_round how)
{
    assert(places >= 0 && places <= DEC_PLACES);
    if (dec_bad(a))
        return a;
    uint64_t unit = ten_to[DEC_PLACES - places];
    return scaled(magnitude(a), 1, unit, unit, a.v < 0, how);
}

int dec_cmp(dec_t a, dec_t b)
{
    assert(!dec_bad(a) && !dec_bad(b));
    return (a.v > b.v) - (a.v < b.v);
}

int dec_sign(dec_t a)
{
    return dec_cmp(a, DEC_ZERO);
}

dec_t dec_min(dec_t a, dec_t b)
{
    if (dec_bad(a) || dec_bad(b))
        return either_bad(a, b);
    return a.v < b.v ? a : b;
}

dec_t dec_max(dec_t a, dec_t b)
{
    if (dec_bad(a) || dec_bad(b))
        return either_bad(a, b);
    return a.v > b.v ? a : b;
}

/* The nearest double, ties to even: the quotient is taken with all the bits there are, a lost
 * rest is kept as one sticky bit, and the conversion rounds once. */
double dec_to_double(dec_t a)
{
    assert(!dec_bad(a));
    wide_half m = magnitude(a);
    int shift = 128 - wide_bits(m);

    if (m == 0)
        return 0.0;
    m <<= shift;
    wide_half q = m / ten_to[DEC_PLACES];
    if (q * ten_to[DEC_PLACES] != m)
        q |= 1;
    double x = ldexp((double)q, -shift);
    return a.v < 0 ? -x : x;
}

/* A double is an integer of 53 bits times a power of two, so its half-up rounding is computed
 * exactly, as of the binary value: 2.675 is stored just below and becomes 2.67. */
dec_t dec_from_double(double x, int places)
{
    assert(places >= 0 && places <= DEC_PLACES);
    if (!isfinite(x))
        return isnan(x) ? dec_bad_of(DEC_NOT_A_NUMBER) : dec_bad_of(DEC_OVERFLOW);
    int exponent = 0;
    bool negative = x < 0;
    wide_half m = (wide_half)ldexp(frexp(fabs(x), &exponent), 53);
    uint64_t unit = ten_to[DEC_PLACES - places];

    exponent -= 53;
    if (exponent >= 128 - 53)
        return dec_bad_of(DEC_OVERFLOW);
    if (exponent >= 0)
        return scaled(m << exponent, ten_to[DEC_PLACES], 1, 1, negative, DEC_EXACT);
    if (exponent <= -96) /* m x 10^12 is below 2^93: less than half a unit */
        return DEC_ZERO;
    return scaled(m, ten_to[places], (wide_half)1 << -exponent, unit, negative, DEC_HALF_UP);
}
