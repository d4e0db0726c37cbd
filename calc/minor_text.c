/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/minor_text.h"

#include <assert.h>
#include <string.h>

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

/* The digits of v, ending before `end`; returns where they begin. */
static char *digits(uint64_t v, char *end)
{
    while (v >= 100) {
        end -= 2;
        memcpy(end, pairs + 2 * (v % 100), 2);
        v /= 100;
    }
    if (v >= 10) {
        end -= 2;
        memcpy(end, pairs + 2 * v, 2);
    } else {
        *--end = (char)('0' + v);
    }
    return end;
}

/* At least `least` digits. */
static size_t put_digits(uint64_t v, size_t least, char *out)
{
    char text[MINOR_TEXT], *end = text + sizeof text, *from = digits(v, end);
    while ((size_t)(end - from) < least)
        *--from = '0';
    size_t n = (size_t)(end - from);
    memcpy(out, from, n);
    return n;
}

size_t minor_format(int64_t amount, int places, char *out)
{
    assert(places >= 0 && places <= 12 && amount > INT64_MIN);
    uint64_t v = amount < 0 ? (uint64_t)-amount : (uint64_t)amount;
    size_t n = 0;
    if (amount < 0)
        out[n++] = '-';
    if (places == 2) { /* nearly every currency */
        n += put_digits(v / 100, 1, out + n);
        out[n++] = '.';
        memcpy(out + n, pairs + 2 * (v % 100), 2);
        return n + 2;
    }
    n += put_digits(v, (size_t)places + 1, out + n);
    if (places == 0)
        return n;
    memmove(out + n - places + 1, out + n - places, (size_t)places);
    out[n - (size_t)places] = '.';
    return n + 1;
}
