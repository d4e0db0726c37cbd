/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimals as text: what is accepted, what is refused and how, what is printed.
 */
#include "tests/support/test.h"

#include "calc/decimal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Parses a copy of exactly that length, so that a sanitizer sees a read past its end. */
static int parse(const char *text, size_t len, dec_t *out, struct err *err)
{
    char *copy = malloc(len > 0 ? len : 1);

    assert_non_null(copy);
    memcpy(copy, text, len);
    int got = dec_parse(copy, len, out, err);
    free(copy);
    return got;
}

static void reads(const char *text, int min_places, const char *want)
{
    dec_t v = DEC_ZERO;
    struct err err = {0};
    char got[DEC_TEXT];

    memset(got, 'x', sizeof got);
    assert_int_equal(parse(text, strlen(text), &v, &err), 0);
    assert_int_equal(dec_format(v, min_places, got), strlen(want));
    assert_string_equal(got, want);
}

static void refuses(const char *text, const char *why)
{
    dec_t v;
    struct err err = {0};
    char want[200];

    assert_int_equal(parse(text, strlen(text), &v, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    snprintf(want, sizeof want, "'%s' %s", text, why);
    assert_string_equal(err.text, want);
}

static void accepted(void **state)
{
    (void)state;
    reads("0", 0, "0");
    reads("-0", 0, "0");
    reads("-0.000", 2, "0.00");
    reads("+1.5", 0, "1.5");
    reads("0.0000166667", 0, "0.0000166667");
    reads("000123.4500", 0, "123.45");
    reads("1.0465", 2, "1.0465");
    reads("1.5", 2, "1.50");
    reads("1", 12, "1.000000000000");
    reads("0.000000000001", 0, "0.000000000001");
    reads("1.0000000000010000000000000000", 0, "1.000000000001");
    reads("1000000000000000000", 0, "1000000000000000000"); /* 10^18, where printing goes in two groups */
    reads("999999999999999999.5", 0, "999999999999999999.5");
    reads("-123456789000000000000000042.75", 0, "-123456789000000000000000042.75");
    reads("170141183460469231731687303.715884105724", 2, "170141183460469231731687303.715884105724");
    reads("-170141183460469231731687303.715884105724", 2, "-170141183460469231731687303.715884105724");
}

static void refused(void **state)
{
    (void)state;
    static const char *const not_numbers[] = {
        "",          "+",    "-",   ".",   "1.",  ".5",    "-.5",  "1..2",
        "1.2.3",     "--1",  "+-1", "1-",  " 1",  "1 ",    "1,5",  "1,000",
        "1e3",       "0x10", "inf", "nan", "NaN", "1_000", "1.5%", "\xd9\xa1" /* Arabic-Indic one */,
        "1\xc2\xa0", "/",    ":",
    };

    for (size_t i = 0; i < sizeof not_numbers / sizeof not_numbers[0]; i++)
        refuses(not_numbers[i], "is not a number (digits, with a point before decimals)");
    refuses("0.0000000000001", "needs more than 12 decimals");
    refuses("-1.1234567890123", "needs more than 12 decimals");
    refuses("170141183460469231731687303.715884105725", "is too large (at most 170141183460469231731687303)");
    refuses("-170141183460469231731687303.715884105725", "is too large (at most 170141183460469231731687303)");
    refuses("170141183460469231731687304", "is too large (at most 170141183460469231731687303)");
    refuses("999999999999999999999999999999999999", "is too large (at most 170141183460469231731687303)");
}

static void odd_bytes_and_lengths(void **state)
{
    (void)state;
    dec_t v;
    struct err err = {0};

    assert_int_equal(parse("1\0002", 3, &v, &err), -1);
    assert_int_equal(parse("12345", 2, &v, &err), 0);
    assert_true(v.v == dec_int64(12).v);

    char *zeros = malloc(100000);
    assert_non_null(zeros);
    memset(zeros, '0', 100000);
    zeros[49999] = '7';
    zeros[50000] = '.';
    assert_int_equal(parse(zeros, 100000, &v, &err), 0);
    assert_true(v.v == dec_int64(7).v);
    zeros[99999] = '1';
    assert_int_equal(parse(zeros, 100000, &v, &err), -1);
    assert_string_equal(err.text, "'000000000000000000000000000000000000000000000000...' needs more than 12 decimals");
    free(zeros);
}

static void what_is_printed_is_read_again(void **state)
{
    (void)state;
    uint64_t seed = 20261121;

    for (int i = 0; i < 50000; i++) {
        dec_int v = 0;
        for (int k = 0; k < 4; k++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            v = (v & ((((dec_int)1) << 95) - 1)) << 32 | (dec_int)(seed >> 32);
        }
        dec_t a = {v >> (seed >> 40) % 127}, b = DEC_ZERO;
        char text[DEC_TEXT];
        struct err err = {0};
        if (a.v > DEC_MOST)
            a.v = DEC_MOST;
        if (i % 2)
            a = dec_neg(a);
        size_t n = dec_format(a, i % 13, text);
        assert_int_equal(n, strlen(text));
        assert_true(i % 13 == 0 || strlen(strchr(text, '.') + 1) >= (size_t)(i % 13));
        assert_int_equal(dec_parse(text, n, &b, &err), 0);
        assert_true(a.v == b.v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepted),
        cmocka_unit_test(refused),
        cmocka_unit_test(odd_bytes_and_lengths),
        cmocka_unit_test(what_is_printed_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
