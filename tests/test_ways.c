/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every way to buy: the search finds for each of them what pricing every offer finds, over real shelves.
 */
#include "tests/support/pricing_bench.h"

#include "calc/match.h"
#include "calc/rank.h"
#include "calc/ways.h"

#include <stdio.h>
#include <stdlib.h>

static bool same_way(const struct offer *a, const struct offer *b)
{
    return a->charge == b->charge && a->term_months == b->term_months && !strcmp(a->offering, b->offering);
}

static dec_t cost_of(struct bench *b, const struct resource *r, const struct offer *o, bool *priced)
{
    struct line line;
    struct err err;
    assert_int_equal(price_line(&b->pricing, &b->arena, r, o, &line, &err), 0);
    *priced = line.status != LINE_UNPRICED;
    return line.m.cost;
}

/* No offer of the same way costs less, and every way that can be priced is there once. */
static void check_ways(struct bench *b, const struct resource *r, const struct offer **all, size_t n,
                       const struct offer **ways, size_t nways)
{
    bool priced;
    for (size_t i = 0; i < n; i++) {
        dec_t cost = cost_of(b, r, all[i], &priced);
        size_t found = 0;
        assert_true(all[i]->charge != CHARGE_SPOT);
        for (size_t k = 0; priced && k < nways; k++)
            if (same_way(all[i], ways[k])) {
                bool known;
                found++;
                assert_true(dec_cmp(cost_of(b, r, ways[k], &known), cost) <= 0);
            }
        assert_int_equal(found, priced);
    }
}

static size_t try_site(const char *site, const char *region, const char *shape)
{
    char text[1024];
    snprintf(text, sizeof text,
             "[project]\nmonths = 14\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.1\n[compare]\nsites = %s\n"
             "region.%s = %s\n[compute x]\n%s\ncharge = best\n",
             site, site, region, shape);
    struct bench b;
    struct err err;
    open_bench(&b, text, site, region);
    const struct resource *r = &b.p.scenario.resources[0];
    struct match_input in = {.pricing = &b.pricing, .arena = &b.arena, .shelves = &b.shelves, .scratch = b.scratch};
    in.shelf = bench_shelf(&b, "compute");
    const struct offer **v = calloc(3 * in.shelf->offers.n + 3, sizeof *v);
    assert_non_null(v);
    const struct offer **kept = v + in.shelf->offers.n + 1, **ways = kept + in.shelf->offers.n + 1;
    size_t n = match_ways(&in, r, v), nways;
    if (n > 0)
        memcpy(kept, v, n * sizeof *v);
    assert_int_equal(rank_ways(&in, r, v, n, ways, &nways, &err), 0);
    check_ways(&b, r, kept, n, ways, nways);
    free(v);
    close_bench(&b);
    return nways;
}

static void cheapest_of_each_way(void **state)
{
    (void)state;
    assert_true(try_site("azure-cn", "chinanorth2", "vcpu = 4\nmemory = 16 GiB") >= 3);
    assert_true(try_site("aliyun-cn", "cn-beijing", "vcpu = 4\nmemory = 16 GiB") >= 2);
    assert_true(try_site("aws-cn", "cn-north-1", "vcpu = 2\nmemory = 4 GiB") >= 1);
}

static void nothing_fits(void **state)
{
    (void)state;
    assert_int_equal(try_site("aws-cn", "cn-north-1", "vcpu = 1024\nmemory = 65536 GiB"), 0);
}

/* Cash at the very start: with its tax, of the first month only, not what is due at its end. */
static void upfront(void **state)
{
    const struct line_run runs[] = {
        {.first = 0, .months = 1, .at = AT_START, .m = {.cash_out = dec_of(424000, 2), .cost = dec_of(400000, 2)}},
        {.first = 0, .months = 24, .at = AT_END, .m = {.cash_out = dec_of(21900, 2)}},
        {.first = 12, .months = 1, .at = AT_START, .m = {.cash_out = dec_of(424000, 2)}},
    };
    (void)state;
    assert_int_equal(dec_cmp(ways_upfront(&(struct line){.runs = runs, .nruns = 3}), dec_of(4240, 0)), 0);
    assert_int_equal(dec_sign(ways_upfront(&(struct line){.runs = NULL})), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cheapest_of_each_way),
        cmocka_unit_test(nothing_fits),
        cmocka_unit_test(upfront),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
