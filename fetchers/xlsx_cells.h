/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cells of one row. Those that were never put are blank, also behind the last one; clearing costs only what
 * was put, so that a row with one cell far to the right is cheap.
 */
#ifndef TCO_XLSX_CELLS_H
#define TCO_XLSX_CELLS_H

#include "fetchers/sheet.h"

struct xlsx_cells {
    struct sheet_cell *v;
    size_t n, cap; /* n: up to the last one put */
    size_t bytes;  /* of all texts put, repeated and shared ones each time */
    size_t *put;   /* where */
    size_t nput, put_cap;
};

/* Columns from 0. Takes the place of what was there. -1 when the texts of the row are too large: who takes the row
 * may have to copy them. */
int xlsx_cells_put(struct xlsx_cells *c, size_t column, const struct sheet_cell *cell, struct err *err);
void xlsx_cells_clear(struct xlsx_cells *c);
void xlsx_cells_free(struct xlsx_cells *c); /* zeroed is fine */

#endif
