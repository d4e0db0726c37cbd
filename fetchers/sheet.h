/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables as people send them, row by row: CSV of any usual make, and XLSX workbooks. Bytes in, rows
 * out, in the order of the file; memory grows with the widest row and, in a workbook, with the texts its
 * cells share. Nothing but the bytes given is ever read: no links, no external parts, no entities.
 */
#ifndef TCO_SHEET_H
#define TCO_SHEET_H

#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sheet_kind {
    SHEET_BLANK,
    SHEET_TEXT,
    SHEET_NUMBER, /* text is a plain decimal, no exponent, no separators: see xlsx_number.h; never in CSV */
    SHEET_DATE,   /* text is YYYY-MM-DD */
    SHEET_TRUTH,  /* "TRUE", "FALSE" */
    SHEET_ERROR   /* "#N/A", "#DIV/0!" ...: a formula that failed */
};                /* CSV says nothing of kinds: its cells are blank or text; a text of nothing but blanks is blank */

struct sheet_cell {
    enum sheet_kind kind;
    const char *text; /* NUL-terminated UTF-8, never NULL; good until the handler returns */
    size_t len;
    bool percent; /* a number shown as a percentage: text "0.06" stands for 6 % */
    bool rounded; /* a number with more than 12 decimals in the file */
    bool formula; /* its value is the one the file keeps */
    bool merged;  /* lies in a merged area and repeats its first cell */
};

struct sheet_row {
    const char *sheet; /* name of the sheet; "" in CSV */
    int sheet_number;  /* 1, 2 ... */
    int number;        /* of the row, 1-based; of CSV: the line where it begins */
    bool hidden, sheet_hidden;
    const struct sheet_cell *cells;
    size_t ncells; /* up to the last one that is not blank */
};

/* Anything but 0 stops the reading and is returned; -1 with *err. */
typedef int sheet_handler(void *ctx, const struct sheet_row *row, struct err *err);

struct sheet_limits { /* 0: the default */
    size_t rows;      /* 1,100,000 */
    size_t columns;   /* 16,384 */
    size_t cell;      /* bytes of one cell: 1 MiB */
    uint64_t bytes;   /* 1 GiB: unpacked, of the whole workbook, and again of all texts given; a part over 1 MiB may be
                         200 times its packed size */
};

/* What the file turned out to be, for the intake report. */
struct sheet_facts {
    const char *format;   /* "csv", "xlsx" */
    const char *encoding; /* "UTF-8", "UTF-8 with BOM", "GB18030", "UTF-16LE" ...; "" for xlsx */
    char separator;       /* ',', ';', '\t'; 0 for xlsx */
    size_t sheets, rows, hidden_rows;
};

/* Tells CSV from XLSX by its bytes, not by its name. Empty rows are passed over; one of nothing but repeats of
 * merged cells is empty. Errors (ERR_USAGE) begin with "name:line: ", "name, sheet 'x', row 7: " or "name: "; rows
 * given before are then void. A formula for which the file keeps no value is refused, naming its cell; so are a quote
 * that is never closed, NUL bytes, bytes of no known encoding, and what goes over a limit. limits may be NULL. */
int sheet_read(const char *name, const char *body, size_t len, const struct sheet_limits *limits, sheet_handler *row,
               void *ctx, struct sheet_facts *facts, struct err *err);

#endif
