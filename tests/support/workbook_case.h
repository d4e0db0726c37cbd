/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workbooks made by hand, honest and hostile ones: an archive part by part, and the few parts that every
 * workbook has around the one a test is about. Faults of memory fail the test.
 */
#ifndef TCO_WORKBOOK_CASE_H
#define TCO_WORKBOOK_CASE_H

#include "calc/buf.h"
#include "fetchers/sheet.h"

#include <stdint.h>

struct archive {
    struct buf bytes, directory;
    unsigned n;
};

struct archive_part {
    const char *name;
    const char *body;
    size_t len; /* 0: strlen(body) */
    bool deflate;
    /* Lies: what the headers say instead when it is not 0. */
    uint16_t method, flags;
    uint32_t size, crc;
};

void archive_add(struct archive *a, const struct archive_part *part);
void archive_put(struct archive *a, const char *name, const char *body);
void archive_end(struct archive *a); /* a->bytes is the archive then */
void archive_free(struct archive *a);

/* A workbook of one sheet "S"; a NULL part is left out, or the usual one for relations and the workbook itself. */
struct workbook {
    const char *sheet;     /* the whole part, or only what stands in <sheetData> when it does not begin with '<?' */
    const char *behind;    /* what follows </sheetData> */
    const char *strings;   /* what stands in <sst> */
    const char *styles;    /* what stands in <styleSheet> */
    const char *settings;  /* elements of the workbook beside its sheets */
    const char *sheets;    /* instead of the one sheet S with the id rS */
    const char *relations; /* further relationships of the workbook */
};
void workbook_make(struct archive *a, const struct workbook *w); /* open: more parts may follow, then archive_end() */

/* What a file reads as: a line for each row, "S:3 T[text] N[1.5]% _ D[2026-11-21]f B[TRUE]m E[#N/A]"; 'h' behind the
 * number of a hidden row, 'H' of a hidden sheet, '~' behind a rounded number. After that, when it was refused,
 * "error: " and the message. Call free() with it. */
char *sheet_shown(const char *body, size_t len, const struct sheet_limits *limits, struct sheet_facts *facts);
/* The same of a workbook, as "q.xlsx". */
char *workbook_shown(const struct workbook *w);

#endif
