/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Properties of whole estimates: who is ranked and why, that order does not matter, that everything adds up.
 */
#include "tests/support/prepared.h"

#include <stdio.h>

#define HEAD "[project]\nmonths = 3\nas_of = 2026-11-21\ndiscount_rate = 5%\n[fx]\nUSD/CNY = 7.10\n"
#define WEB "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 3\ngrowth = 2% / month\n"
#define OUT "[egress out]\nvolume = 700 GB\n"

static int status_of(const struct prepared *p, bool allow_stale)
{
    struct estimate_options opt = {.allow_stale = allow_stale};
    return estimate_status(&p->estimate, &opt);
}

static void order_does_not_matter(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD "[compare]\nsites = aliyun-cn, tencent-cn, azure-cn, aws-cn\ncity = Beijing\n" WEB OUT,
        HEAD "[compare]\ncity = 北京\nsites = aws-cn, azure-cn, tencent-cn, aliyun-cn\n" OUT WEB,
    };
    struct prepared p[2];
    for (size_t i = 0; i < 2; i++)
        prepare_estimate(&p[i], texts[i], NULL, NULL);
    for (size_t i = 0; i < 4; i++) {
        const struct site_estimate *a = &p[0].estimate.sites[i], *b = &p[1].estimate.sites[i];
        assert_string_equal(a->column, b->column);
        assert_int_equal(dec_cmp(a->npv, b->npv), 0);
        assert_int_equal(dec_cmp(a->m.cost, b->m.cost), 0);
        assert_int_equal(a->rank, (int)i + 1);
    }
    prepared_free(&p[0]);
    prepared_free(&p[1]);
}

static void check_sum(const struct site_estimate *e)
{
    struct money sum = {0};
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        struct money runs = {0};
        for (size_t j = 0; j < l->nruns; j++) {
            const struct money *m = &l->runs[j].m;
            dec_t out = dec_add(dec_add(dec_add(m->net, m->tax), dec_add(m->withheld, m->fees)), m->other);
            assert_int_equal(dec_cmp(out, m->cash_out), 0);
            for (int k = 0; k < l->runs[j].months; k++) {
                runs.cash_out = dec_add(runs.cash_out, m->cash_out);
                runs.cost = dec_add(runs.cost, m->cost);
            }
        }
        assert_int_equal(dec_cmp(runs.cash_out, l->m.cash_out), 0);
        assert_int_equal(dec_cmp(runs.cost, l->m.cost), 0);
        sum.cash_out = dec_add(sum.cash_out, l->m.cash_out);
        sum.cost = dec_add(sum.cost, l->m.cost);
    }
    assert_int_equal(dec_cmp(sum.cash_out, e->m.cash_out), 0);
    assert_int_equal(dec_cmp(sum.cost, e->m.cost), 0);
}

static void everything_adds_up_to_the_fen(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     HEAD "[payment]\nmethod = wire\n[compare]\nsites = aliyun-cn, tencent-cn, aliyun-intl\n"
                          "city = Beijing\ndiscount.tencent-cn = 12.5%\n" WEB OUT "[cost x]\namount = 12.34 USD\n",
                     NULL, NULL);
    for (size_t i = 0; i < p.estimate.nsites; i++) {
        assert_int_equal(p.estimate.sites[i].status, SITE_COMPLETE);
        check_sum(&p.estimate.sites[i]);
    }
    prepared_free(&p);
}

static void who_may_not_buy_is_shown_and_not_priced(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "[buyer]\ncountry = SG\n[compare]\nsites = aliyun-cn, aliyun-intl\ncity = Singapore\n" WEB;
    struct prepared p;
    prepare_estimate(&p, text, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "aliyun-cn");
    assert_int_equal(e->status, SITE_INELIGIBLE);
    assert_int_equal(e->nlines, 0);
    assert_false(e->has_totals);
    assert_int_equal(e->rank, 0);
    assert_non_null(strstr(e->reasons[0], "refuses a buyer in SG"));
    assert_int_equal(prepared_site(&p, "aliyun-intl")->rank, 1);
    assert_int_equal(status_of(&p, false), 0);
    prepared_free(&p);
    struct estimate_options all = {.all = true};
    prepare_estimate(&p, text, NULL, &all);
    e = prepared_site(&p, "aliyun-cn");
    assert_int_equal(e->status, SITE_INELIGIBLE);
    assert_true(e->has_totals);
    assert_int_equal(e->rank, 0);
    prepared_free(&p);
}

static void what_is_missing_is_never_zero(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p, HEAD "[compare]\nsites = aliyun-cn, baidu-cn\ncity = Beijing\n" WEB, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "baidu-cn");
    assert_int_equal(e->status, SITE_INCOMPLETE);
    assert_int_equal(e->lines[0].status, LINE_UNPRICED);
    assert_false(e->has_totals);
    assert_int_equal(e->rank, 0);
    assert_int_equal(status_of(&p, false), ERR_INCOMPLETE);
    prepared_free(&p);
}

static void a_site_without_a_region_there_says_so(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p, HEAD "[compare]\nsites = aws-global\ncity = Beijing\n" WEB, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "aws-global");
    assert_int_equal(e->status, SITE_INCOMPLETE);
    assert_null(e->region);
    assert_non_null(strstr(e->reasons[0], "Beijing"));
    prepared_free(&p);
}

/* The ECB's last bundled day is 2026-03-18: by November its rates are far older than seven days. */
static void an_old_rate_makes_the_site_stale(void **state)
{
    (void)state;
    static const char text[] = "[project]\nmonths = 3\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn, aliyun-intl\n"
                               "city = Beijing\n" WEB;
    struct prepared p;
    prepare_estimate(&p, text, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "aliyun-intl");
    assert_int_equal(e->status, SITE_STALE);
    assert_int_equal(e->rank, 0);
    assert_true(e->has_totals);
    assert_non_null(strstr(e->reasons[0], "rate USD/CNY of 2026-03-18 is older than max_age"));
    assert_int_equal(status_of(&p, false), ERR_STALE);
    assert_int_equal(status_of(&p, true), 0);
    prepared_free(&p);
    struct estimate_options allow = {.allow_stale = true};
    prepare_estimate(&p, text, NULL, &allow);
    e = prepared_site(&p, "aliyun-intl");
    assert_int_equal(e->status, SITE_STALE);
    assert_true(e->rank > 0);
    prepared_free(&p);
}

static void an_old_price_is_stale_only_when_an_age_is_set(void **state)
{
    (void)state;
    struct prepared p;
    static const char text[] = HEAD "[prices]\nmax_age = 12 months\n[compare]\nsites = aliyun-cn, azure-cn\n"
                                    "city = Shanghai\n" WEB;
    prepare_estimate(&p, text, NULL, NULL);
    assert_int_equal(prepared_site(&p, "aliyun-cn")->status, SITE_STALE); /* list of 2024-12-31 */
    assert_int_equal(prepared_site(&p, "azure-cn")->status, SITE_COMPLETE);
    prepared_free(&p);
}

static void two_buyers_in_one_ranking(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     HEAD "[buyer sg-sub]\ncountry = SG\n[compare]\nsites = aliyun-intl, aliyun-intl@sg-sub\n"
                          "city = Beijing\n" WEB,
                     NULL, NULL);
    const struct site_estimate *parent = prepared_site(&p, "aliyun-intl"),
                               *sub = prepared_site(&p, "aliyun-intl@sg-sub");
    assert_true(parent->lines[0].runs[0].tax->by_buyer);
    assert_false(sub->lines[0].runs[0].tax->by_buyer);
    assert_dec(sub->lines[0].runs[0].tax->rate, "0.09");
    assert_int_equal(dec_cmp(parent->m.net, sub->m.net), 0);
    prepared_free(&p);
}

/* Azure China has two regions in Beijing; the one where most lines are priced, then the cheaper, is taken. */
static void several_regions_in_one_city(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p, HEAD "[compare]\nsites = azure-cn\ncity = Beijing\n" WEB, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "azure-cn");
    assert_int_equal(e->nother_regions, 1);
    dec_t taken = e->npv;
    const char *other = e->other_regions[0]->id;
    char text[512];
    snprintf(text, sizeof text, "%s[compare]\nsites = azure-cn\nregion.azure-cn = %s\n%s", HEAD, other, WEB);
    struct prepared q;
    prepare_estimate(&q, text, NULL, NULL);
    const struct site_estimate *o = prepared_site(&q, "azure-cn");
    assert_true(o->status != SITE_COMPLETE || dec_cmp(taken, o->npv) <= 0);
    prepared_free(&q);
    prepared_free(&p);
}

static void a_discount_is_rounded_once_after_the_list(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     "[project]\nmonths = 1\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\n"
                     "region.aliyun-cn = cn-hangzhou\ndiscount.aliyun-cn = 15%\n"
                     "[compute web]\nsku.aliyun-cn = ecs.g7.xlarge\n",
                     NULL, NULL);
    /* 730 x 1.0465 = 763.945 -> 763.95 list; x 0.85 = 649.35325 -> 649.35 (of the rounded list: 649.36) */
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-cn"), "web");
    assert_dec(l->list, "763.95");
    assert_dec(l->contract, "649.35");
    prepared_free(&p);
}

static void a_site_nothing_is_asked_of_is_not_the_cheapest(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     HEAD "[compare]\nsites = aliyun-cn, tencent-cn\ncity = Beijing\n" WEB "sites = tencent-cn\n"
                          "[cost staff]\namount = 10 CNY\n",
                     NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "aliyun-cn");
    assert_int_equal(e->status, SITE_INCOMPLETE);
    assert_false(e->has_totals);
    assert_int_equal(e->rank, 0);
    assert_string_equal(e->reasons[0], "nothing of the workload is asked for at this site");
    assert_int_equal(prepared_site(&p, "tencent-cn")->rank, 1);
    prepared_free(&p);
}

/* Growth of 1000 % a month leaves the range of the decimals somewhere: each place says so, none aborts. */
static void whatever_overflows_is_an_error(void **state)
{
    (void)state;
    static const char *const texts[] = {
        /* the tax in its own currency */
        "[project]\nmonths = 14\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 1000000000\n[compare]\nsites = aliyun-intl\n"
        "city = Hangzhou\n[compute a]\nsku.aliyun-intl = ecs.g7.xlarge\ncount = 1000000\ngrowth = 1000% / month\n",
        /* the payment of a month */
        "[project]\nmonths = 18\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\ncity = Hangzhou\n"
        "[compute a]\nsku.aliyun-cn = ecs.g7.xlarge\ncount = 300000\ngrowth = 1000% / month\n"
        "[compute b]\nsku.aliyun-cn = ecs.g7.xlarge\ncount = 300000\ngrowth = 1000% / month\n"
        "[compute c]\nsku.aliyun-cn = ecs.g7.xlarge\ncount = 300000\ngrowth = 1000% / month\n",
        /* the quantity of a pool */
        "[project]\nmonths = 13\nas_of = 2026-11-21\ncurrency = USD\n[buyer]\ncountry = HK\n[compare]\n"
        "sites = huawei-intl\nregion.huawei-intl = ap-southeast-4\n"
        "[egress a]\nvolume = 1000000000 GiB\nsku.huawei-intl = obs.internet\ncount = 38000\ngrowth = 1000% / month\n"
        "[egress b]\nvolume = 1000000000 GiB\nsku.huawei-intl = obs.internet\ncount = 38000\ngrowth = 1000% / month\n",
        /* the list in a currency that the budget's makes small */
        "[project]\nmonths = 18\nas_of = 2026-11-21\ncurrency = USD\n[fx]\nUSD/CNY = 1000000000\n[compare]\n"
        "sites = aliyun-cn\ncity = Hangzhou\n"
        "[compute a]\nsku.aliyun-cn = ecs.g7.xlarge\ncount = 300000\ngrowth = 1000% / month\n"
        "[compute b]\nsku.aliyun-cn = ecs.g7.xlarge\ncount = 300000\ngrowth = 1000% / month\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct prepared p;
        struct err err = {0};
        struct estimate_options opt = {0};
        assert_int_equal(prepare_try(&p, texts[i], NULL, &opt, &err), -1);
        assert_non_null(strstr(err.text, "overflows"));
        assert_int_equal(err.kind, ERR_USAGE);
        prepared_free(&p);
    }
}

static void a_difference_beyond_all_measure_is_left_empty(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(
        &p,
        "[project]\nmonths = 17\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn, tencent-cn\ncity = Beijing\n"
        "[compute big]\nvcpu = 4\nmemory = 16 GiB\ncount = 300000\ngrowth = 1000% / month\nsites = aliyun-cn\n"
        "[egress small]\nvolume = 0.02 GB\nsites = tencent-cn\ncount = 1\n",
        NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "aliyun-cn");
    assert_int_equal(e->rank, 2);
    assert_false(e->has_vs_best);
    prepared_free(&p);
}

static void amounts_that_overflow_are_an_error(void **state)
{
    (void)state;
    struct prepared p;
    struct err err = {0};
    struct estimate_options opt = {0};
    assert_int_equal(prepare_try(&p,
                                 "[project]\nmonths = 600\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\n"
                                 "city = Beijing\n[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 1000000\n"
                                 "growth = 1000% / month\n",
                                 NULL, &opt, &err),
                     -1);
    assert_non_null(strstr(err.text, "growing quantity overflows"));
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(everything_adds_up_to_the_fen),
        cmocka_unit_test(who_may_not_buy_is_shown_and_not_priced),
        cmocka_unit_test(what_is_missing_is_never_zero),
        cmocka_unit_test(a_site_without_a_region_there_says_so),
        cmocka_unit_test(an_old_rate_makes_the_site_stale),
        cmocka_unit_test(an_old_price_is_stale_only_when_an_age_is_set),
        cmocka_unit_test(two_buyers_in_one_ranking),
        cmocka_unit_test(several_regions_in_one_city),
        cmocka_unit_test(a_discount_is_rounded_once_after_the_list),
        cmocka_unit_test(a_site_nothing_is_asked_of_is_not_the_cheapest),
        cmocka_unit_test(whatever_overflows_is_an_error),
        cmocka_unit_test(a_difference_beyond_all_measure_is_left_empty),
        cmocka_unit_test(amounts_that_overflow_are_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
