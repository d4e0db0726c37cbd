/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/ways.h"

#include "calc/rank.h"
#include "models/commitments.h"

#include <stdlib.h>
#include <string.h>

/* ---- one way */

static bool has_price(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

int ways_price(const struct pricing *p, struct arena *arena, const struct resource *r, const struct offer *o,
               struct line *out, struct err *err)
{
    if (price_line(p, arena, r, o, out, err))
        return -1;
    return has_price(out) && (price_unused(p, out, err) || price_repeat(p, arena, out, err)) ? -1 : 0;
}

dec_t ways_upfront(const struct line *line)
{
    dec_t sum = DEC_ZERO;
    for (size_t i = 0; i < line->nruns; i++)
        if (line->runs[i].first == 0 && line->runs[i].at == AT_START)
            sum = dec_add(sum, line->runs[i].m.cash_out);
    return sum;
}

static int line_end(const struct line *line)
{
    int end = 0;
    for (size_t i = 0; i < line->nruns; i++) {
        int last = line->runs[i].first + line->runs[i].months;
        end = last > end ? last : end;
    }
    return end;
}

/* The cost of a line by month, what is paid at its start apart from what is paid at its end. */
static int by_month(struct arena *arena, const struct line *line, int term, struct buying_way *out, struct err *err)
{
    int end = line_end(line);
    dec_t *start = arena_array(arena, (size_t)end + 1, sizeof *start);
    dec_t *later = arena_array(arena, (size_t)end + 1, sizeof *later);
    if (!start || !later)
        return err_nomem(err);
    for (size_t i = 0; i < line->nruns; i++) {
        const struct line_run *r = &line->runs[i];
        dec_t *to = r->at == AT_START && term > 0 ? start : later;
        for (int m = r->first; m < r->first + r->months; m++)
            to[m] = dec_add(to[m], r->m.cost);
    }
    *out = (struct buying_way){.at_start = term > 0 ? start : NULL, .at_end = later, .end = end, .term = term};
    return 0;
}

/* Of the hours a resource runs as a share of the project's: what is on demand is paid for them only. */
static dec_t of_all_hours(const struct pricing *p, const struct resource *r, dec_t share)
{
    enum { SHARE_PLACES = 6 };
    if (r->hours.kind == VALUE_NONE)
        return share;
    return dec_round(dec_muldiv(share, r->hours.fixed, p->scenario->hours.fixed, DEC_HALF_UP), SHARE_PLACES,
                     DEC_HALF_UP);
}

/* A way on its way: with the line it was priced as. */
struct priced_way {
    struct line line;
    struct buying_way months;
};

static int weigh(const struct pricing *p, const struct resource *r, const struct priced_way *own,
                 const struct priced_way *on_demand, struct way *out, struct err *err)
{
    struct buying_facts f;
    const struct buying_way *beside = on_demand ? &on_demand->months : &own->months;
    if (commitments_weigh(&own->months, beside, p->scenario->months, p->npv, p->budget_places, &f, err))
        return -1;
    out->upfront = ways_upfront(&own->line);
    out->monthly = f.monthly;
    out->cost = own->line.m.cost;
    out->npv = own->line.npv;
    out->unused_cost = own->line.unused_cost;
    out->renewals = f.renewals;
    if (on_demand && on_demand != own) {
        out->has_break_even = f.has_break_even;
        out->break_even = f.has_break_even ? of_all_hours(p, r, f.break_even) : DEC_ZERO;
        out->payback = f.payback_stays + 1;
    }
    return dec_check(out->upfront, r->label, err) || dec_check(out->break_even, r->label, err) ? -1 : 0;
}

/* ---- the ways of a resource */

struct finding {
    const struct site_work *w;
    const struct match_input *in;
    const struct resource *resource;
    struct priced_way *priced; /* beside v */
    struct way *v;
    size_t n;
};

static int price_way(struct finding *f, const struct offer *o, struct err *err)
{
    static const struct charge_choice asked = {.kind = CHARGE_ON_DEMAND, .offering = ""};
    const struct pricing *p = f->in->pricing;
    struct way *way = &f->v[f->n];
    struct priced_way *priced = &f->priced[f->n];
    *way = (struct way){.offer = o, .on_demand = match_charge(f->in->shelf, o, &asked)};
    if (ways_price(p, f->w->arena, f->resource, o, &priced->line, err))
        return -1;
    way->charge = priced->line.charge;
    way->status = o->rival ? LINE_AMBIGUOUS : priced->line.status;
    f->n++;
    return by_month(f->w->arena, &priced->line, o->term_months, &priced->months, err);
}

static bool has_amounts(const struct way *w)
{
    return w->status == LINE_PRICED || w->status == LINE_STALE;
}

/* What the others are compared with: the cheaper one where two ways count as on demand. */
static const struct priced_way *on_demand(const struct finding *f)
{
    const struct priced_way *found = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].on_demand && has_amounts(&f->v[i]) &&
            (!found || dec_cmp(f->priced[i].line.m.cost, found->line.m.cost) < 0))
            found = &f->priced[i];
    return found;
}

static void mark_best(struct way *v, size_t n)
{
    struct way *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (has_amounts(&v[i]) && (!best || dec_cmp(v[i].npv, best->npv) < 0))
            best = &v[i];
    if (best)
        best->best = true;
}

static int find_amounts(struct finding *f, const struct priced_way *beside, struct err *err)
{
    const struct way *on_demand = beside ? &f->v[beside - f->priced] : NULL;
    for (size_t i = 0; on_demand && ways_vary(f->resource) && i < f->n; i++)
        if (has_amounts(&f->v[i]) && f->v[i].offer->term_months > 1 &&
            ways_amount(f->in->pricing, f->w->arena, f->resource, &f->v[i], on_demand, &f->v[i].amount, err))
            return -1;
    return 0;
}

static int weigh_all(struct finding *f, struct err *err)
{
    const struct priced_way *beside = on_demand(f);
    for (size_t i = 0; i < f->n; i++)
        if (has_amounts(&f->v[i]) && weigh(f->in->pricing, f->resource, &f->priced[i], beside, &f->v[i], err))
            return -1;
    mark_best(f->v, f->n);
    return find_amounts(f, beside, err);
}

static int price_all(struct finding *f, const struct offer **fit, const struct offer **ways, struct err *err)
{
    size_t n;
    if (rank_ways(f->in, f->resource, fit, match_ways(f->in, f->resource, fit), ways, &n, err))
        return -1;
    f->v = arena_array(f->w->arena, n + 1, sizeof *f->v);
    f->priced = arena_array(f->w->arena, n + 1, sizeof *f->priced);
    if (!f->v || !f->priced)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (price_way(f, ways[i], err))
            return -1;
    return weigh_all(f, err);
}

static int find(const struct site_work *w, const struct pricing *p, const struct resource *r, struct line_ways *out,
                struct err *err)
{
    struct match_input in;
    if (site_match(w, p, r, &in, err))
        return -1;
    struct finding f = {.w = w, .in = &in, .resource = r};
    const struct offer **offers = calloc(2 * in.shelf->offers.n + 2, sizeof *offers);
    if (!offers)
        return err_nomem(err);
    int failed = price_all(&f, offers, offers + in.shelf->offers.n + 1, err);
    free(offers);
    *out = (struct line_ways){r, f.v, f.n};
    return failed;
}

int ways_add(const struct site_work *w, const struct pricing *p, struct site_estimate *e, struct err *err)
{
    struct line_ways *v = arena_array(w->arena, e->nlines + 1, sizeof *v);
    size_t n = 0;
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < e->nlines; i++)
        if (e->region && e->lines[i].resource && find(w, p, e->lines[i].resource, &v[n++], err))
            return -1;
    e->ways = v;
    e->nways = n;
    return 0;
}
