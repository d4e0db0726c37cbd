/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a batch, block by block, from text of any length: memory is a window and the blocks, whatever comes.
 * CSV as RFC 4180 says. Empty lines are passed over. A record that is broken (a quote never closed or in the
 * middle of a cell, over 1 MiB) is its first line alone, and the next begins on the next line: one bad line does not
 * take what follows with it.
 */
#ifndef TCO_BATCH_ROWS_H
#define TCO_BATCH_ROWS_H

#include "calc/batch.h"
#include "calc/batch_bytes.h"

enum {
    BATCH_RECORD_BYTES = 1024 * 1024, /* the longest record */
    BATCH_BLOCK_BYTES = 64 * 1024,    /* a block takes no further record behind these */
    BATCH_BLOCK_ROWS = 256
};

struct batch_record {
    size_t at, n; /* in the text of the block */
    long line;
    bool quotes;
    const char *wrong; /* NULL: nothing so far */
};

/* Zeroed before its first use; used over and over. */
struct batch_block {
    char *text;
    size_t n, cap;
    struct batch_record v[BATCH_BLOCK_ROWS];
    size_t nrows;
    uint64_t first; /* the number of its first record: 0 for the header */
    bool ascii;     /* every byte of it, and no NUL */
};
void batch_block_free(struct batch_block *b);

struct batch_rows {
    struct batch_bytes bytes;
    char *window;
    size_t at, end;
    bool ended, skipping; /* skipping: the rest of a line that is too long */
    long line;            /* where `at` is */
    uint64_t next;
};

/* r->bytes is open. batch_rows_close() closes it, too. */
int batch_rows_start(struct batch_rows *r, struct err *err);
/* At most `most` records, at least one; what has come is given before more is waited for. 1: some; 0: the end. */
int batch_rows_block(struct batch_rows *r, struct batch_block *b, size_t most, struct err *err);
void batch_rows_close(struct batch_rows *r);

/* Cuts a record of the block into cells, in place and so once only: how many it has; the first `most` are in cells. A
 * record that turns out wrong (NUL, not UTF-8) says so in rec->wrong. */
size_t batch_cells(const struct batch_block *b, struct batch_record *rec, struct batch_cell *cells, size_t most);

#endif
