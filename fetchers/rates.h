/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of reference rates, as CSV with one line a day: the ECB's (a column USD holds USD per 1
 * EUR) and CFETS's (a column is a pair as printed: USD/CNY, 100JPY/CNY, CNY/MYR). Bytes in, rates
 * out. Blank, N/A and --- mean that none was published.
 */
#ifndef TCO_RATES_H
#define TCO_RATES_H

#include "calc/arena.h"
#include "calc/date.h"
#include "calc/decimal.h"
#include "calc/err.h"

#include <stddef.h>

/* What a column quotes: `quote` per `units` of `base`; `currency` is the one that is not the table's own. */
struct rate_column {
    char base[4], quote[4], currency[4];
    int units; /* 1 or 100 */
};

struct rate_point {
    int column;
    struct date date;
    dec_t value;
};

struct rate_table {
    const struct rate_column *columns;
    size_t ncolumns;
    const struct rate_point *points; /* by column, then day; one a day at most */
    size_t npoints;
};

/* `own` is the table's own currency: EUR, CNY. A line given twice must say the same. */
int rates_read(const char *own, const char *name, const char *body, size_t len, struct arena *a, struct rate_table *out,
               struct err *err);

#endif
