/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/extras.h"

#include "calc/say.h"
#include "calc/who.h"
#include "models/component.h"

#include <string.h>

/* ---- the user's own costs */

static bool is_public(const struct pricing *p)
{
    const struct scenario *s = p->scenario;
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        if (kind_table[r->kind].is_public && sites_take(r->sites, r->nsites, p->site->id, p->buyer->name))
            return true;
    }
    return false;
}

bool cost_applies(const struct pricing *p, const struct cost *c)
{
    if (!sites_take(c->sites, c->nsites, p->site->id, p->buyer->name))
        return false;
    if ((c->conditions & COST_IF_MAINLAND) && !(p->region && p->region->mainland))
        return false;
    if ((c->conditions & COST_IF_ABROAD) && !(p->region && !p->region->mainland))
        return false;
    return !(c->conditions & COST_IF_PUBLIC) || is_public(p);
}

static void blank(struct line *out, const char *label, const char *kind)
{
    *out = (struct line){
        .label = label, .kind = kind, .status = LINE_PRICED, .reason = "", .charge = "", .size_note = "", .unit = ""};
}

static const int every_months[] = {[WHEN_ONCE] = 0, [WHEN_MONTHLY] = 1, [WHEN_YEARLY] = 12};

/* One run of a cost: the amount converted; with a VAT rate the tax comes on top and may be recovered. */
static int cost_run(const struct pricing *p, const struct cost *c, const struct line *line, struct line_run *run,
                    const char **why, struct err *err)
{
    run->billed = run->contract = run->list = run->list_exact;
    struct tax_money how = {.fx = line->fx,
                            .billed_places = currency_places(p->rules, c->amount.currency),
                            .tax_places = currency_places(p->rules, c->amount.currency),
                            .budget_places = p->budget_places,
                            .basis = BASIS_EXCL};
    const struct tax_used *t = NULL;
    if (c->vat_rate.kind != VALUE_NONE) {
        if (tax_find_home(p->tax, c->vat_rate.fixed, c->amount.currency, run->first, &t, why, err))
            return -1;
        if (!t)
            return 1;
        tax_apply(run, t, &how);
    } else {
        run->m.net = dec_mul_round(run->billed, line->fx->rate, p->budget_places, DEC_HALF_UP);
    }
    run->m.other = run->m.net;
    run->m.net = DEC_ZERO;
    money_close(&run->m);
    return money_check(&run->m, c->label, err);
}

static int sum_extra(const struct pricing *p, struct line *line, struct err *err)
{
    struct npv npv = {0};
    for (size_t i = 0; i < line->nruns; i++) {
        const struct line_run *r = &line->runs[i];
        line->m = money_add(line->m, r->m, r->months);
        line->contract = dec_add(line->contract, dec_muln(r->contract, r->months));
        npv_add(&npv, p->npv, r->first, r->months, r->at, r->m.cost);
    }
    line->list = line->contract;
    line->npv = npv_result(&npv, p->npv, p->budget_places);
    return money_check(&line->m, line->label, err) || dec_check(line->npv, line->label, err) ||
                   dec_check(line->contract, line->label, err)
               ? -1
               : 0;
}

static int take_charges(struct arena *arena, const struct charge_list *c, struct line *line, struct err *err)
{
    struct line_run *v = arena_array(arena, c->n ? c->n : 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < c->n; i++)
        v[i] = (struct line_run){
            .first = c->v[i].first, .months = c->v[i].months, .at = c->v[i].at, .list_exact = c->v[i].list};
    line->runs = v;
    line->nruns = c->n;
    return 0;
}

static int price_cost(const struct pricing *p, struct arena *arena, const struct cost *c, struct line *out,
                      struct err *err)
{
    struct component_input in = {
        .months = p->scenario->months,
        .amount = c->amount.value,
        .first = c->month - 1,
        .every = every_months[c->when],
        .at = c->when == WHEN_MONTHLY ? AT_END : AT_START,
    };
    struct charge_list charges = {0};
    int failed = component_extra.charges(&in, &charges, err) == COMPONENT_DONE ? 0 : -1;
    if (!failed)
        failed = take_charges(arena, &charges, out, err);
    charge_free(&charges);
    struct line_run *runs = failed ? NULL : arena_grow(arena, out->runs, out->nruns, out->nruns + 1, sizeof *runs);
    if (!runs)
        return failed ? -1 : err_nomem(err);
    out->runs = runs;
    for (size_t i = 0; i < out->nruns; i++) {
        int got = cost_run(p, c, out, &runs[i], &out->reason, err);
        if (got < 0)
            return -1;
        if (got) {
            out->status = LINE_UNPRICED;
            return 0;
        }
    }
    return sum_extra(p, out, err);
}

int cost_line(const struct pricing *p, struct arena *arena, const struct cost *c, struct line *out, struct err *err)
{
    blank(out, c->label, "cost");
    out->cost = c;
    memcpy(out->price_currency, c->amount.currency, CURRENCY_TEXT);
    if (fx_find(p->fx, c->amount.currency, p->scenario->currency, &out->fx, err) || price_cost(p, arena, c, out, err))
        return -1;
    if (out->status == LINE_PRICED && out->fx->stale)
        out->status = LINE_STALE;
    return 0;
}

/* ---- fees of paying */

/* What is paid in each month, in the budget currency, and when. */
struct payments {
    dec_t *amount;
    enum timing *at;
    int n;
};

static bool is_bill(const struct line *l)
{
    return (l->resource || l->shortfall) && (l->status == LINE_PRICED || l->status == LINE_STALE);
}

static int months_paid(const struct line *lines, size_t n)
{
    int end = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; is_bill(&lines[i]) && j < lines[i].nruns; j++) {
            const struct line_run *r = &lines[i].runs[j];
            if (r->first + r->months > end)
                end = r->first + r->months;
        }
    return end;
}

static int add_payment(struct payments *out, const struct line_run *r, struct err *err)
{
    for (int m = r->first; m < r->first + r->months; m++) {
        bool empty = dec_sign(out->amount[m]) == 0;
        if (empty || r->at == AT_END)
            out->at[m] = r->at;
        out->amount[m] = dec_add(out->amount[m], tax_due(r));
        if (dec_check(out->amount[m], "payment", err))
            return -1;
    }
    return 0;
}

static int gather(struct arena *arena, const struct line *lines, size_t n, struct payments *out, struct err *err)
{
    out->n = months_paid(lines, n);
    out->amount = arena_array(arena, (size_t)out->n + 1, sizeof *out->amount);
    out->at = arena_array(arena, (size_t)out->n + 1, sizeof *out->at);
    if (!out->amount || !out->at)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; is_bill(&lines[i]) && j < lines[i].nruns; j++)
            if (add_payment(out, &lines[i].runs[j], err))
                return -1;
    return 0;
}

/* Fees are final: what the component gives, converted. */
static int finish_fee(const struct pricing *p, struct arena *arena, const struct charge_list *c, struct line *out,
                      struct err *err)
{
    if (take_charges(arena, c, out, err))
        return -1;
    struct line_run *runs = arena_grow(arena, out->runs, out->nruns, out->nruns + 1, sizeof *runs);
    if (!runs)
        return err_nomem(err);
    out->runs = runs;
    for (size_t i = 0; i < out->nruns; i++) {
        runs[i].list = runs[i].contract = runs[i].billed = runs[i].list_exact;
        runs[i].m.fees = dec_mul_round(runs[i].billed, out->fx->rate, p->budget_places, DEC_HALF_UP);
        money_close(&runs[i].m);
    }
    if (out->fx->stale)
        out->status = LINE_STALE;
    return sum_extra(p, out, err);
}

const char *fee_method(const struct pricing *p)
{
    if (p->payment && *p->payment->method)
        return p->payment->method;
    return who_is_overseas(p->site) ? "none" : "transfer";
}

/* The payments in the currency the fee is reckoned in. */
static int convert_payments(const struct pricing *p, struct arena *arena, const struct payments *from,
                            const char *currency, struct payments *out, struct err *err)
{
    const struct fx_used *fx;
    *out = *from;
    if (fx_find(p->fx, p->scenario->currency, currency, &fx, err))
        return -1;
    if (fx->path == FX_SAME)
        return 0;
    out->amount = arena_array(arena, (size_t)from->n + 1, sizeof *out->amount);
    if (!out->amount)
        return err_nomem(err);
    int places = currency_places(p->rules, currency);
    for (int m = 0; m < from->n; m++) {
        out->amount[m] = dec_mul_round(from->amount[m], fx->rate, places, DEC_HALF_UP);
        if (dec_check(out->amount[m], "payment", err))
            return -1;
    }
    return 0;
}

static int unknown_fee(const struct pricing *p, struct arena *arena, const char *method, struct line *out,
                       struct err *err)
{
    out->status = LINE_UNPRICED;
    out->reason =
        say_in(arena, p->lang, TEXT_FEE_UNKNOWN, method, p->buyer->country, p->site->payee_country, p->site->id);
    return out->reason ? 0 : err_nomem(err);
}

int fee_terms(const struct pricing *p, struct arena *arena, const char *method, struct component_input *in,
              struct line *out, struct err *err)
{
    const char *currency = p->scenario->currency;
    if (p->payment && p->payment->fee.kind != VALUE_NONE) {
        in->percent = p->payment->fee.fixed;
    } else {
        const struct fee_row *row = rules_fee(p->rules, method, p->buyer->country, p->site->payee_country);
        if (!row || !row->has_percent)
            return unknown_fee(p, arena, method, out, err);
        in->percent = row->percent;
        in->min = row->min;
        in->max = row->max;
        in->has_min = row->has_min;
        in->has_max = row->has_max;
        in->fixed = row->fixed;
        out->fee_rule = row;
        if (*row->currency)
            currency = row->currency;
    }
    memcpy(out->price_currency, currency, CURRENCY_TEXT);
    in->places = currency_places(p->rules, currency);
    return 1;
}

/* Appends the payment's fee line when there is one. */
static int payment_line(const struct pricing *p, struct arena *arena, const struct payments *paid, struct line *out,
                        size_t *nout, struct err *err)
{
    const char *method = fee_method(p);
    struct line *line = &out[*nout];
    struct component_input in = {.months = p->scenario->months};
    struct payments there;
    if (!strcmp(method, "none") || paid->n == 0)
        return 0;
    blank(line, "payment", "fee");
    line->charge = method;
    int known = fee_terms(p, arena, method, &in, line, err);
    if (known < 0)
        return -1;
    if (known == 0) {
        (*nout)++;
        return 0;
    }
    if (fx_find(p->fx, line->price_currency, p->scenario->currency, &line->fx, err) ||
        convert_payments(p, arena, paid, line->price_currency, &there, err))
        return -1;
    in.paid = there.amount;
    in.paid_at = there.at;
    in.npaid = there.n;
    struct charge_list charges = {0};
    int failed = component_payment.charges(&in, &charges, err) == COMPONENT_DONE ? 0 : -1;
    if (!failed && charges.n) {
        failed = finish_fee(p, arena, &charges, line, err);
        (*nout)++;
    }
    charge_free(&charges);
    return failed;
}

static int handling_line(const struct pricing *p, struct arena *arena, const struct payments *paid, struct line *out,
                         size_t *nout, struct err *err)
{
    if (!p->payment || !*p->payment->invoice_handling.currency)
        return 0;
    struct line *line = &out[*nout];
    struct component_input in = {.months = p->scenario->months,
                                 .amount = p->payment->invoice_handling.value,
                                 .paid = paid->amount,
                                 .paid_at = paid->at,
                                 .npaid = paid->n};
    blank(line, "invoice-handling", "fee");
    memcpy(line->price_currency, p->payment->invoice_handling.currency, CURRENCY_TEXT);
    if (fx_find(p->fx, line->price_currency, p->scenario->currency, &line->fx, err))
        return -1;
    struct charge_list charges = {0};
    int failed = component_handling.charges(&in, &charges, err) == COMPONENT_DONE ? 0 : -1;
    if (!failed && charges.n) {
        failed = finish_fee(p, arena, &charges, line, err);
        (*nout)++;
    }
    charge_free(&charges);
    return failed;
}

int fee_lines(const struct pricing *p, struct arena *arena, const struct line *lines, size_t n, struct line *out,
              size_t *nout, struct err *err)
{
    struct payments paid;
    *nout = 0;
    if (gather(arena, lines, n, &paid, err) || payment_line(p, arena, &paid, out, nout, err))
        return -1;
    return handling_line(p, arena, &paid, out, nout, err);
}
