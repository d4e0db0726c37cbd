/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected figures: closed forms. Uniform on [a, b]: Q = a + r (b - a), E[(D - Q)+] = (b - Q)^2 / (2 (b - a)). Normal with
 * mean m and deviation s: Q = m + s z with z the quantile of r, E[(D - Q)+] = s (phi(z) - z (1 - r)), so that the best cost is
 * c m + p s phi(z); z and phi(z) from Python's statistics.NormalDist, which shares nothing with the code here.
 */
#include "tests/support/test.h"

#include "models/newsvendor_curve.h"

#include <math.h>
#include <string.h>

#define Z08 0.8416212335729144     /* quantile of 0.8, */
#define P08 0.27996192040780826    /* the density there, */
#define Z0001 (-3.090232306167813) /* quantile of 0.001 */
#define NEAR(actual, expected, by) assert_true(fabs((actual) - (expected)) <= (by))

struct uniform {
    double a, b;
};

static int uniform(void *ctx, double u, double *x, struct err *err)
{
    const struct uniform *d = ctx;
    (void)err;
    assert_true(u > 0 && u < 1);
    *x = d->a + u * (d->b - d->a);
    return 0;
}

static struct newsvendor_curve best(int (*f)(void *, double, double *, struct err *), void *ctx, double commit,
                                    double price, bool whole)
{
    struct demand_curve d = {f, ctx};
    struct newsvendor_curve out;
    struct err err;
    if (newsvendor_curve_commit(&d, commit, price, whole, &out, &err))
        fail_msg("%s", err.text);
    return out;
}

static struct newsvendor_curve at(int (*f)(void *, double, double *, struct err *), void *ctx, double commit,
                                  double price, double quantity)
{
    struct demand_curve d = {f, ctx};
    struct newsvendor_curve out;
    struct err err;
    if (newsvendor_curve_at(&d, commit, price, quantity, &out, &err))
        fail_msg("%s", err.text);
    return out;
}

/* 100 to 300 at 40 against 100: r = 0.6, Q = 220, E[(D - Q)+] = 80^2 / 400 = 16, cost 8,800 + 1,600; on demand 200 x 100 */
static void a_uniform_demand(void **state)
{
    (void)state;
    struct uniform d = {100, 300};
    struct newsvendor_curve f = best(uniform, &d, 40, 100, false);
    NEAR(f.ratio, 0.6, 1e-15);
    NEAR(f.quantity, 220, 1e-9);
    NEAR(f.cost, 10400, 1e-8);
    NEAR(f.on_demand, 20000, 1e-8);
    NEAR(f.used, 184, 1e-9);
    assert_true(f.error <= 1e-6);
    /* at 150: 150^2 / 400 = 56.25; at 350 nothing exceeds; at 50 all does */
    NEAR(at(uniform, &d, 40, 100, 150).cost, 6000 + 5625, 1e-8);
    NEAR(at(uniform, &d, 40, 100, 350).cost, 14000, 1e-8);
    NEAR(at(uniform, &d, 40, 100, 50).cost, 2000 + 15000, 1e-8);
}

/* The quantile of a normal variable by halving its distribution function. */
static int normal(void *ctx, double u, double *x, struct err *err)
{
    const struct uniform *d = ctx; /* mean, deviation */
    double low = -40, high = 40;
    (void)err;
    for (int i = 0; i < 80; i++) {
        double z = (low + high) / 2;
        *(0.5 * erfc(-z / sqrt(2)) < u ? &low : &high) = z;
    }
    *x = d->a + d->b * low;
    return 0;
}

/* Mean 1000, deviation 100, at 20 against 100: r = 0.8, z = 0.8416212335729144, phi(z) = 0.27996192040780826 */
static void a_normal_demand(void **state)
{
    (void)state;
    struct uniform d = {1000, 100};
    struct newsvendor_curve f = best(normal, &d, 20, 100, false);
    NEAR(f.quantity, 1000 + 100 * Z08, 1e-9);
    NEAR(f.cost, 20 * 1000 + 100 * 100 * P08, 1e-9 * f.cost);
    NEAR(f.on_demand, 100000, 1e-4);
    /* at the mean: 20,000 + 100 x 100 / sqrt(2 pi) */
    NEAR(at(normal, &d, 20, 100, 1000).cost, 20000 + 1e4 / sqrt(2 * 3.14159265358979323846), 1e-5);
    /* at 99.9 % on demand's price there is next to nothing to gain: r = 0.001, z = -3.0902 */
    NEAR(best(normal, &d, 99.9, 100, false).quantity, 1000 + 100 * Z0001, 1e-8);
}

/* Mean 0: half of the time there is no demand, which counts as 0, and E[D+] = s / sqrt(2 pi). */
static void demand_below_zero_is_none(void **state)
{
    (void)state;
    struct uniform d = {0, 100};
    struct newsvendor_curve f = best(normal, &d, 60, 100, false); /* r = 0.4: below 0 */
    assert_true(f.quantity == 0 && f.used == 0);
    NEAR(f.cost, 1e4 / sqrt(2 * 3.14159265358979323846), 1e-5);
    assert_true(f.cost == f.on_demand);
}

/* Mean 1.005, deviation of the logarithm 1: a heavy tail. E[X] = exp(1/2) for exp(z). */
static int lognormal(void *ctx, double u, double *x, struct err *err)
{
    struct uniform standard = {0, 1};
    (void)ctx;
    normal(&standard, u, x, err);
    *x = exp(*x);
    return 0;
}

static void a_heavy_tail(void **state)
{
    (void)state;
    struct newsvendor_curve f = best(lognormal, NULL, 20, 100, false);
    NEAR(f.quantity, exp(Z08), 1e-9);
    NEAR(f.on_demand, 100 * exp(0.5), 1e-6);
    /* c Q + p E[(X - Q)+] = p e^(1/2) Phi(1 - z) at the best Q */
    NEAR(f.cost, 100 * exp(0.5) * 0.5 * erfc(-(1 - Z08) / sqrt(2)), 1e-6);
}

/* 10 half of the time, 14 a third, 30 a sixth: the profile 6, 4, 2 of newsvendor's own test. */
static int discrete(void *ctx, double u, double *x, struct err *err)
{
    (void)ctx;
    (void)err;
    *x = u <= 0.5 ? 10 : u <= 5 / 6.0 ? 14 : 30;
    return 0;
}

static void a_profile_as_a_curve(void **state)
{
    (void)state;
    struct newsvendor_curve f = best(discrete, NULL, 45, 100, false);
    assert_true(f.quantity == 14);
    NEAR(f.cost, 10760 / 12.0, 1e-6);
    NEAR(f.on_demand, 17600 / 12.0, 1e-6);
}

/* 0 to 10 at 47 against 100: Q = 5.3, whole 5: 235 + 25 / 20 x 100 = 360, 6: 282 + 16 / 20 x 100 = 362. At 43: 5.7, 6. At 45: 5.5,
 * both 350, the lower. */
static void whole_machines(void **state)
{
    (void)state;
    struct uniform d = {0, 10};
    assert_true(best(uniform, &d, 47, 100, true).quantity == 5);
    NEAR(best(uniform, &d, 47, 100, true).cost, 360, 1e-9);
    assert_true(best(uniform, &d, 43, 100, true).quantity == 6);
    assert_true(best(uniform, &d, 45, 100, true).quantity == 5);
}

static void committing_that_does_not_pay(void **state)
{
    (void)state;
    struct uniform d = {100, 300};
    struct newsvendor_curve f = best(uniform, &d, 100, 100, false);
    assert_true(f.quantity == 0 && f.ratio == 0);
    NEAR(f.cost, 20000, 1e-8);
    assert_true(best(uniform, &d, 101, 100, true).quantity == 0);
    assert_true(best(uniform, &d, 1, 0, false).cost == 0);
    NEAR(best(uniform, &d, 1e-300, 100, false).quantity, 300, 1e-9); /* a ratio that rounds to 1 */
}

/* 1 / (1 - u): no mean. */
static int endless(void *ctx, double u, double *x, struct err *err)
{
    (void)ctx;
    (void)err;
    *x = 1 / (1 - u);
    return 0;
}

static int failing(void *ctx, double u, double *x, struct err *err)
{
    if (u > 0.9 && u < 0.95)
        return err_set(err, ERR_USAGE, "no such quantile");
    *x = ctx ? INFINITY : u;
    return 0;
}

static void refused(int (*f)(void *, double, double *, struct err *), void *ctx, double commit, double price,
                    enum err_kind kind, const char *message)
{
    struct demand_curve d = {f, ctx};
    struct newsvendor_curve out;
    struct err err;
    assert_int_equal(newsvendor_curve_commit(&d, commit, price, false, &out, &err), -1);
    assert_int_equal(err.kind, kind);
    assert_string_equal(err.text, message);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    struct uniform d = {100, 300};
    refused(uniform, &d, 0, 100, ERR_USAGE, "the price of a committed unit is not above 0");
    refused(uniform, &d, NAN, 100, ERR_USAGE, "the price of a committed unit is not above 0");
    refused(uniform, &d, 1, -1, ERR_USAGE, "the on-demand price is not 0 or above");
    refused(uniform, &d, 1, INFINITY, ERR_USAGE, "the on-demand price is not 0 or above");
    refused(failing, NULL, 1, 2, ERR_USAGE, "no such quantile");
    refused(failing, &d, 1, 2, ERR_INTERNAL, "the quantile 0.5 of demand is not finite");
    struct demand_curve curve = {endless, NULL};
    struct newsvendor_curve out;
    struct err err;
    assert_int_equal(newsvendor_curve_at(&curve, 1, 2, 1, &out, &err), -1);
    assert_non_null(strstr(err.text, " is only known to "));
    curve = (struct demand_curve){uniform, &d};
    assert_int_equal(newsvendor_curve_at(&curve, 1, 2, -1, &out, &err), -1);
    assert_string_equal(err.text, "a committed quantity is not 0 or above");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_uniform_demand),
        cmocka_unit_test(a_normal_demand),
        cmocka_unit_test(demand_below_zero_is_none),
        cmocka_unit_test(a_heavy_tail),
        cmocka_unit_test(a_profile_as_a_curve),
        cmocka_unit_test(whole_machines),
        cmocka_unit_test(committing_that_does_not_pay),
        cmocka_unit_test(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
