/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format csv --view commitments: one row per site, resource and way to buy it. A resource that nothing is
 * known to be sold for has one row, whose status is unpriced.
 */
#include "calc/csv_columns.h"

#include "calc/ways.h"

static bool known(const struct csv_row *r)
{
    return r->way && (r->way->status == LINE_PRICED || r->way->status == LINE_STALE);
}

static void put_label(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->ways->resource->label);
}

static void put_kind(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, kind_table[r->ways->resource->kind].name);
}

static void put_charge(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->way)
        csv_text(out, r->way->charge);
}

static void put_sku(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->way)
        csv_text(out, r->way->offer->sku);
}

static void put_status(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, line_status_names[r->way ? r->way->status : LINE_UNPRICED]);
}

static void put_best(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (known(r))
        csv_text(out, r->way->best ? "yes" : "no");
}

/* An amount of the way. */
static void put_amount(struct buf *out, const struct csv_row *r, size_t at)
{
    if (known(r))
        csv_decimal(out, *(const dec_t *)((const char *)r->way + at), r->e->minor_units);
}

static void put_break_even(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (known(r) && r->way->has_break_even)
        csv_decimal(out, dec_muln(r->way->break_even, 100), 1);
}

/* Empty: not within the horizon, or nothing to compare with. */
static void put_payback(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (known(r) && r->way->payback > 0)
        buf_printf(out, "%d", r->way->payback);
}

static void put_renewals(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (known(r))
        buf_printf(out, "%d", r->way->renewals);
}

/* An amount of what to commit to, of a demand that varies. */
static void put_commit(struct buf *out, const struct csv_row *r, size_t at)
{
    if (known(r) && r->way->amount)
        csv_decimal(out, *(const dec_t *)((const char *)r->way->amount + at), r->e->minor_units);
}

static void put_number(struct buf *out, const struct csv_row *r, size_t at)
{
    if (known(r) && r->way->amount)
        csv_decimal(out, *(const dec_t *)((const char *)r->way->amount + at), 0);
}

static void put_most(struct buf *out, const struct csv_row *r, size_t at)
{
    if (known(r) && r->way->amount && r->way->amount->has_all)
        (at == offsetof(struct way_amount, all) ? put_commit : put_number)(out, r, at);
}

#define AMOUNT(name, member)                                                                                           \
    {                                                                                                                  \
        name, put_amount, offsetof(struct way, member)                                                                 \
    }

static const struct csv_column columns[] = {
    {"scenario", csv_scenario, 0},
    {"site", csv_site, 0},
    {"region", csv_region, 0},
    {"line", put_label, 0},
    {"kind", put_kind, 0},
    {"charge", put_charge, 0},
    {"sku", put_sku, 0},
    {"status", put_status, 0},
    {"best", put_best, 0},
    {"currency", csv_currency, 0},
    AMOUNT("cash_upfront", upfront),
    AMOUNT("monthly_cost", monthly),
    AMOUNT("cost", cost),
    AMOUNT("npv", npv),
    {"break_even_pct", put_break_even, 0},
    {"payback_month", put_payback, 0},
    AMOUNT("unused_cost", unused_cost),
    {"renewals", put_renewals, 0},
    {"commit_quantity", put_number, offsetof(struct way_amount, quantity)},
    {"commit_cost", put_commit, offsetof(struct way_amount, cost)},
    {"on_demand_cost", put_commit, offsetof(struct way_amount, on_demand)},
    {"most_quantity", put_most, offsetof(struct way_amount, most)},
    {"most_cost", put_most, offsetof(struct way_amount, all)},
    {"critical_ratio", put_number, offsetof(struct way_amount, ratio)},
};

const struct csv_columns csv_ways = {columns, sizeof columns / sizeof columns[0]};
