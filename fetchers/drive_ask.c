/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question on its way out: address, pace, signature, raw file.
 */
#include "fetchers/drive_parts.h"

#include "calc/file.h"
#include "fetchers/url.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOCAL "file://"
static const uint64_t default_ceiling = 64u << 20;

static bool is_local(const char *url)
{
    return strncmp(url, LOCAL, sizeof LOCAL - 1) == 0;
}

/* ---- pace ---- */

static int per_minute(const struct drive_job *j, const char *endpoint)
{
    if (j->per_minute > 0)
        return j->per_minute;
    for (size_t i = 0; i < j->job->nendpoints; i++)
        if (!strcmp(j->job->endpoints[i].name, endpoint))
            return j->job->endpoints[i].per_minute;
    return 60;
}

/* The next free moment of the question's endpoint, which is taken with it. */
static int64_t slot(struct drive_job *j, int64_t now)
{
    enum { MINUTE_MS = 60 * 1000 };
    struct drive_work *w = j->work;
    const char *endpoint = w->question.endpoint != NULL ? w->question.endpoint : "";
    size_t i = 0;

    while (i < w->npaces && strcmp(w->paces[i].endpoint, endpoint) != 0)
        i++;
    if (i == PACES)
        i = 0;
    else if (i == w->npaces)
        w->paces[w->npaces++] = (struct pace){endpoint, 0};
    int64_t at = w->paces[i].next > now ? w->paces[i].next : now;
    w->paces[i].next = at + MINUTE_MS / per_minute(j, endpoint);
    return at;
}

/* ---- the next question ---- */

static int open_raw(struct drive_job *j, struct err *err)
{
    struct drive_work *w = j->work;
    uint64_t ceiling = w->question.ceiling > 0 ? w->question.ceiling : default_ceiling;
    int n = snprintf(w->path, sizeof w->path, "%s/%zu", j->dir, j->answers.n + 1);

    if (n < 0 || (size_t)n >= sizeof w->path)
        return err_set(err, ERR_INTERNAL, "too long a path: '%s'", j->dir);
    if (raw_open(&w->raw, w->path, ceiling, err) != 0)
        return -1;
    w->raw_open = true;
    return 0;
}

static int prepare(struct drive_job *j, struct err *err)
{
    struct drive_work *w = j->work;

    arena_clear(&w->arena);
    w->tries = w->redirects = 0;
    w->resume[0] = '\0';
    w->kept = answers_find(j->before, w->question.name);
    if (is_local(w->question.url))
        w->url = w->question.url;
    else if (drive_address(j->fetcher, j->job, w->question.url, w->question.is_signed, &w->arena, &w->url, err) != 0)
        return -1;
    return open_raw(j, err);
}

void job_next(struct drive_run *run, struct drive_job *j)
{
    struct drive_work *w = j->work;
    struct err err = {0};
    int rc = walk_next(&w->walk, &w->question, &err);

    if (rc == FETCH_DONE) {
        j->state = DRIVE_DONE;
        return;
    }
    j->asking = rc == FETCH_ASK ? w->question.name : "";
    if (rc < 0 || prepare(j, &err) != 0) {
        job_fail(run, j, &err);
        return;
    }
    w->due = is_local(w->url) ? 0 : slot(j, transport_clock());
    j->state = DRIVE_WAITING;
}

/* ---- sending ---- */

/* A file of this machine: `csv` only. Nothing goes over a network. */
static void read_local(struct drive_run *run, struct drive_job *j)
{
    struct drive_work *w = j->work;
    const char *path = w->url + sizeof LOCAL - 1, *body;
    struct err err;
    size_t len;

    if (j->job->file == NULL || !is_local(j->job->file))
        err_set(&err, ERR_INTERNAL, "fetcher %s asks for a file", j->fetcher->name);
    else if (access(path, F_OK) != 0 && w->question.take_errors) {
        job_read(run, j, 404, "", "", "");
        return;
    } else if (file_map(path, &body, &len, &err) == 0) {
        bool taken = raw_write(&w->raw, body, len);
        file_unmap(body, len);
        if (taken) {
            job_read(run, j, 200, "", "", "");
            return;
        }
        err_set(&err, ERR_FETCH, "'%s' is larger than %llu bytes", path, (unsigned long long)w->raw.ceiling);
    }
    job_fail(run, j, &err);
}

static int build(struct drive_job *j, struct err *err)
{
    struct drive_work *w = j->work;
    const struct fetch_request *q = &w->question;
    char nonce[33];

    w->outgoing = (struct fetch_outgoing){
        .arena = &w->arena, .method = q->method, .url = w->url, .body = q->body, .body_len = q->body_len};
    for (size_t i = 0; i < FETCH_HEADERS && q->headers[i] != NULL; i++)
        w->outgoing.headers[w->outgoing.nheaders++] = q->headers[i];
    if (!q->is_signed)
        return 0;
    if (j->key == NULL || j->fetcher->sign == NULL)
        return err_set(err, ERR_INTERNAL, "fetcher %s signs without a key", j->fetcher->name);
    if (transport_nonce(nonce, err) != 0)
        return -1;
    const struct fetch_signing with = {
        .key = j->key, .now = transport_now(), .nonce = nonce, .endpoint = q->endpoint != NULL ? q->endpoint : ""};
    return j->fetcher->sign(&w->outgoing, &with, err);
}

static int start(struct drive_run *run, struct drive_job *j, struct err *err)
{
    struct drive_work *w = j->work;

    if (run->transport == NULL && transport_open(&run->transport, &run->opt->transport, err) != 0)
        return -1;
    if (build(j, err) != 0)
        return -1;
    bool held = w->kept != NULL && w->resume[0] == '\0' && !w->question.is_signed;
    w->conditional = held && (w->kept->etag[0] != '\0' || w->kept->last_modified[0] != '\0');
    const struct transport_request r = {
        .method = w->outgoing.method,
        .url = w->outgoing.url,
        .headers = w->outgoing.headers,
        .nheaders = w->outgoing.nheaders,
        .body = w->outgoing.body,
        .body_len = w->outgoing.body_len,
        .etag = held ? w->kept->etag : "",
        .last_modified = held ? w->kept->last_modified : "",
        .plain = w->question.large,
        .resume = w->resume[0] != '\0' ? w->resume : NULL,
        .into = &w->raw,
    };
    return transport_start(run->transport, &r, (int)(j - run->jobs), err);
}

void job_send(struct drive_run *run, struct drive_job *j)
{
    struct err err;

    if (is_local(j->work->url)) {
        read_local(run, j);
    } else if (start(run, j, &err) != 0) {
        job_fail(run, j, &err);
    } else {
        j->state = DRIVE_SENT;
    }
}

/* ---- again ---- */

/* Doubled each time; up to a quarter more or less by chance, so that many clients do not come back at once. */
static int64_t backoff(const struct drive_run *run, int tries)
{
    char nonce[33];
    struct err ignored;
    int64_t wait = run->opt->backoff_ms;

    for (int i = 1; i < tries && wait < BACKOFF_MAX_MS; i++)
        wait *= 2;
    wait = wait < BACKOFF_MAX_MS ? wait : BACKOFF_MAX_MS;
    int chance = transport_nonce(nonce, &ignored) == 0 ? nonce[0] % 8 : 4;
    return wait + wait * (chance - 4) / 16;
}

void job_again(struct drive_run *run, struct drive_job *j, int wait_s, const char *why)
{
    struct drive_work *w = j->work;
    struct err err;
    int64_t now = transport_clock();

    if (w->tries >= run->opt->retries) {
        err_set(&err, ERR_FETCH, "%s (tried %d time%s)", why, w->tries + 1, w->tries == 0 ? "" : "s");
        job_fail(run, j, &err);
        return;
    }
    if (wait_s > RETRY_AFTER_MAX) {
        err_set(&err, ERR_FETCH, "%s, and asks to be left alone for %d s", why, wait_s);
        job_fail(run, j, &err);
        return;
    }
    w->tries++;
    j->retries++;
    int64_t at = now + (wait_s >= 0 ? (int64_t)wait_s * 1000 : backoff(run, w->tries)), free_at = slot(j, now);
    w->due = at > free_at ? at : free_at;
    j->state = DRIVE_WAITING;
}
