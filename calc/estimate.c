/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole way of the data, from a scenario to ranked sites; read estimate_run() first.
 */
#include "calc/estimate.h"

#include "calc/items.h"
#include "calc/plans.h"

#include <stdlib.h>
#include <string.h>

const char *const line_status_names[] = {"priced", "unpriced", "ambiguous", "stale"};
const char *const site_status_names[] = {"complete", "incomplete", "stale", "ineligible"};

/* ---- what all sites share */

static void free_items(struct quantity_list *items, size_t n)
{
    for (size_t i = 0; items && i < n; i++)
        quantity_free(&items[i]);
    free(items);
}

/* How many of each resource there are in each month. */
static int grow_items(const struct scenario *s, struct quantity_list **out, struct err *err)
{
    struct quantity_list *items = calloc(s->nresources + 1, sizeof *items);
    if (!items)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        if (items_runs(r, s->months, &items[i], err)) {
            err_prefix(err, "%s:%d", s->file, r->line);
            free_items(items, s->nresources);
            return -1;
        }
    }
    *out = items;
    return 0;
}

/* ---- ranking */

static bool may_rank(const struct site_estimate *e, const struct estimate_options *opt)
{
    return e->status == SITE_COMPLETE || (e->status == SITE_STALE && opt->allow_stale);
}

static int by_npv(const struct site_estimate *a, const struct site_estimate *b)
{
    int c = dec_cmp(a->npv, b->npv);
    if (!c)
        c = dec_cmp(a->m.cost, b->m.cost);
    if (!c && (a->plan != NULL) != (b->plan != NULL)) /* what is simpler and as cheap comes first */
        c = a->plan ? 1 : -1;
    return c ? c : strcmp(a->column, b->column);
}

static int shown_as(const struct site_estimate *e)
{
    switch (e->status) {
    case SITE_COMPLETE:
        return 0;
    case SITE_STALE:
        return 1;
    case SITE_INCOMPLETE:
        return 2;
    case SITE_INELIGIBLE:
        break;
    }
    return 3;
}

/* rank is 1 here for all that may be ranked. */
static int by_place(const void *pa, const void *pb)
{
    const struct site_estimate *a = pa, *b = pb;
    if (a->rank != b->rank)
        return a->rank ? -1 : 1;
    if (a->rank)
        return by_npv(a, b);
    int c = shown_as(a) - shown_as(b);
    return c ? c : strcmp(a->column, b->column);
}

static void rank_sites(struct estimate *e, const struct estimate_options *opt)
{
    for (size_t i = 0; i < e->nsites; i++)
        e->sites[i].rank = may_rank(&e->sites[i], opt);
    qsort(e->sites, e->nsites, sizeof *e->sites, by_place);
    for (size_t i = 0; i < e->nsites && e->sites[i].rank; i++) {
        struct site_estimate *s = &e->sites[i];
        dec_t best = e->sites[0].npv;
        s->rank = (int)i + 1;
        dec_t above = i == 0 ? DEC_ZERO : dec_div(dec_sub(s->npv, best), best, DEC_HALF_UP);
        /* no share of nothing, and none that has no room as percent */
        s->has_vs_best = i == 0 || (dec_sign(best) > 0 && !dec_bad(dec_muln(above, 100)));
        if (s->has_vs_best)
            s->vs_best = above;
    }
}

/* ---- the run */

static int run_sites(struct site_work *w, struct estimate *e, struct err *err)
{
    const struct scenario *s = w->scenario;
    e->sites = arena_array(&e->arena, s->nsites + plans_count(s, w->options), sizeof *e->sites);
    if (!e->sites)
        return err_nomem(err);
    for (size_t i = 0; i < s->nsites; i++) {
        if (site_run(w, &s->sites[i], &e->sites[i], err))
            return -1;
        e->nsites++;
    }
    return plans_run(w, e, err);
}

/* The rates used; a currency against itself is none. */
static int list_rates(struct estimate *e, const struct fx *fx, struct err *err)
{
    const struct fx_used **v = arena_array(&e->arena, fx->nfound + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < fx->nfound; i++)
        if (fx->found[i]->path != FX_SAME)
            v[e->nrates++] = fx->found[i];
    e->rates = v;
    return 0;
}

static int run(struct estimate *e, struct catalogue *c, const struct estimate_options *opt,
               const struct quantity_list *items, const struct npv_table *npv, struct err *err)
{
    const struct scenario *s = e->scenario;
    struct kept own = {.catalogue = c, .rules = e->rules, .arena = &e->arena};
    struct kept *kept = opt->kept ? opt->kept : &own;
    struct fx fx = {.catalogue = c,
                    .kept = kept,
                    .arena = &e->arena,
                    .source = s->fx_source,
                    .on = s->as_of,
                    .max_age = s->fx_max_age,
                    .budget = s->rates,
                    .nbudget = s->nrates};
    struct shelves shelves = {
        .kept = kept, .arena = &e->arena, .rules = e->rules, .scenario = s, .any_charge = opt->ways};
    struct arena scratch[2] = {{NULL}, {NULL}};
    struct site_work w = {.scenario = s,
                          .rules = e->rules,
                          .kept = kept,
                          .options = opt,
                          .arena = &e->arena,
                          .fx = &fx,
                          .shelves = &shelves,
                          .npv = npv,
                          .items = items,
                          .budget_places = e->minor_units,
                          .scratch = scratch};
    int failed = run_sites(&w, e, err);
    arena_free(&scratch[0]);
    arena_free(&scratch[1]);
    if (failed || kept_snapshots(kept, &e->snapshots, &e->nsnapshots, err))
        return -1;
    rank_sites(e, opt);
    return plans_compare(e, err) ? -1 : list_rates(e, &fx, err);
}

int estimate_run(const struct scenario *s, const struct rules *r, struct catalogue *c,
                 const struct estimate_options *opt, struct estimate *out, struct err *err)
{
    struct quantity_list *items = NULL;
    struct npv_table npv = {0};
    *out = (struct estimate){.scenario = s, .rules = r, .minor_units = currency_places(r, s->currency)};
    dec_t yearly = s->discount_rate.kind == VALUE_NONE ? DEC_ZERO : s->discount_rate.fixed;
    int failed = grow_items(s, &items, err);
    if (!failed)
        failed = npv_table_make(&npv, yearly, s->months + TERM_MAX, err);
    if (!failed)
        failed = run(out, c, opt, items, &npv, err);
    free_items(items, s->nresources);
    npv_table_free(&npv);
    if (failed)
        estimate_free(out);
    return failed;
}

void estimate_free(struct estimate *e)
{
    arena_free(&e->arena);
    *e = (struct estimate){0};
}

int estimate_status(const struct estimate *e, const struct estimate_options *opt)
{
    bool incomplete = false, stale = false;
    for (size_t i = 0; i < e->nsites; i++) {
        incomplete |= e->sites[i].status == SITE_INCOMPLETE;
        stale |= e->sites[i].status == SITE_STALE;
    }
    if (incomplete)
        return ERR_INCOMPLETE;
    return stale && !opt->allow_stale ? ERR_STALE : ERR_NONE;
}
