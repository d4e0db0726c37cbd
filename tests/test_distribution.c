/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected moments and quantiles: closed forms evaluated by hand or with Python's decimal.
 */
#include "models/distribution.h"
#include "tests/support/near.h"

#include <gsl/gsl_cdf.h>

static const struct weighted three[] = {{-1, 1}, {2, 2}, {10, 1}};

static struct distribution of(enum distribution_kind kind, double a, double b, double c)
{
    struct distribution d = {.kind = kind, .a = a, .b = b, .c = c};
    if (kind == DISTRIBUTION_DISCRETE) {
        d.values = three;
        d.nvalues = 3;
    }
    return d;
}

static const struct {
    enum distribution_kind kind;
    double a, b, c, mean, variance, q10, q50, q90;
} cases[] = {
    {DISTRIBUTION_FIXED, 3.5, 0, 0, 3.5, 0, 3.5, 3.5, 3.5},
    {DISTRIBUTION_UNIFORM, -1, 3, 0, 1, 16.0 / 12, -0.6, 1, 2.6},
    /* 4, 6, 10: variance (16 + 36 + 100 - 24 - 40 - 60) / 18 = 14 / 9; below the mode sqrt(12 u) beyond 4, above it
     * sqrt(24 (1 - u)) before 10 */
    {DISTRIBUTION_TRIANGULAR, 4, 6, 10, 20.0 / 3, 14.0 / 9, 5.0954451150103322, 6.5358983848622454, 8.4508066615170332},
    /* the mode at an end: 10 u^(1/2) */
    {DISTRIBUTION_TRIANGULAR, 0, 10, 10, 20.0 / 3, 100.0 / 18, 3.1622776601683793, 7.0710678118654752,
     9.4868329805051380},
    {DISTRIBUTION_NORMAL, 100, 15, 0, 100, 225, 80.776726516830994, 100, 119.22327348316901},
    /* mean 10, sd 5: sigma^2 = ln 1.25, mu = ln 10 - sigma^2 / 2; median 10 / sqrt(1.25) */
    {DISTRIBUTION_LOGNORMAL, 10, 5, 0, 10, 25, 4.8823812260832111, 8.9442719099991588, 16.385447242959014},
    /* -1 up to 1/4, 2 up to 3/4, then 10: mean 13/4, variance (1 + 8 + 100) / 4 - (13/4)^2 */
    {DISTRIBUTION_DISCRETE, 0, 0, 0, 3.25, 27.25 - 10.5625, -1, 2, 10},
};
enum { CASES = sizeof cases / sizeof cases[0] };

static void moments_and_quantiles(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct distribution d = of(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        struct err err;
        assert_int_equal(distribution_check(&d, &err), 0);
        assert_near(distribution_mean(&d), cases[i].mean, 1e-12);
        assert_near(distribution_variance(&d), cases[i].variance, 1e-12);
        assert_close(distribution_quantile(&d, 0.1), cases[i].q10, 1e-12);
        assert_close(distribution_quantile(&d, 0.5), cases[i].q50, 1e-12);
        assert_close(distribution_quantile(&d, 0.9), cases[i].q90, 1e-12);
    }
}

/* The mean of quantiles at evenly spread u is the mean of the variable: the two functions agree. */
static void quantiles_average_to_the_mean(void **state)
{
    enum { N = 100000 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct distribution d = of(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        double sum = 0, squares = 0;
        for (int k = 0; k < N; k++) {
            double x = distribution_quantile(&d, (k + 0.5) / N) - cases[i].mean;
            sum += x;
            squares += x * x;
        }
        assert_near(sum / N, 0, 2e-4 * (1 + fabs(cases[i].mean)));
        assert_close(squares / N, cases[i].variance, 2e-3);
    }
}

static void more_probability_never_less(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct distribution d = of(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        double last = distribution_least(&d);
        for (int k = 0; k < 1000; k++) {
            double x = distribution_quantile(&d, (k + 0.5) / 1000);
            assert_true(x >= last);
            last = x;
        }
        assert_true(distribution_most(&d) >= last);
    }
}

/* GSL's inverses are another implementation of the same functions. */
static void as_gsl_has_them(void **state)
{
    struct distribution normal = of(DISTRIBUTION_NORMAL, 3, 2, 0), lognormal = of(DISTRIBUTION_LOGNORMAL, 10, 5, 0);
    double sigma = sqrt(log(1.25)), mu = log(10) - log(1.25) / 2;
    (void)state;
    for (double u = 1e-6; u < 1; u += 0.013) {
        assert_near(distribution_quantile(&normal, u), 3 + gsl_cdf_gaussian_Pinv(u, 2), 1e-12);
        assert_close(distribution_quantile(&lognormal, u), gsl_cdf_lognormal_Pinv(u, mu, sigma), 1e-12);
    }
}

static void ends_of_what_can_be_drawn(void **state)
{
    struct distribution d = of(DISTRIBUTION_NORMAL, 0, 1, 0), t = of(DISTRIBUTION_TRIANGULAR, 4, 6, 10);
    (void)state;
    assert_near(distribution_least(&d), -8.2095, 1e-3);
    assert_near(distribution_most(&d), 8.2095, 1e-3);
    assert_near(distribution_least(&t), 4, 1e-6);
    assert_near(distribution_most(&t), 10, 1e-6);
}

static void refused(const struct distribution *d, const char *text)
{
    struct err err = {ERR_NONE, ""};
    assert_int_equal(distribution_check(d, &err), -1);
    assert_says(&err, ERR_USAGE, text);
}

static void impossible_parameters(void **state)
{
    static const struct {
        enum distribution_kind kind;
        double a, b, c;
        const char *text;
    } bad[] = {
        {DISTRIBUTION_FIXED, NAN, 0, 0, "fixed: a parameter is not a finite number"},
        {DISTRIBUTION_UNIFORM, 2, 2, 0, "uniform: the lowest value 2 is not below the highest, 2"},
        {DISTRIBUTION_UNIFORM, 0, INFINITY, 0, "uniform: a parameter is not a finite number"},
        {DISTRIBUTION_TRIANGULAR, 6, 5, 9, "triangular: the mode 5 is not between 6 and 9"},
        {DISTRIBUTION_TRIANGULAR, 6, 9.5, 9, "triangular: the mode 9.5 is not between 6 and 9"},
        {DISTRIBUTION_TRIANGULAR, 6, 6, 6, "triangular: the lowest value 6 is not below the highest, 6"},
        {DISTRIBUTION_NORMAL, 1, -2, 0, "normal: the standard deviation -2 is not above 0"},
        {DISTRIBUTION_NORMAL, 1, 0, 0, "normal: the standard deviation 0 is not above 0"},
        {DISTRIBUTION_NORMAL, 1, 1e200, 0, "normal: the parameters are too large to compute with"},
        {DISTRIBUTION_LOGNORMAL, 0, 1, 0, "lognormal: the mean 0 is not above 0"},
        {DISTRIBUTION_LOGNORMAL, -3, 1, 0, "lognormal: the mean -3 is not above 0"},
        {DISTRIBUTION_LOGNORMAL, 3, 0, 0, "lognormal: the standard deviation 0 is not above 0"},
        {DISTRIBUTION_LOGNORMAL, 1e-90, 1e90, 0, "too large for a mean of 1e-90"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct distribution d = of(bad[i].kind, bad[i].a, bad[i].b, bad[i].c);
        refused(&d, bad[i].text);
    }
}

static void impossible_weights(void **state)
{
    static const struct weighted zero[] = {{1, 1}, {2, 0}}, negative[] = {{1, -1}}, twice[] = {{1, 1}, {1, 1}},
                                 nothing[] = {{NAN, 1}}, huge[] = {{1, 1e308}, {2, 1e308}};
    struct distribution d = {.kind = DISTRIBUTION_DISCRETE};
    (void)state;
    refused(&d, "discrete: no values");
    d.values = zero, d.nvalues = 2;
    refused(&d, "discrete: the weight of 2 is 0, not above 0");
    d.values = twice;
    refused(&d, "discrete: 1 comes after 1");
    d.values = huge;
    refused(&d, "discrete: the weights are too large to add up");
    d.values = negative, d.nvalues = 1;
    refused(&d, "discrete: the weight of 1 is -1, not above 0");
    d.values = nothing;
    refused(&d, "discrete: value 1 is not a finite number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_and_quantiles),       cmocka_unit_test(quantiles_average_to_the_mean),
        cmocka_unit_test(more_probability_never_less), cmocka_unit_test(as_gsl_has_them),
        cmocka_unit_test(ends_of_what_can_be_drawn),   cmocka_unit_test(impossible_parameters),
        cmocka_unit_test(impossible_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
