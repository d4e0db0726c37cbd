/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs of months spread over single months; the figures are small enough to add by hand.
 */
#include "tests/support/test.h"

#include "calc/month_sums.h"
#include "tests/support/estimate_fixture.h"

#include <stdlib.h>

static struct money of(int64_t cost)
{
    return (struct money){.net = dec_int64(cost), .cash_out = dec_int64(cost), .cost = dec_int64(cost)};
}

static void runs_that_overlap_add_up(void **state)
{
    struct err err = {0};
    const struct line_run runs[] = {{.first = 0, .months = 1, .at = AT_START, .m = of(100)},
                                    {.first = 0, .months = 3, .at = AT_END, .m = of(7)}};
    struct line l = {.label = "x", .status = LINE_PRICED, .runs = runs, .nruns = 2};
    struct month_sum *sums = month_sums_new(4);
    (void)state;
    assert_non_null(sums);
    assert_int_equal(month_sums_add(sums, 4, &l, &err), 0);
    assert_int_equal(dec_cmp(sums[0].m.cost, dec_int64(107)), 0);
    assert_int_equal(dec_cmp(sums[2].m.net, dec_int64(7)), 0);
    assert_true(sums[2].any);
    assert_false(sums[3].any);
    assert_false(money_same(&sums[0].m, &sums[1].m));
    assert_true(money_same(&sums[1].m, &sums[2].m));
    /* a line without amounts adds nothing, whatever its runs hold */
    l.status = LINE_AMBIGUOUS;
    assert_int_equal(month_sums_add(sums, 4, &l, &err), 0);
    assert_int_equal(dec_cmp(sums[0].m.cost, dec_int64(107)), 0);
    free(sums);
}

static void an_overflow_is_an_error(void **state)
{
    struct err err = {0};
    const dec_t huge = {(dec_int)1 << 126};
    const struct line_run runs[] = {{.months = 1, .m = {.cash_out = huge}}, {.months = 1, .m = {.cash_out = huge}}};
    const struct line l = {.label = "web", .status = LINE_STALE, .runs = runs, .nruns = 2};
    struct month_sum *sums = month_sums_new(1);
    (void)state;
    assert_int_equal(month_sums_add(sums, 1, &l, &err), -1);
    assert_string_equal(err.text, "web overflows");
    free(sums);
}

static void a_commitment_outlasts_the_horizon(void **state)
{
    static struct estimate_fixture f;
    (void)state;
    estimate_fixture(&f);
    assert_int_equal(site_months(&f.scenario, &f.site_estimates[FIX_CN]), 12);
    f.cn_run.months = 36;
    assert_int_equal(site_months(&f.scenario, &f.site_estimates[FIX_CN]), 36);
    f.lines[FIX_CN].status = LINE_UNPRICED;
    assert_int_equal(site_months(&f.scenario, &f.site_estimates[FIX_CN]), 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_that_overlap_add_up),
        cmocka_unit_test(an_overflow_is_an_error),
        cmocka_unit_test(a_commitment_outlasts_the_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
