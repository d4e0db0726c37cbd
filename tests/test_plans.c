/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plans: a part is its site's estimate of what is bought there, the plan is the sum of its parts, and what the
 * split costs is told.
 */
#include "tests/support/prepared.h"

#include "calc/plans.h"

#include <string.h>

#define HEAD                                                                                                           \
    "[project]\nstart = 2027-01\nmonths = 12\nas_of = 2026-11-21\n[buyer sg]\ncountry = SG\n[fx]\nUSD/CNY = 7.10\n"    \
    "[compare]\nsites = aliyun-cn, tencent-cn, aliyun-intl@sg\ncity = Beijing\nregion.aliyun-intl = ap-southeast-1\n"
#define WEB "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\n"
#define TRAFFIC "[egress traffic]\nvolume = 2 TB\n"
#define APAC "[compute apac]\nvcpu = 2\nmemory = 8 GiB\ncount = 2\n"
#define COSTS                                                                                                          \
    "[cost audit]\namount = 20000 CNY\nwhen = yearly\n[cost filing]\namount = 5000 CNY\nwhen = once\n"                 \
    "if = region-mainland public\n[payment]\ninvoice_handling = 80 CNY\n"
#define DUAL "[plan dual]\nweb = aliyun-cn\ntraffic = aliyun-cn\napac = aliyun-intl@sg\n"

static const struct estimate_options with_plans = {.plans = true};

static void estimate(struct prepared *p, const char *text)
{
    prepare_estimate(p, text, NULL, &with_plans);
}

/* By hand, from the prices that --view lines shows; a month is 730 hours:
 *   web      4,380 h x 0.88 = 3,854.40 with 6 %: net 3,636.23
 *   traffic  2,048 GB x 0.80 = 1,638.40 with 6 %: net 1,545.66
 *   apac     1,460 h x 0.102 = 148.92 USD without tax = 1,057.33 CNY; GST 13.40 USD comes back
 *   12 x (3,636.23 + 1,545.66 + 1,057.33) = 74,870.64
 *   audit 20,000 and handling 12 x 80 at both, filing 5,000 in the mainland: 45,000 and 1,920
 * All three at tencent-cn: 12 x (3,099.06 + 1,545.66 + 509.62) = 61,852.08; with 25,000 and 960: 87,812.08. */
static void the_sum_of_its_parts_by_hand(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, HEAD WEB TRAFFIC APAC COSTS DUAL);
    const struct site_estimate *e = prepared_site(&p, "plan:dual");
    assert_non_null(e);
    assert_int_equal(e->status, SITE_COMPLETE);
    assert_dec(e->m.net, "74870.64");
    assert_dec(e->m.other, "45000");
    assert_dec(e->m.fees, "1920");
    assert_dec(e->m.cost, "121790.64");
    assert_dec(e->npv, "121790.64");
    assert_dec(e->cost_per_month, "10149.22");
    assert_string_equal(e->site->provider, "aliyun");
    assert_false(e->has_list); /* CNY and USD */
    assert_string_equal(e->plan->best, "tencent-cn");
    assert_dec(e->plan->difference, "33978.56"); /* 121,790.64 - 87,812.08 */
    assert_dec(e->plan->twice, "20960");         /* one audit and one handling too many; one filing is none */
    assert_int_equal(e->rank, 3);                /* aliyun-cn costs 95,415.16, aliyun-intl@sg 130,191.44 */
    prepared_free(&p);
}

static dec_t alone(const char *text, const char *column)
{
    struct prepared p;
    prepare_estimate(&p, text, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, column);
    assert_int_equal(e->status, SITE_COMPLETE);
    dec_t npv = e->npv;
    prepared_free(&p);
    return npv;
}

/* Each part is what a configuration with its resources alone costs there: conditions, ladders and fees go by what
 * stands at the site, not by the whole workload. */
static void a_part_is_an_estimate_of_its_own(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, HEAD WEB TRAFFIC APAC COSTS DUAL);
    const struct site_estimate *e = prepared_site(&p, "plan:dual");
    dec_t home = alone(HEAD WEB TRAFFIC COSTS, "aliyun-cn"), abroad = alone(HEAD APAC COSTS, "aliyun-intl@sg");
    assert_int_equal(e->plan->nparts, 2);
    assert_string_equal(e->plan->parts[0].column, "aliyun-cn");
    assert_string_equal(e->plan->parts[1].column, "aliyun-intl@sg");
    assert_int_equal(dec_cmp(e->plan->parts[0].npv, home), 0);
    assert_int_equal(dec_cmp(e->plan->parts[1].npv, abroad), 0);
    assert_int_equal(dec_cmp(e->npv, dec_add(home, abroad)), 0);
    prepared_free(&p);
}

static void lines_know_their_part(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, HEAD WEB TRAFFIC APAC COSTS DUAL);
    const struct site_estimate *e = prepared_site(&p, "plan:dual");
    struct money sum = {0};
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        const char *part = plan_part_of(e, l)->column;
        bool apac = l->resource ? !strcmp(l->label, "apac") : strstr(l->label, "[aliyun-intl@sg]") != NULL;
        assert_string_equal(part, apac ? "aliyun-intl@sg" : "aliyun-cn");
        sum.cost = dec_add(sum.cost, l->m.cost);
        for (size_t k = 0; k < i; k++) /* names are told apart */
            assert_string_not_equal(l->label, e->lines[k].label);
    }
    assert_int_equal(e->nlines, 8);
    assert_int_equal(dec_cmp(sum.cost, e->m.cost), 0);
    prepared_free(&p);
}

/* All of it at one offer is that site, to the fen; and behind it, as it is simpler. */
static void one_part_is_the_site(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, HEAD WEB TRAFFIC COSTS "[plan a]\ntraffic = tencent-cn\ncompute web = tencent-cn\n");
    const struct site_estimate *plan = prepared_site(&p, "plan:a"), *site = prepared_site(&p, "tencent-cn");
    assert_int_equal(dec_cmp(plan->npv, site->npv), 0);
    assert_int_equal(dec_cmp(plan->m.cash_out, site->m.cash_out), 0);
    assert_int_equal(dec_cmp(plan->list, site->list), 0);
    assert_true(plan->has_list);
    assert_int_equal(site->rank, 1);
    assert_int_equal(plan->rank, 2);
    assert_int_equal(dec_sign(plan->plan->difference), 0);
    assert_int_equal(dec_sign(plan->plan->twice), 0);
    prepared_free(&p);
}

static const char *reason_of(const struct site_estimate *e)
{
    assert_int_equal(e->rank, 0);
    assert_int_equal(e->nreasons, 1);
    assert_string_equal(e->plan->best, "");
    return e->reasons[0];
}

/* As good as its worst part. */
static void complete_only_when_every_part_is(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, HEAD WEB APAC "[plan a]\nweb = aliyun-cn\napac = aws-global\n"
                               "[plan b]\nweb = tencent-cn\napac = aws-cn@sg\n");
    const struct site_estimate *a = prepared_site(&p, "plan:a"), *b = prepared_site(&p, "plan:b");
    assert_int_equal(a->status, SITE_INCOMPLETE);
    assert_false(a->has_totals);
    assert_memory_equal(reason_of(a), "aws-global: no region in Beijing", 32);
    assert_int_equal(b->status, SITE_INELIGIBLE);
    assert_memory_equal(reason_of(b), "aws-cn@sg: refuses a buyer in SG", 32);
    assert_int_equal(estimate_status(&p.estimate, &with_plans), ERR_INCOMPLETE);
    prepared_free(&p);
}

static void a_stale_part_makes_it_stale(void **state)
{
    (void)state;
    static const struct estimate_options allowed = {.plans = true, .allow_stale = true};
    static const char text[] = HEAD WEB APAC "[prices]\nmax_age = 3 years\n"
                                             "[plan a]\nweb = aliyun-cn\napac = aliyun-intl@sg\n";
    struct prepared p;
    estimate(&p, text); /* the price at aliyun-intl is of 2022, the one at aliyun-cn of 2024 */
    assert_int_equal(prepared_site(&p, "aliyun-cn")->status, SITE_COMPLETE);
    assert_int_equal(prepared_site(&p, "plan:a")->status, SITE_STALE);
    assert_int_equal(prepared_site(&p, "plan:a")->rank, 0);
    prepared_free(&p);
    prepare_estimate(&p, text, NULL, &allowed);
    assert_true(prepared_site(&p, "plan:a")->rank > 0);
    prepared_free(&p);
}

/* A site that only some resources go to is cheaper, and no alternative. */
static void beside_a_site_that_has_it_all(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, HEAD WEB APAC "sites = aliyun-cn, aliyun-intl\n[plan a]\nweb = aliyun-cn\napac = aliyun-intl@sg\n");
    assert_string_equal(p.estimate.sites[0].column, "tencent-cn"); /* web alone */
    assert_string_equal(prepared_site(&p, "plan:a")->plan->best, "aliyun-cn");
    prepared_free(&p);
}

static void only_when_asked(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p, HEAD WEB TRAFFIC APAC DUAL, NULL, NULL);
    assert_int_equal(p.estimate.nsites, 3);
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_of_its_parts_by_hand),
        cmocka_unit_test(a_part_is_an_estimate_of_its_own),
        cmocka_unit_test(lines_know_their_part),
        cmocka_unit_test(one_part_is_the_site),
        cmocka_unit_test(complete_only_when_every_part_is),
        cmocka_unit_test(a_stale_part_makes_it_stale),
        cmocka_unit_test(beside_a_site_that_has_it_all),
        cmocka_unit_test(only_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
