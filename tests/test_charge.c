/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

static void equal_neighbours_become_one(void **state)
{
    (void)state;
    struct charge_list l = {0};
    struct err err;
    struct charge_run a = {0, 1, AT_END, D("2"), D("10.5")};
    for (a.first = 0; a.first < 12; a.first++)
        assert_int_equal(charge_add(&l, a, &err), 0);
    assert_int_equal(l.n, 1);
    assert_run(&l.v[0], 0, 12, AT_END, "2", "10.5");
    charge_free(&l);
}

static void what_differs_stays_apart(void **state)
{
    (void)state;
    struct charge_list l = {0};
    struct err err;
    struct charge_run v[] = {
        {0, 1, AT_END, D("2"), D("10")},   {1, 1, AT_START, D("2"), D("10")}, /* another time */
        {2, 1, AT_START, D("3"), D("10")},                                    /* another quantity */
        {3, 1, AT_START, D("3"), D("11")},                                    /* another amount */
        {5, 1, AT_START, D("3"), D("11")},                                    /* a gap */
    };
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(charge_add(&l, v[i], &err), 0);
    assert_int_equal(l.n, 5);
    charge_free(&l);
}

static void overflow_is_refused(void **state)
{
    (void)state;
    struct charge_list l = {0};
    struct err err = {0};
    dec_t huge = dec_mul(D("1000000000000000"), D("1000000000000000"), DEC_HALF_UP);
    assert_true(dec_bad(huge));
    assert_int_equal(charge_add(&l, (struct charge_run){0, 1, AT_END, DEC_ONE, huge}, &err), -1);
    assert_string_equal(err.text, "amount overflows");
    assert_int_equal(l.n, 0);
    charge_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_neighbours_become_one),
        cmocka_unit_test(what_differs_stays_apart),
        cmocka_unit_test(overflow_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
