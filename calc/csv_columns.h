/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of the CSV views: csv_summary.c has one row per site, csv_lines.c one per line,
 * csv_months.c one per month and line, csv_ways.c one per way to buy. report_csv.c writes them. A view is a table of columns; the
 * names and their order are a promise, they are only ever appended to.
 */
#ifndef TCO_CSV_COLUMNS_H
#define TCO_CSV_COLUMNS_H

#include "calc/csv.h"
#include "calc/estimate.h"

/* What a cell may look at. */
struct csv_row {
    const struct estimate *e;
    const struct site_estimate *site;
    const struct line *line;   /* NULL in the summary */
    const struct money *money; /* NULL: not known */
    struct month month;
    const struct line_ways *ways; /* of the commitments view */
    const struct way *way;        /* NULL: none is known */
};

/* A column: its name, how a cell is written, and what of: the place of an amount within struct money. An
 * unknown cell is left empty. */
struct csv_column {
    const char *name;
    void (*put)(struct buf *out, const struct csv_row *r, size_t at);
    size_t at;
};

struct csv_columns {
    const struct csv_column *v;
    size_t n;
};

extern const struct csv_columns csv_summary, csv_lines, csv_months, csv_ways;

/* Cells that several views have. */
void csv_money(struct buf *out, const struct csv_row *r, size_t at);
void csv_scenario(struct buf *out, const struct csv_row *r, size_t at);
void csv_site(struct buf *out, const struct csv_row *r, size_t at);
void csv_region(struct buf *out, const struct csv_row *r, size_t at);
void csv_currency(struct buf *out, const struct csv_row *r, size_t at);
void csv_line(struct buf *out, const struct csv_row *r, size_t at);
void csv_decimal(struct buf *out, dec_t value, int places);
void csv_day(struct buf *out, struct date day);

#define CSV_MONEY(name, member)                                                                                        \
    {                                                                                                                  \
        name, csv_money, offsetof(struct money, member)                                                                \
    }

#endif
