/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the driver: drive.c keeps the jobs going, drive_ask.c sends one question, drive_answer.c
 * takes what came of it.
 */
#ifndef TCO_DRIVE_PARTS_H
#define TCO_DRIVE_PARTS_H

#include "fetchers/drive.h"
#include "fetchers/harvest.h"
#include "fetchers/walk.h"

enum { REDIRECTS_MAX = 5, RETRY_AFTER_MAX = 10 * 60, BACKOFF_MAX_MS = 60 * 1000, PACES = 16 };

/* When an endpoint may be asked again. */
struct pace {
    const char *endpoint;
    int64_t next;
};

struct drive_work {
    struct walk walk;
    struct arena arena; /* of the question under way */
    struct fetch_request question;
    const char *url; /* where it goes now */
    int redirects, tries;
    int64_t due; /* when it is to be sent */
    struct raw raw;
    bool raw_open;
    char path[1024];                /* of the raw file */
    char resume[256];               /* validator under which the raw file holds a beginning; "" */
    const struct kept_answer *kept; /* what is held of it */
    bool conditional;               /* it was asked whether that is still so */
    struct fetch_outgoing outgoing;
    struct pace paces[PACES];
    size_t npaces;
};

struct drive_run {
    struct drive_job *jobs;
    size_t n;
    const struct drive_options *opt;
    const struct drive_watch *watch;
    struct arena *arena;
    struct transport *transport; /* opened with the first question that needs it */
};

/* Ends a job: *why, with the question and its plain address. */
void job_fail(struct drive_run *run, struct drive_job *j, const struct err *why);
/* drive_ask.c: the next question of a job; and sending it when it is due. */
void job_next(struct drive_run *run, struct drive_job *j);
void job_send(struct drive_run *run, struct drive_job *j);
/* Sends it again after a while; `why` is told when that was the last try. wait_s < 0: not said. */
void job_again(struct drive_run *run, struct drive_job *j, int wait_s, const char *why);
/* drive_answer.c */
void job_result(struct drive_run *run, struct drive_job *j, const struct transport_result *r);
/* The raw file is whole: reads it. */
void job_read(struct drive_run *run, struct drive_job *j, int status, const char *type, const char *etag,
              const char *last_modified);

#endif
