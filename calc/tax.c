/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/tax.h"

#include "calc/say.h"
#include "calc/who.h"

#include <string.h>

struct tax_month {
    const struct tax_row *row;
    bool known;
};

static const char *invoice_word(enum invoice invoice)
{
    return invoice == INVOICE_SPECIAL ? "special" : "ordinary";
}

static bool same_use(const struct tax_used *a, const struct tax_used *b)
{
    return a->row == b->row && dec_cmp(a->rate, b->rate) == 0 && a->rate_from == b->rate_from &&
           a->by_buyer == b->by_buyer && dec_cmp(a->wht, b->wht) == 0 && dec_cmp(a->deductible, b->deductible) == 0 &&
           !strcmp(a->currency, b->currency);
}

static int remember(struct tax_context *c, const struct tax_used *u, const struct tax_used **out, struct err *err)
{
    for (size_t i = 0; i < c->nknown; i++) {
        if (same_use(c->known[i], u)) {
            *out = c->known[i];
            return 0;
        }
    }
    struct tax_used *kept = arena_alloc(c->arena, sizeof *kept);
    const struct tax_used **v = arena_grow(c->arena, c->known, c->nknown, c->nknown + 1, sizeof *v);
    if (!kept || !v)
        return err_nomem(err);
    *kept = *u;
    v[c->nknown++] = kept;
    c->known = v;
    *out = kept;
    return 0;
}

/* A stand-in where the table has no row and the buyer gives the rate: charged by the seller, nothing
 * recoverable. NULL when there is no memory. */
static const struct tax_row *no_row(struct tax_context *c)
{
    struct tax_row *row = c->none ? NULL : arena_alloc(c->arena, sizeof *row);
    if (!row)
        return c->none;
    *row = (struct tax_row){.buyer_country = "*",
                            .buyer_status = "*",
                            .station = "*",
                            .provider = "*",
                            .invoice = "",
                            .recoverable_share = {0},
                            .tax_currency = "",
                            .document = "",
                            .effective_from = {INT32_MIN},
                            .effective_to = {INT32_MIN},
                            .confidence = "low",
                            .source = text(c->lang, TEXT_TAX_NO_RULE)};
    return c->none = row;
}

/* Who charges the tax and the rule's own rate, when the row says one. */
static bool rule_rate(const struct tax_row *row, bool *by_buyer, dec_t *rate)
{
    *by_buyer = row->has_self_rate;
    *rate = row->has_self_rate ? row->self_rate : row->seller_rate;
    return row->has_self_rate || row->has_seller_rate;
}

static bool choose_rate(const struct tax_query *q, const struct buyer *b, bool abroad, const struct tax_row *row,
                        bool is_none, struct tax_used *u)
{
    dec_t rate;
    bool known = rule_rate(row, &u->by_buyer, &rate);
    if (is_none && !(abroad && b->tax_rate.kind != VALUE_NONE))
        return false; /* without a rule only the buyer can say */
    u->rate = rate;
    u->rate_from = RATE_FROM_RULE;
    if (q->line_rate.kind != VALUE_NONE) {
        u->rate = q->line_rate.fixed;
        u->rate_from = RATE_FROM_LINE;
    } else if (q->has_price_rate) {
        u->rate = q->price_rate;
        u->rate_from = RATE_FROM_PRICE;
    } else if (abroad && b->tax_rate.kind != VALUE_NONE) {
        u->rate = b->tax_rate.fixed;
        u->rate_from = RATE_FROM_BUYER;
    } else if (!known) {
        return false;
    }
    return true;
}

static dec_t value_or(struct value v, dec_t otherwise)
{
    return v.kind == VALUE_NONE ? otherwise : v.fixed;
}

static void fill_use(struct tax_used *u, const struct tax_row *row, const struct buyer *b, bool abroad,
                     const char *billed, struct value recoverable)
{
    u->row = row;
    u->wht = abroad ? value_or(b->wht, DEC_ZERO) : DEC_ZERO;
    u->borne_by = b->taxes_borne_by;
    u->deductible =
        dec_mul(value_or(recoverable, row->recoverable_share), value_or(b->taxable_use, DEC_ONE), DEC_HALF_UP);
    u->surcharge = value_or(b->surcharge, DEC_ZERO);
    const char *currency = *row->tax_currency ? row->tax_currency : billed;
    memcpy(u->currency, currency, CURRENCY_TEXT);
}

/* The table's row for a month: NULL when none applies. */
static int row_of(struct tax_context *c, const struct tax_query *q, int month, const struct tax_row **out,
                  struct err *err)
{
    const struct buyer *b = c->buyer;
    enum invoice invoice = q->has_invoice ? q->invoice : b->invoice;
    if (!c->rows && !(c->rows = arena_array(c->arena, 2 * (size_t)c->nrows, sizeof *c->rows)))
        return err_nomem(err);
    struct tax_month *m = &c->rows[month + (invoice == INVOICE_SPECIAL ? 0 : c->nrows)];
    if (!m->known && rules_tax(c->rules, b->country, b->vat, c->site->station, c->site->provider, invoice_word(invoice),
                               month_add(c->start, month), &m->row, err))
        return -1;
    m->known = true;
    *out = m->row;
    return 0;
}

static const char *unknown_abroad(const struct tax_context *c)
{
    const struct buyer *b = c->buyer;
    const char *name = *b->name ? arena_printf(c->arena, " %s", b->name) : "";
    return say_in(c->arena, c->lang, TEXT_TAX_UNKNOWN_ABROAD, b->vat, b->country, name);
}

int tax_find(struct tax_context *c, const struct tax_query *q, int month, const struct tax_used **out, const char **why,
             struct err *err)
{
    const struct tax_row *row = NULL;
    const struct buyer *b = c->buyer;
    *out = NULL;
    if (row_of(c, q, month, &row, err))
        return -1;
    bool abroad = who_is_overseas(c->site), none = !row;
    struct tax_used u = {0};
    if (none && !(row = no_row(c)))
        return err_nomem(err);
    if (!choose_rate(q, b, abroad, row, none, &u)) {
        *why = abroad ? unknown_abroad(c) : say_in(c->arena, c->lang, TEXT_TAX_UNKNOWN_MONTH, b->vat, b->country);
        return *why ? 0 : err_nomem(err);
    }
    fill_use(&u, row, b, abroad, q->billed, q->share);
    return remember(c, &u, out, err);
}

int tax_find_home(struct tax_context *c, dec_t rate, const char *billed, int month, const struct tax_used **out,
                  const char **why, struct err *err)
{
    const struct buyer *b = c->buyer;
    const struct tax_row *row = NULL;
    const char *station = who_is_mainland(b) ? "cn" : "intl";
    *out = NULL;
    if (rules_tax(c->rules, b->country, b->vat, station, "*", invoice_word(b->invoice), month_add(c->start, month),
                  &row, err))
        return -1;
    if (!row) {
        *why = say_in(c->arena, c->lang, TEXT_TAX_UNKNOWN_COST, b->vat, b->country);
        return *why ? 0 : err_nomem(err);
    }
    struct tax_used u = {.rate = rate, .rate_from = RATE_FROM_LINE};
    fill_use(&u, row, b, false, billed, (struct value){.kind = VALUE_NONE});
    memcpy(u.currency, billed, CURRENCY_TEXT);
    return remember(c, &u, out, err);
}

static dec_t convert(dec_t amount, const struct fx_used *fx, int places)
{
    return fx ? dec_mul_round(amount, fx->rate, places, DEC_HALF_UP) : amount;
}

static dec_t share(dec_t amount, dec_t rate, int places)
{
    return dec_mul_round(amount, rate, places, DEC_HALF_UP);
}

/* The seller puts the tax on the bill (VAT or GST); an income tax, if any, comes off or on top. */
static void seller_charged(struct line_run *r, const struct tax_used *t, const struct tax_money *how)
{
    int places = how->tax_places;
    dec_t one_v = dec_add(DEC_ONE, t->rate);
    dec_t n = r->own_amount;
    dec_t ex = how->basis == BASIS_INCL ? dec_div_round(n, one_v, places, DEC_HALF_UP) : n;
    r->own_tax = how->basis == BASIS_INCL ? dec_sub(n, ex) : share(n, t->rate, places);
    r->own_base = ex;
    r->own_net = ex;
    r->own_withheld = DEC_ZERO;
    if (dec_sign(t->wht) == 0)
        return;
    if (t->borne_by == BORNE_BY_BUYER)
        r->own_base = dec_div_round(ex, dec_sub(DEC_ONE, t->wht), places, DEC_HALF_UP);
    r->own_withheld = share(r->own_base, t->wht, places);
    if (t->borne_by == BORNE_BY_SUPPLIER)
        r->own_net = dec_sub(ex, r->own_withheld);
}

/* The buyer assesses or withholds the taxes itself, on the contract amount. */
static void buyer_assessed(struct line_run *r, const struct tax_used *t, const struct tax_money *how)
{
    int places = how->tax_places;
    dec_t one_v = dec_add(DEC_ONE, t->rate);
    dec_t n = how->basis == BASIS_INCL ? dec_div_round(r->own_amount, one_v, places, DEC_HALF_UP) : r->own_amount;
    r->own_base = n;
    if (t->borne_by == BORNE_BY_SUPPLIER)
        r->own_base = dec_div_round(n, one_v, places, DEC_HALF_UP);
    else if (dec_sign(t->wht) > 0)
        r->own_base = dec_div_round(n, dec_sub(DEC_ONE, t->wht), places, DEC_HALF_UP);
    r->own_withheld = share(r->own_base, t->wht, places);
    r->own_tax = share(r->own_base, t->rate, places);
    r->own_net = n;
    if (t->borne_by == BORNE_BY_SUPPLIER)
        r->own_net = dec_sub(dec_sub(n, r->own_withheld), r->own_tax);
}

static dec_t credit(dec_t tax, const struct tax_used *t, int places)
{
    dec_t back = share(tax, t->deductible, places);
    return dec_add(back, share(back, t->surcharge, places));
}

void tax_apply(struct line_run *r, const struct tax_used *t, const struct tax_money *how)
{
    r->tax = t;
    r->own_amount = convert(r->billed, how->tax_fx, how->tax_places);
    if (t->by_buyer)
        buyer_assessed(r, t, how);
    else
        seller_charged(r, t, how);
    const struct fx_used *back = how->back_fx ? how->back_fx : how->fx;
    int places = how->budget_places;
    struct money *m = &r->m;
    /* what the seller keeps of the bill is converted from the bill itself, unless the taxes come off it */
    bool whole = !dec_bad(r->own_net) && !dec_bad(r->own_amount) && dec_cmp(r->own_net, r->own_amount) == 0;
    m->net = whole ? convert(r->billed, how->fx, places) : convert(r->own_net, back, places);
    m->tax = convert(r->own_tax, back, places);
    m->withheld = convert(r->own_withheld, back, places);
    m->recoverable = credit(m->tax, t, places);
    m->fees = share(tax_due(r), how->spread, places);
    money_close(m);
}

dec_t tax_due(const struct line_run *r)
{
    return r->tax && !r->tax->by_buyer ? dec_add(r->m.net, r->m.tax) : r->m.net;
}

void money_close(struct money *m)
{
    m->cash_out = dec_add(dec_add(dec_add(m->net, m->tax), dec_add(m->withheld, m->fees)), m->other);
    m->cost = dec_sub(m->cash_out, m->recoverable);
}

static dec_t plus(dec_t a, dec_t b, int64_t times)
{
    return dec_add(a, dec_muln(b, times));
}

struct money money_add(struct money a, struct money b, int64_t times)
{
    return (struct money){
        .net = plus(a.net, b.net, times),
        .tax = plus(a.tax, b.tax, times),
        .recoverable = plus(a.recoverable, b.recoverable, times),
        .withheld = plus(a.withheld, b.withheld, times),
        .fees = plus(a.fees, b.fees, times),
        .other = plus(a.other, b.other, times),
        .cash_out = plus(a.cash_out, b.cash_out, times),
        .cost = plus(a.cost, b.cost, times),
    };
}

int money_check(const struct money *m, const char *what, struct err *err)
{
    return dec_check(m->cash_out, what, err) || dec_check(m->cost, what, err) ? -1 : 0;
}
