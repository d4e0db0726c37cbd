/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format csv --view monthly: one row per site, month and line.
 */
#include "calc/csv_columns.h"

static void put_month(struct buf *out, const struct csv_row *r, size_t at)
{
    char text[DATE_TEXT];
    (void)at;
    month_format(r->month, text);
    csv_raw(out, text);
}

static const struct csv_column columns[] = {
    {"scenario", csv_scenario, 0},
    {"site", csv_site, 0},
    {"month", put_month, 0},
    {"line", csv_line, 0},
    CSV_MONEY("net_cost", net),
    CSV_MONEY("tax", tax),
    CSV_MONEY("tax_recoverable", recoverable),
    CSV_MONEY("withheld_tax", withheld),
    CSV_MONEY("fees", fees),
    CSV_MONEY("cash_out", cash_out),
    CSV_MONEY("cost", cost),
};

const struct csv_columns csv_months = {columns, sizeof columns / sizeof columns[0]};
