/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of an inventory read, priced as one bill for each site, and written: a record for each site, or each line,
 * with how many rows it is of (column `rows`); or sums by group. A row that is wrong is named and left out; then the
 * bill is incomplete and its totals are not known. Nothing is written before all rows are read.
 */
#ifndef TCO_BATCH_BILL_H
#define TCO_BATCH_BILL_H

#include "calc/batch_inventory.h"
#include "calc/batch_out.h"
#include "calc/batch_rows.h"
#include "calc/catalogue.h"

struct batch_bill {
    struct app *app;
    const struct batch_options *options;
    const struct config *base;
    const struct batch_fields *fields;
    const struct batch_columns *columns;
    struct catalogue *catalogue;
    struct batch_rows *rows;
};

/* Is every column of --columns one of a bill? */
int batch_bill_check(const struct batch_options *o, struct err *err);
/* The text of all records under their header; *status is the exit status. */
int batch_bill(const struct batch_bill *b, struct buf *out, int *status, struct err *err);

#endif
