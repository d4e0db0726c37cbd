/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates, tax rules and demands have one row each, however many offers need them.
 */
#include "calc/engine_job.h"

#include <string.h>

dec_int engine_power(int n)
{
    dec_int p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

dec_int engine_minor(dec_t amount, int places)
{
    return dec_round(amount, places, DEC_HALF_UP).v / engine_power(DEC_PLACES - places);
}

int engine_places(const struct engine_job *j, const char *currency)
{
    return currency_places(j->rules, currency);
}

static bool same_rate(const struct engine_rate *a, const struct fx_used *u, int from_places, int to_places)
{
    return a->from_places == from_places && a->to_places == to_places && dec_cmp(a->rate->rate, u->rate) == 0 &&
           !strcmp(a->rate->from, u->from) && !strcmp(a->rate->to, u->to) && !strcmp(a->rate->source, u->source);
}

static void put_rate(struct engine_job *j, long no, const struct fx_used *u, int from_places, int to_places)
{
    struct engine_rows *r = &j->rows;
    bool same = u->path == FX_SAME;
    int up = to_places - from_places;
    engine_put_int(r, ENGINE_RATES, no);
    engine_put_text(r, ENGINE_RATES, u->from);
    engine_put_text(r, ENGINE_RATES, u->to);
    engine_put_big(r, ENGINE_RATES, u->rate.v);
    engine_put_text(r, ENGINE_RATES, u->source);
    engine_put_day(r, ENGINE_RATES, u->date);
    engine_put_big(r, ENGINE_RATES, same ? 1 : u->rate.v * engine_power(up > 0 ? up : 0));
    engine_put_big(r, ENGINE_RATES, same ? 1 : engine_power(DEC_PLACES + (up < 0 ? -up : 0)));
    engine_end_row(r, ENGINE_RATES);
}

long engine_rate_no(struct engine_job *j, const struct fx_used *u, int from_places, int to_places, struct err *err)
{
    for (size_t i = 0; i < j->nrates; i++)
        if (same_rate(&j->rates[i], u, from_places, to_places))
            return j->rates[i].no;
    struct engine_rate *v = arena_grow(&j->arena, j->rates, j->nrates, j->nrates + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    long no = (long)j->nrates + 1;
    v[j->nrates++] = (struct engine_rate){u, from_places, to_places, no};
    j->rates = v;
    put_rate(j, no, u, from_places, to_places);
    return no;
}

static void put_tax(struct engine_site *w, const struct engine_tax *x)
{
    struct engine_rows *r = &w->job->rows;
    const struct tax_used *t = x->tax;
    engine_put_int(r, ENGINE_TAXES, x->no);
    engine_put_int(r, ENGINE_TAXES, w->no);
    engine_put_big(r, ENGINE_TAXES, t->rate.v);
    engine_put_int(r, ENGINE_TAXES, t->by_buyer);
    engine_put_int(r, ENGINE_TAXES, t->borne_by == BORNE_BY_SUPPLIER && (t->by_buyer || dec_sign(t->wht) > 0));
    engine_put_big(r, ENGINE_TAXES, t->wht.v);
    engine_put_big(r, ENGINE_TAXES, t->deductible.v);
    engine_put_big(r, ENGINE_TAXES, t->surcharge.v);
    engine_put_text(r, ENGINE_TAXES, t->currency);
    engine_put_int(r, ENGINE_TAXES, x->to_rate);
    engine_put_int(r, ENGINE_TAXES, x->back_rate);
    engine_put_day(r, ENGINE_TAXES, t->row->effective_from);
    engine_put_day(r, ENGINE_TAXES, t->row->effective_to);
    engine_put_text(r, ENGINE_TAXES, t->row->source);
    engine_end_row(r, ENGINE_TAXES);
}

/* The exchange a rule needs: the bill to the tax's currency, and that to the budget. */
static int tax_exchange(struct engine_site *w, const char *billed, const struct tax_used *t, struct engine_tax *out,
                        struct err *err)
{
    struct engine_job *j = w->job;
    const struct fx_used *to, *back;
    const char *budget = j->scenario->currency;
    if (fx_find(&j->fx, billed, t->currency, &to, err) || fx_find(&j->fx, t->currency, budget, &back, err))
        return -1;
    int places = engine_places(j, t->currency);
    out->to_rate = engine_rate_no(j, to, engine_places(j, billed), places, err);
    out->back_rate = engine_rate_no(j, back, places, engine_places(j, budget), err);
    return out->to_rate < 0 || out->back_rate < 0 ? -1 : 0;
}

long engine_tax_no(struct engine_site *w, const struct engine_offer *o, const struct tax_used *t, struct err *err)
{
    struct engine_job *j = w->job;
    struct engine_tax x = {.tax = t, .no = (long)j->ntaxes + 1};
    if (tax_exchange(w, price_billed(&w->pricing, o->offer), t, &x, err))
        return -1;
    for (size_t i = 0; i < j->ntaxes; i++)
        if (j->taxes[i].tax == t && j->taxes[i].to_rate == x.to_rate && j->taxes[i].back_rate == x.back_rate)
            return j->taxes[i].no;
    struct engine_tax *v = arena_grow(&j->arena, j->taxes, j->ntaxes, j->ntaxes + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    v[j->ntaxes++] = x;
    j->taxes = v;
    put_tax(w, &x);
    return x.no;
}

static void put_demand(struct engine_job *j, const struct engine_demand *d, int month, int sign, int parts)
{
    struct engine_rows *r = &j->rows;
    engine_put_int(r, ENGINE_DEMANDS, d->no);
    engine_put_int(r, ENGINE_DEMANDS, d->line_no);
    engine_put_int(r, ENGINE_DEMANDS, month);
    engine_put_int(r, ENGINE_DEMANDS, sign);
    engine_put_int(r, ENGINE_DEMANDS, parts);
    engine_end_row(r, ENGINE_DEMANDS);
    if (parts > 1)
        j->parts[PART_TERMS] = true;
}

/* Terms begun in a month: what the month wants more than the one before, and the same of every month
 * whose terms end now: sum over k of want(m - kT) - want(m - kT - 1). */
static void put_terms(struct engine_job *j, const struct engine_demand *d)
{
    int parts = 0;
    for (int m = d->month; m >= 0; m -= d->term)
        parts += m > 0 ? 2 : 1;
    for (int m = d->month; m >= 0; m -= d->term) {
        put_demand(j, d, m, 1, parts);
        if (m > 0)
            put_demand(j, d, m - 1, -1, parts);
    }
}

long engine_demand_no(struct engine_job *j, const struct engine_line *l, int term, int month, struct err *err)
{
    bool grows = j->items[l->resource - j->scenario->resources].n > 1;
    struct engine_demand d = {l->no, grows && term > 1 ? term : 0, grows ? month : 0, (long)j->ndemands + 1};
    for (size_t i = j->ndemands; i-- > 0;) {
        const struct engine_demand *k = &j->demands[i];
        if (k->line_no == d.line_no && k->term == d.term && k->month == d.month)
            return k->no;
    }
    if (j->ndemands % 64 == 0) {
        struct engine_demand *v = arena_grow(&j->arena, j->demands, j->ndemands, j->ndemands + 64, sizeof *v);
        if (!v)
            return err_nomem(err);
        j->demands = v;
    }
    j->demands[j->ndemands++] = d;
    if (d.term > 1)
        put_terms(j, &d);
    else
        put_demand(j, &d, d.month, 1, 1);
    return d.no;
}
