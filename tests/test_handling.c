/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

/* the median cost of processing one invoice: USD 5.83 (APQC) */
static void one_invoice_in_each_month_with_a_payment(void **state)
{
    (void)state;
    dec_t paid[] = {D("100"), D("0"), D("1")};
    enum timing at[] = {AT_END, AT_END, AT_END};
    struct component_input in = {.months = 3, .amount = D("5.83"), .paid = paid, .paid_at = at, .npaid = 3};
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_handling.charges(&in, &out, &err), COMPONENT_DONE);
    assert_int_equal(out.n, 2);
    assert_run(&out.v[1], 2, 1, AT_END, "1", "5.83");
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_invoice_in_each_month_with_a_payment)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
