/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the workers of a batch: batch_work.c has what they share, blocks in and results out in turn; batch_worker.c
 * what each does with a row.
 */
#ifndef TCO_BATCH_CREW_H
#define TCO_BATCH_CREW_H

#include "calc/batch_progress.h"
#include "calc/batch_work.h"

#include <pthread.h>

enum {
    SAID_MAX = 20,            /* rows that failed, named on standard error */
    FLUSH_BYTES = 1024 * 1024 /* of one worker, then they go out as soon as it is its turn */
};

/* What the workers share. */
struct crew {
    const struct batch_work *work;
    pthread_mutex_t reading; /* of rows, next_block, next_file, ended */
    uint64_t next_block, next_file;
    bool ended;
    pthread_mutex_t turns; /* of what follows */
    pthread_cond_t turned;
    uint64_t turn;
    bool halted, failed; /* halted: nothing more goes out; failed: err says why */
    struct err err;
    struct batch_tally tally;
    struct batch_progress progress;
};

struct worker {
    struct crew *crew;
    pthread_t thread;
    struct batch_maker maker;
    void *sink, *fast;
    struct batch_block block;
    uint64_t number; /* of the block */
    struct batch_cell *cells;
    struct buf out, complaints;
    size_t ncomplaints;
    struct batch_tally tally; /* of the block, as far as it has not gone out */
    bool cut, spoilt;         /* cut: interrupted; spoilt: why says what ends the batch at this place */
    struct err why;
    struct batch_result result; /* of the row at hand */
    uint64_t taken;             /* bytes of the rows when the block was read */
    bool opened;
};

/* What a worker needs besides the block. */
int worker_open(struct worker *k, struct err *err);
/* Row i of the block: its results are among the worker's. False: the block ends before it, and k->why says why. */
bool worker_row(struct worker *k, size_t i);
void worker_close(struct worker *k);

#endif
