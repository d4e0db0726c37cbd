/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/component.h"

/* Huawei Cloud International, OBS traffic in Jakarta, USD per GB (price workbook of 2026-03-25) */
static void tiers_count_the_month(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 2, "1", "1");
    const struct tier tiers[] = {
        {D("0"), D("10240"), false, D("0.114")},
        {D("10240"), D("51200"), false, D("0.081")},
        {D("51200"), D("0"), true, D("0.078")},
    };
    struct charge_list out = {0};
    struct err err;
    in->tiers = tiers;
    in->ntiers = 3;
    in->size = D("61440");
    assert_int_equal(component_volume.charges(in, &out, &err), COMPONENT_DONE);
    /* by hand: 10240 x 0.114 + 40960 x 0.081 + 10240 x 0.078 = 1167.36 + 3317.76 + 798.72; afresh each month */
    assert_int_equal(out.n, 1);
    assert_run(&out.v[0], 0, 2, AT_END, "61440", "5283.84");
    charge_free(&out);
}

static void what_grows_climbs_the_ladder(void **state)
{
    (void)state;
    struct plain p;
    struct component_input *in = plain_input(&p, 2, "1", "1");
    const struct tier tiers[] = {{D("0"), D("100"), false, D("2")}, {D("100"), D("200"), false, D("1")}};
    const struct quantity_run items[] = {{0, 1, D("1")}, {1, 1, D("1.5")}};
    struct charge_list out = {0};
    struct err err;
    in->items = items;
    in->nitems = 2;
    in->tiers = tiers;
    in->ntiers = 2;
    in->size = D("100");
    assert_int_equal(component_volume.charges(in, &out, &err), COMPONENT_DONE);
    assert_dec(out.v[0].list, "200");
    assert_dec(out.v[1].list, "250");
    charge_free(&out);
    in->size = D("150"); /* 225 in the second month */
    assert_int_equal(component_volume.charges(in, &out, &err), COMPONENT_BEYOND);
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_count_the_month),
        cmocka_unit_test(what_grows_climbs_the_ladder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
