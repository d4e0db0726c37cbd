/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected numbers: closed forms evaluated with Python's decimal at 50 digits.
 */
#include "tests/support/numbers.h"

#include "models/npv.h"

static dec_t yearly_12000(int first, enum timing at)
{
    struct npv_table t;
    struct npv v = {0};
    struct err err;
    assert_int_equal(npv_table_make(&t, D("0.08"), 48, &err), 0);
    for (int y = 0; y < 3; y++)
        npv_add(&v, &t, first + 12 * y, 1, at, D("12000"));
    dec_t npv = npv_result(&v, &t, 2);
    npv_table_free(&t);
    return npv;
}

/* 12,000 a year for three years at 8 %: sum of 12000 x 1.08^-t at t = 1,2,3; 0.5,1.5,2.5; 0,1,2 */
static void three_yearly_payments(void **state)
{
    (void)state;
    assert_dec(yearly_12000(11, AT_END), "30925.16");
    assert_dec(yearly_12000(5, AT_END), "32138.37");
    assert_dec(yearly_12000(0, AT_START), "33399.18");
    assert_dec(yearly_12000(6, AT_START), "32138.37"); /* the start of month 7 is the end of month 6 */
}

/* 4,324.22 at the end of twelve months at 6 %: 50,285.4909... */
static void an_annuity_in_one_run_or_twelve(void **state)
{
    (void)state;
    struct npv_table t;
    struct npv one = {0}, twelve = {0};
    struct err err;
    assert_int_equal(npv_table_make(&t, D("0.06"), 12, &err), 0);
    npv_add(&one, &t, 0, 12, AT_END, D("4324.22"));
    for (int m = 0; m < 12; m++)
        npv_add(&twelve, &t, m, 1, AT_END, D("4324.22"));
    assert_dec(npv_result(&one, &t, 2), "50285.49");
    assert_dec(npv_result(&twelve, &t, 2), "50285.49");
    npv_table_free(&t);
}

/* The same doubles whichever way an amount is handed over, to the last bit of the sum and of what it carries. */
static void minor_units_are_the_same_amount(void **state)
{
    (void)state;
    static const char *const yearly[] = {"0.08", "0"};
    static const int64_t amounts[] = {1, 432422, 99999999999999, 7, 123456789, -5};
    for (int k = 0; k < 2; k++) {
        struct npv_table t;
        struct npv a = {0}, b = {0};
        struct err err;
        assert_int_equal(npv_table_make(&t, D(yearly[k]), 12, &err), 0);
        for (int i = 0; i < 6; i++) {
            npv_add(&a, &t, i, 3, i % 2 ? AT_START : AT_END, dec_of(amounts[i], 2));
            npv_add_minor(&b, &t, i, 3, i % 2 ? AT_START : AT_END, amounts[i], 2);
        }
        assert_true(npv_result(&a, &t, 2).v == npv_result(&b, &t, 2).v);
        assert_true(k == 1 || (a.sum == b.sum && a.carry == b.carry));
        npv_table_free(&t);
    }
}

static void at_zero_it_is_the_exact_sum(void **state)
{
    (void)state;
    struct npv_table t;
    struct npv v = {0};
    struct err err;
    assert_int_equal(npv_table_make(&t, DEC_ZERO, 12, &err), 0);
    npv_add(&v, &t, 0, 12, AT_START, D("12345678901234567.89")); /* more digits than a double holds */
    assert_dec(npv_result(&v, &t, 2), "148148146814814814.68");
    npv_table_free(&t);
}

static void what_overflows_is_bad(void **state)
{
    (void)state;
    struct npv_table t;
    struct npv v = {0};
    struct err err;
    assert_int_equal(npv_table_make(&t, D("0.05"), 12, &err), 0);
    npv_add(&v, &t, 0, 12, AT_END, D("100000000000000000000000000"));
    assert_true(dec_bad(npv_result(&v, &t, 2)));
    npv_table_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_yearly_payments),           cmocka_unit_test(an_annuity_in_one_run_or_twelve),
        cmocka_unit_test(minor_units_are_the_same_amount), cmocka_unit_test(at_zero_it_is_the_exact_sum),
        cmocka_unit_test(what_overflows_is_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
