/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV as RFC 4180 says, over bytes in memory: quoted cells may hold commas, quotes and line
 * breaks; records end in LF or CRLF; a UTF-8 byte order mark at the start is passed over.
 */
#ifndef TCO_CSV_H
#define TCO_CSV_H

#include "calc/buf.h"
#include "calc/err.h"

struct csv_cell {
    const char *text; /* NUL-terminated, unquoted; valid until the next csv_next() */
    size_t len;
};

struct csv {
    const char *name; /* for messages */
    const char *at, *end;
    char sep;
    int line; /* of the file where the current record begins, 1-based */
    int next_line;
    struct csv_cell *cells;
    size_t ncells, cap;
    size_t width;    /* cells that every record must have; 0 until csv_header() has set it */
    struct buf text; /* unquoted text of the current record */
};

/* body is borrowed until csv_close(). */
void csv_open(struct csv *c, const char *name, const char *body, size_t len, char sep);
/* 1: a record is in cells; 0: the end; -1: an unclosed quote, a quote in the middle of a cell, a
 * NUL byte, text that is not UTF-8, a record over 1 MiB or over 4,096 cells, after csv_header()
 * one with more or fewer cells than the header ("name:line: ..."); the reader is then at its end. Empty lines are
 * passed over. */
int csv_next(struct csv *c, struct err *err);
void csv_close(struct csv *c);

/* Reads the header record and finds columns by name: at[i] gets the index of names[i], or -1 for
 * one of the optional ones (those from `required` on). A missing required column, a column named
 * twice or an unknown column is an error naming it and the known ones. */
int csv_header(struct csv *c, const char *const *names, size_t n, size_t required, int *at, struct err *err);

/* Writes one cell: quoted where RFC 4180 asks for it. csv_text also makes text harmless for
 * spreadsheets: text beginning with = + - @ TAB CR gets an apostrophe in front; numbers are
 * written with csv_raw, which never changes them. */
void csv_text(struct buf *out, const char *text);
void csv_raw(struct buf *out, const char *text);

#endif
