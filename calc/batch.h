/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of `tco batch` share. The way of the data:
 *
 *   bytes -> batch_rows (blocks of whole records) -> workers: batch_scenario (a row becomes an estimate) ->
 *   batch_out (records, in the order of the rows) or a sink (sums) -> one output, written once
 *
 * Rows are counted from 1 behind the header, broken ones too. What comes out does not depend on how many workers
 * there are: blocks are evaluated side by side, and everything that leaves a worker waits for its block's turn.
 */
#ifndef TCO_BATCH_H
#define TCO_BATCH_H

#include "calc/command.h"
#include "calc/config.h"
#include "calc/estimate.h"
#include "calc/report.h"

#include <stdint.h>

/* What was asked. Texts are those of the command line. */
struct batch_options {
    const char *base, *rows;  /* BASE.ini and ROWS.csv ("-": standard input); NULL with files */
    const char *const *files; /* several configurations, each an estimate of its own; NULL with rows */
    size_t nfiles;
    const char *const *sets;
    size_t nsets;
    const char *as_of;    /* NULL when not given */
    const char *scenario; /* of the base or of each file; NULL: none */
    const char *output;   /* of -o; NULL: standard output */
    enum view view;       /* VIEW_SUMMARY or VIEW_LINES */
    const char *columns, *group_by;
    bool strict, bom;
    int workers;
    struct estimate_options estimate;
};

/* ---- rows ---- */

struct batch_cell {
    const char *text; /* unquoted, UTF-8, a NUL behind its n bytes */
    size_t n;
};

enum batch_column_kind {
    BATCH_NAME, /* names the scenario: [project] name */
    BATCH_KEY,  /* a key of the configuration */
    BATCH_WORD, /* of an inventory: see struct batch_words */
    BATCH_LABEL /* of no meaning here, for --group-by */
};
struct batch_column {
    const char *header; /* as the file has it */
    enum batch_column_kind kind;
    const char *section, *key; /* BATCH_KEY: "compute web", "count" */
    int word;                  /* BATCH_WORD: as batch_words.find() gave it */
};
struct batch_columns {
    const char *file; /* of the rows, for messages */
    const struct batch_column *v;
    size_t n;
    bool has_words;
};

struct batch_row {
    const struct batch_columns *columns; /* NULL: rows are configuration files */
    const char *file;                    /* the one this row is; NULL with columns */
    const struct batch_cell *cells;      /* one for each column; NULL when the record is wrong */
    uint64_t number;
    long line;         /* of the file, where the record begins */
    const char *wrong; /* what is wrong with the record itself; NULL: nothing */
};

/* Column words beside the configuration's own keys. Overrides made of a row's words live in the arena, which is
 * cleared before the next row. Safe for several threads at once. */
struct batch_words {
    void *ctx;
    bool (*find)(void *ctx, const char *header, int *word);
    void (*known)(void *ctx, struct buf *out); /* "name, vcpu, ..." for messages */
    /* Appends to v[*n], of which there are `room` in all; origin as in struct override. -1 with ERR_USAGE: the row is
     * wrong, named by the column ("memory: '16' has no unit"). */
    int (*overrides)(void *ctx, const struct batch_row *row, const char *origin, struct arena *a, struct override *v,
                     size_t room, size_t *n, struct err *err);
};

/* ---- results ---- */

enum batch_status { BATCH_DONE, BATCH_INCOMPLETE, BATCH_STALE, BATCH_FAILED, BATCH_STATUSES };
extern const char *const batch_status_names[BATCH_STATUSES]; /* "done", "incomplete", "stale", "failed" */

/* A faster way for rows that are simple; each worker has one of its own. */
struct batch_fast {
    void *ctx;
    int (*open)(void *ctx, const struct rules *rules, struct catalogue *catalogue, void **own, struct err *err);
    /* 1: *e is the row's estimate, its sites in the order of [compare] sites, good until the next call; 0: the row is
     * not simple, the general way takes it; -1: what ends the batch. */
    int (*row)(void *own, const struct batch_row *row, const struct estimate **e, struct err *err);
    /* The same, and the row's records are appended to *out, as batch_format_row() writes them: faster still. */
    int (*write)(void *own, const struct batch_row *row, enum batch_status *status, struct buf *out, struct err *err);
    void (*close)(void *own);
};

/* Does a column give the row's scenario its name? */
bool batch_names_row(const struct batch_column *c);

/* Takes results instead of the writer of records. Each worker has one of its own (open, close); row() is called by
 * the worker as rows are done, turn() in the order of the rows, never two at a time: what the own one has gathered
 * since its last turn is then added up, and forgotten. Rows without a turn do not count. */
struct batch_sink {
    void *ctx;
    int (*open)(void *ctx, void **own, struct err *err);
    /* e: NULL for a row that failed; its sites are in no particular order. */
    int (*row)(void *own, const struct batch_row *row, enum batch_status status, const struct estimate *e,
               struct err *err);
    int (*turn)(void *ctx, void *own, struct err *err);
    void (*close)(void *own);
};

#endif
