/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers and their steps. A step is a run of months that are equal whatever is asked: no growth between
 * them, one tax rule, no term that begins. Where months of several lines meet (a pool, a payment), the
 * lines of the site share their steps.
 */
#include "calc/engine_job.h"

#include <string.h>

static bool grows(const struct engine_job *j, const struct engine_line *l)
{
    return j->items[l->resource - j->scenario->resources].n > 1;
}

static int term_of(const struct engine_offer *o)
{
    return o->offer->charge == CHARGE_PREPAID ? o->offer->term_months : 1;
}

static int tax_of(struct engine_site *w, const struct engine_line *l, const struct engine_offer *o, int month,
                  const struct tax_used **out, struct err *err)
{
    const struct tax_query q = {.line_rate = l->resource->vat_rate,
                                .has_price_rate = o->offer->has_tax_rate,
                                .price_rate = o->offer->tax_rate,
                                .billed = price_billed(&w->pricing, o->offer)};
    const char *why = "";
    if (tax_find(&w->tax, &q, month, out, &why, err))
        return -1;
    return *out ? 0 : engine_refuse(w->job, l->resource, why, err);
}

/* Terms cover a demand that never falls; one that falls lets terms lapse, which is not exported. */
static int check_terms(struct engine_job *j, const struct engine_line *l, struct err *err)
{
    const struct quantity_list *q = &j->items[l->resource - j->scenario->resources];
    for (size_t i = 1; i < q->n; i++)
        if (dec_cmp(q->v[i].quantity, q->v[i - 1].quantity) < 0)
            return engine_refuse(j, l->resource, "prepaid terms of a shrinking demand cannot be exported", err);
    return 0;
}

static int break_offer(struct engine_site *w, struct engine_line *l, const struct engine_offer *o, struct err *err)
{
    int months = w->job->scenario->months, term = term_of(o);
    const struct tax_used *before = NULL, *t;
    if (term > 1 && check_terms(w->job, l, err))
        return -1;
    for (int m = 0; m < months; m++) {
        if (tax_of(w, l, o, m, &t, err))
            return -1;
        bool begins = term > 1 && (m % term == 0 || m % term == 1);
        if (m == 0 || t != before || begins || grows(w->job, l))
            l->breaks[m] = true;
        before = t;
    }
    return 0;
}

/* Every line of the site breaks where one does. */
static void share_breaks(struct engine_site *w)
{
    for (int m = 0; m < w->job->scenario->months; m++) {
        bool any = false;
        for (size_t i = 0; i < w->nlines; i++)
            any |= w->lines[i].breaks[m];
        for (size_t i = 0; i < w->nlines; i++)
            w->lines[i].breaks[m] = any;
    }
}

static bool has_pool(const struct engine_site *w)
{
    for (size_t i = 0; i < w->nlines; i++)
        for (size_t k = 0; k < w->lines[i].n; k++)
            if (w->lines[i].v[k].pooled)
                return true;
    return false;
}

static int find_breaks(struct engine_site *w, struct err *err)
{
    for (size_t i = 0; i < w->nlines; i++) {
        struct engine_line *l = &w->lines[i];
        l->breaks = arena_array(&w->job->arena, (size_t)w->job->scenario->months + 1, sizeof *l->breaks);
        if (!l->breaks)
            return err_nomem(err);
        for (size_t k = 0; k < l->n; k++)
            if (break_offer(w, l, &l->v[k], err))
                return -1;
    }
    if (w->has_fees || has_pool(w))
        share_breaks(w);
    return 0;
}

static int put_step(struct engine_site *w, const struct engine_line *l, const struct engine_offer *o, long offer_no,
                    int first, int months, struct err *err)
{
    struct engine_job *j = w->job;
    const struct tax_used *t;
    if (tax_of(w, l, o, first, &t, err))
        return -1;
    long tax = engine_tax_no(w, o, t, err);
    long demand = tax < 0 ? -1 : engine_demand_no(j, l, term_of(o), first, err);
    if (demand < 0)
        return -1;
    engine_put_int(&j->rows, ENGINE_STEPS, j->rows.n[ENGINE_STEPS] + 1);
    engine_put_int(&j->rows, ENGINE_STEPS, offer_no);
    engine_put_int(&j->rows, ENGINE_STEPS, first);
    engine_put_int(&j->rows, ENGINE_STEPS, months);
    engine_put_int(&j->rows, ENGINE_STEPS, demand);
    engine_put_int(&j->rows, ENGINE_STEPS, tax);
    engine_end_row(&j->rows, ENGINE_STEPS);
    return 0;
}

/* The step from a month on: its months; *buys is false when nothing is bought in it. */
static int next_step(const struct engine_site *w, const struct engine_line *l, const struct engine_offer *o, int first,
                     bool *buys)
{
    int end = w->job->scenario->months, term = term_of(o), n = 1;
    while (first + n < end && !l->breaks[first + n])
        n++;
    *buys = term <= 1 || first % term == 0 || grows(w->job, l);
    return n;
}

static long count_steps(const struct engine_site *w, const struct engine_line *l, const struct engine_offer *o)
{
    bool buys;
    long count = 0;
    for (int m = 0; m < w->job->scenario->months; count += buys)
        m += next_step(w, l, o, m, &buys);
    return count;
}

static int put_steps(struct engine_site *w, const struct engine_line *l, const struct engine_offer *o, long offer_no,
                     struct err *err)
{
    bool buys;
    for (int m = 0, n; m < w->job->scenario->months; m += n) {
        n = next_step(w, l, o, m, &buys);
        if (buys && put_step(w, l, o, offer_no, m, n, err))
            return -1;
    }
    return 0;
}

/* ---- the row of an offer */

static void put_price(struct engine_rows *r, const struct offer *o, long merit)
{
    engine_put_int(r, ENGINE_OFFERS, merit);
    engine_put_text(r, ENGINE_OFFERS, o->sku);
    engine_put_text(r, ENGINE_OFFERS, o->os);
    engine_put_text(r, ENGINE_OFFERS, charge_names[o->charge]);
    engine_put_int(r, ENGINE_OFFERS, o->term_months);
    engine_put_text(r, ENGINE_OFFERS, unit_table[o->parts[0].unit].name);
    engine_put_text(r, ENGINE_OFFERS, o->currency);
    engine_put_text(r, ENGINE_OFFERS, o->basis == BASIS_INCL ? "incl" : "excl");
    engine_put_day(r, ENGINE_OFFERS, o->as_of);
    engine_put_text(r, ENGINE_OFFERS, o->source->id);
}

static void put_measure(struct engine_rows *r, const struct engine_offer *o)
{
    enum unit_time time = unit_table[o->offer->parts[0].unit].time;
    bool counted = time == PER_HOUR || time == PER_DAY || time == PER_MINUTE;
    bool hours = counted && o->offer->charge != CHARGE_PREPAID;
    engine_put_int(r, ENGINE_OFFERS, o->ladder_no);
    engine_put_int(r, ENGINE_OFFERS, o->pool_no);
    engine_put_big(r, ENGINE_OFFERS, o->one.v);
    engine_put_big(r, ENGINE_OFFERS, o->measure.size.v);
    engine_put_int(r, ENGINE_OFFERS, hours);
    engine_put_int(r, ENGINE_OFFERS, time == PER_MINUTE ? 60 : 1);
    engine_put_big(r, ENGINE_OFFERS, hours ? 0 : o->measure.time.v);
    engine_put_int(r, ENGINE_OFFERS, (long)(o->measure.time_div.v / DEC_ONE_UNIT));
}

/* Currency and basis as one number: amounts of one number add up. */
static long list_id(const struct offer *o)
{
    long code = o->currency[0] * 65536L + o->currency[1] * 256L + o->currency[2];
    return code * 2 + (o->basis == BASIS_INCL);
}

/* The site's own rate where it bills in another currency, else none. */
static int settle_rate(struct engine_site *w, const struct offer *o, const char *billed, const struct fx_used **out,
                       struct err *err)
{
    if (!strcmp(billed, o->currency))
        return fx_find(&w->job->fx, billed, billed, out, err);
    struct fx_used *u = arena_alloc(&w->job->arena, sizeof *u);
    if (!u)
        return err_nomem(err);
    *u = (struct fx_used){
        .rate = w->payment.settlement_rate.fixed, .source = "vendor", .path = FX_DIRECT, .date = DATE_NONE};
    memcpy(u->from, o->currency, CURRENCY_TEXT);
    memcpy(u->to, billed, CURRENCY_TEXT);
    *out = u;
    return 0;
}

static int put_exchange(struct engine_site *w, const struct offer *o, struct err *err)
{
    struct engine_job *j = w->job;
    const struct scenario *s = j->scenario;
    const char *billed = price_billed(&w->pricing, o);
    const struct fx_used *settle, *fx;
    if (settle_rate(w, o, billed, &settle, err) || fx_find(&j->fx, billed, s->currency, &fx, err))
        return -1;
    int places = engine_places(j, billed);
    long first = engine_rate_no(j, settle, engine_places(j, o->currency), places, err);
    long second = first < 0 ? -1 : engine_rate_no(j, fx, places, engine_places(j, s->currency), err);
    if (second < 0)
        return -1;
    bool spread = fx->path != FX_SAME && s->fx_spread.kind != VALUE_NONE;
    engine_put_int(&j->rows, ENGINE_OFFERS, first);
    engine_put_int(&j->rows, ENGINE_OFFERS, second);
    engine_put_big(&j->rows, ENGINE_OFFERS, spread ? s->fx_spread.fixed.v : 0);
    return 0;
}

static void put_end(struct engine_job *j, const struct engine_offer *o)
{
    const struct price_part *part = &o->offer->parts[0];
    const struct tier *last = &part->tiers[part->ntiers - 1];
    if (!o->pooled || last->open) {
        engine_put_none(&j->rows, ENGINE_OFFERS);
        return;
    }
    engine_put_big(&j->rows, ENGINE_OFFERS, last->to.v);
    j->parts[PART_ENDS] = j->parts[PART_CHOICE] = true; /* an offer without a price is not chosen */
}

static int put_offer(struct engine_site *w, const struct engine_line *l, size_t at, long *no, struct err *err)
{
    struct engine_job *j = w->job;
    struct engine_rows *r = &j->rows;
    const struct offer *o = l->v[at].offer;
    int places = engine_places(j, o->currency);
    dec_t discount = scenario_discount(j->scenario, w->pricing.site->id, (int)l->resource->kind);
    *no = r->n[ENGINE_OFFERS] + 1;
    engine_put_int(r, ENGINE_OFFERS, *no);
    engine_put_int(r, ENGINE_OFFERS, w->no);
    engine_put_int(r, ENGINE_OFFERS, l->no);
    put_price(r, o, (long)at + 1);
    put_measure(r, &l->v[at]);
    engine_put_big(r, ENGINE_OFFERS, dec_sub(DEC_ONE, discount).v);
    engine_put_big(r, ENGINE_OFFERS, engine_power(DEC_PLACES - places));
    engine_put_big(r, ENGINE_OFFERS, engine_power(j->list_places - places));
    engine_put_int(r, ENGINE_OFFERS, list_id(o));
    if (put_exchange(w, o, err))
        return -1;
    put_end(j, &l->v[at]);
    engine_put_int(r, ENGINE_OFFERS, count_steps(w, l, &l->v[at]));
    engine_end_row(r, ENGINE_OFFERS);
    return 0;
}

int engine_steps(struct engine_site *w, struct err *err)
{
    struct engine_job *j = w->job;
    long no = 0;
    if (find_breaks(w, err))
        return -1;
    for (size_t i = 0; i < w->nlines; i++) {
        const struct engine_line *l = &w->lines[i];
        j->parts[PART_CHOICE] |= l->n > 1;
        for (size_t k = 0; k < l->n; k++)
            if (put_offer(w, l, k, &no, err) || put_steps(w, l, &l->v[k], no, err))
                return -1;
    }
    return 0;
}
