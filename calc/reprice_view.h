/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a repriced bill is shown: one file per format. The names of the columns of the CSV and of the members of the JSON
 * (fixtures/schema/reprice.schema.json) are a promise: they are only ever appended to.
 */
#ifndef TCO_REPRICE_VIEW_H
#define TCO_REPRICE_VIEW_H

#include "calc/phrase.h"
#include "calc/reprice.h"

enum reprice_part { REPRICE_SUMMARY, REPRICE_LINES };

struct reprice_view {
    struct phrases *p; /* check p->failed and out->failed afterwards */
    const struct reprice *r;
    enum reprice_part part;
    const char *bill; /* its name */
    long rounded;     /* numbers of it with more than 12 decimals */
    bool color;
};

void reprice_table_lines(const struct reprice_view *v, struct buf *out); /* of reprice_table() */
void reprice_table(const struct reprice_view *v, struct buf *out);
void reprice_csv(const struct reprice_view *v, struct buf *out);
void reprice_json(const struct reprice_view *v, struct buf *out); /* holds both parts */

/* "priced", "unpriced", "ambiguous", "stale", "ineligible". */
const char *reprice_cell_status(const struct reprice_cell *c);
/* The same where there is a line. */
enum line_status reprice_cell_line(const struct reprice_cell *c);

#endif
