/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The search that stops early finds what pricing every offer finds: the same SKU at the same cost, over real shelves
 * and many shapes.
 */
#include "tests/support/pricing_bench.h"

#include "calc/match.h"

#include <stdio.h>

/* Prices every offer that fits and counts; NULL when none does. */
static const struct offer *dearest_effort(struct bench *b, const struct shelf *s, const struct resource *r, dec_t *cost,
                                          size_t *fitting)
{
    const struct offer *best = NULL;
    *fitting = 0;
    for (size_t i = 0; i < s->offers.n; i++) {
        const struct offer *o = &s->offers.v[i];
        struct line line;
        struct err err;
        if (strcmp(o->os, r->os) != 0 || !match_charge(s, o, &r->charge) || match_shape(r, o) != FIT)
            continue;
        assert_int_equal(price_line(&b->pricing, &b->arena, r, o, &line, &err), 0);
        if (line.status == LINE_UNPRICED)
            continue;
        (*fitting)++;
        int c = best ? dec_cmp(line.m.cost, *cost) : -1;
        if (!c) { /* the stated order of ties */
            c = dec_cmp(o->shape->vcpu, best->shape->vcpu);
            if (!c)
                c = dec_cmp(o->shape->memory, best->shape->memory);
            if (!c)
                c = strcmp(o->sku, best->sku);
            if (!c)
                c = date_cmp(best->as_of, o->as_of);
        }
        if (c < 0) {
            best = o;
            *cost = line.m.cost;
        }
    }
    return best;
}

static void compare(const char *site, const char *region, const char *charge, const char *shape)
{
    char text[1024];
    snprintf(text, sizeof text,
             "[project]\nmonths = 14\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.1\n[compare]\nsites = %s\n"
             "region.%s = %s\n[compute x]\n%s\ncharge = %s\ngrowth = 3%% / month\n",
             site, site, region, shape, charge);
    struct bench b;
    struct err err;
    open_bench(&b, text, site, region);
    const struct resource *r = &b.p.scenario.resources[0];
    struct match_input in = {.pricing = &b.pricing, .arena = &b.arena, .shelves = &b.shelves, .scratch = b.scratch};
    in.shelf = bench_shelf(&b, "compute");
    dec_t cost = DEC_ZERO;
    size_t fitting;
    const struct offer *want = dearest_effort(&b, in.shelf, r, &cost, &fitting);
    struct line line;
    assert_int_equal(match_line(&in, r, &line, &err), 0);
    if (!want) {
        assert_int_equal(line.status, LINE_UNPRICED);
    } else {
        assert_string_equal(line.offer->sku, want->sku);
        assert_int_equal(dec_cmp(line.m.cost, cost), 0);
    }
    close_bench(&b);
}

static const char *const shapes[] = {"vcpu = 2\nmemory = 4 GiB",
                                     "vcpu = 4\nmemory = 16 GiB",
                                     "vcpu = 1\nmemory = 1 GiB",
                                     "vcpu = 16\nmemory = 32 GiB",
                                     "vcpu = 8\nmemory = 64 GiB",
                                     "vcpu = 48\nmemory = 96 GiB",
                                     "vcpu = 4\nmemory = 8 GiB\narch = any\nlegacy = yes\nburstable = yes",
                                     "vcpu = 2\nmemory = 2 GiB\nos = windows"};

static void all_shapes(const char *site, const char *region, const char *charge)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        compare(site, region, charge, shapes[i]);
}

static void flat_prices(void **state)
{
    (void)state;
    all_shapes("aliyun-cn", "cn-beijing", "on-demand");
    all_shapes("aws-global", "us-east-1", "on-demand");
}

static void two_tax_bases_and_months(void **state)
{
    (void)state;
    all_shapes("azure-cn", "chinaeast2", "on-demand");
    all_shapes("azure-cn", "chinaeast2", "reserved 12 months unnamed");
}

static void steps_over_a_life(void **state)
{
    (void)state;
    all_shapes("tencent-cn", "ap-guangzhou", "on-demand");
    all_shapes("tencent-cn", "ap-guangzhou", "prepaid 12 months");
}

static void parts_paid_together(void **state)
{
    (void)state;
    all_shapes("tencent-intl", "ap-singapore", "reserved 12 months partial-upfront");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flat_prices),
        cmocka_unit_test(two_tax_bases_and_months),
        cmocka_unit_test(steps_over_a_life),
        cmocka_unit_test(parts_paid_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
