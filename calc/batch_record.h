/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The records of a batch: the columns of `tco estimate --format csv` and behind them row, row_status and row_error;
 * --columns chooses among them and orders them. A row has a record for each site, in the order of [compare] sites,
 * and then for each plan; a row that failed has one, which says why.
 */
#ifndef TCO_BATCH_RECORD_H
#define TCO_BATCH_RECORD_H

#include "calc/batch.h"
#include "calc/csv_columns.h"

/* A row's own columns have no csv_column. */
enum batch_own { NOT_OWN, BATCH_ROW, BATCH_ROW_STATUS, BATCH_ROW_ERROR };
struct batch_field {
    const char *name;
    const struct csv_column *column; /* NULL for own ones */
    enum batch_own own;
};
struct batch_format {
    const struct batch_field *v;
    size_t n;
    enum view view;
};

/* columns: "a,b,c", NULL for all. Lives in the arena. */
int batch_format_make(struct batch_format *f, struct arena *a, enum view view, const char *columns, struct err *err);
void batch_format_header(const struct batch_format *f, bool bom, struct buf *out);

/* e NULL: the row failed, and why says how. The name of a scenario that failed is the one it was given, or the number
 * of its row. */
void batch_format_row(const struct batch_format *f, const struct batch_row *row, enum batch_status status,
                      const struct estimate *e, const char *why, struct buf *out);

#endif
