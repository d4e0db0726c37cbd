/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/pricing_bench.h"

void open_bench(struct bench *b, const char *text, const char *site, const char *region)
{
    struct err err;
    *b = (struct bench){0};
    prepare(&b->p, text, NULL);
    const struct scenario *s = &b->p.scenario;
    b->kept = (struct kept){.catalogue = b->p.catalogue, .rules = &b->p.rules, .arena = &b->arena};
    b->fx = (struct fx){.catalogue = b->p.catalogue,
                        .arena = &b->arena,
                        .source = "ecb",
                        .on = s->as_of,
                        .budget = s->rates,
                        .nbudget = s->nrates};
    b->tax = (struct tax_context){.rules = &b->p.rules,
                                  .site = rules_site(&b->p.rules, site),
                                  .buyer = &s->buyers[0],
                                  .arena = &b->arena,
                                  .start = s->start,
                                  .nrows = s->months + TERM_MAX};
    assert_int_equal(npv_table_make(&b->npv, DEC_ZERO, s->months + TERM_MAX, &err), 0);
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        assert_int_equal(growth_runs(r->count.fixed, r->growth.rate.fixed, false, s->months, &b->items[i], &err), 0);
    }
    b->shelves = (struct shelves){.kept = &b->kept, .arena = &b->arena, .rules = &b->p.rules, .scenario = s};
    b->pricing = (struct pricing){.scenario = s,
                                  .rules = &b->p.rules,
                                  .site = b->tax.site,
                                  .buyer = b->tax.buyer,
                                  .region = rules_region(&b->p.rules, site, region),
                                  .fx = &b->fx,
                                  .tax = &b->tax,
                                  .npv = &b->npv,
                                  .items = b->items,
                                  .budget_places = 2};
    assert_non_null(b->pricing.region);
}

void close_bench(struct bench *b)
{
    for (size_t i = 0; i < BENCH_RESOURCES; i++)
        quantity_free(&b->items[i]);
    npv_table_free(&b->npv);
    arena_free(&b->scratch[0]);
    arena_free(&b->scratch[1]);
    arena_free(&b->arena);
    prepared_free(&b->p);
}

const struct shelf *bench_shelf(struct bench *b, const char *service)
{
    const struct shelf *s;
    struct err err;
    assert_int_equal(shelf_get(&b->shelves, b->tax.site->id, b->pricing.region->id, service, NULL, &s, &err), 0);
    return s;
}

const struct offer *bench_offer(const struct shelf *s, const char *sku, enum charge_kind charge)
{
    for (size_t i = 0; i < s->offers.n; i++)
        if (!strcmp(s->offers.v[i].sku, sku) && s->offers.v[i].charge == charge)
            return &s->offers.v[i];
    fail_msg("no %s", sku);
    return NULL;
}
