/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates are made from logarithmic returns that are known, so what comes out is known.
 */
#include "models/fx_estimate.h"
#include "tests/support/near.h"

static const char *const names[] = {"USD", "EUR", "HKD"};

/* Returns of USD 1, -1, 2, 0 % (mean 0.5, variance (0.25 + 2.25 + 2.25 + 0.25) / 3 = 5/3); of EUR 2, 0, 1, 1 % (mean
 * 1, variance 2/3); products of deviations 0.5 x 1 + -1.5 x -1 + 1.5 x 0 + -0.5 x 0 = 2, covariance 2/3, correlation
 * (2/3) / sqrt(5/3 x 2/3) = 2 / sqrt(10). HKD never moves. */
static const double usd[] = {1, -1, 2, 0}, eur[] = {2, 0, 1, 1};

static void rates(double start, const double *percent, int n, double *rate)
{
    rate[0] = start;
    for (int i = 0; i < n; i++)
        rate[i + 1] = rate[i] * exp(percent[i] / 100);
}

static void four_known_returns(void **state)
{
    double u[5], e[5], hkd[5] = {0.9, 0.9, 0.9, 0.9, 0.9}, drift[3], volatility[3], r[9];
    const double *all[] = {u, e, hkd};
    struct fx_history h = {3, 5, names, all, 0, 250};
    struct err err;
    (void)state;
    rates(7.1, usd, 4, u);
    rates(8.2, eur, 4, e);
    assert_int_equal(fx_estimate(&h, drift, volatility, r, &err), 0);
    assert_near(drift[0], 0.005 * 250, 1e-12);
    assert_near(drift[1], 0.01 * 250, 1e-12);
    assert_near(volatility[0], sqrt(5.0 / 3 * 1e-4 * 250), 1e-12);
    assert_near(volatility[1], sqrt(2.0 / 3 * 1e-4 * 250), 1e-12);
    assert_near(r[1], 2 / sqrt(10), 1e-12);
    assert_true(r[1] == r[3] && r[0] == 1 && r[4] == 1 && r[8] == 1);
    assert_true(drift[2] == 0 && volatility[2] == 0 && r[2] == 0 && r[7] == 0);
}

/* The last two returns of USD: 2 and 0 %. */
static void only_the_last_ones(void **state)
{
    double u[5], drift, volatility, r;
    const double *all[] = {u};
    struct fx_history h = {1, 5, names, all, 2, 365};
    struct err err;
    (void)state;
    rates(7.1, usd, 4, u);
    assert_int_equal(fx_estimate(&h, &drift, &volatility, &r, &err), 0);
    assert_near(drift, 0.01 * 365, 1e-12);
    assert_near(volatility, sqrt(2e-4 * 365), 1e-12);
}

static void refused(struct fx_history h, const char *text)
{
    double drift[2], volatility[2], r[4];
    struct err err;
    assert_int_equal(fx_estimate(&h, drift, volatility, r, &err), -1);
    assert_says(&err, ERR_USAGE, text);
}

static void histories_that_say_too_little(void **state)
{
    double good[] = {7.1, 7.2, 7.3, 7.2}, bad[] = {8, 8.1, 0, 8};
    const double *all[] = {good, bad}, *fine[] = {good, good};
    (void)state;
    refused((struct fx_history){2, 4, names, fine, 250, 250},
            "the history of rates is too short: 4 days, 251 are needed");
    refused((struct fx_history){2, 2, names, fine, 0, 250}, "the history of rates is too short: 2 days, 3 are needed");
    refused((struct fx_history){2, 0, names, fine, 0, 250}, "the history of rates is too short: 0 days, 3 are needed");
    refused((struct fx_history){2, 4, names, all, 0, 250}, "the rate 0 of EUR on day 3 of the history is not above 0");
    bad[2] = NAN;
    refused((struct fx_history){2, 4, names, all, 0, 250}, "of EUR on day 3");
    refused((struct fx_history){2, 4, names, fine, 0, 0}, "0 days per year: not above 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_known_returns),
        cmocka_unit_test(only_the_last_ones),
        cmocka_unit_test(histories_that_say_too_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
