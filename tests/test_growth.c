/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected numbers: Python's decimal at 50 digits, quantized half-up to 12 decimals at each step.
 */
#include "tests/support/numbers.h"

#include "models/growth.h"

static void no_growth_is_one_run(void **state)
{
    (void)state;
    struct quantity_list l;
    struct err err;
    assert_int_equal(growth_runs(D("6"), DEC_ZERO, false, 36, &l, &err), 0);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.v[0].months, 36);
    assert_dec(l.v[0].quantity, "6");
    quantity_free(&l);
}

static void two_percent_a_month(void **state)
{
    (void)state;
    struct quantity_list l;
    struct err err;
    assert_int_equal(growth_runs(D("6"), D("0.02"), false, 13, &l, &err), 0);
    assert_dec(quantity_at(l.v, l.n, 0), "6");
    assert_dec(quantity_at(l.v, l.n, 1), "6.12");
    assert_dec(quantity_at(l.v, l.n, 2), "6.2424");
    assert_dec(quantity_at(l.v, l.n, 11), "7.460245850364");
    assert_dec(quantity_at(l.v, l.n, 12), "7.609450767372");
    assert_dec(quantity_at(l.v, l.n, 13), "0");
    quantity_free(&l);
}

static void a_yearly_rate_is_exact_at_each_anniversary(void **state)
{
    (void)state;
    struct quantity_list l;
    struct err err;
    assert_int_equal(growth_runs(D("1"), D("0.24"), true, 25, &l, &err), 0);
    assert_dec(quantity_at(l.v, l.n, 1), "1.018087582484"); /* 1.24^(1/12) */
    assert_dec(quantity_at(l.v, l.n, 2), "1.036502325608");
    assert_dec(quantity_at(l.v, l.n, 12), "1.24");
    assert_dec(quantity_at(l.v, l.n, 24), "1.5376");
    quantity_free(&l);
}

static void falling_demand(void **state)
{
    (void)state;
    struct quantity_list l;
    struct err err;
    assert_int_equal(growth_runs(D("10"), D("-0.5"), false, 3, &l, &err), 0);
    assert_dec(quantity_at(l.v, l.n, 2), "2.5");
    quantity_free(&l);
}

static void endless_growth_overflows_with_a_message(void **state)
{
    (void)state;
    struct quantity_list l;
    struct err err = {0};
    assert_int_equal(growth_runs(D("1000000"), D("10"), false, 600, &l, &err), -1);
    assert_string_equal(err.text, "growing quantity overflows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_growth_is_one_run),
        cmocka_unit_test(two_percent_a_month),
        cmocka_unit_test(a_yearly_rate_is_exact_at_each_anniversary),
        cmocka_unit_test(falling_demand),
        cmocka_unit_test(endless_growth_overflows_with_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
