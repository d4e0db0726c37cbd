/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Simulations through the whole program, on the prices of tests/packs/even: 1,000.00 CNY a machine and month at
 * aliyun-cn, 140 USD at aliyun-intl, every tax given back. Expectations are closed forms; distances are four standard
 * errors, which are closed forms too. Seeds are fixed.
 */
#include "tests/support/near.h"
#include "tests/support/prepared.h"

#include "calc/risk.h"
#include "calc/risk_rates.h"
#include "calc/risk_variant.h"

enum { PATHS = 20000 };

#define HEAD(months, sites)                                                                                            \
    "[project]\nstart = 2027-01\nmonths = " months "\nas_of = 2026-12-31\n[compare]\nsites = " sites "\n"              \
    "region.aliyun-cn = cn-hangzhou\nregion.aliyun-intl = cn-hangzhou\nregion.tencent-cn = ap-guangzhou\n"             \
    "[fx]\nUSD/CNY = 7.10\n"
#define BOTH "aliyun-cn, aliyun-intl"
#define WEB "[compute web]\nsku.aliyun-cn = ecs.g7.xlarge\nsku.aliyun-intl = ecs.g7.xlarge\n"
#define RISK(rates) "[risk]\npaths = 20000\nmethod = random\nfx = " rates "\n"

struct bench {
    struct prepared p;
    struct risk_report r;
};

static int try_start(struct bench *b, const char *text, int threads, struct err *err)
{
    static const struct estimate_options opt = {0};
    *b = (struct bench){0};
    prepare_estimate(&b->p, text, "tests/packs/even", NULL);
    const struct risk_input in = {&b->p.estimate, &opt, b->p.catalogue, threads};
    return risk_open(&b->r, &in, err);
}

static void start(struct bench *b, const char *text)
{
    struct err err;
    if (try_start(b, text, 1, &err))
        fail_msg("%s", err.text);
}

static void end(struct bench *b)
{
    risk_close(&b->r);
    prepared_free(&b->p);
}

static void refused(const char *text, enum err_kind kind, const char *part)
{
    struct bench b;
    struct err err;
    assert_int_equal(try_start(&b, text, 1, &err), -1);
    assert_says(&err, kind, part);
    end(&b);
}

static size_t place(const struct bench *b, const char *column)
{
    for (size_t i = 0; i < b->r.nsites; i++)
        if (!strcmp(b->r.sites[i]->column, column))
            return i;
    fail_msg("no site %s", column);
    return 0;
}

static const struct risk_figure *cost(const struct bench *b, const char *column)
{
    return &b->r.told.cost.offer[place(b, column)];
}

/* Years from as_of to the end of month m: a day to the start, months of 365.25 / 12 days. */
static double years(int m)
{
    return (1 / 30.4375 + m + 1) / 12;
}

static double phi(double x)
{
    return 0.5 * erfc(-x / sqrt(2));
}

/* 14,000 USD at 7.10 each month: the mean stays 12 x 99,400; the variance is the sum over s, t of 99,400^2
 * (exp(v^2 min(s, t)) - 1). */
static void dollars_keep_their_mean(void **state)
{
    struct bench b;
    double variance = 0;
    (void)state;
    start(&b, HEAD("12", BOTH) WEB "count = 100\n" RISK("volatility 20%"));
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < 12; j++)
            variance += 99400.0 * 99400.0 * (exp(0.04 * fmin(years(i), years(j))) - 1);
    const struct risk_figure *f = cost(&b, "aliyun-intl");
    assert_near(dec_to_double(f->mean), 12 * 99400.0, 4 * sqrt(variance / PATHS));
    assert_close(dec_to_double(f->standard_error), sqrt(variance / PATHS), 0.03);
    assert_int_equal(b.r.ncurrencies, 1);
    assert_string_equal(b.r.currencies[0], "USD");
    assert_dec(b.r.rates[0], "7.10");
    assert_dec(b.r.told.volatility[0], "0.2");
    assert_dec(b.r.told.drift[0], "-0.02");
    end(&b);
}

/* One month is lognormal: the 90th percentile is 99,400 exp(-v^2 t / 2 + 1.2815515655446 v sqrt(t)), give or take
 * 4 sqrt(0.09 / n) in probability, which is so much over the density 0.17549833 in standard deviations. */
static void ninety_percent_of_a_month(void **state)
{
    struct bench b;
    (void)state;
    start(&b, HEAD("1", BOTH) WEB "count = 100\n" RISK("volatility 20%"));
    double s = 0.2 * sqrt(years(0)), exact = 99400 * exp(-s * s / 2 + 1.2815515655446 * s);
    assert_close(dec_to_double(cost(&b, "aliyun-intl")->p90), exact, 4 * 0.3 / sqrt(PATHS) / 0.17549833 * s);
    end(&b);
}

/* The dollars are cheaper while 994 F < 1000: with probability Phi((ln(1000 / 994) + v^2 t / 2) / (v sqrt(t))). The site
 * in CNY holds no chance: all its figures are those of the estimate. */
static void the_cheapest_site_changes(void **state)
{
    struct bench b;
    (void)state;
    start(&b, HEAD("1", BOTH) WEB "count = 100\n" RISK("volatility 4%"));
    double s = 0.04 * sqrt(years(0)), p = phi((log(1000 / 994.0) + s * s / 2) / s);
    size_t cn = place(&b, "aliyun-cn"), intl = place(&b, "aliyun-intl");
    assert_true(p > 0.6 && p < 0.8);
    assert_near(dec_to_double(b.r.told.npv.below[intl * 2 + cn]), p, 4 * sqrt(p * (1 - p) / PATHS));
    assert_near(dec_to_double(cost(&b, "aliyun-intl")->cheapest), p, 4 * sqrt(p * (1 - p) / PATHS));
    const struct risk_figure *f = cost(&b, "aliyun-cn");
    assert_dec(f->mean, "100000");
    assert_dec(f->p10, "100000");
    assert_dec(f->p50, "100000");
    assert_dec(f->p90, "100000");
    assert_dec(f->standard_error, "0");
    end(&b);
}

/* 90 or 110 machines: 90,000 or 110,000 CNY and nothing else; 89,460 or 109,340 at 7.10. */
static void two_counts(void **state)
{
    struct bench b;
    (void)state;
    start(&b, HEAD("1", BOTH) WEB "count = discrete(90: 50%, 110: 50%)\n" RISK("none"));
    assert_dec(cost(&b, "aliyun-cn")->p10, "90000");
    assert_dec(cost(&b, "aliyun-cn")->p90, "110000");
    assert_dec(cost(&b, "aliyun-intl")->least, "89460");
    assert_dec(cost(&b, "aliyun-intl")->most, "109340");
    assert_near(dec_to_double(cost(&b, "aliyun-cn")->mean), 100000, 4 * 10000 / sqrt(PATHS));
    assert_true(b.r.has_off && b.r.tries == 16 && dec_sign(b.r.off_most) == 0);
    end(&b);
}

/* 50 .. 150 GB over a ladder of 0.80 up to 100 GB and 0.30 behind it, 6 % in it: the mean of 0.8 v below and of 80 + 0.3
 * (v - 100) above is (60 + 87.50) / 2 = 73.75, less its tax 69.58; the mean volume alone would be 75.47. Within, the
 * amount's deviation is below 12. */
static void a_ladder_is_not_scaled(void **state)
{
    struct bench b;
    (void)state;
    start(&b, HEAD("1", "tencent-cn") "[egress out]\nvolume = uniform(50 GB, 150 GB)\nsku.tencent-cn = stepped\n" RISK(
                  "none"));
    assert_near(dec_to_double(cost(&b, "tencent-cn")->mean), 73.75 / 1.06, 4 * 12 / sqrt(PATHS) + 0.01);
    assert_near(dec_to_double(cost(&b, "tencent-cn")->least), 40 / 1.06, 0.02);
    assert_near(dec_to_double(cost(&b, "tencent-cn")->most), 95 / 1.06, 0.02);
    assert_true(b.r.has_off && dec_cmp(b.r.off_most, D("0.0005")) < 0);
    end(&b);
}

/* A wire is clamp(0.1 %, 50, 260) + 150 CNY: 200 on 9,940 and 410 on 397,600. */
static void a_fee_is_worked_out_anew(void **state)
{
    struct bench b;
    (void)state;
    start(&b,
          HEAD("1", "aliyun-intl") WEB "count = discrete(10: 50%, 400: 50%)\n[payment]\nmethod = wire\n" RISK("none"));
    assert_dec(cost(&b, "aliyun-intl")->p10, "10140");
    assert_dec(cost(&b, "aliyun-intl")->p90, "398010");
    end(&b);
}

/* Ten per cent up in month 13: 12 x 100,000 + 12 x 110,000. */
static void prices_step_up_once_a_year(void **state)
{
    struct bench b;
    (void)state;
    start(&b, HEAD("24", BOTH) WEB "count = 100\n" RISK("volatility 4%") "price_change = 10%\n");
    assert_dec(cost(&b, "aliyun-cn")->p50, "2520000");
    assert_dec(cost(&b, "aliyun-cn")->least, "2520000");
    end(&b);
}

/* Growth in straight lines between levels is as exact as it says: held against exact estimates. */
static void growth_is_near(void **state)
{
    struct bench b;
    (void)state;
    start(&b, HEAD("36", BOTH) WEB
          "count = 100\ngrowth = triangular(1%, 2%, 4%) / month\nhours = uniform(100, 700)\n" RISK("none"));
    assert_true(b.r.has_off && dec_cmp(b.r.off_most, D("0.0002")) < 0);
    end(&b);
}

static void same_seed_same_figures(void **state)
{
    static const char text[] = HEAD("12", BOTH) WEB "count = uniform(50, 150)\n" RISK("history 5 years");
    struct bench a, b;
    struct err err;
    (void)state;
    assert_int_equal(try_start(&a, text, 1, &err), 0);
    assert_int_equal(try_start(&b, text, 3, &err), 0);
    for (size_t i = 0; i < 2; i++) {
        const struct risk_figure *x = &a.r.told.npv.offer[i], *y = &b.r.told.npv.offer[i];
        assert_memory_equal(x->bins, y->bins, sizeof x->bins);
        assert_true(dec_cmp(x->mean, y->mean) == 0 && dec_cmp(x->p10, y->p10) == 0 && dec_cmp(x->p90, y->p90) == 0);
        assert_true(dec_cmp(x->standard_error, y->standard_error) == 0 && dec_sign(x->standard_error) > 0);
    }
    end(&a);
    end(&b);
}

/* EUR/X over EUR/Y, as published on 2026-03-18: 7.9214 / 1.15 CNY a dollar; five years are from 2021-03-18. */
static void history_is_crossed(void **state)
{
    struct bench b;
    struct arena a = {NULL};
    struct rate_history h;
    struct err err;
    static const char *const usd[] = {"USD"};
    (void)state;
    start(&b, HEAD("1", BOTH) WEB "count = 100\n" RISK("history 5 years"));
    assert_int_equal(risk_rates(b.p.catalogue, &b.p.scenario, usd, 1, &a, &h, &err), 0);
    assert_dec(dec_round(h.rate[0][h.days - 1], 8, DEC_HALF_UP), "6.88817391");
    char day[DATE_TEXT];
    date_format(h.from, day);
    assert_string_equal(day, "2021-03-18");
    assert_true(h.days > 1250 && h.days < 1310);
    arena_free(&a);
    end(&b);
}

static void what_cannot_be_simulated(void **state)
{
    (void)state;
    refused(HEAD("1", BOTH) WEB "count = 100\n", ERR_USAGE, "nothing to simulate");
    refused(HEAD("1", "aliyun-cn") WEB "count = 100\n" RISK("volatility 4%"), ERR_USAGE, "all is priced in the budget");
    refused(HEAD("1", BOTH) "source = cfets\n" WEB "count = 100\n" RISK("history 5 years"), ERR_USAGE,
            "shorter than 5 years");
    refused(HEAD("1", BOTH) WEB "count = 100\n[risk]\nfx = volatility 4%\npaths = 1000000000\n", ERR_USAGE, "GiB");
    refused(HEAD("1", "tencent-cn") WEB "sku.tencent-cn = none-such\ncount = uniform(1, 2)\n", ERR_INCOMPLETE,
            "no site is ranked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dollars_keep_their_mean),    cmocka_unit_test(ninety_percent_of_a_month),
        cmocka_unit_test(the_cheapest_site_changes),  cmocka_unit_test(two_counts),
        cmocka_unit_test(a_ladder_is_not_scaled),     cmocka_unit_test(a_fee_is_worked_out_anew),
        cmocka_unit_test(prices_step_up_once_a_year), cmocka_unit_test(growth_is_near),
        cmocka_unit_test(same_seed_same_figures),     cmocka_unit_test(history_is_crossed),
        cmocka_unit_test(what_cannot_be_simulated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
