/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a batch is, in one line that overwrites itself: on a terminal only, a few times a second.
 */
#ifndef TCO_BATCH_PROGRESS_H
#define TCO_BATCH_PROGRESS_H

#include "calc/command.h"

#include <stdint.h>

struct batch_progress {
    struct app *app;
    uint64_t all;        /* bytes or files; 0: not known */
    int64_t began, last; /* ms */
    bool on, shown;
};

/* all: how much there is to do, in the measure that show() is given. */
void batch_progress_open(struct batch_progress *p, struct app *app, uint64_t all);
void batch_progress_show(struct batch_progress *p, uint64_t rows, uint64_t done);
void batch_progress_clear(struct batch_progress *p);
/* The line itself, for tests: so many rows and so much of all in so many ms. */
void batch_progress_line(const struct batch_progress *p, uint64_t rows, uint64_t done, int64_t ms, struct buf *out);

#endif
