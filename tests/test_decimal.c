/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimal arithmetic: hand-worked cases, a table made with bc, and properties over a fixed seed.
 */
#include "tests/support/test.h"

#include "calc/decimal.h"

#include <math.h>
#include <string.h>

/* A decimal from its text; the text is known to be good. */
static dec_t d(const char *text)
{
    dec_t out = DEC_ZERO;
    struct err err = {0};

    assert_int_equal(dec_parse(text, strlen(text), &out, &err), 0);
    return out;
}

static void same(dec_t got, const char *want)
{
    char text[DEC_TEXT];

    assert_false(dec_bad(got));
    dec_format(got, 0, text);
    assert_string_equal(text, want);
}

static void fault(dec_t got, const char *want)
{
    struct err err = {0};

    assert_true(dec_bad(got));
    assert_int_equal(dec_check(got, "x", &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, want);
}

/* Money rules, section 1: worked on paper there. */
static void worked_invoice_lines(void **state)
{
    (void)state;
    same(dec_div_round(d("1060"), d("1.06"), 2, DEC_HALF_UP), "1000");
    same(dec_div_round(d("1000"), d("1.06"), 2, DEC_HALF_UP), "943.4");
    same(dec_div_round(d("1000"), d("1.09"), 2, DEC_HALF_UP), "917.43");
    same(dec_div_round(d("1000"), d("1.13"), 2, DEC_HALF_UP), "884.96");
    same(dec_mul_round(d("100.25"), d("7.78"), 2, DEC_HALF_UP), "779.95"); /* 779.945 */
    same(dec_mul_round(d("709.44"), d("7.1"), 2, DEC_HALF_UP), "5037.02");
    same(dec_round(dec_muln(dec_mul(d("1.0465"), d("730"), DEC_EXACT), 6), 2, DEC_HALF_UP), "4583.67");
}

static void roundings(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int places;
        const char *half_up, *down, *floor, *ceil;
    } rows[] = {
        {"2.5", 0, "3", "2", "2", "3"},
        {"-2.5", 0, "-3", "-2", "-3", "-2"},
        {"2.499999999999", 0, "2", "2", "2", "3"},
        {"-0.000000000001", 11, "0", "0", "-0.00000000001", "0"},
        {"0.000000000005", 11, "0.00000000001", "0", "0", "0.00000000001"},
        {"-1.005", 2, "-1.01", "-1", "-1.01", "-1"},
        {"1.23", 2, "1.23", "1.23", "1.23", "1.23"},
        {"0", 0, "0", "0", "0", "0"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        dec_t v = d(rows[i].value);
        same(dec_round(v, rows[i].places, DEC_HALF_UP), rows[i].half_up);
        same(dec_round(v, rows[i].places, DEC_DOWN), rows[i].down);
        same(dec_round(v, rows[i].places, DEC_FLOOR), rows[i].floor);
        same(dec_round(v, rows[i].places, DEC_CEIL), rows[i].ceil);
    }
}

static void faults_name_themselves_and_spread(void **state)
{
    (void)state;
    dec_t most = {DEC_MOST}, over = dec_add(most, (dec_t){1});

    fault(over, "x overflows");
    fault(dec_sub(dec_neg(most), (dec_t){1}), "x overflows");
    fault(dec_mul(most, most, DEC_HALF_UP), "x overflows");
    fault(dec_div(DEC_ONE, DEC_ZERO, DEC_HALF_UP), "x divides by zero");
    fault(dec_muldiv(DEC_ONE, DEC_ONE, DEC_ZERO, DEC_HALF_UP), "x divides by zero");
    fault(dec_div(DEC_ONE, d("3"), DEC_EXACT), "x is not exact");
    fault(dec_root(d("-1"), 2), "x is not a number");
    fault(dec_root(d("1000000000000.000000000001"), 2), "x overflows");
    fault(dec_add(dec_neg(dec_mul(over, DEC_ZERO, DEC_DOWN)), DEC_ONE), "x overflows");
    fault(dec_min(DEC_ONE, dec_max(over, DEC_ONE)), "x overflows");
    fault(dec_root(dec_round(dec_muln(over, 0), 2, DEC_DOWN), 2), "x overflows");
    assert_int_equal(dec_check(most, "x", NULL), 0);
    same(dec_add(most, dec_neg(most)), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_invoice_lines),
        cmocka_unit_test(roundings),
        cmocka_unit_test(faults_name_themselves_and_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
