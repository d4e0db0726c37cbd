/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Merged areas: all their cells show the first one, and so it is repeated in all of them; what else lies below it
 * is not seen by anyone and not read. A sheet lists its areas behind its rows: they are gathered before.
 */
#ifndef TCO_XLSX_MERGES_H
#define TCO_XLSX_MERGES_H

#include "calc/err.h"
#include "fetchers/xlsx_cells.h"

#include <stdint.h>

struct xlsx_area {
    uint32_t top, left, bottom, right; /* from 1 */
    struct sheet_cell first;
    char *text; /* of the first cell, when it is kept for further rows */
};

struct xlsx_merges {
    struct xlsx_area *areas;
    size_t n, cap, next; /* next: the first whose rows have not come yet */
    size_t *active;      /* areas that reach into further rows */
    size_t nactive;
    uint64_t work; /* cells looked at, of all sheets */
    size_t held;   /* bytes of texts kept */
};

/* "A1:C2" */
int xlsx_merges_add(struct xlsx_merges *m, const char *text, size_t len, struct err *err);
/* Once all are there. Areas that overlap are refused. */
int xlsx_merges_ready(struct xlsx_merges *m, struct err *err);
/* Repeats what belongs into a row; rows must come in their order. */
int xlsx_merges_apply(struct xlsx_merges *m, uint32_t row, struct xlsx_cells *cells, struct err *err);
void xlsx_merges_free(struct xlsx_merges *m); /* zeroed is fine */

#endif
