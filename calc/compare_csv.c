/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/compare_view.h"
#include "calc/csv_columns.h"
#include "calc/quote_shelf.h"

bool compare_tax_rate(const struct line *l, dec_t *out)
{
    const struct tax_used *t = l->nruns > 0 ? l->runs[0].tax : NULL;
    *out = t ? t->rate : DEC_ZERO;
    return t != NULL;
}

bool compare_unit_price(const struct line *l, dec_t *out)
{
    const struct offer *o = l->offer;
    bool single = o && o->nparts == 1 && o->parts[0].ntiers == 1;
    *out = single ? o->parts[0].tiers[0].price : DEC_ZERO;
    return single;
}

static void cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void number(struct buf *out, bool known, dec_t n, int places)
{
    if (known)
        csv_decimal(out, n, places);
    buf_putc(out, ',');
}

/* A share as percent with two decimals. */
static void percent(struct buf *out, bool known, dec_t share)
{
    char text[DEC_TEXT];
    if (known) {
        dec_format(dec_round(dec_muln(share, 100), 2, DEC_HALF_UP), 2, text);
        csv_raw(out, text);
    }
    buf_putc(out, ',');
}

static void day(struct buf *out, struct date d)
{
    csv_day(out, d);
    buf_putc(out, ',');
}

static void flag(struct buf *out, bool yes)
{
    buf_puts(out, yes ? "yes," : ",");
}

/* What both views begin with. */
static void put_offer(const struct compare *c, const struct compare_offer *o, struct buf *out)
{
    const struct quote *q = o->site->quote;
    cell(out, c->e->scenario->name);
    cell(out, o->site->column);
    cell(out, o->site->site->id);
    cell(out, o->site->buyer->name);
    cell(out, q ? quote_name(q) : "");
    day(out, q ? q->valid_until : DATE_NONE);
    flag(out, o->expired);
}

#define OFFER_COLUMNS "scenario,offer,site,buyer,quote,valid_until,expired,"

/* ---- one row per offer */

static void put_need(const struct compare *c, const struct compare_offer *o, struct buf *out)
{
    if (!c->has_target) {
        buf_puts(out, ",,");
        return;
    }
    csv_decimal(out, c->target, c->e->minor_units);
    buf_printf(out, ",%s,", compare_need_names[o->need]);
    percent(out, o->need == NEED_DISCOUNT || o->need == NEED_NOTHING, o->discount);
}

static void put_missing(const struct compare *c, const struct compare_offer *o, struct buf *out)
{
    struct buf names = {0};
    for (size_t r = 0; r < c->nrows; r++)
        if (o->cells[r].line && !o->cells[r].priced)
            buf_printf(&names, "%s%s", names.n ? "; " : "", c->rows[r].label);
    csv_text(out, names.n ? names.v : "");
    out->failed = out->failed || names.failed;
    buf_free(&names);
}

static void offer_row(const struct compare *c, const struct compare_offer *o, struct buf *out)
{
    const struct site_estimate *s = o->site;
    put_offer(c, o, out);
    cell(out, site_status_names[s->status]);
    if (s->rank)
        buf_printf(out, "%d", s->rank);
    buf_putc(out, ',');
    cell(out, c->e->scenario->currency);
    number(out, s->has_totals, s->m.cost, c->e->minor_units);
    number(out, s->has_totals, s->npv, c->e->minor_units);
    percent(out, o->has_vs_list, o->vs_list);
    put_need(c, o, out);
    if (s->quote)
        buf_printf(out, "%zu", o->nspare);
    buf_putc(out, ',');
    put_missing(c, o, out);
    buf_putc(out, '\n');
}

/* The best of each line: no offer of anybody's, so it has no site and no rank. */
static void mix_row(const struct compare *c, struct buf *out)
{
    cell(out, c->e->scenario->name);
    buf_puts(out, "best-of-breed,,,,,,");
    buf_puts(out, c->has_mix ? "complete,," : "incomplete,,");
    cell(out, c->e->scenario->currency);
    number(out, c->has_mix, c->mix_cost, c->e->minor_units);
    number(out, c->has_mix, c->mix_npv, c->e->minor_units);
    buf_puts(out, ",,,,,\n");
}

static void write_offers(const struct compare *c, struct buf *out)
{
    buf_puts(out, OFFER_COLUMNS
             "status,rank,currency,cost,npv,vs_list_pct,target,discount_needed,discount_needed_pct,rows_not_used,"
             "missing\n");
    for (size_t i = 0; i < c->noffers; i++)
        offer_row(c, &c->offers[i], out);
    mix_row(c, out);
}

/* ---- one row per offer and line */

static void put_product(const struct line *l, struct buf *out)
{
    const struct offer *o = l->offer;
    dec_t rate, price;
    bool single = compare_unit_price(l, &price);
    cell(out, o ? o->sku : "");
    cell(out, l->charge);
    if (o && o->quoted)
        buf_printf(out, "%d", o->quoted->item->row);
    buf_putc(out, ',');
    number(out, o && o->quoted && o->quoted->item->has_quantity, o && o->quoted ? o->quoted->item->quantity : DEC_ZERO,
           0);
    number(out, single, price, 0);
    cell(out, o ? l->unit : "");
    cell(out, l->price_currency);
    cell(out, !o ? "" : o->basis == BASIS_INCL ? "incl" : "excl");
    bool taxed = compare_tax_rate(l, &rate);
    number(out, taxed, rate, 0);
}

static void line_row(const struct compare *c, const struct compare_offer *o, size_t r, struct buf *out)
{
    const struct compare_cell *k = &o->cells[r];
    const struct line *l = k->line;
    if (!l)
        return;
    put_offer(c, o, out);
    cell(out, l->label);
    cell(out, l->kind);
    cell(out, line_status_names[l->status]);
    put_product(l, out);
    cell(out, c->e->scenario->currency);
    number(out, k->priced, l->m.cost, c->e->minor_units);
    number(out, k->priced, l->npv, c->e->minor_units);
    percent(out, k->has_vs_list, k->vs_list);
    flag(out, c->rows[r].winner == o);
    cell(out, l->reason);
    csv_text(out, l->offer && l->offer->quoted ? l->offer->quoted->item->sheet : "");
    buf_putc(out, '\n');
}

static void write_matrix(const struct compare *c, struct buf *out)
{
    buf_puts(out, OFFER_COLUMNS
             "line,kind,status,sku,charge,quote_row,quoted_quantity,unit_price,unit,price_currency,tax_basis,tax_rate,"
             "currency,cost,npv,vs_list_pct,best,reason,quote_sheet\n");
    for (size_t r = 0; r < c->nrows; r++)
        for (size_t i = 0; i < c->noffers; i++)
            line_row(c, &c->offers[i], r, out);
}

void compare_csv(const struct compare *c, enum compare_part part, struct buf *out)
{
    if (part == COMPARE_OFFERS)
        write_offers(c, out);
    else
        write_matrix(c, out);
}
