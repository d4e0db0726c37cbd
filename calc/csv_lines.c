/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format csv --view lines: one row per line of a site. list_cost and contracted_cost are in the
 * price's currency, on its own tax basis; from net_cost on everything is in the budget currency.
 */
#include "calc/csv_columns.h"

#include "calc/line_view.h"
#include "calc/price.h"

static void put_kind(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->kind);
}

static void put_sku(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_text(out, r->line->offer->sku);
}

static void put_quantity(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->money != NULL && r->line->offer != NULL)
        csv_decimal(out, r->line->quantity, 0);
}

static void put_unit(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_text(out, r->line->unit);
}

static void put_charge(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->charge);
}

static void put_unit_price(struct buf *out, const struct csv_row *r, size_t at)
{
    dec_t price;
    (void)at;
    if (line_unit_price(r->line, &price))
        csv_decimal(out, price, 0);
}

static void put_price_currency(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->price_currency);
}

static void put_basis(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_text(out, r->line->offer->basis == BASIS_INCL ? "incl" : "excl");
    else if (r->line->cost != NULL && r->line->cost->vat_rate.kind != VALUE_NONE)
        csv_text(out, "excl"); /* the tax comes on top of a configured amount */
}

static void put_tax_rate(struct buf *out, const struct csv_row *r, size_t at)
{
    const struct tax_used *tax = line_one_tax(r->line);
    (void)at;
    if (tax != NULL)
        csv_decimal(out, tax->rate, 0);
}

static void put_tax_by(struct buf *out, const struct csv_row *r, size_t at)
{
    const struct tax_used *tax = line_one_tax(r->line);
    (void)at;
    if (tax != NULL)
        csv_text(out, tax->by_buyer ? "buyer" : "seller");
}

static void put_price_amount(struct buf *out, const struct csv_row *r, dec_t amount)
{
    if (r->money != NULL && r->line->price_currency[0] != '\0')
        csv_decimal(out, amount, currency_places(r->e->rules, r->line->price_currency));
}

static void put_line_list(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    put_price_amount(out, r, r->line->list);
}

static void put_contracted(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    put_price_amount(out, r, r->line->contract);
}

static void put_discount(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->money != NULL)
        csv_decimal(out, r->line->discount, 0);
}

static void put_fx_rate(struct buf *out, const struct csv_row *r, size_t at)
{
    dec_t rate;
    (void)at;
    if (line_fx_rate(r->line, &rate))
        csv_decimal(out, rate, 0);
}

static void put_fx_date(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_day(out, line_fx_date(r->line));
}

static void put_fx_source(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    line_fx_source(r->line, out);
}

static void put_line_npv(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->money != NULL)
        csv_decimal(out, r->line->npv, r->e->minor_units);
}

static void put_line_status(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, line_status_names[r->line->status]);
}

static void put_price_day(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_day(out, r->line->offer->as_of);
}

static void put_source(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, line_source(r->line));
}

static const struct csv_column columns[] = {
    {"scenario", csv_scenario, 0},
    {"site", csv_site, 0},
    {"region", csv_region, 0},
    {"line", csv_line, 0},
    {"kind", put_kind, 0},
    {"sku", put_sku, 0},
    {"quantity", put_quantity, 0},
    {"unit", put_unit, 0},
    {"charge", put_charge, 0},
    {"list_unit_price", put_unit_price, 0},
    {"price_currency", put_price_currency, 0},
    {"tax_basis", put_basis, 0},
    {"tax_rate", put_tax_rate, 0},
    {"tax_by", put_tax_by, 0},
    {"list_cost", put_line_list, 0},
    {"discount", put_discount, 0},
    {"contracted_cost", put_contracted, 0},
    {"currency", csv_currency, 0},
    {"fx_rate", put_fx_rate, 0},
    {"fx_date", put_fx_date, 0},
    {"fx_source", put_fx_source, 0},
    CSV_MONEY("net_cost", net),
    CSV_MONEY("tax", tax),
    CSV_MONEY("tax_recoverable", recoverable),
    CSV_MONEY("withheld_tax", withheld),
    CSV_MONEY("fees", fees),
    CSV_MONEY("cash_out", cash_out),
    CSV_MONEY("cost", cost),
    {"npv", put_line_npv, 0},
    {"status", put_line_status, 0},
    {"price_as_of", put_price_day, 0},
    {"source", put_source, 0},
};

const struct csv_columns csv_lines = {columns, sizeof columns / sizeof columns[0]};
