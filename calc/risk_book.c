/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/risk_book.h"

#include "calc/line_view.h"
#include "calc/price.h"
#include "calc/tax.h"

#include <stdlib.h>
#include <string.h>

static const char payment_label[] = "payment", fee_kind[] = "fee";

/* Is it the fee on what is paid? The book works it out from what is paid. */
static bool is_toll(const struct line *l)
{
    return !l->resource && strcmp(l->kind, fee_kind) == 0 && strcmp(l->label, payment_label) == 0;
}

const char *risk_follows(const struct line *l)
{
    bool fixed = l->settle_fx && (!strcmp(l->settle_fx->source, "vendor") || !strcmp(l->settle_fx->source, "budget"));
    return !l->fx ? "" : fixed ? l->settle_fx->to : l->price_currency;
}

static int index_of(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return (int)i;
    return SIM_NONE;
}

int risk_months(const struct risk_report *r)
{
    int most = 0;
    for (size_t i = 0; i < r->nsites; i++)
        for (size_t k = 0; k < r->sites[i]->nlines; k++) {
            const struct offer *o = r->sites[i]->lines[k].offer;
            most = o && o->term_months > most ? o->term_months : most;
        }
    return r->e->scenario->months + most;
}

/* ---- a line by month */

/* Room for the three figures of all months. */
struct room {
    dec_t *cost, *valued, *due;
    int months;
};

static int make_room(struct room *r, int months, struct err *err)
{
    *r = (struct room){.cost = calloc((size_t)months, 3 * sizeof(dec_t)), .months = months};
    if (!r->cost)
        return err_nomem(err);
    r->valued = r->cost + months;
    r->due = r->valued + months;
    return 0;
}

/* What lies behind the last month of the book counts in it. False when the line has nothing at that time of months. */
static bool fill(struct room *r, const struct line *l, enum timing at)
{
    bool any = false;
    memset(r->cost, 0, 3 * (size_t)r->months * sizeof(dec_t));
    for (size_t i = 0; l && i < l->nruns; i++) {
        const struct line_run *run = &l->runs[i];
        dec_t valued = price_valued(l->offer, run), due = l->resource || l->shortfall ? tax_due(run) : DEC_ZERO;
        for (int k = run->first; run->at == at && k < run->first + run->months; k++) {
            int m = k < r->months ? k : r->months - 1;
            r->cost[m] = dec_add(r->cost[m], run->m.cost);
            r->valued[m] = dec_add(r->valued[m], valued);
            r->due[m] = dec_add(r->due[m], due);
            any = true;
        }
    }
    return any;
}

static struct book_months months_of(const struct room *r)
{
    return (struct book_months){r->cost, r->valued, r->due, false};
}

/* The year whose prices a month pays: what is bought at its start is bought at that day's price, what is paid monthly
 * under a term at the price of the term's start. */
static void fill_years(int *year, int months, const struct line *l, enum timing at)
{
    int term = l->offer && at == AT_END && l->offer->term_months > 0 ? l->offer->term_months : 1;
    for (int m = 0; m < months; m++)
        year[m] = m / term * term / 12;
}

/* ---- the base */

struct making {
    struct book *book;
    const struct risk_report *r;
    struct risk_flows *flows;
    struct arena *arena;
    struct room room;
    int *year;
};

static int currency_of(const struct risk_report *r, const struct line *l)
{
    return index_of(r->currencies, r->ncurrencies, risk_follows(l));
}

static int price_of(const struct risk_report *r, const struct site_estimate *site, const struct line *l)
{
    bool listed = l->resource && l->offer && !l->offer->quoted;
    return listed ? index_of(r->providers, r->nproviders, site->site->provider) : SIM_NONE;
}

/* A flow that has nothing in the base may have something at another level of a value. */
static int add_flow(struct making *m, size_t site, size_t line, enum timing at, struct err *err)
{
    const struct line *l = &m->r->sites[site]->lines[line];
    struct risk_flow one = {site, line, at, 0};
    bool any = fill(&m->room, l, at);
    if (!any && m->r->ndrawn == 0)
        return 0;
    fill_years(m->year, m->room.months, l, at);
    const struct book_flow f = {.offer = (int)site,
                                .currency = currency_of(m->r, l),
                                .price = price_of(m->r, m->r->sites[site], l),
                                .at = at,
                                .year = m->year,
                                .base = months_of(&m->room)};
    if (book_add(m->book, &f, &one.number, err))
        return -1;
    struct risk_flow *v = arena_grow(m->arena, m->flows->v, m->flows->n, m->flows->n + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    v[m->flows->n++] = one;
    m->flows->v = v;
    return 0;
}

static int fee_value(const struct risk_report *r, const struct payment *p)
{
    for (size_t i = 0; i < r->ndrawn; i++)
        if (p->fee.uncertain && r->drawn[i].u == p->fee.uncertain)
            return (int)i;
    return SIM_NONE;
}

static int add_toll(struct making *m, size_t site, const struct line *l, struct err *err)
{
    const struct payment paying = scenario_paying(m->r->e->scenario, m->r->sites[site]->site->id);
    enum timing *at = arena_array(m->arena, (size_t)m->room.months, sizeof *at);
    const struct fee_row *row = l->fee_rule;
    if (!at)
        return err_nomem(err);
    for (int k = 0; k < m->room.months; k++)
        at[k] = AT_END;
    for (size_t i = 0; i < l->nruns; i++)
        for (int k = l->runs[i].first; k < l->runs[i].first + l->runs[i].months && k < m->room.months; k++)
            at[k] = l->runs[i].at;
    const struct book_toll t = {.offer = (int)site,
                                .currency = currency_of(m->r, l),
                                .rate = l->fx->rate,
                                .percent = row ? row->percent : paying.fee.fixed,
                                .min = row ? row->min : DEC_ZERO,
                                .max = row ? row->max : DEC_ZERO,
                                .fixed = row ? row->fixed : DEC_ZERO,
                                .has_min = row && row->has_min,
                                .has_max = row && row->has_max,
                                .percent_value = row ? SIM_NONE : fee_value(m->r, &paying),
                                .at = at};
    return book_add_toll(m->book, &t, err);
}

static int add_line(struct making *m, size_t site, size_t line, struct err *err)
{
    const struct line *l = &m->r->sites[site]->lines[line];
    if (is_toll(l))
        return add_toll(m, site, l, err);
    return add_flow(m, site, line, AT_START, err) || add_flow(m, site, line, AT_END, err) ? -1 : 0;
}

int risk_book_base(struct book *b, const struct risk_report *r, struct risk_flows *out, struct arena *a,
                   struct err *err)
{
    struct making m = {.book = b, .r = r, .flows = out, .arena = a};
    *out = (struct risk_flows){.months = book_months(b)};
    m.year = arena_array(a, (size_t)out->months, sizeof *m.year);
    if (!m.year)
        return err_nomem(err);
    int rc = make_room(&m.room, out->months, err);
    for (size_t i = 0; rc == 0 && i < r->nsites; i++)
        for (size_t k = 0; rc == 0 && k < r->sites[i]->nlines; k++)
            rc = add_line(&m, i, k, err);
    free(m.room.cost);
    return rc;
}

/* ---- a value at its levels */

const struct site_estimate *risk_same_site(const struct estimate *e, const struct site_estimate *site)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (strcmp(e->sites[i].column, site->column) == 0)
            return e->sites[i].has_totals ? &e->sites[i] : NULL;
    return NULL;
}

static const struct line *same_line(const struct site_estimate *site, const struct line *l)
{
    for (size_t i = 0; i < site->nlines; i++)
        if (strcmp(site->lines[i].label, l->label) == 0 && strcmp(site->lines[i].kind, l->kind) == 0)
            return &site->lines[i];
    return NULL;
}

static int note_unpriced(struct risk_report *r, size_t site, const struct risk_drawn *d, size_t level, struct err *err)
{
    char number[DEC_TEXT];
    if (r->unpriced[site])
        return 0;
    dec_format(d->u->share ? dec_muln(d->levels[level], 100) : d->levels[level], 0, number);
    r->unpriced[site] =
        arena_printf(&r->arena, "[%s] %s at %s%s", d->u->section, d->u->key, number, d->u->share ? "%" : "");
    return r->unpriced[site] ? 0 : err_nomem(err);
}

static int one_flow(struct book *b, struct risk_report *r, const struct risk_flow *f, size_t value,
                    const struct estimate *at, struct room *room, struct err *err)
{
    struct risk_drawn *d = &r->drawn[value];
    const struct line *l = &r->sites[f->site]->lines[f->line];
    struct book_months levels[LEVELS_MAX] = {{0}};
    for (size_t k = 0; k < d->nlevels; k++) {
        const struct site_estimate *site = risk_same_site(&at[k], r->sites[f->site]);
        levels[k].unknown = !site;
        if (!site && note_unpriced(r, f->site, d, k, err))
            return -1;
        if (site)
            fill(&room[k], same_line(site, l), f->at);
        levels[k] = (struct book_months){room[k].cost, room[k].valued, room[k].due, !site};
    }
    return book_answer(b, f->number, (int)value, levels, &d->told, err);
}

int risk_book_value(struct book *b, struct risk_report *r, const struct risk_flows *flows, size_t value,
                    const struct estimate *at, struct err *err)
{
    struct room room[LEVELS_MAX] = {{0}};
    int rc = 0;
    for (size_t k = 0; rc == 0 && k < r->drawn[value].nlevels; k++)
        rc = make_room(&room[k], flows->months, err);
    for (size_t i = 0; rc == 0 && i < flows->n; i++)
        rc = one_flow(b, r, &flows->v[i], value, at, room, err);
    for (size_t k = 0; k < LEVELS_MAX; k++)
        free(room[k].cost);
    return rc;
}
