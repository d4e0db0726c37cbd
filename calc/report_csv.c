/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format csv: one table per view, for spreadsheets and scripts. UTF-8; records end in LF, which
 * every RFC 4180 reader takes and which line tools and comparisons read best. The columns are in
 * csv_summary.c, csv_lines.c and csv_months.c. An empty cell means unknown.
 *
 * Amounts from net_cost on have the budget currency's minor units, those before it the price
 * currency's; prices, quantities and rates have all their digits.
 */
#include "calc/csv_columns.h"
#include "calc/line_view.h"
#include "calc/month_sums.h"
#include "calc/report.h"
#include "calc/ways.h"

#include <stdlib.h>

static void write_header(struct buf *out, const struct csv_columns *c)
{
    for (size_t i = 0; i < c->n; i++) {
        buf_puts(out, i > 0 ? "," : "");
        buf_puts(out, c->v[i].name);
    }
    buf_putc(out, '\n');
}

static void write_row(struct buf *out, const struct csv_columns *c, const struct csv_row *row)
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
        struct csv_row row = {.e = e, .site = &e->sites[i]};
        row.money = row.site->has_totals ? &row.site->m : NULL;
        write_row(out, &csv_summary, &row);
    }
}

/* A site that was not priced has no lines, and so no rows. */
static void write_lines(const struct estimate *e, struct buf *out)
{
    for (size_t i = 0; i < e->nsites; i++) {
        struct csv_row row = {.e = e, .site = &e->sites[i]};
        for (size_t k = 0; k < row.site->nlines; k++) {
            row.line = &row.site->lines[k];
            row.money = line_has_amounts(row.line) ? &row.line->m : NULL;
            write_row(out, &csv_lines, &row);
        }
    }
}

/* Months without a charge have no row; every month of a line without amounts has one with empty
 * cells, so that nobody takes the sum of the others for the whole. */
static void write_month(struct buf *out, struct csv_row *row, const struct month_sum *sums, size_t nlines, int months,
                        int m)
{
    bool within = m < row->e->scenario->months;
    row->month = month_add(row->e->scenario->start, m);
    for (size_t k = 0; k < nlines; k++) {
        const struct month_sum *sum = &sums[k * (size_t)months + (size_t)m];
        row->line = &row->site->lines[k];
        row->money = sum->any ? &sum->m : NULL;
        if (sum->any || (within && !line_has_amounts(row->line)))
            write_row(out, &csv_months, row);
    }
}

static int write_site_months(const struct estimate *e, const struct site_estimate *site, struct buf *out,
                             struct err *err)
{
    struct csv_row row = {.e = e, .site = site};
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

/* A resource that nothing is known to be sold for has a row too, with empty cells. */
static void write_ways(const struct estimate *e, const struct report_options *opt, struct buf *out)
{
    for (size_t i = 0; i < e->nsites; i++) {
        struct csv_row row = {.e = e, .site = &e->sites[i]};
        for (size_t k = 0; report_takes(opt, row.site) && k < row.site->nways; k++) {
            row.ways = &row.site->ways[k];
            row.way = NULL;
            if (row.ways->n == 0)
                write_row(out, &csv_ways, &row);
            for (size_t m = 0; m < row.ways->n; m++) {
                row.way = &row.ways->v[m];
                write_row(out, &csv_ways, &row);
            }
        }
    }
}

static const struct csv_columns *const views[] = {[VIEW_SUMMARY] = &csv_summary,
                                                  [VIEW_LINES] = &csv_lines,
                                                  [VIEW_MONTHLY] = &csv_months,
                                                  [VIEW_COMMITMENTS] = &csv_ways};

static int write_csv(const struct estimate *e, const struct report_options *opt, struct buf *out, struct err *err)
{
    int rc = 0;
    if (opt->bom)
        buf_puts(out, "\xEF\xBB\xBF");
    write_header(out, views[opt->view]);
    if (opt->view == VIEW_SUMMARY)
        write_summary(e, out);
    else if (opt->view == VIEW_LINES)
        write_lines(e, out);
    else if (opt->view == VIEW_COMMITMENTS)
        write_ways(e, opt, out);
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
