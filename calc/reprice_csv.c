/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/reprice_view.h"

#include "calc/csv_columns.h"
#include "calc/line_view.h"

static const char summary_head[] =
    "rank,site,regions,status,currency,coverage_pct,bill_net,repriced_net,repriced_list,net_cost,tax,tax_recoverable,"
    "withheld_tax,fees,cash_out,cost,difference,difference_pct,lines,unpriced_lines,notes\n";
static const char lines_head[] =
    "month,category,region,service,sku,quantity,unit,currency,bill_net,bill_list,site,site_region,status,site_sku,"
    "site_unit_price,price_currency,tax_basis,site_quantity,site_unit,net_cost,tax,tax_recoverable,cost,difference,"
    "reason,bill_line\n";

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

static void percent(struct buf *out, bool known, dec_t share)
{
    number(out, known, known ? dec_round(dec_muln(share, 100), 2, DEC_HALF_UP) : DEC_ZERO, 2);
}

/* ---- sites ---- */

static void summary_row(const struct reprice *r, const struct reprice_site *s, struct buf *out)
{
    const dec_t amounts[] = {s->m.net,  s->m.tax,      s->m.recoverable, s->m.withheld,
                             s->m.fees, s->m.cash_out, s->m.cost,        s->difference};
    struct buf notes = {0};

    if (s->rank != 0)
        buf_printf(out, "%d", s->rank);
    buf_putc(out, ',');
    cell(out, s->column);
    cell(out, s->regions);
    cell(out, site_status_names[s->status]);
    cell(out, r->in->terms->currency);
    percent(out, r->has_coverage, r->coverage);
    number(out, true, r->billed, r->places);
    number(out, true, r->taken, r->places);
    number(out, r->has_list, r->taken_list, r->places);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        number(out, s->has_totals, amounts[i], r->places);
    percent(out, s->has_share, s->share);
    buf_printf(out, "%zu,%zu,", r->ntaken, s->unpriced);
    for (size_t i = 0; i < s->nreasons; i++)
        buf_printf(&notes, "%s%s", i > 0 ? "; " : "", s->reasons[i]);
    out->failed = out->failed || notes.failed;
    csv_text(out, notes.n > 0 && !notes.failed ? notes.v : "");
    buf_free(&notes);
    buf_putc(out, '\n');
}

/* ---- lines ---- */

static void bill_cells(const struct reprice *r, const struct bill_sum *s, const char *region, dec_t net,
                       struct buf *out)
{
    char month[DATE_TEXT];
    bool usage = s->category == BILL_USAGE;

    month_format(s->month, month);
    cell(out, month);
    cell(out, bill_category_names[s->category]);
    cell(out, region);
    cell(out, s->service);
    cell(out, s->sku);
    number(out, s->has_quantity && usage, s->quantity, 0);
    cell(out, usage ? s->unit : "");
    cell(out, r->in->terms->currency);
    number(out, true, net, r->places);
}

static void end_row(const struct bill_sum *s, const char *reason, struct buf *out)
{
    cell(out, reason);
    buf_printf(out, "%d\n", s->line);
}

static void offer_cells(const struct line *l, struct buf *out)
{
    dec_t price = DEC_ZERO;
    bool known = l != NULL && l->offer != NULL, single = known && line_unit_price(l, &price);

    cell(out, known ? l->offer->sku : "");
    number(out, single, price, 0);
    cell(out, known ? l->price_currency : "");
    cell(out, !known ? "" : l->offer->basis == BASIS_INCL ? "incl" : "excl");
    number(out, known, known ? l->quantity : DEC_ZERO, 0);
    cell(out, known ? l->unit : "");
}

static void site_row(const struct reprice *r, const struct reprice_line *l, const struct reprice_site *s,
                     struct buf *out)
{
    const struct reprice_cell *c = &s->cells[l - r->lines];
    const struct money none = {0}, *m = c->priced ? &c->line->m : &none;
    const dec_t amounts[] = {m->net, m->tax, m->recoverable, m->cost, dec_sub(m->net, l->net)};

    bill_cells(r, l->sum, l->region->id, l->net, out);
    number(out, l->sum->has_list, l->list, r->places);
    cell(out, s->column);
    cell(out, c->region != NULL ? c->region->id : "");
    cell(out, reprice_cell_status(c));
    offer_cells(c->priced ? c->line : NULL, out);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        number(out, c->priced, amounts[i], r->places);
    end_row(l->sum, c->reason, out);
}

/* A charge that no site prices. */
static void apart_row(const struct reprice *r, const struct bill_sum *s, dec_t net, const char *reason, struct buf *out)
{
    bill_cells(r, s, s->region, net, out);
    buf_puts(out, ",,,not repriced,,,,,,,,,,,,");
    end_row(s, reason, out);
}

static void all_lines(const struct reprice *r, struct buf *out)
{
    buf_puts(out, lines_head);
    for (size_t i = 0; i < r->nlines; i++) {
        const struct reprice_line *l = &r->lines[i];
        for (size_t k = 0; k < r->nsites && *l->why == '\0'; k++)
            site_row(r, l, &r->sites[k], out);
        if (*l->why != '\0')
            apart_row(r, l->sum, l->net, l->why, out);
    }
    for (size_t i = 0; i < r->in->nsums; i++)
        if (r->in->sums[i].category != BILL_USAGE)
            apart_row(r, &r->in->sums[i], reprice_amount(r, &r->in->sums[i]), "", out);
}

void reprice_csv(const struct reprice_view *v, struct buf *out)
{
    if (v->part == REPRICE_LINES) {
        all_lines(v->r, out);
        return;
    }
    buf_puts(out, summary_head);
    for (size_t i = 0; i < v->r->nsites; i++)
        summary_row(v->r, &v->r->sites[i], out);
}
