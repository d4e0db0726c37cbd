/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

static struct charge_list run(const struct component_input *in)
{
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_prepaid.charges(in, &out, &err), COMPONENT_DONE);
    return out;
}

static void paid_at_the_start_of_whole_terms(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 18, "2", "1000");
    in->term = 12;
    struct charge_list out = run(in);
    assert_int_equal(out.n, 2);
    assert_run(&out.v[0], 0, 1, AT_START, "2", "2000");
    assert_run(&out.v[1], 12, 1, AT_START, "2", "2000"); /* whole, though six months are used */
    charge_free(&out);
}

static void one_month_terms_follow_one_another(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 12, "1", "251.16");
    struct charge_list out = run(in);
    assert_int_equal(out.n, 1);
    assert_run(&out.v[0], 0, 12, AT_START, "1", "251.16");
    charge_free(&out);
}

/* Tencent: 5 Mbps prepaid cost 2 x 20 + 3 x 25 = 115 CNY a month (public network table of 2018) */
static void a_ladder_counts_the_size_of_one_line(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 1, "1", "1");
    const struct tier tiers[] = {
        {D("0"), D("2"), false, D("20")}, {D("2"), D("5"), false, D("25")}, {D("5"), D("0"), true, D("90")}};
    in->tiers = tiers;
    in->ntiers = 3;
    in->size = D("5");
    struct charge_list out = run(in);
    assert_dec(out.v[0].list, "115");
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paid_at_the_start_of_whole_terms),
        cmocka_unit_test(one_month_terms_follow_one_another),
        cmocka_unit_test(a_ladder_counts_the_size_of_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
