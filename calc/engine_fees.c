/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What paying costs, as the rules or the configuration have it, and the user's own costs, which hang on
 * nothing a scenario changes and so are exported as they came out.
 */
#include "calc/engine_job.h"

#include "calc/who.h"

#include <string.h>

struct fee {
    const char *name, *method, *currency;
    dec_t percent, min, max, fixed;
    bool has_max;
};

static int put_fee(struct engine_site *w, const struct fee *f, struct err *err)
{
    struct engine_job *j = w->job;
    struct engine_rows *r = &j->rows;
    const char *budget = j->scenario->currency;
    const struct fx_used *to, *back;
    int places = engine_places(j, f->currency), budget_places = engine_places(j, budget);
    /* a sum that hangs on no amount is due whenever anything is */
    const char *reckoned = dec_sign(f->percent) ? f->currency : budget;
    if (fx_find(&j->fx, budget, reckoned, &to, err) || fx_find(&j->fx, f->currency, budget, &back, err))
        return -1;
    long to_no = engine_rate_no(j, to, budget_places, engine_places(j, reckoned), err);
    if (to_no < 0)
        return -1;
    engine_put_int(r, ENGINE_FEES, w->no);
    engine_put_text(r, ENGINE_FEES, f->name);
    engine_put_text(r, ENGINE_FEES, f->method);
    engine_put_text(r, ENGINE_FEES, f->currency);
    engine_put_big(r, ENGINE_FEES, engine_power(DEC_PLACES - places));
    engine_put_big(r, ENGINE_FEES, f->percent.v);
    engine_put_big(r, ENGINE_FEES, f->min.v);
    if (f->has_max)
        engine_put_big(r, ENGINE_FEES, f->max.v);
    else
        engine_put_none(r, ENGINE_FEES);
    engine_put_big(r, ENGINE_FEES, f->fixed.v);
    engine_put_int(r, ENGINE_FEES, to_no);
    engine_put_big(r, ENGINE_FEES, back->rate.v);
    engine_put_big(r, ENGINE_FEES, engine_power(2 * DEC_PLACES - budget_places));
    engine_end_row(r, ENGINE_FEES);
    w->has_fees = j->parts[PART_FEES] = true;
    return 0;
}

static const char *method_of(const struct engine_site *w)
{
    if (*w->payment.method)
        return w->payment.method;
    return who_is_overseas(w->pricing.site) ? "none" : "transfer";
}

/* The rule is known: else the estimate would have been incomplete. */
static int payment_fee(struct engine_site *w, struct err *err)
{
    const struct engine_job *j = w->job;
    const char *method = method_of(w);
    struct fee f = {.name = "payment", .method = method, .currency = j->scenario->currency};
    if (!strcmp(method, "none"))
        return 0;
    if (w->payment.fee.kind != VALUE_NONE) {
        f.percent = w->payment.fee.fixed;
    } else {
        const struct fee_row *row =
            rules_fee(j->rules, method, w->pricing.buyer->country, w->pricing.site->payee_country);
        if (!row || !row->has_percent)
            return err_set(err, ERR_INCOMPLETE, "%s: the fee of paying by %s is unknown", w->estimate->column, method);
        f.percent = row->percent;
        f.min = row->has_min ? row->min : DEC_ZERO;
        f.max = row->max;
        f.has_max = row->has_max;
        f.fixed = row->fixed;
        if (*row->currency)
            f.currency = row->currency;
    }
    bool free_ = dec_sign(f.percent) == 0 && dec_sign(f.min) == 0 && dec_sign(f.fixed) == 0;
    return free_ ? 0 : put_fee(w, &f, err);
}

static int handling_fee(struct engine_site *w, struct err *err)
{
    const struct amount *a = &w->payment.invoice_handling;
    if (!*a->currency || dec_sign(a->value) == 0)
        return 0;
    const struct fee f = {.name = "invoice-handling", .method = "", .currency = a->currency, .fixed = a->value};
    return put_fee(w, &f, err);
}

int engine_fees(struct engine_site *w, struct err *err)
{
    return payment_fee(w, err) || handling_fee(w, err) ? -1 : 0;
}

void engine_costs(struct engine_site *w)
{
    struct engine_rows *r = &w->job->rows;
    int places = w->pricing.budget_places;
    for (size_t i = 0; i < w->estimate->nlines; i++) {
        const struct line *l = &w->estimate->lines[i];
        if (!l->cost)
            continue;
        engine_put_int(r, ENGINE_COSTS, w->no);
        engine_put_text(r, ENGINE_COSTS, l->label);
        engine_put_big(r, ENGINE_COSTS, engine_minor(l->m.other, places));
        engine_put_big(r, ENGINE_COSTS, engine_minor(l->m.tax, places));
        engine_put_big(r, ENGINE_COSTS, engine_minor(l->m.recoverable, places));
        engine_put_big(r, ENGINE_COSTS, engine_minor(l->m.cost, places));
        engine_end_row(r, ENGINE_COSTS);
        w->job->parts[PART_COSTS] = true;
    }
}
