/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/drive_parts.h"

#include "fetchers/url.h"

#include <stdlib.h>
#include <string.h>

enum { POLL_MS = 200, PROGRESS_MS = 250 };

void job_fail(struct drive_run *run, struct drive_job *j, const struct err *why)
{
    const struct drive_work *w = j->work;
    const char *url = w->url != NULL ? url_plain(w->url, run->arena) : NULL;
    bool named = j->asking[0] != '\0' && strncmp(why->text, j->asking, strlen(j->asking)) == 0;

    j->state = DRIVE_FAILED;
    if (url == NULL || j->asking[0] == '\0')
        err_set(&j->err, why->kind, "%s", why->text);
    else
        err_set(&j->err, why->kind, "%s%s%s (%s)", named ? "" : j->asking, named ? "" : ": ", why->text, url);
}

/* ---- one job's beginning and end ---- */

static void job_open(struct drive_run *run, struct drive_job *j)
{
    struct err err = {0};

    j->state = DRIVE_READY;
    j->asking = "";
    j->answers = (struct kept_answers){.dir = j->dir};
    j->work = calloc(1, sizeof *j->work);
    if (j->work == NULL || walk_open(&j->work->walk, j->fetcher, j->job, j->harvest, &err) != 0) {
        j->state = DRIVE_FAILED;
        if (j->work == NULL)
            err_nomem(&err);
        j->err = err;
        return;
    }
    job_next(run, j);
}

static void job_close(struct drive_run *run, struct drive_job *j)
{
    struct drive_work *w = j->work;

    if (w == NULL)
        return;
    if (j->state == DRIVE_SENT && run->transport != NULL)
        transport_drop(run->transport, (int)(j - run->jobs));
    if (w->raw_open)
        raw_abandon(&w->raw);
    walk_close(&w->walk);
    arena_free(&w->arena);
    free(w);
    j->work = NULL;
}

static bool ended(const struct drive_job *j)
{
    return j->state == DRIVE_DONE || j->state == DRIVE_FAILED;
}

uint64_t drive_receiving(const struct drive_job *j)
{
    return j->state == DRIVE_SENT && j->work != NULL ? j->work->raw.n : 0;
}

/* ---- all of them ---- */

static int interrupted(struct err *err)
{
    return err_set(err, ERR_FETCH, "interrupted: nothing that was not complete is kept");
}

/* Closes what has ended and tells of it; 1 while others are under way. */
static int sweep(struct drive_run *run, struct err *err)
{
    int left = 0;

    for (size_t i = 0; i < run->n; i++) {
        struct drive_job *j = &run->jobs[i];
        if (!ended(j)) {
            left = 1;
            continue;
        }
        if (j->dir == NULL)
            continue;
        job_close(run, j);
        if (run->watch->done(run->watch->ctx, j, err) != 0)
            return -1;
        j->dir = NULL; /* told */
    }
    return left;
}

/* Sends what is due; *wait gets the milliseconds until the next is, at most POLL_MS. */
static void send_due(struct drive_run *run, int *wait)
{
    int64_t now = transport_clock(), soonest = now + POLL_MS;

    for (size_t i = 0; i < run->n; i++) {
        struct drive_job *j = &run->jobs[i];
        if (j->state != DRIVE_WAITING)
            continue;
        if (j->work->due <= now)
            job_send(run, j);
        if (j->state == DRIVE_WAITING && j->work->due < soonest)
            soonest = j->work->due;
        if (ended(j))
            soonest = now;
    }
    *wait = soonest > now ? (int)(soonest - now) : 0;
}

static int wait_result(struct drive_run *run, int wait, struct err *err)
{
    struct transport_result r;

    if (run->transport == NULL)
        return 0;
    int got = transport_wait(run->transport, wait, &r, err);
    if (got == 1)
        job_result(run, &run->jobs[r.ticket], &r);
    return got < 0 ? -1 : 0;
}

static int keep_going(struct drive_run *run, struct err *err)
{
    int64_t shown = 0;
    int rc;

    while ((rc = sweep(run, err)) == 1) {
        int wait;
        if (run->watch->stop(run->watch->ctx))
            return interrupted(err);
        send_due(run, &wait);
        if (wait_result(run, wait, err) != 0)
            return -1;
        int64_t now = transport_clock();
        if (now - shown >= PROGRESS_MS) {
            run->watch->progress(run->watch->ctx, now);
            shown = now;
        }
    }
    return rc;
}

int drive(struct drive_job *jobs, size_t n, const struct drive_options *opt, const struct drive_watch *watch,
          struct arena *a, struct err *err)
{
    struct drive_run run = {.jobs = jobs, .n = n, .opt = opt, .watch = watch, .arena = a};

    for (size_t i = 0; i < n; i++)
        job_open(&run, &jobs[i]);
    int rc = keep_going(&run, err);
    for (size_t i = 0; i < n; i++)
        job_close(&run, &jobs[i]);
    transport_close(run.transport);
    return rc;
}
