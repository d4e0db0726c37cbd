/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimals in tests: D("1.5") reads one, assert_dec(actual, "1.5") compares exactly and shows both.
 */
#ifndef TCO_NUMBERS_H
#define TCO_NUMBERS_H

#include "tests/support/test.h"

#include "calc/decimal.h"

#include <string.h>

static inline dec_t D(const char *text)
{
    struct err err;
    dec_t d;
    if (dec_parse(text, strlen(text), &d, &err))
        fail_msg("%s", err.text);
    return d;
}

static inline void assert_dec_at(dec_t actual, const char *expected, const char *file, int line)
{
    char have[DEC_TEXT], want[DEC_TEXT];
    if (dec_bad(actual)) {
        print_error("%s:%d: bad decimal, expected %s\n", file, line, expected);
        fail();
    }
    dec_format(actual, 0, have);
    dec_format(D(expected), 0, want);
    if (strcmp(have, want) != 0) {
        print_error("%s:%d: %s, expected %s\n", file, line, have, want);
        fail();
    }
}
#define assert_dec(actual, expected) assert_dec_at(actual, expected, __FILE__, __LINE__)

#endif
