/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cell of a worksheet: gathered as its elements go by, then understood by its type and style.
 */
#ifndef TCO_XLSX_CELL_H
#define TCO_XLSX_CELL_H

#include "fetchers/markup_stream.h"
#include "fetchers/xlsx_book.h"

enum xlsx_type {
    XLSX_NUMERIC, /* what a cell is that does not say */
    XLSX_SHARED,
    XLSX_INLINE,
    XLSX_STRING, /* of a formula */
    XLSX_TRUTH,
    XLSX_FAULT,
    XLSX_ISO_DAY /* strict workbooks */
};

/* Zeroed but for text.most it is ready for the first cell. */
struct xlsx_cell {
    uint32_t row, column;
    enum xlsx_type type;
    uint32_t style;
    bool formula, value, inlined;
    struct xlsx_rich text;
};

int xlsx_cell_begin(struct xlsx_cell *c, uint32_t row, uint32_t column, const struct markup_tag *tag, struct err *err);
/* Elements below it, level 1 for its children. */
int xlsx_cell_start(struct xlsx_cell *c, const char *name, int level, struct err *err);
void xlsx_cell_leave(struct xlsx_cell *c, int level);
/* Texts live in the arena or are shared ones. Messages name the cell: "cell C7: ...". */
int xlsx_cell_end(struct xlsx_cell *c, const struct xlsx_book *b, struct arena *a, struct sheet_cell *out,
                  struct err *err);
void xlsx_cell_free(struct xlsx_cell *c);

#endif
