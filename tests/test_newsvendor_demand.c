/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The amount to commit to of a demand with a distribution: by hand for discrete and uniform demand, by the normal loss
 * function (Python's statistics.NormalDist) for a normal one; c = 1, p = 2, so that F(Q) >= 1/2.
 */
#include "tests/support/test.h"

#include "models/newsvendor_demand.h"

static struct newsvendor_demand ask(const struct distribution *d, dec_t low, dec_t high)
{
    struct newsvendor_demand out;
    struct err err;
    assert_int_equal(newsvendor_demand(d, low, high, DEC_ONE, dec_int64(2), &out, &err), 0);
    return out;
}

static void assert_dec(dec_t a, int64_t n, int places)
{
    assert_int_equal(dec_cmp(dec_round(a, places, DEC_HALF_UP), dec_of(n, places)), 0);
}

/* 0 to 4 alike: F(2) = 3/5; 2 + 2 x (1 + 2) / 5 = 3.2; all on demand 2 x 2; all 4 committed 4. */
static void discrete(void **state)
{
    const struct weighted v[] = {{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}};
    const struct distribution d = {.kind = DISTRIBUTION_DISCRETE, .values = v, .nvalues = 5};
    (void)state;
    struct newsvendor_demand got = ask(&d, DEC_ZERO, dec_int64(100));
    assert_dec(got.quantity, 2, 0);
    assert_dec(got.cost, 32, 1);
    assert_dec(got.on_demand, 4, 0);
    assert_true(got.has_most);
    assert_dec(got.most, 4, 0);
    assert_dec(got.all, 4, 0);
}

/* What lies beyond the end counts as the end: 0 1 2 2 2, F(2) = 1 and F(1) = 2/5; 2, on demand 2 x 7/5. */
static void ends(void **state)
{
    const struct weighted v[] = {{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}};
    const struct distribution d = {.kind = DISTRIBUTION_DISCRETE, .values = v, .nvalues = 5};
    (void)state;
    struct newsvendor_demand got = ask(&d, DEC_ZERO, dec_int64(2));
    assert_dec(got.quantity, 2, 0);
    assert_dec(got.cost, 2, 0);
    assert_dec(got.on_demand, 28, 1);
    assert_dec(got.most, 2, 0);
}

/* From 0 to 10: Q = 5, 5 + 2 x 25 / 20 = 7.5. */
static void uniform(void **state)
{
    const struct distribution d = {.kind = DISTRIBUTION_UNIFORM, .a = 0, .b = 10};
    (void)state;
    struct newsvendor_demand got = ask(&d, DEC_ZERO, dec_int64(100));
    assert_dec(got.quantity, 5, 0);
    assert_dec(got.cost, 7500, 3);
    assert_dec(got.on_demand, 10000, 3);
    assert_dec(got.most, 10, 0);
}

/* Mean 50, sd 5: Q = 50, 50 + 2 x 5 x 0.398942280 = 53.989423; it has no end. */
static void normal(void **state)
{
    const struct distribution d = {.kind = DISTRIBUTION_NORMAL, .a = 50, .b = 5};
    (void)state;
    struct newsvendor_demand got = ask(&d, DEC_ZERO, dec_int64(1000));
    assert_dec(got.quantity, 50, 0);
    assert_dec(got.cost, 53989423, 6);
    assert_false(got.has_most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(discrete),
        cmocka_unit_test(ends),
        cmocka_unit_test(uniform),
        cmocka_unit_test(normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
