/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a line came to, in the JSON estimate: its runs of months with every step from the list
 * amount to the cost, its sums, and what else could have been chosen.
 */
#include "calc/json_parts.h"
#include "calc/line_view.h"
#include "calc/price.h"

long json_shared_index(struct json_writer *w, struct json_shared *list, const void *thing)
{
    const void **v;
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] == thing)
            return (long)i;
    v = arena_grow(&w->arena, list->v, list->n, list->n + 1, sizeof *v);
    if (v == NULL) {
        w->failed = true;
        return -1;
    }
    list->v = v;
    v[list->n] = thing;
    return (long)list->n++;
}

void json_money(struct json_writer *w, const struct money *m)
{
    struct json_out *j = &w->j;
    json_decimal(j, "net", m->net, w->places);
    json_decimal(j, "tax", m->tax, w->places);
    json_decimal(j, "recoverable", m->recoverable, w->places);
    json_decimal(j, "withheld", m->withheld, w->places);
    json_decimal(j, "fees", m->fees, w->places);
    json_decimal(j, "other", m->other, w->places);
    json_decimal(j, "cash_out", m->cash_out, w->places);
    json_decimal(j, "cost", m->cost, w->places);
}

static const char *timing_name(enum timing at)
{
    return at == AT_START ? "start" : "end";
}

/* What the taxes were computed from and came to, in their own currency. */
static void write_tax_sum(struct json_writer *w, const struct line_run *r)
{
    struct json_out *j = &w->j;
    int places;
    if (r->tax == NULL) {
        json_null(j, "tax_sum");
        return;
    }
    places = currency_places(w->e->rules, r->tax->currency);
    json_open_object(j, "tax_sum", true);
    json_int(j, "rule", json_shared_index(w, &w->taxes, r->tax));
    json_decimal(j, "amount", r->own_amount, places);
    json_decimal(j, "base", r->own_base, places);
    json_decimal(j, "tax", r->own_tax, places);
    json_decimal(j, "withheld", r->own_withheld, places);
    json_decimal(j, "net", r->own_net, places);
    json_close(j);
}

static void write_run(struct json_writer *w, const struct line *l, const struct line_run *r)
{
    struct json_out *j = &w->j;
    int places = currency_places(w->e->rules, l->price_currency);
    json_open_object(j, NULL, true);
    json_int(j, "first_month", r->first + 1);
    json_int(j, "months", r->months);
    json_text(j, "at", timing_name(r->at));
    json_decimal(j, "quantity", r->quantity, 0);
    json_decimal(j, "list_exact", r->list_exact, 0);
    json_decimal(j, "list", r->list, places);
    json_decimal(j, "contract", r->contract, places);
    json_decimal(j, "billed", r->billed, currency_places(w->e->rules, l->fx->from));
    write_tax_sum(w, r);
    json_money(w, &r->m);
    json_close(j);
}

static void write_line_totals(struct json_writer *w, const struct line *l)
{
    struct json_out *j = &w->j;
    int places = currency_places(w->e->rules, l->price_currency);
    if (!line_has_amounts(l)) {
        json_null(j, "totals");
        return;
    }
    json_open_object(j, "totals", false);
    json_decimal(j, "quantity", l->quantity, 0);
    json_decimal(j, "list", l->list, places);
    json_decimal(j, "contract", l->contract, places);
    json_money(w, &l->m);
    json_decimal(j, "npv", l->npv, w->places);
    json_int(j, "unused_months", l->unused_months);
    json_decimal(j, "unused_item_months", l->unused_item_months, 0);
    json_decimal(j, "unused_cost", l->unused_cost, w->places);
    json_close(j);
}

static void write_runners_up(struct json_writer *w, const struct line *l)
{
    struct json_out *j = &w->j;
    json_open_array(j, "runners_up", false);
    for (size_t i = 1; i < l->ncandidates; i++) {
        json_open_object(j, NULL, false);
        json_decimal(j, "cost", l->candidates[i].cost, w->places);
        json_decimal(j, "npv", l->candidates[i].npv, w->places);
        json_offer(j, "offer", l->candidates[i].offer);
        json_close(j);
    }
    json_close(j);
}

static void write_fee_rule(struct json_out *j, const struct fee_row *f)
{
    if (f == NULL) {
        json_null(j, "fee_rule");
        return;
    }
    json_open_object(j, "fee_rule", true);
    json_text(j, "method", f->method);
    json_text(j, "payer_country", f->payer_country);
    json_text(j, "payee_country", f->payee_country);
    json_value(j, "percent", (struct value){.kind = f->has_percent ? VALUE_FIXED : VALUE_NONE, .fixed = f->percent});
    json_value(j, "min", (struct value){.kind = f->has_min ? VALUE_FIXED : VALUE_NONE, .fixed = f->min});
    json_value(j, "max", (struct value){.kind = f->has_max ? VALUE_FIXED : VALUE_NONE, .fixed = f->max});
    json_decimal(j, "fixed", f->fixed, 0);
    json_text(j, "currency", f->currency);
    json_text(j, "source", f->source);
    json_text(j, "confidence", f->confidence);
    json_close(j);
}

static void write_shortfall(struct json_writer *w, const struct shortfall *s)
{
    struct json_out *j = &w->j;
    if (s == NULL) {
        json_null(j, "commitment");
        return;
    }
    int places = currency_places(w->e->rules, s->contract->amount.currency);
    json_open_object(j, "commitment", false);
    json_decimal(j, "amount", s->contract->amount.value, places);
    json_text(j, "tax_basis", s->basis == BASIS_INCL ? "incl" : "excl");
    json_text(j, "currency", s->contract->amount.currency);
    json_value(j, "discount", s->contract->discount);
    json_text(j, "last_year", s->contract->last_year == YEAR_WHOLE ? "whole" : "pro-rata");
    json_open_array(j, "years", false);
    for (int i = 0; i < s->nyears; i++) {
        json_open_object(j, NULL, true);
        json_int(j, "last_month", s->years[i].last + 1);
        json_decimal(j, "owed", s->years[i].owed, places);
        json_decimal(j, "spent", s->years[i].spent, places);
        json_decimal(j, "rest", s->years[i].rest, places);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

/* The line of the configuration that asks for it; none for fees. */
static void write_config_line(struct json_out *j, const struct line *l)
{
    if (l->resource != NULL)
        json_int(j, "config_line", l->resource->line);
    else if (l->cost != NULL)
        json_int(j, "config_line", l->cost->line);
    else if (l->shortfall != NULL)
        json_int(j, "config_line", l->shortfall->contract->line);
    else
        json_null(j, "config_line");
}

void json_line(struct json_writer *w, const struct line *l)
{
    struct json_out *j = &w->j;
    json_open_object(j, NULL, false);
    json_text(j, "line", l->label);
    json_text(j, "kind", l->kind);
    write_config_line(j, l);
    json_text(j, "status", line_status_names[l->status]);
    json_text(j, "reason", l->reason);
    json_texts(j, "notes", l->notes, l->nnotes);
    json_text(j, "charge", l->charge);
    json_text(j, "size_note", l->size_note);
    json_text(j, "unit", l->unit);
    json_decimal(j, "discount", l->discount, 0);
    json_decimal(j, "spread", l->spread, 0);
    json_text(j, "price_currency", l->price_currency);
    json_offer(j, "offer", l->offer);
    json_offer(j, "rival", l->offer != NULL ? l->offer->rival : NULL);
    json_rate(j, "settle_fx", l->settle_fx);
    json_rate(j, "tax_fx", l->tax_fx);
    json_rate(j, "back_fx", l->back_fx);
    json_rate(j, "fx", l->fx);
    write_fee_rule(j, l->fee_rule);
    write_shortfall(w, l->shortfall);
    if (l->pool != NULL)
        json_int(j, "pool", json_shared_index(w, &w->pools, l->pool));
    else
        json_null(j, "pool");
    json_open_array(j, "runs", false);
    for (size_t i = 0; line_has_amounts(l) && i < l->nruns; i++)
        write_run(w, l, &l->runs[i]);
    json_close(j);
    write_line_totals(w, l);
    write_runners_up(w, l);
    json_close(j);
}

void json_pool(struct json_out *j, const struct pool *p)
{
    json_open_object(j, NULL, false);
    json_int(j, "lines", (long)p->nlines);
    json_open_array(j, "runs", false);
    for (size_t i = 0; i < p->nruns; i++) {
        json_open_object(j, NULL, true);
        json_int(j, "first_month", p->runs[i].first + 1);
        json_int(j, "months", p->runs[i].months);
        json_text(j, "at", timing_name(p->runs[i].at));
        json_decimal(j, "quantity", p->runs[i].quantity, 0);
        json_decimal(j, "list", p->runs[i].list, 0);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}
