/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines that columns change: the offers that fit in their order of trial, and for each group of offers the way
 * from a quantity to its cost.
 */
#include "calc/rank.h"
#include "calc/swift_make.h"
#include "calc/unit.h"

#include <stdlib.h>
#include <string.h>

/* ---- a group of offers */

static bool same_rule(const struct tax_used *a, const struct tax_used *b)
{
    return a == b;
}

/* The rules of all months a charge may fall in. */
static int make_spans(struct swift *s, struct pricing *p, struct line *line, struct line_rates *rates,
                      struct swift_group *g, bool *simple, struct err *err)
{
    const struct tax_used *t, *before = NULL;
    const char *why;
    g->spans = arena_array(&s->arena, (size_t)s->scenario.months, sizeof *g->spans);
    if (!g->spans)
        return err_nomem(err);
    for (int m = 0; m < s->scenario.months && *simple; m++) {
        if (tax_find(p->tax, &rates->query, m, &t, &why, err))
            return -1;
        if (t && g->nspans > 0 && same_rule(t, before)) {
            g->spans[g->nspans - 1].until = m + 1;
            continue;
        }
        struct swift_span *span = &g->spans[g->nspans++];
        span->until = m + 1;
        before = t;
        if (t && price_tax_rates(p, line, t, &rates->money, err))
            return -1;
        *simple = t && chain_make(t, &rates->money, &span->chain);
        if (*simple)
            span->sure = chain_surely_dearer(&span->chain);
    }
    return 0;
}

static bool known_way(const struct component *c)
{
    return c == &component_usage || c == &component_prepaid || c == &component_volume;
}

/* What the offers of a group share, from the first of them. */
static int make_group(struct swift *s, struct swift_stand *t, const struct resource *r, const struct offer *o,
                      struct swift_group *g, bool *simple, struct err *err)
{
    struct pricing *p = &t->context->pricing;
    struct line line;
    struct line_rates rates;
    g->part = &o->parts[0];
    g->component = price_component(o, g->part);
    g->term = o->term_months;
    g->at = g->component == &component_prepaid ? AT_START : AT_END;
    g->runs = o->charge == CHARGE_ON_DEMAND;
    *simple = o->nparts == 1 && known_way(g->component) && (g->runs || o->charge == CHARGE_PREPAID);
    if (!*simple)
        return 0;
    price_blank(p, &s->arena, r, o, &line);
    if (!line.charge)
        return err_nomem(err);
    if (price_rates(p, &s->arena, &line, &rates, err))
        return -1;
    enum text_id why;
    *simple = unit_measure(r, g->part->unit, price_hours(p, r, o), &g->measure, &why);
    enum unit_time time = unit_table[g->part->unit].time;
    g->timed = time == PER_HOUR || time == PER_DAY || time == PER_MINUTE;
    g->list_places = rates.list_places;
    g->settled = line.settle_fx != NULL;
    g->limited = !strcmp(line.fx->from, notes_filing_limit.currency);
    *simple = *simple && !line.fx->stale &&
              (!g->settled ||
               ratio_make(line.settle_fx->rate, DEC_ONE, rates.list_places, rates.money.billed_places, &g->settle));
    if (*simple && make_spans(s, p, &line, &rates, g, simple, err))
        return -1;
    *simple = *simple && (g->nspans == 1 || g->component != &component_prepaid);
    return 0;
}

/* ---- its prices */

struct short_number short_of(uint64_t units)
{
    struct short_number n = {units, DEC_PLACES};
    while (n.places > 0 && n.num % 10 == 0) {
        n.num /= 10;
        n.places--;
    }
    return n;
}

struct entry {
    const struct offer *offer;
};

static int by_trial(const void *pa, const void *pb)
{
    const struct offer *a = ((const struct entry *)pa)->offer, *b = ((const struct entry *)pb)->offer;
    int c = rank_by_terms(a, b);
    if (!c)
        c = dec_cmp(rank_lowest_price(a), rank_lowest_price(b));
    return c ? c : rank_by_merit(a, b);
}

static bool is_flat(const struct offer *o)
{
    return o->parts[0].ntiers == 1;
}

/* The price of one item of the base's size; 0 where the whole volume is looked up in the ladder. */
static bool price_one(const struct swift_group *g, const struct offer *o, uint64_t *one)
{
    const struct price_part *part = &o->parts[0];
    bool beyond = false;
    *one = 0;
    if (g->component == &component_volume)
        return true;
    dec_t v = ladder_amount(part->tiers, part->ntiers, DEC_ZERO, g->measure.size, &beyond);
    if (beyond || dec_bad(v) || v.v > INT64_MAX)
        return false;
    *one = (uint64_t)v.v;
    return true;
}

/* v[0..n), alike but for the price. Of flat offers at one price only the one that would be taken stays. */
static int take_prices(struct swift *s, const struct entry *v, size_t n, struct swift_group *g, bool *simple,
                       struct err *err)
{
    g->prices = arena_array(&s->arena, n, sizeof *g->prices);
    if (!g->prices)
        return err_nomem(err);
    for (size_t i = 0; i < n && *simple; i++) {
        const struct offer *o = v[i].offer;
        bool flat = is_flat(o) && g->component != &component_volume;
        const struct swift_price *last = g->n > 0 ? &g->prices[g->n - 1] : NULL;
        if (last && flat && last->flat && dec_cmp(rank_lowest_price(o), rank_lowest_price(last->offer)) == 0)
            continue;
        struct swift_price *price = &g->prices[g->n++];
        *price = (struct swift_price){.offer = o, .flat = flat};
        *simple = price_one(g, o, &price->one);
        price->n = short_of(price->one);
    }
    return 0;
}

/* ---- the line */

bool swift_keep_of(dec_t discount, struct swift_keep *out)
{
    uint64_t num, den = (uint64_t)DEC_ONE_UNIT;
    if (!minor_of(dec_sub(DEC_ONE, discount), DEC_PLACES, &num))
        return false;
    while (den > 1 && num % 10 == 0) {
        num /= 10;
        den /= 10;
    }
    *out = (struct swift_keep){.given = true, .num = num, .den = den};
    return den <= 100000000;
}

/* What a note or a reason would say of one offer and not of another. */
static bool alike(const struct swift *s, const struct entry *v, size_t n)
{
    for (size_t i = 0; i < n && n > 1; i++)
        if (price_stale(&s->scenario, v[i].offer) || !strcmp(v[i].offer->source->confidence, "low"))
            return false;
    return true;
}

/* Could the line share a month's ladder with another one? */
static bool may_pool(const struct swift_stand *t, const struct line *line)
{
    for (size_t i = 0; i < t->estimate.nlines; i++) {
        const struct line *l = &t->estimate.lines[i];
        if (l != line && l->resource &&
            !strcmp(kind_table[l->resource->kind].service, kind_table[line->resource->kind].service))
            return true;
    }
    return false;
}

static int make_groups(struct swift *s, struct swift_stand *t, const struct resource *r, struct entry *v, size_t n,
                       struct swift_line *out, bool *simple, struct err *err)
{
    qsort(v, n, sizeof *v, by_trial);
    out->groups = arena_array(&s->arena, n, sizeof *out->groups);
    if (!out->groups)
        return err_nomem(err);
    for (size_t i = 0, j; i < n && *simple; i = j) {
        for (j = i + 1; j < n && rank_by_terms(v[i].offer, v[j].offer) == 0; j++)
            ;
        struct swift_group *g = &out->groups[out->n++];
        if (make_group(s, t, r, v[i].offer, g, simple, err) ||
            (*simple && take_prices(s, v + i, j - i, g, simple, err)))
            return -1;
    }
    return 0;
}

static bool pooled(const struct swift_line *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->groups[i].component == &component_volume)
            return true;
    return false;
}

static int compile(struct swift *s, struct swift_stand *t, size_t at, struct entry *v, size_t n, bool *simple,
                   struct err *err)
{
    const struct line *line = &t->estimate.lines[at];
    const struct resource *r = line->resource;
    const char *site = t->estimate.site->id;
    struct swift_line *out = &t->lines[t->n++];
    *out = (struct swift_line){.resource = (size_t)(r - s->scenario.resources), .line = at};
    out->by_kind = swift_discount(s, site, kind_table[r->kind].name);
    out->by_site = swift_discount(s, site, NULL);
    for (size_t i = 0; i < s->scenario.ndiscounts; i++)
        out->has_kind |= s->scenario.discounts[i].kind == (int)r->kind && !strcmp(s->scenario.discounts[i].site, site);
    *simple = alike(s, v, n) && swift_keep_of(scenario_discount(&s->scenario, site, (int)r->kind), &out->keep);
    if (*simple && make_groups(s, t, r, v, n, out, simple, err))
        return -1;
    *simple = *simple && !(pooled(out) && may_pool(t, line));
    return 0;
}

int swift_compile_line(struct swift *s, struct swift_stand *t, size_t at, bool *simple, struct err *err)
{
    const struct line *line = &t->estimate.lines[at];
    const struct resource *r = line->resource;
    struct match_input in;
    if (site_match(&s->work, &t->context->pricing, r, &in, err))
        return -1;
    size_t room = in.shelf->offers.n ? in.shelf->offers.n : 1;
    const struct offer **found = calloc(room, sizeof *found);
    struct entry *v = calloc(room, sizeof *v);
    size_t n = found && v ? match_offers(&in, r, found) : 0;
    int failed = found && v ? 0 : err_nomem(err);
    for (size_t i = 0; i < n; i++)
        v[i].offer = found[i];
    bool priced = line->status == LINE_PRICED || line->status == LINE_STALE;
    bool asked = r->charge.kind == CHARGE_ON_DEMAND || r->charge.kind == CHARGE_PREPAID;
    if (!failed && n > 0) { /* without an offer the line is unpriced whatever the row says */
        *simple = priced && asked && line->status == LINE_PRICED;
        failed = *simple ? compile(s, t, at, v, n, simple, err) : 0;
    }
    free(found);
    free(v);
    return failed;
}
