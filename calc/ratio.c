/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/ratio.h"

#include <assert.h>

static minor_wide greatest_common(minor_wide a, minor_wide b)
{
    while (b != 0) {
        minor_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* x times 10^places; false when it does not fit. */
static bool shifted(minor_wide *x, int places)
{
    for (; places > 0; places--) {
        if (*x > ((minor_wide)1 << 124))
            return false;
        *x *= 10;
    }
    return true;
}

bool ratio_make(dec_t rate, dec_t per, int from_places, int to_places, struct ratio *out)
{
    if (dec_bad(rate) || dec_bad(per) || rate.v < 0 || per.v <= 0)
        return false;
    minor_wide num = (minor_wide)rate.v, den = (minor_wide)per.v;
    if (!shifted(&num, to_places - from_places) || !shifted(&den, from_places - to_places))
        return false;
    minor_wide common = greatest_common(num, den);
    num /= common;
    den /= common;
    if (num > INT64_MAX || den > INT64_MAX)
        return false;
    *out = (struct ratio){.num = (uint64_t)num, .den = DIVISOR((uint64_t)den)};
    out->most = out->num > 0 ? (uint64_t)INT64_MAX / out->num : MINOR_MOST;
    return true;
}

bool minor_divide_wide(minor_wide n, const struct divisor *by, uint64_t *out)
{
    minor_wide q = (n + by->d / 2) / by->d;
    *out = (uint64_t)q;
    return q <= MINOR_MOST;
}

bool minor_of(dec_t amount, int places, uint64_t *out)
{
    assert(places >= 0 && places <= DEC_PLACES);
    if (dec_bad(amount) || amount.v < 0)
        return false;
    dec_int unit = dec_of(1, places).v, whole = amount.v / unit;
    if (whole * unit != amount.v || whole > (dec_int)MINOR_MOST)
        return false;
    *out = (uint64_t)whole;
    return true;
}
