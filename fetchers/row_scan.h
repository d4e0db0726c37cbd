/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the cells of a line of CSV end. A row is one line: a quoted cell that runs over the end of its
 * line was never closed. One plain loop says what is right; the fast one looks at 64 bytes at a time,
 * takes only rows without fault, and leaves all others to the plain one, so that both always agree.
 */
#ifndef TCO_ROW_SCAN_H
#define TCO_ROW_SCAN_H

#include <stddef.h>
#include <stdint.h>

enum { ROW_BLOCK = 64, ROW_BLOCKS_MAX = 1024, ROW_BYTES_MAX = ROW_BLOCK * ROW_BLOCKS_MAX - 1 };

enum row_fault {
    ROW_FINE,
    ROW_NUL,         /* a NUL byte */
    ROW_RETURN,      /* a carriage return that does not end the line */
    ROW_STRAY_QUOTE, /* a quote within an unquoted cell, or something behind a closing one */
    ROW_UNCLOSED,    /* a quote that is not closed on the line */
    ROW_LONG         /* over ROW_BYTES_MAX bytes */
};
extern const char *const row_faults[]; /* in words */

struct row_scan {
    const char *at, *next; /* the row, the one behind it */
    size_t ncells;
    /* Per block of the row: bit i tells that a cell ends before byte i (with a comma or the line), and how many
     * such there are in the blocks before; one more `before` than blocks. */
    uint64_t ends[ROW_BLOCKS_MAX];
    uint32_t before[ROW_BLOCKS_MAX + 1];
};

/* Scans the row at `at` (before `end`); LF or CRLF ends it, and so does the end of the bytes. *out is good
 * when there is no fault. */
typedef enum row_fault row_scanner(const char *at, const char *end, struct row_scan *out);
row_scanner row_scan_plain;
row_scanner row_scan_fast;

/* Cell i, which must be one of ncells, with its quotes. */
const char *row_cell(const struct row_scan *r, size_t i, size_t *len);

#endif
