/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the readers of sheets share: a job, and the way a row takes to the one who asked for it.
 */
#ifndef TCO_SHEET_PARTS_H
#define TCO_SHEET_PARTS_H

#include "fetchers/sheet.h"

/* All texts of one row together, and of all merged cells that wait to be repeated. */
enum { SHEET_ROW_BYTES = 16 << 20 };

struct sheet_job {
    const char *name, *body;
    size_t len;
    struct sheet_limits limits; /* none is 0 */
    sheet_handler *row;
    void *ctx;
    struct sheet_facts *facts;
    uint64_t cells, bytes; /* given so far: cells, blank ones too, and their texts */
};

/* Hands a row on unless it is empty, and counts it. Cells behind the last one that is not blank are cut off here.
 * Returns what the handler does; -1 over the limits of rows and
 * bytes, or of cells, which a few bytes a row could make very many. */
int sheet_deliver(struct sheet_job *job, struct sheet_row *row, struct err *err);

/* Nothing but blanks, tabs, line breaks, no-break and ideographic blanks. */
bool sheet_is_blank(const char *text, size_t len);

int sheet_csv_read(struct sheet_job *job, struct err *err);
int xlsx_read(struct sheet_job *job, struct err *err);

#endif
