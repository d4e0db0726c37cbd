/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

static struct charge_list run(const struct component_input *in, enum component_result want)
{
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_usage.charges(in, &out, &err), want);
    return out;
}

/* six ecs.g7.xlarge in cn-hangzhou, 1.0465 CNY an hour, 730 hours: 4,583.67 a month */
static void machines_by_the_hour(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 12, "6", "1.0465");
    in->time = D("730");
    struct charge_list out = run(in, COMPONENT_DONE);
    assert_int_equal(out.n, 1);
    assert_run(&out.v[0], 0, 12, AT_END, "4380", "4583.67");
    charge_free(&out);
}

/* Alibaba Cloud's worked example of an EIP in Hangzhou (pay-as-you-go page, 2021-07-15): 20 Mbps for 15 started
 * hours at 0.96 for the first five Mbps a day and 3.36 for each further one: 34.50 CNY */
static void bandwidth_by_the_day_counts_one_lines_size(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 1, "1", "1");
    const struct tier tiers[] = {{D("0"), D("5"), false, D("0.96")}, {D("5"), D("0"), true, D("3.36")}};
    in->tiers = tiers;
    in->ntiers = 2;
    in->size = D("20");
    in->time = D("15");
    in->time_div = D("24");
    struct charge_list out = run(in, COMPONENT_DONE);
    assert_dec(out.v[0].list, "34.5");
    assert_dec(out.v[0].quantity, "12.5"); /* 20 Mbps x 0.625 days */
    charge_free(&out);
    /* two lines of 10 pay the low rate twice: 2 x (5 x 0.96 + 5 x 3.36) x 0.625 = 27 */
    p.items.quantity = D("2");
    in->size = D("10");
    out = run(in, COMPONENT_DONE);
    assert_dec(out.v[0].list, "27");
    charge_free(&out);
}

static void a_closed_ladder_ends(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 1, "1", "1");
    p.tier.open = false;
    p.tier.to = D("5");
    in->size = D("6");
    struct charge_list out = run(in, COMPONENT_BEYOND);
    charge_free(&out);
    p.items.quantity = DEC_ZERO;
    out = run(in, COMPONENT_DONE);
    assert_int_equal(out.n, 0);
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_by_the_hour),
        cmocka_unit_test(bandwidth_by_the_day_counts_one_lines_size),
        cmocka_unit_test(a_closed_ladder_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
