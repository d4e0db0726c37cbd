/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook: its sheets in the order in which they are shown, and what their cells refer to.
 */
#ifndef TCO_XLSX_BOOK_H
#define TCO_XLSX_BOOK_H

#include "calc/arena.h"
#include "fetchers/sheet_parts.h"
#include "fetchers/xlsx_strings.h"
#include "fetchers/xlsx_styles.h"
#include "fetchers/xlsx_zip.h"

struct xlsx_sheet {
    const char *name;
    int number; /* among all sheets, those of charts too; from 1 */
    bool hidden;
    long part; /* -1: a sheet without cells (a chart) */
};

struct xlsx_book {
    struct xlsx_zip *zip;
    struct arena arena; /* names */
    struct xlsx_sheet *sheets;
    size_t nsheets;
    struct xlsx_strings strings;
    struct xlsx_styles styles;
    bool from_1904;
    bool recalculate; /* it asks to be calculated when it is opened: who wrote it did not calculate */
};

/* Everything but the sheets themselves. Messages name the part. *b must be zeroed; xlsx_book_close() also after a
 * failure. */
int xlsx_book_open(struct xlsx_book *b, const struct sheet_job *job, struct err *err);
void xlsx_book_close(struct xlsx_book *b);

/* How far the reading of a sheet came. */
struct xlsx_place {
    uint32_t row; /* 0: before the first */
    bool said;    /* the message is whole, it needs no place */
};
/* Reads a sheet row by row. */
int xlsx_sheet_read(struct xlsx_book *b, const struct xlsx_sheet *sheet, struct sheet_job *job,
                    struct xlsx_place *place, struct err *err);

#endif
