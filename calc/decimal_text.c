/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimals to text and back. What is printed parses to the same value; what is parsed is exact
 * or refused.
 */
#include "calc/decimal.h"

#include "calc/wide.h"

#include <assert.h>
#include <string.h>

enum {
    QUOTE_MAX = 48,   /* bytes of a bad number shown in its message */
    SHORT_DIGITS = 18 /* that many fit in 64 bits */
};

static int refuse(const char *text, size_t len, const char *why, struct err *err)
{
    bool cut = len > QUOTE_MAX;

    return err_set(err, ERR_USAGE, "'%.*s%s' %s", (int)(cut ? QUOTE_MAX : len), text, cut ? "..." : "", why);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && is_digit(text[n]))
        n++;
    return n;
}

/* *m x 10 + the digit; false when that is past the range. */
static bool push(wide_half *m, char digit)
{
    const wide_half most = (wide_half)DEC_MOST;

    if (*m > most / 10)
        return false;
    *m = *m * 10 + (uint64_t)(digit - '0');
    return *m <= most;
}

/* The digits of both parts as one integer of 12 decimals; false when that is past the range. */
static bool assemble(const char *whole, size_t nwhole, const char *part, size_t npart, dec_t *out)
{
    if (nwhole + npart <= SHORT_DIGITS) { /* nearly every number there is */
        int64_t n = 0;
        for (size_t i = 0; i < nwhole; i++)
            n = n * 10 + (whole[i] - '0');
        for (size_t i = 0; i < npart; i++)
            n = n * 10 + (part[i] - '0');
        *out = dec_of(n, (int)npart);
        return true;
    }
    wide_half m = 0;
    for (size_t i = 0; i < nwhole; i++)
        if (!push(&m, whole[i]))
            return false;
    for (size_t i = 0; i < DEC_PLACES; i++)
        if (!push(&m, i < npart ? part[i] : '0'))
            return false;
    *out = (dec_t){(dec_int)m};
    return true;
}

int dec_parse(const char *text, size_t len, dec_t *out, struct err *err)
{
    size_t at = len > 0 && (text[0] == '+' || text[0] == '-');
    size_t nwhole = digits(text + at, len - at), npart = 0, end = at + nwhole;
    bool point = end < len && text[end] == '.';

    if (point) {
        npart = digits(text + end + 1, len - end - 1);
        end += 1 + npart;
    }
    if (end != len || nwhole == 0 || (point && npart == 0))
        return refuse(text, len, "is not a number (digits, with a point before decimals)", err);

    const char *part = text + len - npart;
    while (npart > 0 && part[npart - 1] == '0')
        npart--;
    if (npart > DEC_PLACES)
        return refuse(text, len, "needs more than 12 decimals", err);

    dec_t value;
    if (!assemble(text + at, nwhole, part, npart, &value))
        return refuse(text, len, "is too large (at most 170141183460469231731687303)", err);
    *out = text[0] == '-' ? dec_neg(value) : value;
    return 0;
}

/* Writes n with at least `width` digits ending before `end`; returns where they begin. */
static char *put_digits(char *end, uint64_t n, int width)
{
    for (; n > 0 || width > 0; n /= 10, width--)
        *--end = (char)('0' + n % 10);
    return end;
}

size_t dec_format(dec_t a, int min_places, char buf[DEC_TEXT])
{
    assert(!dec_bad(a) && min_places >= 0 && min_places <= DEC_PLACES);
    const uint64_t unit = 1000000000000U, group = 1000000000000000000U; /* 10^12, 10^18 */
    wide_half m = a.v < 0 ? -(wide_half)a.v : (wide_half)a.v, whole = m / unit;
    uint64_t part = (uint64_t)(m - whole * unit);
    int places = DEC_PLACES;
    char text[DEC_TEXT], *end = text + sizeof text, *at = end;

    while (places > min_places && part % 10 == 0) {
        part /= 10;
        places--;
    }
    if (places > 0) {
        at = put_digits(at, part, places);
        *--at = '.';
    }
    if (whole >= group) {
        at = put_digits(at, (uint64_t)(whole % group), 18);
        at = put_digits(at, (uint64_t)(whole / group), 1);
    } else {
        at = put_digits(at, (uint64_t)whole, 1);
    }
    if (a.v < 0)
        *--at = '-';
    size_t n = (size_t)(end - at);
    memcpy(buf, at, n);
    buf[n] = '\0';
    return n;
}
