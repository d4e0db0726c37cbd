/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

/* Tencent International, S5.LARGE8 in Singapore, one year without upfront: 0.1 USD for every hour of the term (sample
 * answer of 2026-08-21): 73 a month, also in months nobody uses it */
static void due_to_the_end_of_the_last_term(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 18, "1", "0.1");
    struct charge_list out = {0};
    struct err err;
    in->term = 12;
    in->time = D("730");
    assert_int_equal(component_commitment.charges(in, &out, &err), COMPONENT_DONE);
    assert_int_equal(out.n, 1);
    assert_run(&out.v[0], 0, 24, AT_END, "730", "73");
    assert_dec(total(&out), "1752");
    charge_free(&out);
}

static void an_increase_lasts_its_own_term(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 4, "1", "10");
    const struct quantity_run items[] = {{0, 1, D("1")}, {1, 3, D("2")}};
    struct charge_list out = {0};
    struct err err;
    in->items = items;
    in->nitems = 2;
    in->term = 3;
    assert_int_equal(component_commitment.charges(in, &out, &err), COMPONENT_DONE);
    /* terms: one in months 0-2 and 3-5, one in 1-3; in month 4 only the renewed one is left */
    assert_int_equal(out.n, 3);
    assert_run(&out.v[0], 0, 1, AT_END, "1", "10");
    assert_run(&out.v[1], 1, 3, AT_END, "2", "20");
    assert_run(&out.v[2], 4, 2, AT_END, "1", "10");
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(due_to_the_end_of_the_last_term),
        cmocka_unit_test(an_increase_lasts_its_own_term),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
