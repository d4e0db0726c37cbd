/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fetcher walked through its questions, one after another, with answers that are at hand: kept raw
 * answers, recorded ones, bytes of a fuzzer. The driver does the same with answers that take time.
 */
#ifndef TCO_WALK_H
#define TCO_WALK_H

#include "fetchers/fetcher.h"

/* A job under way. */
struct walk {
    const struct fetcher *fetcher;
    const struct fetch_job *job;
    struct harvest *harvest;
    void *state;
    struct walk_names *asked; /* a name twice is a fault of the fetcher */
    size_t questions;
};

enum { QUESTIONS_MAX = 200000 }; /* of one job: a fetcher that asks more goes round in circles */

int walk_open(struct walk *w, const struct fetcher *f, const struct fetch_job *job, struct harvest *h, struct err *err);
/* FETCH_ASK, FETCH_DONE or -1, after checking what the fetcher wants. */
int walk_next(struct walk *w, struct fetch_request *out, struct err *err);
/* FETCH_READ, FETCH_AGAIN or -1; the messages begin with the question's name. */
int walk_parse(struct walk *w, const struct fetch_answer *in, struct err *err);
void walk_close(struct walk *w); /* of a zeroed one is fine */

/* All of it: `answer` fills *out for a question (body borrowed until the next call) or fails. */
struct walk_source {
    int (*answer)(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err);
    void *ctx;
};
int walk_all(const struct fetcher *f, const struct fetch_job *job, const struct walk_source *from, struct harvest *h,
             struct err *err);

#endif
