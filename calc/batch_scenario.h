/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of a batch becomes an estimate of its own: the base's configuration with what the row says laid over it (or,
 * without rows, a configuration file), estimated with what earlier rows learnt of the catalogue. One maker for each
 * worker; what they share is only read.
 */
#ifndef TCO_BATCH_SCENARIO_H
#define TCO_BATCH_SCENARIO_H

#include "calc/batch.h"
#include "calc/kept.h"

/* What all makers share. */
struct batch_setup {
    const struct app *app;
    const struct batch_options *options;
    const struct config *base;           /* NULL with options->files */
    const struct batch_columns *columns; /* the same */
    const struct batch_words *words;     /* may be NULL */
};

struct batch_maker {
    const struct batch_setup *setup;
    struct catalogue *catalogue;
    const char *pack;             /* the one the catalogue was opened with; "" for the bundled one */
    struct arena own, pack_arena; /* own: for as long as the maker lives */
    struct rules rules;
    struct arena kept_arena;
    struct kept kept;
    size_t kept_answers; /* when its size was last looked at */
    bool named;          /* a column sets the name as a key */
    struct override *overrides;
    size_t room;
    /* of the row */
    struct arena arena;
    struct config config;
    struct scenario scenario;
    struct estimate estimate;
};

struct batch_result {
    enum batch_status status;
    const struct estimate *e; /* NULL when failed; good until the next row */
    struct err why;           /* when failed: "rows.csv:17: ..." */
};

int batch_maker_open(struct batch_maker *m, const struct batch_setup *setup, struct err *err);
/* -1 only for what ends the batch: no memory, a catalogue that cannot be read. */
int batch_make(struct batch_maker *m, const struct batch_row *row, struct batch_result *out, struct err *err);
/* What the row says over the base, in the maker's memory until the next row: for tests, and for other ways to price. */
int batch_overrides(struct batch_maker *m, const struct batch_row *row, size_t *n, struct err *err);
enum batch_status batch_status_of(const struct estimate *e, const struct estimate_options *opt);
void batch_maker_close(struct batch_maker *m);

#endif
