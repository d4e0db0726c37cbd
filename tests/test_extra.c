/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

static struct charge_list run(int first, int every, enum timing at)
{
    struct component_input in = {.months = 25, .amount = D("200"), .first = first, .every = every, .at = at};
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_extra.charges(&in, &out, &err), COMPONENT_DONE);
    return out;
}

static void once_monthly_yearly(void **state)
{
    (void)state;
    struct charge_list out = run(3, 0, AT_START);
    assert_int_equal(out.n, 1);
    assert_run(&out.v[0], 3, 1, AT_START, "1", "200");
    charge_free(&out);
    out = run(0, 1, AT_END);
    assert_int_equal(out.n, 1);
    assert_int_equal(out.v[0].months, 25);
    charge_free(&out);
    out = run(0, 12, AT_START); /* months 1, 13, 25 */
    assert_int_equal(out.n, 3);
    assert_int_equal(out.v[2].first, 24);
    assert_dec(total(&out), "600");
    charge_free(&out);
    out = run(25, 0, AT_START); /* beyond the horizon */
    assert_int_equal(out.n, 0);
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(once_monthly_yearly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
