/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Best of breed against every assignment of the resources to the offers, each priced as a plan of its own.
 */
#include "tests/support/prepared.h"

#include "calc/buf.h"

#include <stdio.h>
#include <string.h>

enum { OFFERS = 4, RESOURCES_MOST = 4 };
static const char *const offers[OFFERS] = {"aliyun-cn", "tencent-cn", "azure-cn", "aliyun-intl"};
static const int provider[OFFERS] = {0, 1, 2, 0};

#define HEAD                                                                                                           \
    "[project]\nstart = 2027-01\nmonths = 12\nas_of = 2026-11-21\ndiscount_rate = 6%\n[fx]\nUSD/CNY = 7.10\n"          \
    "[compare]\nsites = aliyun-cn, tencent-cn, azure-cn, aliyun-intl\ncity = Shanghai\n"                               \
    "region.aliyun-intl = ap-southeast-1\n"

struct workload {
    const char *text;
    int n;
    const char *labels[RESOURCES_MOST];
};

static const struct workload workloads[] = {
    {"[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\n[egress out]\nvolume = 5 TB\n"
     "[block-storage data]\nsize = 500 GiB\ncount = 4\n",
     3,
     {"web", "out", "data"}},
    /* two lines on one ladder, what each site used costs, and a filing that only the public part needs */
    {"[compute web]\nvcpu = 2\nmemory = 8 GiB\n[egress out]\nvolume = 9 TB\n[egress back]\nvolume = 30 TB\n"
     "[compute job]\nvcpu = 8\nmemory = 64 GiB\ncount = 2\n[cost audit]\namount = 900 CNY\nwhen = yearly\n"
     "[cost filing]\namount = 40000 CNY\nwhen = once\nif = region-mainland public\n"
     "[payment]\ninvoice_handling = 30 CNY\n",
     4,
     {"web", "out", "back", "job"}},
    /* fees of payments, with a fixed part, where the bill comes from abroad */
    {"[compute web]\nvcpu = 4\nmemory = 32 GiB\ncount = 3\n[egress out]\nvolume = 300 GB\n"
     "[payment aliyun-intl]\nmethod = card\nfee = 2%\n[payment]\ninvoice_handling = 300 CNY\n",
     2,
     {"web", "out"}},
    /* a cost so high that nothing is worth a second contract */
    {"[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\n[egress out]\nvolume = 5 TB\n"
     "[cost audit]\namount = 500000 CNY\nwhen = yearly\n",
     2,
     {"web", "out"}},
};

static int digit(int code, int at)
{
    while (at-- > 0)
        code /= OFFERS;
    return code % OFFERS;
}

static int count_providers(int code, int n)
{
    unsigned set = 0;
    for (int i = 0; i < n; i++)
        set |= 1u << provider[digit(code, i)];
    return __builtin_popcount(set);
}

/* A [plan pCODE] for every assignment that takes no more than so many providers. */
static int add_plans(struct buf *text, const struct workload *w, int most)
{
    int all = 1, n = 0;
    for (int i = 0; i < w->n; i++)
        all *= OFFERS;
    for (int code = 0; code < all; code++) {
        if (count_providers(code, w->n) > most)
            continue;
        n++;
        buf_printf(text, "[plan p%d]\n", code);
        for (int i = 0; i < w->n; i++)
            buf_printf(text, "%s = %s\n", w->labels[i], offers[digit(code, i)]);
    }
    return n;
}

static const struct site_estimate *cheapest(const struct estimate *e, bool plans)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (e->sites[i].rank > 0 && plans == (e->sites[i].plan != NULL) &&
            strncmp(e->sites[i].column, "plan:best", 9) != 0)
            return &e->sites[i];
    fail_msg("nothing is ranked");
    return NULL;
}

static void check(const struct workload *w, int most)
{
    struct prepared p;
    struct estimate_options opt = {.plans = true, .max_providers = most};
    struct buf text = {0};
    char column[32];
    buf_printf(&text, "%s%s", HEAD, w->text);
    int n = add_plans(&text, w, most);
    prepare_estimate(&p, text.v, NULL, &opt);
    snprintf(column, sizeof column, "plan:best-of-%d", most);
    const struct site_estimate *found = prepared_site(&p, column), *best = cheapest(&p.estimate, true);
    assert_int_equal(p.estimate.nsites, OFFERS + n + 1);
    assert_int_equal(found->status, SITE_COMPLETE);
    assert_int_equal(dec_cmp(found->npv, best->npv), 0);
    assert_true(dec_cmp(found->npv, cheapest(&p.estimate, false)->npv) <= 0);
    prepared_free(&p);
    buf_free(&text);
}

static void no_other_split_is_cheaper(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        for (int most = 1; most <= 3; most++)
            check(&workloads[i], most);
}

/* An audit of 500,000 at each site: one site alone, and the notes say so. */
static void a_single_site_when_no_split_pays(void **state)
{
    (void)state;
    struct prepared p;
    struct buf text = {0};
    buf_printf(&text, "%smax_providers = 3\n%s", HEAD, workloads[3].text);
    prepare_estimate(&p, text.v, NULL, &(struct estimate_options){.plans = true});
    const struct site_estimate *found = prepared_site(&p, "plan:best-of-3"), *best = &p.estimate.sites[0];
    assert_int_equal(found->plan->nparts, 1);
    assert_int_equal(dec_cmp(found->npv, best->npv), 0);
    assert_null(best->plan);
    assert_int_equal(found->rank, 2);
    assert_string_equal(found->plan->parts[0].column, best->column);
    bool said = false;
    for (size_t i = 0; i < found->nnotes; i++)
        said = said || strstr(found->notes[i], "no split is cheaper than") != NULL;
    assert_true(said);
    prepared_free(&p);
    buf_free(&text);
}

/* A resource that no offer prices, and resources that only several providers price together. */
static void none_is_shown_as_incomplete(void **state)
{
    (void)state;
    struct prepared p;
    struct estimate_options opt = {.plans = true, .max_providers = 1};
    prepare_estimate(&p,
                     HEAD "[compute web]\nvcpu = 4\nmemory = 16 GiB\n[compute odd]\nsku.aliyun-cn = no.such\n"
                          "sites = aliyun-cn\n",
                     NULL, &opt);
    const struct site_estimate *e = prepared_site(&p, "plan:best-of-1");
    assert_int_equal(e->status, SITE_INCOMPLETE);
    assert_string_equal(e->reasons[0], "no compared offer has a price for odd");
    assert_string_equal(e->site->provider, "");
    assert_false(e->has_totals);
    assert_int_equal(e->rank, 0);
    prepared_free(&p);
    prepare_estimate(&p,
                     HEAD "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsites = aliyun-cn\n[egress out]\n"
                          "volume = 1 TB\nsites = tencent-cn\n",
                     NULL, &opt);
    e = prepared_site(&p, "plan:best-of-1");
    assert_string_equal(e->reasons[0], "no offers of 1 providers together have a price for every resource");
    prepared_free(&p);
    opt.max_providers = 2;
    prepare_estimate(&p,
                     HEAD "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsites = aliyun-cn\n[egress out]\n"
                          "volume = 1 TB\nsites = tencent-cn\n",
                     NULL, &opt);
    e = prepared_site(&p, "plan:best-of-2");
    assert_int_equal(e->status, SITE_COMPLETE);
    assert_string_equal(e->site->provider, "aliyun+tencent");
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_split_is_cheaper),
        cmocka_unit_test(a_single_site_when_no_split_pays),
        cmocka_unit_test(none_is_shown_as_incomplete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
