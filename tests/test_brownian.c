/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The value at each time is linear in the draws, so feeding one draw at a time gives the weights,
 * and the covariance of two times is the sum of their products: it must be min(s, t).
 */
#include "models/brownian.h"
#include "tests/support/near.h"

enum { MOST = 40 };

/* weight[time][step], the draws in the lanes. */
static void weights(const double *times, int n, bool bridge, double (*weight)[MOST])
{
    struct brownian b;
    struct err err;
    static double z[MOST][LANES], w[MOST][LANES];
    assert_int_equal(brownian_make(&b, times, n, bridge, &err), 0);
    for (int i = 0; i < n; i++)
        for (int l = 0; l < LANES; l++)
            z[i][l] = l == i;
    brownian_paths(&b, z, w);
    for (int t = 0; t < n; t++)
        for (int i = 0; i < n; i++)
            weight[t][i] = w[t][i];
    brownian_free(&b);
}

static void check(const double *times, int n, bool bridge)
{
    static double weight[MOST][MOST];
    weights(times, n, bridge, weight);
    for (int s = 0; s < n; s++)
        for (int t = 0; t < n; t++) {
            double sum = 0;
            for (int i = 0; i < n; i++)
                sum += weight[s][i] * weight[t][i];
            assert_near(sum, fmin(times[s], times[t]), 1e-13);
        }
}

static void covariance_is_the_lesser_time(void **state)
{
    double monthly[MOST], uneven[] = {0, 0.1, 0.1, 0.5, 2, 2.25, 7};
    (void)state;
    for (int n = 1; n <= 37; n += 4) {
        for (int m = 0; m < n; m++)
            monthly[m] = (m + 1) / 12.0;
        check(monthly, n, false);
        check(monthly, n, true);
    }
    check(uneven, 7, false);
    check(uneven, 7, true);
}

/* The first draw alone gives W(T), and t/T of it every other time; 4 draws hold 98 % of the variance of the path's
 * average (75 + 18.75 + 2 x 2.34 %, the halves adding 1/4 of what the level above left). */
static void first_draws_weigh_most(void **state)
{
    double times[32], average[32] = {0}, total = 0, first = 0;
    static double weight[MOST][MOST];
    (void)state;
    for (int m = 0; m < 32; m++)
        times[m] = m + 1;
    weights(times, 32, true, weight);
    for (int t = 0; t < 32; t++) {
        assert_near(weight[t][0], times[t] / sqrt(32), 1e-13);
        for (int i = 0; i < 32; i++)
            average[i] += weight[t][i] / 32;
    }
    for (int i = 0; i < 32; i++) {
        total += average[i] * average[i];
        first += i < 4 ? average[i] * average[i] : 0;
    }
    assert_near(first / total, 0.984, 0.002);
}

static void times_that_go_back(void **state)
{
    struct brownian b;
    struct err err;
    (void)state;
    assert_int_equal(brownian_make(&b, (const double[]){1, 0.5}, 2, true, &err), -1);
    assert_says(&err, ERR_INTERNAL, "time 2 of an exchange rate, 0.5 years, is before the one before it");
    assert_int_equal(brownian_make(&b, (const double[]){-0.5}, 1, false, &err), -1);
    assert_int_equal(brownian_make(&b, (const double[]){NAN}, 1, false, &err), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covariance_is_the_lesser_time),
        cmocka_unit_test(first_draws_weigh_most),
        cmocka_unit_test(times_that_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
