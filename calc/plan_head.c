/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts of the scenario: time, money, rates, prices, buyers, payment.
 */
#include "calc/plan_parts.h"

/* Ends one "label   text": what was gathered in text is written and text is empty again. */
static void flush(struct plan *p, const char *label, struct buf *text)
{
    plan_line(p, 0, label, text->n > 0 ? text->v : "");
    p->out->failed = p->out->failed || text->failed;
    text->n = 0;
}

static void time_and_money(struct plan *p, struct buf *text)
{
    const struct scenario *s = p->s;
    char day[DATE_TEXT];
    buf_printf(text, "%s: %d month%s, ", s->name, s->months, s->months == 1 ? "" : "s");
    put_month(text, s->start);
    buf_puts(text, " to ");
    put_month(text, month_add(s->start, s->months - 1));
    buf_printf(text, ", in %s, discounted at ", s->currency);
    put_percent(text, s->discount_rate);
    buf_puts(text, " a year");
    flush(p, "scenario", text);

    date_format(s->as_of, day);
    buf_printf(text, "%s; ", day);
    put_number(text, s->hours);
    buf_puts(text, " hours in a month");
    flush(p, "as of", text);
}

/* What lies beside the bundled pack, which (or the private one) is the first snapshot; many are only counted. */
static void put_loaded(struct plan *p, struct buf *text)
{
    enum { NAMED_MAX = 3 };
    const struct snapshot *v;
    struct err err;
    size_t n;
    if (p->catalogue == NULL)
        return;
    if (catalogue_snapshots(p->catalogue, &p->arena, &v, &n, &err) != 0) {
        text->failed = true;
        return;
    }
    if (n > 1 + NAMED_MAX)
        buf_printf(text, ", and %zu snapshots fetched or loaded (tco doctor lists the newest)", n - 1);
    for (size_t i = 1; i < n && n <= 1 + NAMED_MAX; i++)
        buf_printf(text, "%s%s", i == 1 ? ", and loaded " : ", ", v[i].id);
}

static void rates_and_prices(struct plan *p, struct buf *text)
{
    const struct scenario *s = p->s;
    for (size_t i = 0; i < s->nrates; i++) {
        buf_printf(text, "%s%s/%s ", i > 0 ? ", " : "", s->rates[i].from, s->rates[i].to);
        put_number(text, (struct value){.kind = VALUE_FIXED, .fixed = s->rates[i].rate});
    }
    if (s->nrates > 0)
        flush(p, "budget rates", text);
    buf_printf(text, "%s, ", s->fx_source);
    put_age(text, s->fx_max_age);
    buf_puts(text, "; spread ");
    put_percent(text, s->fx_spread);
    flush(p, "rates", text);

    buf_puts(text, s->price_pack[0] ? s->price_pack : "the bundled ones");
    put_loaded(p, text);
    buf_puts(text, ", ");
    put_age(text, s->price_max_age);
    flush(p, "prices", text);
}

static void buyer(struct plan *p, const struct buyer *b, struct buf *text)
{
    char *label = arena_printf(&p->arena, "buyer%s%s", b->name[0] ? " " : "", b->name);
    buf_printf(text, "%s, VAT %s, %s invoices", b->country, b->vat,
               b->invoice == INVOICE_SPECIAL ? "special" : "ordinary");
    if (dec_cmp(b->taxable_use.fixed, DEC_ONE) != 0) {
        buf_puts(text, ", taxable use ");
        put_percent(text, b->taxable_use);
    }
    if (dec_sign(b->wht.fixed) != 0) {
        buf_puts(text, ", income tax ");
        put_percent(text, b->wht);
        buf_printf(text, " borne by the %s", b->taxes_borne_by == BORNE_BY_BUYER ? "buyer" : "supplier");
    }
    if (b->tax_rate.kind != VALUE_NONE) {
        buf_puts(text, ", tax rate of overseas sites ");
        put_percent(text, b->tax_rate);
    }
    if (dec_sign(b->surcharge.fixed) != 0) {
        buf_puts(text, ", relief on surcharges ");
        put_percent(text, b->surcharge);
    }
    p->out->failed = p->out->failed || !label;
    flush(p, label ? label : "", text);
}

static void payment(struct plan *p, const struct payment *pay, struct buf *text)
{
    char *label = arena_printf(&p->arena, "payment%s%s", pay->site[0] ? " " : "", pay->site);
    buf_puts(text, pay->method[0] ? pay->method : "the usual method");
    if (pay->fee.kind != VALUE_NONE) {
        buf_puts(text, ", fee ");
        put_percent(text, pay->fee);
    }
    if (pay->settlement[0]) {
        buf_printf(text, ", billed in %s at ", pay->settlement);
        put_number(text, pay->settlement_rate);
    }
    if (pay->invoice_handling.currency[0]) {
        buf_puts(text, ", handling of an invoice ");
        put_amount(text, &pay->invoice_handling);
    }
    p->out->failed = p->out->failed || !label;
    flush(p, label ? label : "", text);
}

void plan_head(struct plan *p)
{
    struct buf text = {0};
    time_and_money(p, &text);
    for (size_t i = 0; i < p->s->nbuyers; i++)
        buyer(p, &p->s->buyers[i], &text);
    for (size_t i = 0; i < p->s->npayments; i++)
        payment(p, &p->s->payments[i], &text);
    rates_and_prices(p, &text);
    buf_free(&text);
}
