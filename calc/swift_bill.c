/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of a row: what each offer bills by month, and which of them is taken.
 */
#include "calc/swift_row.h"

#include "calc/rank.h"
#include "calc/unit.h"

/* ---- one price */

/* What a line's month is priced with, whichever of the group's offers it is. */
struct way {
    const struct swift_group *group;
    struct swift_amounts *amounts;
    struct swift_keep keep;
    struct measure measure;
    uint64_t time; /* of a month (or term), units of 10^-12 */
    struct short_number time_n;
    bool undivided; /* the price's time is what the month is counted in */
    const struct swift_run *runs;
    size_t nruns;
    struct divisor kept; /* of exact amounts of kept_places, for what is kept of them */
    int kept_places;
};

/* The group's measure, where the row changes the size or the hours. */
static bool measure(const struct swift *s, const struct swift_group *g, const struct swift_amounts *a,
                    struct measure *out)
{
    enum text_id why;
    const struct resource *r = &a->resource;
    *out = g->measure;
    if (!a->resized && !(g->timed && a->retimed))
        return true;
    dec_t hours = g->runs && r->hours.kind != VALUE_NONE ? r->hours.fixed : s->scenario.hours.fixed;
    return unit_measure(r, g->part->unit, hours, out, &why);
}

static bool make_way(const struct swift *s, const struct swift_group *g, struct swift_amounts *a,
                     struct swift_keep keep, struct way *out)
{
    out->group = g;
    out->amounts = a;
    out->keep = keep;
    out->kept_places = -1;
    out->runs = a->runs;
    out->nruns = a->nruns;
    if (!measure(s, g, a, &out->measure))
        return false;
    if (g->component == &component_prepaid) {
        if (!swift_amounts_terms(s, a, g->term))
            return false;
        out->measure = measure_term(out->measure, g->part->unit, g->term);
        out->runs = a->terms;
        out->nruns = a->nterms;
    }
    dec_int time = out->measure.time.v;
    if (time < 0 || time > INT64_MAX || out->measure.time_div.v > INT64_MAX)
        return false;
    out->time = (uint64_t)time;
    out->undivided = out->measure.time_div.v == DEC_ONE_UNIT;
    if (a->time != out->time) {
        a->time = out->time;
        a->time_n = short_of(out->time);
    }
    out->time_n = a->time_n;
    return true;
}

/* a x b / d half-up, of 128 bits at most. */
static bool scale(minor_wide a, uint64_t b, uint64_t d, minor_wide *out)
{
    if (a >> 62 != 0)
        return false;
    *out = (a * b + d / 2) / d;
    return true;
}

static const struct divisor ten_to[DEC_PLACES + 1] = {
    DIVISOR(1),           DIVISOR(10),           DIVISOR(100),          DIVISOR(1000),      DIVISOR(10000),
    DIVISOR(100000),      DIVISOR(1000000),      DIVISOR(10000000),     DIVISOR(100000000), DIVISOR(1000000000U),
    DIVISOR(10000000000), DIVISOR(100000000000), DIVISOR(1000000000000)};

/* a x b / 10^places half-up, in 64 bits where it fits: a is split, so that neither product is long. */
static bool scale_short(uint64_t a, struct short_number b, minor_wide *out)
{
    const struct divisor *by = &ten_to[b.places];
    uint64_t rest, whole = divide_by(a, by->d, by->reciprocal, &rest), part;
    if (__builtin_mul_overflow(rest, b.num, &part) || part >> 63 != 0)
        return false;
    *out = (minor_wide)whole * b.num + divide_half_up(part, by);
    return true;
}

/* component_run() of one run: the exact list amount, units of 10^-12. */
static bool exact_usage(const struct way *w, const struct swift_run *run, struct short_number one, minor_wide *out)
{
    minor_wide a;
    if (!scale_short(run->items, one, &a) || a >> 62 != 0)
        return false;
    if (w->undivided)
        return scale_short((uint64_t)a, w->time_n, out);
    return scale(a, w->time, (uint64_t)w->measure.time_div.v, out);
}

/* component_volume: the month's whole volume on the ladder. */
static bool exact_volume(const struct way *w, const struct swift_run *run, const struct offer *o, minor_wide *out)
{
    bool beyond = false;
    dec_t size = dec_mul((dec_t){(dec_int)run->items}, w->measure.size, DEC_HALF_UP);
    dec_t volume = dec_muldiv(size, w->measure.time, w->measure.time_div, DEC_HALF_UP);
    dec_t list = ladder_amount(o->parts[0].tiers, o->parts[0].ntiers, DEC_ZERO, volume, &beyond);
    if (beyond || dec_bad(list) || list.v < 0)
        return false;
    *out = (minor_wide)list.v;
    return true;
}

/* exact / 10^places in minor units: as listed, and what is kept of it. */
static bool round_bill(struct way *w, minor_wide exact, int places, uint64_t *list, uint64_t *billed)
{
    const struct divisor *unit = &ten_to[places - w->group->list_places];
    if (!minor_divide(exact, unit, list))
        return false;
    *billed = *list;
    if (w->keep.num == w->keep.den)
        return true;
    if (w->kept_places != places) {
        w->kept = (struct divisor)DIVISOR(unit->d * w->keep.den);
        w->kept_places = places;
    }
    return exact >> 90 == 0 && minor_divide(exact * w->keep.num, &w->kept, billed);
}

/* Items x price x time where the product has no more digits than a decimal: nothing is rounded on the way. */
static bool short_product(const struct way *w, const struct swift_run *run, struct short_number one, minor_wide *out,
                          int *places)
{
    uint64_t x;
    *places = run->n.places + one.places + w->time_n.places;
    if (!w->undivided || *places > DEC_PLACES || __builtin_mul_overflow(run->n.num, one.num, &x) ||
        __builtin_mul_overflow(x, w->time_n.num, &x))
        return false;
    *out = x;
    for (; *places < w->group->list_places; ++*places)
        *out *= 10;
    return true;
}

/* The list amount and the bill of one run, in minor units. */
static bool bill_run(struct way *w, const struct swift_run *run, const struct swift_price *p, struct short_number one,
                     uint64_t *list, uint64_t *billed)
{
    const struct swift_group *g = w->group;
    int places;
    minor_wide exact;
    bool volume = g->component == &component_volume;
    if (volume || !short_product(w, run, one, &exact, &places)) {
        places = DEC_PLACES;
        if (volume ? !exact_volume(w, run, p->offer, &exact) : !exact_usage(w, run, one, &exact))
            return false;
    }
    return round_bill(w, exact, places, list, billed) && (!g->settled || ratio_apply(&g->settle, *billed, billed));
}

static bool one_of(const struct way *w, const struct swift_price *p, struct short_number *one)
{
    bool beyond = false;
    *one = p->n;
    if (!w->amounts->resized || w->group->component == &component_volume)
        return true;
    const struct price_part *part = &p->offer->parts[0];
    dec_t v = ladder_amount(part->tiers, part->ntiers, DEC_ZERO, w->measure.size, &beyond);
    if (beyond || dec_bad(v) || v.v > INT64_MAX)
        return false;
    *one = short_of((uint64_t)v.v);
    return true;
}

/* ---- a line at one offer: its bills by month */

/* Splits a run where the tax rule changes, as add_runs() of price.c does. */
static bool bill_offer(struct way *w, const struct swift_price *p, bool full, struct swift_bills *out)
{
    const struct swift_span *span = w->group->spans;
    struct short_number one;
    uint64_t list, billed;
    if (!one_of(w, p, &one))
        return false;
    out->offer = p->offer;
    out->price = p;
    out->group = w->group;
    out->n = 0;
    out->full = full;
    out->cost = 0;
    for (size_t i = 0; i < w->nruns; i++) {
        const struct swift_run *run = &w->runs[i];
        if (!bill_run(w, run, p, one, &list, &billed))
            return false;
        for (int from = run->first, end = run->first + run->months, next; from < end; from = next) {
            while (from >= span->until)
                span++;
            next = end < span->until ? end : span->until;
            struct swift_bill *b = &out->v[out->n++];
            b->first = from;
            b->months = next - from;
            b->list = list;
            b->billed = billed;
            b->chain = &span->chain;
            if (!(full ? chain_run : chain_net)(&span->chain, billed, &b->m))
                return false;
            out->cost += b->months * minor_cost(&b->m);
        }
    }
    return true;
}

/* Is the offer dearer than the best for sure, by its first bill alone? Offers of a group have the same runs. */
static bool surely_dearer(struct way *w, const struct swift_price *p, const struct swift_bills *best, bool *fits)
{
    struct short_number one;
    uint64_t list, billed, sure = w->group->spans[0].sure;
    *fits = true;
    if (sure == 0 || w->nruns == 0 || best->group != w->group)
        return false;
    *fits = one_of(w, p, &one) && bill_run(w, &w->runs[0], p, one, &list, &billed);
    return *fits && billed >= best->v[0].billed + sure;
}

/* ---- a line: the offer that is taken, as rank_offers() finds it */

static bool takes_over(const struct swift_bills *b, const struct swift_bills *best)
{
    if (!best->offer || b->cost != best->cost)
        return !best->offer || b->cost < best->cost;
    return rank_by_merit(b->offer, best->offer) < 0;
}

/* Costs are compared: the best must have one. */
static bool fill_up(struct way *w, struct swift_bills *best)
{
    return !best->offer || best->full || bill_offer(w, best->price, true, best);
}

static bool try_group(struct swift_scratch *t, struct way *w, bool full)
{
    const struct swift_group *g = w->group;
    for (size_t i = 0; i < g->n; i++) {
        const struct swift_price *p = &g->prices[i];
        struct swift_bills *best = &t->bills[t->best], *trial = &t->bills[!t->best];
        bool fits;
        if (p->flat && best->offer && surely_dearer(w, p, best, &fits))
            return true;
        if (p->flat && best->offer && !fits)
            return false;
        if (!fill_up(w, best) || !bill_offer(w, p, full || best->offer, trial))
            return false;
        bool dearer = best->offer && trial->cost > best->cost;
        if (takes_over(trial, best))
            t->best = !t->best;
        if (p->flat && dearer)
            return true;
    }
    return true;
}

static struct swift_keep keep_of(const struct swift_scratch *t, const struct swift_line *l)
{
    if (l->by_kind >= 0 && t->discounts[l->by_kind].given)
        return t->discounts[l->by_kind];
    if (!l->has_kind && l->by_site >= 0 && t->discounts[l->by_site].given)
        return t->discounts[l->by_site];
    return l->keep;
}

static bool choose(const struct swift *s, struct swift_scratch *t, const struct swift_line *l)
{
    struct swift_amounts *a = &t->amounts[l->resource];
    struct swift_keep keep = keep_of(t, l);
    if (!swift_amounts_ready(s, a))
        return false;
    t->best = 0;
    t->bills[0].offer = t->bills[1].offer = NULL;
    bool full = t->full || l->n > 1;
    for (size_t i = 0; i < l->n; i++) {
        struct way w;
        if (!make_way(s, &l->groups[i], a, keep, &w) || !try_group(t, &w, full))
            return false;
    }
    return t->bills[t->best].offer && !t->bills[t->best].offer->rival;
}

bool swift_line_price(const struct swift *s, struct swift_scratch *t, const struct swift_line *l,
                      const struct swift_bills **out)
{
    if (!choose(s, t, l))
        return false;
    *out = &t->bills[t->best];
    return true;
}
