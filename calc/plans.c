/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/plans.h"

#include "calc/best_of.h"

#include <string.h>

#define NOWHERE ((size_t)-1)

/* ---- parts */

static bool same_offer(const struct site_ref *a, const struct site_ref *b)
{
    return !strcmp(a->site, b->site) && !strcmp(a->buyer, b->buyer) && a->quote == b->quote;
}

/* What of the scenario's uncertain values is of a part whose resources are those with a place in `to`. */
static int take_uncertain(const struct site_work *w, const size_t *to, struct scenario *s, struct err *err)
{
    size_t n = w->scenario->nuncertain;
    struct uncertain *copies = arena_array(w->arena, n + 1, sizeof *copies);
    const struct uncertain **v = arena_array(w->arena, n + 1, sizeof *v);
    if (!copies || !v)
        return err_nomem(err);
    s->uncertain = v;
    s->nuncertain = 0;
    for (size_t i = 0; i < n; i++) {
        struct uncertain u = *w->scenario->uncertain[i];
        if (u.resource >= 0 && to[u.resource] == NOWHERE)
            continue;
        if (u.resource >= 0)
            u.resource = (int)to[u.resource];
        copies[s->nuncertain] = u;
        v[s->nuncertain] = &copies[s->nuncertain];
        s->nuncertain++;
    }
    return 0;
}

/* The site's estimate of the same scenario with no resource but those bought there. */
static int run_part(const struct site_work *w, const struct site_ref *where, const struct site_ref *at,
                    struct site_estimate *out, struct err *err)
{
    size_t n = w->scenario->nresources;
    struct scenario *s = arena_alloc(w->arena, sizeof *s);
    struct resource *resources = arena_array(w->arena, n, sizeof *resources);
    struct quantity_list *items = arena_array(w->arena, n, sizeof *items);
    size_t *to = arena_array(w->arena, n, sizeof *to);
    if (!s || !resources || !items || !to)
        return err_nomem(err);
    *s = *w->scenario;
    s->resources = resources;
    s->nresources = 0;
    for (size_t i = 0; i < n; i++) {
        to[i] = NOWHERE;
        if (!same_offer(&where[i], at))
            continue;
        to[i] = s->nresources++;
        resources[to[i]] = w->scenario->resources[i];
        items[to[i]] = w->items[i];
    }
    struct site_work part = *w;
    part.scenario = s;
    part.items = items;
    return take_uncertain(w, to, s, err) ? -1 : site_run(&part, at, out, err);
}

int plans_parts(const struct site_work *w, const struct site_ref *where, struct site_estimate **parts, size_t *n,
                struct err *err)
{
    size_t count = w->scenario->nresources, k = 0;
    struct site_estimate *v = arena_array(w->arena, count, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        while (before < i && !same_offer(&where[before], &where[i]))
            before++;
        if (before == i && run_part(w, where, &where[i], &v[k++], err))
            return -1;
    }
    *parts = v;
    *n = k;
    return 0;
}

/* ---- the plans of a scenario */

static int run_split(const struct site_work *w, const struct split *split, struct site_estimate *out, struct err *err)
{
    struct site_estimate *parts;
    size_t n;
    if (plans_parts(w, split->where, &parts, &n, err))
        return err_prefix(err, "plan %s", split->name);
    return plans_sum(w, split->name, parts, n, out, err);
}

static int searched(const struct scenario *s, const struct estimate_options *opt)
{
    return opt->max_providers > 0 ? opt->max_providers : s->max_providers;
}

size_t plans_count(const struct scenario *s, const struct estimate_options *opt)
{
    return opt->plans ? s->nsplits + (searched(s, opt) > 0) : 0;
}

int plans_run(const struct site_work *w, struct estimate *e, struct err *err)
{
    const struct scenario *s = w->scenario;
    size_t noffers = e->nsites;
    int providers = searched(s, w->options);
    if (!w->options->plans)
        return 0;
    for (size_t i = 0; i < s->nsplits; i++, e->nsites++)
        if (run_split(w, &s->splits[i], &e->sites[e->nsites], err))
            return -1;
    if (providers == 0)
        return 0;
    if (best_of_run(w, e->sites, noffers, providers, &e->sites[e->nsites], err))
        return -1;
    e->nsites++;
    return 0;
}

const struct site_estimate *plan_part_of(const struct site_estimate *plan, const struct line *line)
{
    const struct plan_estimate *p = plan->plan;
    size_t at = (size_t)(line - plan->lines), i = p->nparts - 1;
    while (at < p->first[i])
        i--;
    return &p->parts[i];
}

/* ---- beside the best single site */

static bool has_price(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

/* NPV of the lines of a part that are no resources and are called so. */
static dec_t extra_of(const struct site_estimate *part, const char *label)
{
    dec_t sum = DEC_ZERO;
    for (size_t i = 0; i < part->nlines; i++)
        if (!part->lines[i].resource && has_price(&part->lines[i]) && !strcmp(part->lines[i].label, label))
            sum = dec_add(sum, part->lines[i].npv);
    return sum;
}

/* Does another part bear more of it? Of parts that bear the same, the last counts as the dearest. */
static bool dearer_elsewhere(const struct site_estimate *parts, size_t n, size_t part, const struct line *l)
{
    for (size_t i = 0; i < n; i++) {
        int c = i != part ? dec_cmp(extra_of(&parts[i], l->label), l->npv) : -1;
        if (c > 0 || (c == 0 && i > part))
            return true;
    }
    return false;
}

/* Of what each part bears under one name all but the dearest: what a single contract would not have. */
static dec_t paid_twice(const struct site_estimate *parts, size_t n)
{
    dec_t twice = DEC_ZERO;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < parts[i].nlines; k++) {
            const struct line *l = &parts[i].lines[k];
            if (!l->resource && has_price(l) && dearer_elsewhere(parts, n, i, l))
                twice = dec_add(twice, l->npv);
        }
    return twice;
}

/* A site that some resources do not go to is no alternative to a plan. */
static bool has_all(const struct estimate *e, const struct site_estimate *site)
{
    size_t n = 0;
    for (size_t i = 0; i < site->nlines; i++)
        n += site->lines[i].resource != NULL;
    return n == e->scenario->nresources;
}

int plans_compare(struct estimate *e, struct err *err)
{
    const struct site_estimate *best = NULL;
    for (size_t i = 0; i < e->nsites && !best; i++)
        if (e->sites[i].rank > 0 && !e->sites[i].plan && has_all(e, &e->sites[i]))
            best = &e->sites[i];
    for (size_t i = 0; i < e->nsites; i++) {
        const struct plan_estimate *old = e->sites[i].plan;
        if (!old)
            continue;
        struct plan_estimate *plan = arena_alloc(&e->arena, sizeof *plan);
        if (!plan)
            return err_nomem(err);
        *plan = *old;
        plan->twice = paid_twice(old->parts, old->nparts);
        if (best && e->sites[i].rank > 0) {
            plan->best = best->column;
            plan->difference = dec_sub(e->sites[i].npv, best->npv);
        }
        e->sites[i].plan = plan;
        if (dec_check(plan->twice, e->sites[i].column, err) || dec_check(plan->difference, e->sites[i].column, err))
            return -1;
    }
    return 0;
}
