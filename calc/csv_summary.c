/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format csv --view summary: one row per site.
 */
#include "calc/csv_columns.h"

#include "calc/price.h"

static void put_rank(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->site->rank > 0)
        buf_printf(out, "%d", r->site->rank);
}

static void put_provider(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->site->site->provider);
}

static void put_site_status(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, site_status_names[r->site->status]);
}

static bool site_has_list(const struct csv_row *r)
{
    return r->site->has_totals && r->site->has_list;
}

static void put_site_list_currency(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (site_has_list(r))
        csv_text(out, r->site->list_currency);
}

static void put_site_list(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (site_has_list(r))
        csv_decimal(out, r->site->list, currency_places(r->e->rules, r->site->list_currency));
}

static void put_site_npv(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->site->has_totals)
        csv_decimal(out, r->site->npv, r->e->minor_units);
}

static void put_per_month(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->site->has_totals)
        csv_decimal(out, r->site->cost_per_month, r->e->minor_units);
}

/* Per cent with one decimal, half-up: 16.7; the best one has 0.0. */
static void put_vs_best(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->site->has_vs_best)
        csv_decimal(out, dec_round(dec_muln(r->site->vs_best, 100), 1, DEC_HALF_UP), 1);
}

static void put_oldest(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_day(out, r->site->oldest_price);
}

static void join(struct buf *text, const char *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text->n > 0)
            buf_puts(text, "; ");
        buf_puts(text, v[i]);
    }
}

/* Reasons first: a cut cell still says why. */
static void put_notes(struct buf *out, const struct csv_row *r, size_t at)
{
    struct buf text = {0};
    (void)at;
    join(&text, r->site->reasons, r->site->nreasons);
    join(&text, r->site->notes, r->site->nnotes);
    if (text.failed)
        out->failed = true;
    else if (text.n > 0)
        csv_text(out, text.v);
    buf_free(&text);
}

static const struct csv_column columns[] = {
    {"scenario", csv_scenario, 0},
    {"rank", put_rank, 0},
    {"site", csv_site, 0},
    {"provider", put_provider, 0},
    {"region", csv_region, 0},
    {"status", put_site_status, 0},
    {"list_currency", put_site_list_currency, 0},
    {"list_cost", put_site_list, 0},
    {"currency", csv_currency, 0},
    CSV_MONEY("net_cost", net),
    CSV_MONEY("tax", tax),
    CSV_MONEY("tax_recoverable", recoverable),
    CSV_MONEY("withheld_tax", withheld),
    CSV_MONEY("fees", fees),
    CSV_MONEY("other_cost", other),
    CSV_MONEY("cash_out", cash_out),
    CSV_MONEY("cost", cost),
    {"npv", put_site_npv, 0},
    {"cost_per_month", put_per_month, 0},
    {"vs_best_pct", put_vs_best, 0},
    {"oldest_price", put_oldest, 0},
    {"notes", put_notes, 0},
};

const struct csv_columns csv_summary = {columns, sizeof columns / sizeof columns[0]};
