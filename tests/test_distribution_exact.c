/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Means worked out with Python's fractions, rounded half-up at the 12th decimal.
 */
#include "tests/support/near.h"
#include "tests/support/numbers.h"

#include "models/distribution_exact.h"

static void means_are_exact(void **state)
{
    (void)state;
    static const struct {
        enum distribution_kind kind;
        const char *p[3], *mean;
    } rows[] = {
        {DISTRIBUTION_FIXED, {"1.25", "0", "0"}, "1.25"},
        {DISTRIBUTION_UNIFORM, {"0.000000000001", "0.000000000002", "0"}, "0.000000000002"}, /* 1.5e-12 */
        {DISTRIBUTION_UNIFORM, {"-4", "1", "0"}, "-1.5"},
        {DISTRIBUTION_TRIANGULAR, {"1", "2", "5"}, "2.666666666667"},
        {DISTRIBUTION_TRIANGULAR, {"0.01", "0.02", "0.04"}, "0.023333333333"},
        {DISTRIBUTION_NORMAL, {"6", "1", "0"}, "6"},
        {DISTRIBUTION_LOGNORMAL, {"6", "100", "0"}, "6"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const dec_t p[3] = {D(rows[i].p[0]), D(rows[i].p[1]), D(rows[i].p[2])};
        assert_dec(distribution_exact_mean(rows[i].kind, p), rows[i].mean);
    }
}

/* A decimal ends at 1.7 x 10^26: three times 10^26 has no room, nor a sum of two. */
static void a_mean_without_room_is_bad(void **state)
{
    (void)state;
    const dec_t most = dec_muln(D("10000000000000000"), 10000000000);
    const dec_t p[3] = {most, most, most};
    assert_false(dec_bad(most));
    assert_true(dec_bad(distribution_exact_mean(DISTRIBUTION_TRIANGULAR, p)));
    assert_true(dec_bad(distribution_exact_mean(DISTRIBUTION_UNIFORM, p)));
}

static void parameters_arrive(void **state)
{
    (void)state;
    const dec_t p[3] = {D("1.5"), D("2"), D("4.25")};
    struct distribution d = distribution_exact(DISTRIBUTION_TRIANGULAR, p);
    assert_near(d.a, 1.5, 0);
    assert_near(d.b, 2, 0);
    assert_near(d.c, 4.25, 0);
    d = distribution_exact(DISTRIBUTION_NORMAL, p);
    assert_near(d.b, 2, 0);
    assert_near(d.c, 0, 0);
}

static void values_and_weights(void **state)
{
    (void)state;
    const struct exact_weight v[3] = {{D("4"), D("0.25")}, {D("6"), D("0.25")}, {D("10"), D("0.5")}};
    struct weighted room[3];
    struct distribution d = distribution_exact_values(v, 3, room);
    struct err err;
    assert_int_equal(distribution_check(&d, &err), 0);
    assert_near(distribution_mean(&d), 7.5, 1e-15);
    assert_dec(distribution_exact_values_mean(v, 3), "7.5");
    const struct exact_weight alike[3] = {{D("1"), DEC_ONE}, {D("2"), DEC_ONE}, {D("5"), DEC_ONE}};
    assert_dec(distribution_exact_values_mean(alike, 3), "2.666666666667");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_are_exact),
        cmocka_unit_test(a_mean_without_room_is_bad),
        cmocka_unit_test(parameters_arrive),
        cmocka_unit_test(values_and_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
