/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roots: the monthly rates of yearly ones from bc -l, exact powers, the borders of the range. The
 * table that tests/test_decimal.c reads has more of them.
 */
#include "tests/support/test.h"

#include "calc/decimal.h"

#include <string.h>

static dec_t d(const char *text)
{
    dec_t out = DEC_ZERO;
    struct err err = {0};

    assert_int_equal(dec_parse(text, strlen(text), &out, &err), 0);
    return out;
}

static void root_is(const char *of, int n, const char *want)
{
    char text[DEC_TEXT];
    dec_t got = dec_root(d(of), n);

    assert_false(dec_bad(got));
    dec_format(got, 0, text);
    assert_string_equal(text, want);
}

static void known_roots(void **state)
{
    (void)state;
    root_is("1.08", 12, "1.00643403011");  /* e(l(1.08)/12) = 1.006434030110003... */
    root_is("1.06", 12, "1.004867550565"); /* e(l(1.06)/12) = 1.004867550565343... */
    root_is("2", 2, "1.414213562373");     /* 1.414213562373095... */
    root_is("3", 2, "1.732050807569");     /* 1.732050807568877...: rounds up */
    root_is("0.000000000001", 2, "0.000001");
    root_is("0.000000000001", 12, "0.1");
    root_is("1000000000000", 2, "1000000");
    root_is("1000000000000", 12, "10");
    root_is("999999999999.999999999999", 2, "1000000");
    root_is("123.456", 1, "123.456");
    root_is("1000000000000", 1, "1000000000000");
    root_is("0", 7, "0");
    root_is("1", 12, "1");
}

static void whole_powers_come_back(void **state)
{
    (void)state;
    const dec_t most = dec_int64(1000000000000);

    for (int64_t x = 1; x <= 99; x++) {
        dec_t power = dec_int64(x);
        for (int n = 1; n <= 12 && dec_cmp(power, most) <= 0; n++) {
            assert_int_equal(dec_cmp(dec_root(power, n), dec_int64(x)), 0);
            power = dec_muln(power, x);
        }
    }
}

static void a_larger_number_has_no_smaller_root(void **state)
{
    (void)state;
    for (int n = 1; n <= 12; n++) {
        dec_t before = DEC_ZERO;
        for (dec_t a = d("0.000000000001"); a.v <= dec_int64(1000000000000).v; a.v = a.v * 17 / 16 + 1) {
            dec_t root = dec_root(a, n);
            assert_true(dec_cmp(before, root) <= 0);
            before = root;
        }
    }
}

static void no_root(void **state)
{
    (void)state;
    for (int n = 1; n <= 12; n++) {
        assert_true(dec_root(d("-0.000000000001"), n).v == dec_bad_of(DEC_NOT_A_NUMBER).v);
        assert_true(dec_root(d("1000000000000.000000000001"), n).v == dec_bad_of(DEC_OVERFLOW).v);
        assert_true(dec_root((dec_t){DEC_MOST}, n).v == dec_bad_of(DEC_OVERFLOW).v);
        assert_true(dec_root(dec_bad_of(DEC_BY_ZERO), n).v == dec_bad_of(DEC_BY_ZERO).v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_roots),
        cmocka_unit_test(whole_powers_come_back),
        cmocka_unit_test(a_larger_number_has_no_smaller_root),
        cmocka_unit_test(no_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
