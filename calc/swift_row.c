/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row: its cells over the base's amounts, then each place by its compiled lines. Whatever does not fit ends the
 * attempt, and the row is left to estimate_run().
 */
#include "calc/swift_row.h"

#include "calc/rank.h"
#include "calc/unit.h"

#include <stdlib.h>
#include <string.h>

/* ---- making room */

int swift_scratch_make(struct swift_scratch **out, const struct swift *s, struct err *err)
{
    struct swift_scratch *t = calloc(1, sizeof *t);
    const struct scenario *c = &s->scenario;
    size_t months = (size_t)c->months + 1;
    if (!t)
        return err_nomem(err);
    t->amounts = arena_array(&t->arena, c->nresources + 1, sizeof *t->amounts);
    t->discounts = arena_array(&t->arena, s->ndiscounts + 1, sizeof *t->discounts);
    t->cells = arena_array(&t->arena, s->ncolumns + 1, sizeof *t->cells);
    t->sites = arena_array(&t->arena, s->nplaces + 1, sizeof *t->sites);
    t->order = arena_array(&t->arena, s->nplaces + 1, sizeof *t->order);
    t->paid = arena_array(&t->arena, months, sizeof *t->paid);
    t->paid_at = arena_array(&t->arena, months, sizeof *t->paid_at);
    t->limit = arena_array(&t->arena, months, sizeof *t->limit);
    bool room = t->amounts && t->discounts && t->cells && t->sites && t->order && t->paid && t->paid_at && t->limit;
    for (int i = 0; i < 2 && room; i++)
        room = (t->bills[i].v = arena_array(&t->arena, 2 * months, sizeof *t->bills[i].v)) != NULL;
    for (size_t i = 0; i < c->nresources && room; i++) {
        struct swift_amounts *a = &t->amounts[i];
        a->resource = c->resources[i];
        a->runs = arena_array(&t->arena, months, sizeof *a->runs);
        a->terms = arena_array(&t->arena, months, sizeof *a->terms);
        a->factors = arena_array(&t->arena, months, sizeof *a->factors);
        room = a->runs && a->terms && a->factors;
    }
    if (!room) {
        swift_scratch_free(t);
        return err_nomem(err);
    }
    *out = t;
    return 0;
}

void swift_scratch_free(struct swift_scratch *t)
{
    if (!t)
        return;
    for (size_t i = 0; t->cells && i < t->ncells; i++)
        free(t->cells[i].text);
    arena_free(&t->arena);
    arena_free(&t->cell_arena);
    free(t);
}

/* ---- cells */

/* A plain number within its key's range, which most cells are: digits, and after a dot at most twelve more. */
static bool plain_number(const struct batch_cell *cell, dec_t *out)
{
    uint64_t whole = 0, part = 0;
    size_t i = 0, places = 0;
    for (; i < cell->n && i < 10 && cell->text[i] >= '0' && cell->text[i] <= '9'; i++)
        whole = whole * 10 + (uint64_t)(cell->text[i] - '0');
    if (i == 0)
        return false;
    if (i < cell->n && cell->text[i] == '.') {
        for (i++; i < cell->n && places < DEC_PLACES && cell->text[i] >= '0' && cell->text[i] <= '9'; i++, places++)
            part = part * 10 + (uint64_t)(cell->text[i] - '0');
        if (places == 0)
            return false;
    }
    if (i != cell->n)
        return false;
    *out = dec_add(dec_int64((int64_t)whole), dec_of((int64_t)part, (int)places));
    return true;
}

/* The cell as its key reads it. 1 read, 0 not to be had. */
static int read_cell(const struct swift *s, struct swift_scratch *t, const struct swift_column *c,
                     const struct batch_cell *cell, struct growth *out)
{
    const struct value_range *range = &c->range;
    dec_t v;
    *out = (struct growth){.rate = {VALUE_FIXED, DEC_ZERO}};
    if (c->bare && plain_number(cell, &v)) {
        int low = dec_cmp(v, range->low);
        out->rate.fixed = v;
        return low >= 0 && (low > 0 || !range->open) && dec_cmp(v, range->high) <= 0;
    }
    if (cell->text[0] == ' ' || cell->text[cell->n - 1] == ' ' || memchr(cell->text, '\t', cell->n))
        return 0;
    struct err none;
    struct value_env env = {.arena = &t->cell_arena,
                            .key = c->key,
                            .allowed = c->row->allowed,
                            .rules = s->work.rules,
                            .scenario = &s->scenario};
    arena_clear(&t->cell_arena);
    if (c->what == SWIFT_GROWTH)
        return value_growth(cell->text, &env, out, &none) == 0;
    if (c->what == SWIFT_DISCOUNT)
        return value_percent(cell->text, &env, &out->rate, &none) == 0;
    return c->parser(cell->text, &env, &out->rate, &none) == 0;
}

/* The same text as in the row before means the same: most columns repeat. */
static int cell_value(const struct swift *s, struct swift_scratch *t, size_t i, const struct batch_cell *cell,
                      struct growth *out)
{
    struct swift_cell *k = &t->cells[i];
    if (k->n == cell->n && k->text && !memcmp(k->text, cell->text, cell->n)) {
        *out = k->value;
        return 1;
    }
    if (read_cell(s, t, &s->columns[i], cell, out) != 1)
        return 0;
    if (cell->n + 1 > k->room) {
        char *text = realloc(k->text, cell->n + 1);
        if (!text)
            return -1;
        k->text = text;
        k->room = cell->n + 1;
        t->ncells = s->ncolumns;
    }
    memcpy(k->text, cell->text, cell->n + 1);
    k->n = cell->n;
    k->value = *out;
    return 1;
}

/* What a row may have changed is the base's again. */
static void start_amounts(const struct swift *s, struct swift_scratch *t)
{
    for (size_t i = 0; i < s->scenario.nresources; i++) {
        const struct resource *r = &s->scenario.resources[i];
        struct swift_amounts *a = &t->amounts[i];
        a->resized = a->retimed = a->ready = a->terms_ready = false;
        a->resource.count = r->count;
        a->resource.hours = r->hours;
        a->resource.size = r->size;
        a->resource.growth = r->growth;
        if (r->growth.rate.kind == VALUE_NONE)
            a->resource.growth.rate = (struct value){VALUE_FIXED, DEC_ZERO};
    }
    for (size_t i = 0; i < s->ndiscounts; i++)
        t->discounts[i].given = false;
}

static int take_cell(const struct swift *s, struct swift_scratch *t, size_t i, const struct batch_cell *cell)
{
    const struct swift_column *c = &s->columns[i];
    struct swift_amounts *a = c->what == SWIFT_DISCOUNT ? NULL : &t->amounts[c->resource];
    struct growth g;
    int got = cell_value(s, t, i, cell, &g);
    if (got != 1)
        return got;
    switch (c->what) {
    case SWIFT_COUNT:
        a->resource.count = g.rate;
        break;
    case SWIFT_HOURS:
        a->resource.hours = g.rate;
        a->retimed = true;
        break;
    case SWIFT_SIZE:
        a->resource.size = g.rate;
        a->resized = true;
        break;
    case SWIFT_GROWTH:
        a->resource.growth = g;
        break;
    case SWIFT_DISCOUNT:
        return swift_keep_of(g.rate.fixed, &t->discounts[c->resource]);
    case SWIFT_IGNORED:
        break;
    }
    return 1;
}

static int take_cells(const struct swift *s, struct swift_scratch *t, const struct batch_row *row)
{
    start_amounts(s, t);
    for (size_t i = 0; i < s->ncolumns; i++) {
        if (s->columns[i].what == SWIFT_IGNORED || row->cells[i].n == 0)
            continue;
        int got = take_cell(s, t, i, &row->cells[i]);
        if (got != 1)
            return got;
    }
    return 1;
}

/* ---- quantities */

/* growth_runs() of the row's count, the factors kept for rows that grow alike. */
static bool make_factors(const struct swift *s, struct swift_amounts *a)
{
    const struct growth *g = &a->resource.growth;
    if (a->has_factors && a->grown.per_year == g->per_year && dec_cmp(a->grown.rate.fixed, g->rate.fixed) == 0)
        return true;
    struct quantity_list one;
    struct err none;
    if (growth_runs(DEC_ONE, g->rate.fixed, g->per_year, s->scenario.months, &one, &none))
        return false;
    for (size_t m = 0; m < one.n; m++)
        a->factors[m] = one.v[m].quantity;
    quantity_free(&one);
    a->grown = *g;
    a->has_factors = true;
    return true;
}

static bool take_items(struct swift_run *run, int first, int months, dec_t items)
{
    if (dec_bad(items) || items.v < 0 || items.v > INT64_MAX)
        return false;
    uint64_t v = (uint64_t)items.v, one = (uint64_t)DEC_ONE_UNIT;
    *run = (struct swift_run){.first = first, .months = months, .items = v, .whole = v % one == 0 ? v / one : 0};
    return true;
}

static bool make_runs(const struct swift *s, struct swift_amounts *a)
{
    dec_t count = a->resource.count.fixed;
    int months = s->scenario.months;
    if (dec_sign(a->resource.growth.rate.fixed) == 0) {
        a->nruns = 1;
        return take_items(&a->runs[0], 0, months, count);
    }
    if (!make_factors(s, a))
        return false;
    a->nruns = 0;
    for (int m = 0; m < months; m++) {
        dec_t items = dec_mul(count, a->factors[m], DEC_HALF_UP);
        if (dec_sign(items) == 0)
            continue;
        if (!take_items(&a->runs[a->nruns++], m, 1, items))
            return false;
    }
    return true;
}

/* Terms begun in each month, to cover the runs. */
static bool make_terms(const struct swift *s, struct swift_amounts *a, int term)
{
    struct terms t;
    struct err none;
    struct quantity_run v[MONTHS_MAX];
    if (a->terms_ready && a->term == term)
        return true;
    for (size_t i = 0; i < a->nruns; i++)
        v[i] = (struct quantity_run){a->runs[i].first, a->runs[i].months, {(dec_int)a->runs[i].items}};
    if (terms_cover(v, a->nruns, s->scenario.months, term, &t, &none))
        return false;
    bool fits = true;
    a->nterms = 0;
    for (int m = 0; m < t.end && m < s->scenario.months && fits; m++)
        if (dec_sign(t.bought[m]) != 0)
            fits = take_items(&a->terms[a->nterms++], m, 1, t.bought[m]);
    terms_free(&t);
    a->terms_ready = fits;
    a->term = term;
    return fits;
}

static bool ready(const struct swift *s, struct swift_amounts *a)
{
    if (!a->ready)
        a->ready = make_runs(s, a);
    return a->ready;
}

/* ---- one price */

/* What a line's month is priced with, whichever of the group's offers it is. */
struct way {
    const struct swift_group *group;
    struct swift_amounts *amounts;
    struct swift_keep keep;
    struct measure measure;
    uint64_t time, time_whole; /* of a month (or term), units of 10^-12; whole: times 10^-12, 0 when it is not */
    const struct swift_run *runs;
    size_t nruns;
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
    out->runs = a->runs;
    out->nruns = a->nruns;
    if (!measure(s, g, a, &out->measure))
        return false;
    if (g->component == &component_prepaid) {
        if (!make_terms(s, a, g->term))
            return false;
        out->measure = measure_term(out->measure, g->part->unit, g->term);
        out->runs = a->terms;
        out->nruns = a->nterms;
    }
    dec_int time = out->measure.time.v;
    if (time < 0 || time > INT64_MAX || out->measure.time_div.v > INT64_MAX)
        return false;
    uint64_t one = (uint64_t)DEC_ONE_UNIT;
    out->time = (uint64_t)time;
    out->time_whole = out->measure.time_div.v == DEC_ONE_UNIT && out->time % one == 0 ? out->time / one : 0;
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

/* component_run() of one run: the exact list amount, units of 10^-12. */
static bool exact_usage(const struct way *w, const struct swift_run *run, uint64_t one, minor_wide *out)
{
    minor_wide a;
    if (run->whole)
        a = (minor_wide)run->whole * one;
    else if (!scale(one, run->items, (uint64_t)DEC_ONE_UNIT, &a))
        return false;
    if (w->time_whole) {
        *out = a * w->time_whole;
        return a >> 62 == 0;
    }
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

static const uint64_t ten_to[DEC_PLACES + 1] = {
    1,        10,        100,         1000,         10000,         100000,         1000000,
    10000000, 100000000, 1000000000U, 10000000000U, 100000000000U, 1000000000000U,
};

/* The list amount and the bill of one run, in minor units. */
static bool bill_run(const struct way *w, const struct swift_run *run, const struct swift_price *p, uint64_t one,
                     uint64_t *list, uint64_t *billed)
{
    const struct swift_group *g = w->group;
    minor_wide exact;
    if (g->component == &component_volume ? !exact_volume(w, run, p->offer, &exact) : !exact_usage(w, run, one, &exact))
        return false;
    uint64_t unit = ten_to[DEC_PLACES - g->list_places];
    if (!minor_divide(exact, unit, list))
        return false;
    *billed = *list;
    if (w->keep.num != w->keep.den &&
        (exact >> 90 != 0 || !minor_divide(exact * w->keep.num, unit * w->keep.den, billed)))
        return false;
    return !g->settled || ratio_apply(&g->settle, *billed, billed);
}

static bool one_of(const struct way *w, const struct swift_price *p, uint64_t *one)
{
    bool beyond = false;
    *one = p->one;
    if (!w->amounts->resized || w->group->component == &component_volume)
        return true;
    const struct price_part *part = &p->offer->parts[0];
    dec_t v = ladder_amount(part->tiers, part->ntiers, DEC_ZERO, w->measure.size, &beyond);
    if (beyond || dec_bad(v) || v.v > INT64_MAX)
        return false;
    *one = (uint64_t)v.v;
    return true;
}

/* ---- a line at one offer: its bills by month */

/* Splits a run where the tax rule changes, as add_runs() of price.c does. */
static bool bill_offer(const struct way *w, const struct swift_price *p, struct swift_bills *out)
{
    const struct swift_span *span = w->group->spans;
    uint64_t one, list, billed;
    if (!one_of(w, p, &one))
        return false;
    out->offer = p->offer;
    out->n = 0;
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
            if (!chain_run(&span->chain, billed, &b->m))
                return false;
            out->cost += b->months * minor_cost(&b->m);
        }
    }
    return true;
}

/* Is the offer dearer than the best for sure, by its first bill alone? Offers of a group have the same runs. */
static bool surely_dearer(const struct way *w, const struct swift_price *p, const struct swift_bills *best, bool *fits)
{
    uint64_t one, list, billed, sure = w->group->spans[0].sure;
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

static bool try_group(struct swift_scratch *t, const struct way *w)
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
        if (!bill_offer(w, p, trial))
            return false;
        trial->group = g;
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
    if (!ready(s, a))
        return false;
    t->best = 0;
    t->bills[0].offer = t->bills[1].offer = NULL;
    for (size_t i = 0; i < l->n; i++) {
        struct way w;
        if (!make_way(s, &l->groups[i], a, keep, &w) || !try_group(t, &w))
            return false;
    }
    return t->bills[t->best].offer && !t->bills[t->best].offer->rival;
}

/* ---- a place */

static int by_rank(const void *pa, const void *pb)
{
    const struct swift_site *a = *(const struct swift_site *const *)pa, *b = *(const struct swift_site *const *)pb;
    int c = dec_cmp(a->npv, b->npv);
    int64_t x = minor_cost(&a->m), y = minor_cost(&b->m);
    if (!c && x != y)
        c = x < y ? -1 : 1;
    return c ? c : strcmp(a->site->column, b->site->column);
}

static void rank_sites(const struct swift *s, struct swift_scratch *t)
{
    size_t n = 0;
    for (size_t i = 0; i < s->nplaces; i++) {
        struct swift_site *e = &t->sites[i];
        bool may = e->site->status == SITE_COMPLETE || (e->site->status == SITE_STALE && s->allow_stale);
        e->rank = 0;
        e->has_vs_best = false;
        if (may)
            t->order[n++] = e;
    }
    qsort(t->order, n, sizeof(struct swift_site *), by_rank);
    for (size_t i = 0; i < n; i++) {
        struct swift_site *e = t->order[i];
        dec_t best = t->order[0]->npv;
        dec_t above = i == 0 ? DEC_ZERO : dec_div(dec_sub(e->npv, best), best, DEC_HALF_UP);
        e->rank = (int)i + 1;
        e->has_vs_best = i == 0 || (dec_sign(best) > 0 && !dec_bad(dec_muln(above, 100)));
        e->vs_best = e->has_vs_best ? above : DEC_ZERO;
    }
}

/* Of several regions the one that site_better() prefers. */
static bool better(const struct swift_site *a, const struct swift_site *b)
{
    int c = dec_cmp(a->npv, b->npv);
    return c ? c < 0 : minor_cost(&a->m) < minor_cost(&b->m);
}

static bool price_place(const struct swift *s, struct swift_scratch *t, const struct swift_place *p,
                        struct swift_site *out)
{
    unsigned wanted = p->n > 1 ? s->wanted | SWIFT_NPV | SWIFT_COSTS : s->wanted;
    for (size_t i = 0; i < p->n; i++) {
        struct swift_site other;
        if (!swift_stand_price(s, t, &p->stands[i], wanted, i == 0 ? out : &other))
            return false;
        if (i > 0 && better(&other, out))
            *out = other;
    }
    return true;
}

bool swift_line_price(const struct swift *s, struct swift_scratch *t, const struct swift_line *l,
                      const struct swift_bills **out)
{
    if (!choose(s, t, l))
        return false;
    *out = &t->bills[t->best];
    return true;
}

int swift_row(const struct swift *s, struct swift_scratch *t, const struct batch_row *row,
              const struct swift_site **out, struct err *err)
{
    int got = row->cells ? take_cells(s, t, row) : 0;
    if (got != 1)
        return got < 0 ? err_nomem(err) : 0;
    for (size_t i = 0; i < s->nplaces; i++)
        if (!price_place(s, t, &s->places[i], &t->sites[i]))
            return 0;
    if (s->wanted & SWIFT_NPV)
        rank_sites(s, t);
    *out = t->sites;
    return 1;
}
