/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps of Tencent Cloud China, M5.2XLARGE64 in Guangzhou (list of 2022-05-20): 4.92 to 96 hours of the instance's
 * life, 2.46 to 360, then 1.67. First month of 730 hours 1,739.66, each later one 1,219.10 (also Tencent's own rule:
 * first year 96 t1 + 264 t2 + 8,400 t3).
 */
#include "tests/support/component.h"

static struct tier steps[3];

static struct component_input *stepped(struct plain *p, int months, const char *items, const char *hours)
{
    struct component_input *in = plain_input(p, months, items, "1");
    steps[0] = (struct tier){D("0"), D("96"), false, D("4.92")};
    steps[1] = (struct tier){D("96"), D("360"), false, D("2.46")};
    steps[2] = (struct tier){D("360"), D("0"), true, D("1.67")};
    in->tiers = steps;
    in->ntiers = 3;
    in->time = D(hours);
    return in;
}

static struct charge_list run(const struct component_input *in)
{
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_lifetime.charges(in, &out, &err), COMPONENT_DONE);
    return out;
}

static void the_first_month_climbs_the_steps(void **state)
{
    (void)state;
    struct plain p;
    struct charge_list out = run(stepped(&p, 12, "1", "730"));
    assert_int_equal(out.n, 2);
    assert_run(&out.v[0], 0, 1, AT_END, "730", "1739.66");
    assert_run(&out.v[1], 1, 11, AT_END, "730", "1219.10");
    /* 96 x 4.92 + 264 x 2.46 + 8400 x 1.67 = 15149.76 */
    assert_dec(total(&out), "15149.76");
    charge_free(&out);
}

static void hours_are_those_it_runs(void **state)
{
    (void)state;
    struct plain p;
    struct charge_list out = run(stepped(&p, 4, "1", "200"));
    /* by hand: 96 x 4.92 + 104 x 2.46; 160 x 2.46 + 40 x 1.67; 200 x 1.67 */
    assert_int_equal(out.n, 3);
    assert_dec(out.v[0].list, "728.16");
    assert_dec(out.v[1].list, "460.40");
    assert_run(&out.v[2], 2, 2, AT_END, "200", "334");
    charge_free(&out);
}

static void each_machine_runs_its_own_steps(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = stepped(&p, 3, "1", "730");
    const struct quantity_run items[] = {{0, 1, D("2")}, {1, 1, D("3")}, {2, 1, D("1")}};
    in->items = items;
    in->nitems = 3;
    struct charge_list out = run(in);
    assert_dec(out.v[0].list, "3479.32"); /* 2 x 1739.66 */
    assert_dec(out.v[1].list, "4177.86"); /* 2 x 1219.10 + 1739.66 */
    assert_dec(out.v[2].list, "1219.10"); /* the youngest went first */
    charge_free(&out);
}

static void first_step_only_has_no_price_for_a_month(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = stepped(&p, 1, "1", "730");
    struct charge_list out = {0};
    struct err err;
    in->ntiers = 1;
    assert_int_equal(component_lifetime.charges(in, &out, &err), COMPONENT_BEYOND);
    charge_free(&out);
    in->time = D("96");
    out = run(in);
    assert_dec(out.v[0].list, "472.32");
    charge_free(&out);
}

/* A ladder with an end: 96 hours at 4.92, to 1,000 at 2.46. At 90 hours a month the twelfth month passes the end. */
static void a_closed_ladder_ends_in_a_later_month(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = stepped(&p, 12, "1", "90");
    struct charge_list out = {0};
    struct err err;
    in->ntiers = 2;
    steps[1].to = D("1000");
    assert_int_equal(component_lifetime.charges(in, &out, &err), COMPONENT_BEYOND);
    charge_free(&out);
    in->months = 11;
    p.items.months = 11;
    out = run(in);
    /* 96 x 4.92 + 894 x 2.46 = 472.32 + 2,199.24 */
    assert_dec(total(&out), "2671.56");
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_month_climbs_the_steps),
        cmocka_unit_test(hours_are_those_it_runs),
        cmocka_unit_test(each_machine_runs_its_own_steps),
        cmocka_unit_test(first_step_only_has_no_price_for_a_month),
        cmocka_unit_test(a_closed_ladder_ends_in_a_later_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
