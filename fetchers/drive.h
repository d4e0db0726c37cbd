/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The driver: takes jobs through their questions, several at once, each at the pace its source allows.
 * It decides where a question may go, signs it, tries again what may be tried again, follows
 * redirects within the site, keeps the raw answers, and asks anew only for what changed. A job
 * that fails ends alone. What was harvested is the caller's business (done).
 */
#ifndef TCO_DRIVE_H
#define TCO_DRIVE_H

#include "fetchers/answers.h"
#include "fetchers/fetcher.h"
#include "fetchers/transport.h"

enum drive_state { DRIVE_READY, DRIVE_WAITING, DRIVE_SENT, DRIVE_DONE, DRIVE_FAILED };

struct drive_job {
    /* What to do; borrowed. */
    const struct fetcher *fetcher;
    const struct fetch_job *job;
    const struct fetch_key *key;       /* NULL: no login */
    int per_minute;                    /* instead of the endpoints' own; 0 */
    const char *dir;                   /* an empty directory for the raw answers */
    const struct kept_answers *before; /* of the snapshot held, for what did not change; may be NULL */
    struct harvest *harvest;
    /* What came of it. */
    enum drive_state state;
    struct err err;              /* of a failed one */
    struct kept_answers answers; /* texts in the driver's arena */
    uint64_t bytes;              /* received */
    size_t unchanged, retries;
    const char *asking;      /* the question under way, "" */
    struct drive_work *work; /* the driver's own */
};

struct drive_options {
    struct transport_options transport;
    int retries;    /* of one question */
    int backoff_ms; /* before the first retry */
};

struct drive_watch {
    void *ctx;
    bool (*stop)(void *ctx);                           /* asked often: break everything off? */
    void (*progress)(void *ctx, int64_t milliseconds); /* a few times a second; steady clock */
    /* A job has come to its end, well or not. Its harvest and answers may be used; the directory holds the
     * plain files. Called once a job; -1 breaks everything off. */
    int (*done)(void *ctx, struct drive_job *job, struct err *err);
};

/* 0 when every job has come to an end; -1 with kind ERR_FETCH "interrupted", or when done() said so. */
int drive(struct drive_job *jobs, size_t n, const struct drive_options *opt, const struct drive_watch *watch,
          struct arena *a, struct err *err);

/* Bytes of the answer under way. */
uint64_t drive_receiving(const struct drive_job *j);

/* Where a question really goes: *url is the question's, moved to the configured endpoint when it names the
 * provider's own. Refuses other hosts than the endpoints' and those the fetcher follows. */
int drive_address(const struct fetcher *f, const struct fetch_job *job, const char *asked, bool is_signed,
                  struct arena *a, const char **url, struct err *err);

#endif
