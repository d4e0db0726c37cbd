/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format csv: one table per view, for spreadsheets and scripts. UTF-8; records end in LF, which
 * every RFC 4180 reader takes and which line tools and comparisons read best. The columns, their
 * names and their order are a promise: they are only ever appended to. An empty cell means unknown.
 *
 * Amounts from net_cost on have the budget currency's minor units, those before it the price
 * currency's; prices, quantities and rates have all their digits.
 */
#include "calc/csv.h"
#include "calc/line_view.h"
#include "calc/month_sums.h"
#include "calc/price.h"
#include "calc/report.h"

#include <stdlib.h>

/* What a cell may look at. */
struct row {
    const struct estimate *e;
    const struct site_estimate *site;
    const struct line *line;   /* NULL in the summary */
    const struct money *money; /* NULL: not known */
    struct month month;
};

/* A column: its name, how a cell is written, and what of: the place of an amount within struct money. */
struct column {
    const char *name;
    void (*put)(struct buf *out, const struct row *r, size_t at);
    size_t at;
};

struct columns {
    const struct column *v;
    size_t n;
};

static void put_decimal(struct buf *out, dec_t value, int places)
{
    char text[DEC_TEXT];
    dec_format(value, places, text);
    csv_raw(out, text);
}

static void put_day(struct buf *out, struct date day)
{
    char text[DATE_TEXT];
    date_format(day, text);
    csv_raw(out, text);
}

static void put_money(struct buf *out, const struct row *r, size_t at)
{
    if (r->money != NULL)
        put_decimal(out, *(const dec_t *)((const char *)r->money + at), r->e->minor_units);
}

static void put_scenario(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->e->scenario->name);
}

static void put_site(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->site->column);
}

static void put_region(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->site->region != NULL)
        csv_text(out, r->site->region->id);
}

static void put_currency(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->e->scenario->currency);
}

/* The summary: one row per site. */

static void put_rank(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->site->rank > 0)
        buf_printf(out, "%d", r->site->rank);
}

static void put_provider(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->site->site->provider);
}

static void put_site_status(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, site_status_names[r->site->status]);
}

static bool site_has_list(const struct row *r)
{
    return r->site->has_totals && r->site->has_list;
}

static void put_site_list_currency(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (site_has_list(r))
        csv_text(out, r->site->list_currency);
}

static void put_site_list(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (site_has_list(r))
        put_decimal(out, r->site->list, currency_places(r->e->rules, r->site->list_currency));
}

static void put_site_npv(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->site->has_totals)
        put_decimal(out, r->site->npv, r->e->minor_units);
}

static void put_per_month(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->site->has_totals)
        put_decimal(out, r->site->cost_per_month, r->e->minor_units);
}

/* Per cent with one decimal, half-up: 16.7; the best one has 0.0. */
static void put_vs_best(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->site->has_vs_best)
        put_decimal(out, dec_round(dec_muln(r->site->vs_best, 100), 1, DEC_HALF_UP), 1);
}

static void put_oldest(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    put_day(out, r->site->oldest_price);
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
static void put_notes(struct buf *out, const struct row *r, size_t at)
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

/* The lines: one row per line of a site. */

static void put_line(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->label);
}

static void put_kind(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->kind);
}

static void put_sku(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_text(out, r->line->offer->sku);
}

static void put_quantity(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->money != NULL && r->line->offer != NULL)
        put_decimal(out, r->line->quantity, 0);
}

static void put_unit(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_text(out, r->line->unit);
}

static void put_charge(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->charge);
}

static void put_unit_price(struct buf *out, const struct row *r, size_t at)
{
    dec_t price;
    (void)at;
    if (line_unit_price(r->line, &price))
        put_decimal(out, price, 0);
}

static void put_price_currency(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->price_currency);
}

static void put_basis(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        csv_text(out, r->line->offer->basis == BASIS_INCL ? "incl" : "excl");
    else if (r->line->cost != NULL && r->line->cost->vat_rate.kind != VALUE_NONE)
        csv_text(out, "excl"); /* the tax comes on top of a configured amount */
}

static void put_tax_rate(struct buf *out, const struct row *r, size_t at)
{
    const struct tax_used *tax = line_one_tax(r->line);
    (void)at;
    if (tax != NULL)
        put_decimal(out, tax->rate, 0);
}

static void put_tax_by(struct buf *out, const struct row *r, size_t at)
{
    const struct tax_used *tax = line_one_tax(r->line);
    (void)at;
    if (tax != NULL)
        csv_text(out, tax->by_buyer ? "buyer" : "seller");
}

static void put_price_amount(struct buf *out, const struct row *r, dec_t amount)
{
    if (r->money != NULL && r->line->price_currency[0] != '\0')
        put_decimal(out, amount, currency_places(r->e->rules, r->line->price_currency));
}

static void put_line_list(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    put_price_amount(out, r, r->line->list);
}

static void put_contracted(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    put_price_amount(out, r, r->line->contract);
}

static void put_discount(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->money != NULL)
        put_decimal(out, r->line->discount, 0);
}

static void put_fx_rate(struct buf *out, const struct row *r, size_t at)
{
    dec_t rate;
    (void)at;
    if (line_fx_rate(r->line, &rate))
        put_decimal(out, rate, 0);
}

static void put_fx_date(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    put_day(out, line_fx_date(r->line));
}

static void put_fx_source(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    line_fx_source(r->line, out);
}

static void put_line_npv(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->money != NULL)
        put_decimal(out, r->line->npv, r->e->minor_units);
}

static void put_line_status(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, line_status_names[r->line->status]);
}

static void put_price_day(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    if (r->line->offer != NULL)
        put_day(out, r->line->offer->as_of);
}

static void put_source(struct buf *out, const struct row *r, size_t at)
{
    (void)at;
    csv_text(out, line_source(r->line));
}

static void put_month(struct buf *out, const struct row *r, size_t at)
{
    char text[DATE_TEXT];
    (void)at;
    month_format(r->month, text);
    csv_raw(out, text);
}

#define MONEY(name, member)                                                                                            \
    {                                                                                                                  \
        name, put_money, offsetof(struct money, member)                                                                \
    }

/* The order binds: see above. */
static const struct column summary_columns[] = {
    {"scenario", put_scenario, 0},
    {"rank", put_rank, 0},
    {"site", put_site, 0},
    {"provider", put_provider, 0},
    {"region", put_region, 0},
    {"status", put_site_status, 0},
    {"list_currency", put_site_list_currency, 0},
    {"list_cost", put_site_list, 0},
    {"currency", put_currency, 0},
    MONEY("net_cost", net),
    MONEY("tax", tax),
    MONEY("tax_recoverable", recoverable),
    MONEY("withheld_tax", withheld),
    MONEY("fees", fees),
    MONEY("other_cost", other),
    MONEY("cash_out", cash_out),
    MONEY("cost", cost),
    {"npv", put_site_npv, 0},
    {"cost_per_month", put_per_month, 0},
    {"vs_best_pct", put_vs_best, 0},
    {"oldest_price", put_oldest, 0},
    {"notes", put_notes, 0},
};

static const struct column line_columns[] = {
    {"scenario", put_scenario, 0},
    {"site", put_site, 0},
    {"region", put_region, 0},
    {"line", put_line, 0},
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
    {"currency", put_currency, 0},
    {"fx_rate", put_fx_rate, 0},
    {"fx_date", put_fx_date, 0},
    {"fx_source", put_fx_source, 0},
    MONEY("net_cost", net),
    MONEY("tax", tax),
    MONEY("tax_recoverable", recoverable),
    MONEY("withheld_tax", withheld),
    MONEY("fees", fees),
    MONEY("cash_out", cash_out),
    MONEY("cost", cost),
    {"npv", put_line_npv, 0},
    {"status", put_line_status, 0},
    {"price_as_of", put_price_day, 0},
    {"source", put_source, 0},
};

static const struct column month_columns[] = {
    {"scenario", put_scenario, 0},
    {"site", put_site, 0},
    {"month", put_month, 0},
    {"line", put_line, 0},
    MONEY("net_cost", net),
    MONEY("tax", tax),
    MONEY("tax_recoverable", recoverable),
    MONEY("withheld_tax", withheld),
    MONEY("fees", fees),
    MONEY("cash_out", cash_out),
    MONEY("cost", cost),
};

static const struct columns views[] = {
    [VIEW_SUMMARY] = {summary_columns, sizeof summary_columns / sizeof summary_columns[0]},
    [VIEW_LINES] = {line_columns, sizeof line_columns / sizeof line_columns[0]},
    [VIEW_MONTHLY] = {month_columns, sizeof month_columns / sizeof month_columns[0]},
};

static void write_header(struct buf *out, const struct columns *c)
{
    for (size_t i = 0; i < c->n; i++) {
        buf_puts(out, i > 0 ? "," : "");
        buf_puts(out, c->v[i].name);
    }
    buf_putc(out, '\n');
}

static void write_row(struct buf *out, const struct columns *c, const struct row *row)
{
    for (size_t i = 0; i < c->n; i++) {
        buf_puts(out, i > 0 ? "," : "");
        c->v[i].put(out, row, c->v[i].at);
    }
    buf_putc(out, '\n');
}

static void write_summary(const struct estimate *e, struct buf *out)
{
    for (size_t i = 0; i < e->nsites; i++) {
        struct row row = {.e = e, .site = &e->sites[i]};
        row.money = row.site->has_totals ? &row.site->m : NULL;
        write_row(out, &views[VIEW_SUMMARY], &row);
    }
}

/* A site that was not priced has no lines, and so no rows. */
static void write_lines(const struct estimate *e, struct buf *out)
{
    for (size_t i = 0; i < e->nsites; i++) {
        struct row row = {.e = e, .site = &e->sites[i]};
        for (size_t k = 0; k < row.site->nlines; k++) {
            row.line = &row.site->lines[k];
            row.money = line_has_amounts(row.line) ? &row.line->m : NULL;
            write_row(out, &views[VIEW_LINES], &row);
        }
    }
}

/* Months without a charge have no row; every month of a line without amounts has one with empty
 * cells, so that nobody takes the sum of the others for the whole. */
static void write_month(struct buf *out, struct row *row, const struct month_sum *sums, size_t nlines, int months,
                        int m)
{
    bool within = m < row->e->scenario->months;
    row->month = month_add(row->e->scenario->start, m);
    for (size_t k = 0; k < nlines; k++) {
        const struct month_sum *sum = &sums[k * (size_t)months + (size_t)m];
        row->line = &row->site->lines[k];
        row->money = sum->any ? &sum->m : NULL;
        if (sum->any || (within && !line_has_amounts(row->line)))
            write_row(out, &views[VIEW_MONTHLY], row);
    }
}

static int write_site_months(const struct estimate *e, const struct site_estimate *site, struct buf *out,
                             struct err *err)
{
    struct row row = {.e = e, .site = site};
    int months = site_months(e->scenario, site), rc = 0;
    struct month_sum *sums;
    if (site->nlines == 0)
        return 0;
    sums = calloc(site->nlines * (size_t)months, sizeof *sums);
    if (sums == NULL)
        return err_nomem(err);
    for (size_t k = 0; rc == 0 && k < site->nlines; k++)
        rc = month_sums_add(sums + k * (size_t)months, months, &site->lines[k], err);
    for (int m = 0; rc == 0 && m < months; m++)
        write_month(out, &row, sums, site->nlines, months, m);
    free(sums);
    return rc;
}

static int write_monthly(const struct estimate *e, struct buf *out, struct err *err)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (write_site_months(e, &e->sites[i], out, err) != 0)
            return -1;
    return 0;
}

static int write_csv(const struct estimate *e, const struct report_options *opt, struct buf *out, struct err *err)
{
    int rc = 0;
    if (opt->bom)
        buf_puts(out, "\xEF\xBB\xBF");
    write_header(out, &views[opt->view]);
    if (opt->view == VIEW_SUMMARY)
        write_summary(e, out);
    else if (opt->view == VIEW_LINES)
        write_lines(e, out);
    else
        rc = write_monthly(e, out, err);
    if (rc == 0 && out->failed)
        rc = err_nomem(err);
    return rc;
}

const struct report csv_report = {
    .name = "csv",
    .about = "comma separated values, one table per view",
    .write = write_csv,
};
