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

size_t minor_format(int64_t amount, int places, char *out)
{
    char text[40], *end = text + sizeof text;
    assert(places >= 0 && places <= 12 && amount > INT64_MIN);
    uint64_t v = amount < 0 ? (uint64_t)-amount : (uint64_t)amount;
    char *from = digits(v, end);
    while (end - from <= places) /* a digit before the point, and all behind it */
        *--from = '0';
    size_t whole = (size_t)(end - from) - (size_t)places, n = 0;
    if (amount < 0)
        out[n++] = '-';
    memcpy(out + n, from, whole);
    n += whole;
    if (places == 0)
        return n;
    out[n++] = '.';
    memcpy(out + n, from + whole, (size_t)places);
    return n + (size_t)places;
}
