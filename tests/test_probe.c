/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ladders read off totals. The totals are Tencent Cloud's fixed bandwidth in the mainland, worked by hand:
 * 20 a Mbps for the first two, 25 for the third to fifth, 90 from the sixth on; 5 Mbps cost 115.
 */
#include "tests/support/test.h"

#include "fetchers/probe.h"

static const struct probe_plan plan = {.starts = {0, 2, 5}, .nsteps = 3, .width = 1, .beyond = 10};

static void the_points_are_both_ends_of_every_tier(void **state)
{
    static const int want[] = {1, 2, 3, 5, 6, 10};
    const struct probe_plan wide = {.starts = {0, 10240}, .nsteps = 2, .width = 1000, .beyond = 51200};
    const struct probe_plan tight = {.starts = {0, 1}, .nsteps = 2, .width = 1, .beyond = 2};
    int points[PROBE_POINTS];

    (void)state;
    assert_int_equal(probe_points(&plan, points), 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(points[i], want[i]);
    assert_int_equal(probe_points(&wide, points), 4);
    assert_int_equal(points[1], 10240);
    assert_int_equal(points[2], 11240);
    assert_int_equal(probe_points(&tight, points), 2);
}

static void totals(dec_t out[6], const int64_t *cents)
{
    for (size_t i = 0; i < 6; i++)
        out[i] = dec_of(cents[i], 2);
}

static void check(const struct probe_tier *t, int64_t from, int64_t cents)
{
    assert_int_equal(dec_cmp(t->from, dec_int64(from)), 0);
    assert_int_equal(dec_cmp(t->price, dec_of(cents, 2)), 0);
}

static void totals_become_marginal_prices(void **state)
{
    struct probe_tier tiers[PROBE_STEPS];
    dec_t of[6];
    size_t n;

    (void)state;
    totals(of, (const int64_t[]){2000, 4000, 6500, 11500, 20500, 56500});
    assert_true(probe_ladder(&plan, of, tiers, &n));
    assert_int_equal(n, 3);
    check(&tiers[0], 0, 2000);
    check(&tiers[1], 2, 2500);
    check(&tiers[2], 5, 9000);
}

static void equal_neighbours_are_one_tier(void **state)
{
    struct probe_tier tiers[PROBE_STEPS];
    dec_t of[6];
    size_t n;

    (void)state;
    totals(of, (const int64_t[]){900, 1800, 2700, 4500, 5400, 9000}); /* 9 a Mbps throughout */
    assert_true(probe_ladder(&plan, of, tiers, &n));
    assert_int_equal(n, 1);
    check(&tiers[0], 0, 900);
    totals(of, (const int64_t[]){6, 12, 18, 30, 55, 155}); /* one step, at 5 */
    assert_true(probe_ladder(&plan, of, tiers, &n));
    assert_int_equal(n, 2);
    check(&tiers[1], 5, 25);
}

static void what_is_no_such_ladder_is_refused(void **state)
{
    static const int64_t rows[][6] = {
        {6, 13, 19, 32, 57, 157},                /* 0.063 an hour, printed with two decimals */
        {2000, 4000, 6500, 12500, 21500, 57500}, /* a step at 4 */
        {2000, 4000, 6500, 11500, 20500, 60500}, /* one above 6 */
        {80, 80, 80, 80, 80, 80},                /* a price for one, whatever is asked */
        {0, 0, 0, 0, 0, 0},
    };
    struct probe_tier tiers[PROBE_STEPS];
    dec_t of[6];
    size_t n;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        totals(of, rows[i]);
        assert_false(probe_ladder(&plan, of, tiers, &n));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_points_are_both_ends_of_every_tier),
        cmocka_unit_test(totals_become_marginal_prices),
        cmocka_unit_test(equal_neighbours_are_one_tier),
        cmocka_unit_test(what_is_no_such_ladder_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
