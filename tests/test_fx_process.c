/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draws.h"
#include "models/fx_process.h"
#include "models/normal.h"
#include "tests/support/near.h"

#include <stdlib.h>

enum { CURRENCIES = 3, MONTHS = 24, PATHS = 64000 };
static const char *const names[] = {"USD", "EUR", "HKD"};
static const double volatility[] = {0.1, 0.2, 0}, drift[] = {-0.005, 0.03, 0.01};
static const double correlation[] = {1, 0.6, 0, 0.6, 1, 0, 0, 0, 1};
static double times[MONTHS];

static struct fx_spec spec(bool bridge)
{
    fx_month_times(1, MONTHS, times);
    return (struct fx_spec){CURRENCIES, names, drift, volatility, correlation, times, MONTHS, bridge};
}

/* log factors of the last and of the middle month, of all paths: log[currency][which][path] */
static void paths(bool bridge, double (*log_factor)[2][PATHS])
{
    enum { N = CURRENCIES * MONTHS };
    struct fx_spec s = spec(bridge);
    struct fx_process p;
    struct draws d = {DRAWS_RANDOM, 5, PATHS, N};
    struct draws_cursor *c;
    struct err err;
    static double u[N][LANES], z[N][LANES], scratch[MONTHS][LANES], factor[N][LANES];
    assert_int_equal(fx_process_make(&p, &s, &err), 0);
    assert_int_equal(draws_open(&d, &c, &err), 0);
    for (uint64_t at = 0; at < PATHS; at += LANES) {
        assert_int_equal(draws_block(&d, c, at, u, &err), 0);
        for (int i = 0; i < N; i++)
            normal_lanes(u[i], z[i]);
        fx_process_paths(&p, z, scratch, factor);
        for (int a = 0; a < CURRENCIES; a++)
            for (int l = 0; l < LANES; l++) {
                log_factor[a][0][at + (uint64_t)l] = log(factor[a * MONTHS + MONTHS / 2 - 1][l]);
                log_factor[a][1][at + (uint64_t)l] = log(factor[a * MONTHS + MONTHS - 1][l]);
            }
    }
    draws_close(c);
    fx_process_free(&p);
}

static double covariance(const double *x, const double *y, double mean_x, double mean_y)
{
    double sum = 0;
    for (int p = 0; p < PATHS; p++)
        sum += (x[p] - mean_x) * (y[p] - mean_y);
    return sum / PATHS;
}

/* The theory: mean drift t, variance volatility^2 t, covariance volatility_a volatility_b rho min(s, t). With n paths
 * a mean is off by sd / sqrt(n), a covariance by sqrt((v_a v_b + cov^2) / n): four of them are allowed. */
static void as_in_theory(void **state)
{
    static double log_factor[CURRENCIES][2][PATHS];
    (void)state;
    for (int bridge = 0; bridge < 2; bridge++) {
        paths(bridge, log_factor);
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) {
                int a = i / 2, b = j / 2;
                double s = 1 + i % 2, t = 1 + j % 2, rho = a == b ? 1 : 0.6;
                double va = volatility[a] * volatility[a] * s, vb = volatility[b] * volatility[b] * t;
                double cov = rho * volatility[a] * volatility[b] * fmin(s, t), *x = log_factor[a][i % 2], sum = 0;
                for (int p = 0; p < PATHS; p++)
                    sum += x[p];
                assert_near(sum / PATHS, drift[a] * s, 4 * sqrt(va / PATHS));
                assert_near(covariance(x, log_factor[b][j % 2], drift[a] * s, drift[b] * t), cov,
                            4 * sqrt((va * vb + cov * cov) / PATHS));
            }
        for (int p = 0; p < PATHS; p++) /* HKD only drifts */
            assert_near(log_factor[2][1][p], 0.02, 1e-14);
    }
}

/* exp(-0.005 + 0.1^2 / 2) = 1; the 90 % quantile after two years exp(-0.01 + 0.1 sqrt(2) 1.2815515655446004). */
static void closed_forms(void **state)
{
    (void)state;
    assert_near(fx_martingale(0.1), -0.005, 1e-17);
    assert_near(fx_mean(fx_martingale(0.1), 0.1, 3), 1, 1e-15);
    assert_near(fx_mean(0.03, 0.2, 2), exp(0.1), 1e-15);
    assert_close(fx_quantile(-0.005, 0.1, 2, 0.9), exp(-0.01 + 0.1 * sqrt(2) * 1.2815515655446004), 1e-14);
    fx_month_times(2.5, 3, times);
    assert_near(times[2], 4.5 / 12, 1e-16);
}

static void refused(struct fx_spec s, enum err_kind kind, const char *text)
{
    struct fx_process p;
    struct err err;
    assert_int_equal(fx_process_make(&p, &s, &err), -1);
    assert_says(&err, kind, text);
}

static void with_correlation(const double *r, const char *text)
{
    struct fx_spec s = spec(false);
    s.correlation = r;
    refused(s, ERR_USAGE, text);
}

/* A pair at a time is possible, all three are not: 1, -0.9, -0.9 below has the eigenvalues 1.9, 1.9, -0.8. */
static void correlations_that_cannot_be(void **state)
{
    (void)state;
    with_correlation((const double[]){1, -0.9, -0.9, -0.9, 1, -0.9, -0.9, -0.9, 1},
                     "the matrix is not positive definite (least eigenvalue -0.8)");
    with_correlation((const double[]){1, 1, 0, 1, 1, 0, 0, 0, 1},
                     "the correlation of EUR and USD is 1, not between -1 and 1");
    with_correlation((const double[]){1, 0, 0, 0, 1, 1.5, 0, 1.5, 1},
                     "the correlation of HKD and EUR is 1.5, not between");
    with_correlation((const double[]){1, 0.2, 0, 0.3, 1, 0, 0, 0, 1},
                     "the correlation of EUR and USD is 0.3, that of USD and EUR is 0.2");
    with_correlation((const double[]){1, 0, 0, 0, 0.9, 0, 0, 0, 1}, "the correlation of EUR with itself is 0.9, not 1");
    with_correlation((const double[]){1, NAN, 0, NAN, 1, 0, 0, 0, 1}, "the correlation of EUR and USD is nan");
}

static void parameters_that_cannot_be(void **state)
{
    struct fx_spec s = spec(true);
    (void)state;
    s.volatility = (const double[]){0.1, -0.2, 0};
    refused(s, ERR_USAGE, "the volatility of EUR, -0.2, is not 0 or above");
    s.volatility = (const double[]){0.1, 50, 0};
    refused(s, ERR_USAGE, "the volatility 50 of EUR are too large for 2 years");
    s.volatility = volatility;
    s.drift = (const double[]){0, 0, INFINITY};
    refused(s, ERR_USAGE, "the drift of HKD is not a finite number");
    s.drift = drift;
    s.times = (const double[MONTHS]){1, 2, 1};
    refused(s, ERR_INTERNAL, "time 3 of an exchange rate");
}

static void independent_without_a_matrix(void **state)
{
    struct fx_spec s = spec(false);
    struct fx_process p;
    struct err err;
    (void)state;
    s.correlation = NULL;
    assert_int_equal(fx_process_make(&p, &s, &err), 0);
    for (int i = 0; i < CURRENCIES * CURRENCIES; i++)
        assert_true(p.root[i] == (i % 4 == 0 ? 1 : 0));
    fx_process_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_in_theory),
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(correlations_that_cannot_be),
        cmocka_unit_test(parameters_that_cannot_be),
        cmocka_unit_test(independent_without_a_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
