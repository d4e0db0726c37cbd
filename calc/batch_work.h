/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The workers of a batch. Each takes the next block of rows, evaluates it, and waits for the block's turn to let its
 * results out; so the blocks under way are as many as there are workers, and what comes out is in order. The caller's
 * thread is the first worker.
 */
#ifndef TCO_BATCH_WORK_H
#define TCO_BATCH_WORK_H

#include "calc/batch_out.h"
#include "calc/batch_record.h"
#include "calc/batch_rows.h"
#include "calc/batch_scenario.h"

struct batch_work {
    struct app *app;
    const struct batch_setup *setup;
    struct batch_rows *rows;           /* NULL: the configuration files of the options */
    const struct batch_format *format; /* records to out; */
    struct batch_out *out;
    const struct batch_sink *sink; /* or, when not NULL, results to this */
    const struct batch_fast *fast; /* may be NULL */
};

struct batch_tally {
    uint64_t rows[BATCH_STATUSES]; /* whose results went out */
    uint64_t last;                 /* the number of the last of them */
    bool interrupted;              /* there were more */
};

/* 0: every row was evaluated, or an interrupt came: results up to tally->last are out, whole rows only. -1: what ended
 * the batch; with options->strict that is also the first row that failed. */
int batch_work(const struct batch_work *w, struct batch_tally *tally, struct err *err);

#endif
