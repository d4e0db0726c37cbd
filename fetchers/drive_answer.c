/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What came of a question: read, asked again, followed elsewhere, taken from what is held, or the
 * end of the job.
 */
#include "fetchers/drive_parts.h"

#include "calc/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum http_status {
    HTTP_OK = 200,
    HTTP_REDIRECT = 300,
    HTTP_NOT_MODIFIED = 304,
    HTTP_ERROR = 400,
    HTTP_TIMEOUT = 408,
    HTTP_TOO_MANY = 429,
    HTTP_SERVER_ERROR = 500,
};

/* ---- reading ---- */

static int note_answer(struct drive_run *run, struct drive_job *j, struct kept_answer one, const char *digest,
                       uint64_t bytes, int status, struct err *err)
{
    struct drive_work *w = j->work;
    char number[24], code[16], size[24], now[INSTANT_TEXT];

    snprintf(number, sizeof number, "%zu", j->answers.n + 1);
    snprintf(code, sizeof code, "%d", status);
    snprintf(size, sizeof size, "%" PRIu64, bytes);
    instant_format(transport_now(), now);
    one.name = w->question.name;
    one.method = w->question.method;
    one.url = arena_strndup(run->arena, w->url, w->question.is_signed ? strcspn(w->url, "?") : strlen(w->url));
    if (one.url == NULL)
        return err_nomem(err);
    one.file = number;
    one.status = code;
    one.bytes = size;
    one.sha256 = digest;
    one.received = now;
    return answers_add(&j->answers, run->arena, &one, err);
}

/* The plain file mapped and parsed; FETCH_READ, FETCH_AGAIN or -1. */
static int parse(struct drive_job *j, const struct fetch_answer *like, struct err *err)
{
    struct drive_work *w = j->work;
    struct fetch_answer in = *like;

    if (file_map(w->path, &in.body, &in.len, err) != 0)
        return -1;
    int rc = walk_parse(&w->walk, &in, err);
    file_unmap(in.body, in.len);
    return rc;
}

static int reopen(struct drive_job *j, struct err *err)
{
    struct drive_work *w = j->work;
    uint64_t ceiling = w->raw.ceiling;

    unlink(w->path);
    if (raw_open(&w->raw, w->path, ceiling, err) != 0)
        return -1;
    w->raw_open = true;
    return 0;
}

void job_read(struct drive_run *run, struct drive_job *j, int status, const char *type, const char *etag,
              const char *last_modified)
{
    struct drive_work *w = j->work;
    const struct fetch_answer in = {
        .name = w->question.name, .status = status, .type = type, .received = j->job->today};
    char digest[SHA256_TEXT];
    struct err err;
    uint64_t bytes = w->raw.n;
    int rc = raw_finish(&w->raw, digest, &err);

    w->raw_open = false;
    j->bytes += bytes;
    if (rc == 0)
        rc = parse(j, &in, &err);
    if (rc == FETCH_AGAIN) {
        if (reopen(j, &err) != 0)
            job_fail(run, j, &err);
        else
            job_again(run, j, -1, "the provider asks to come back later");
        return;
    }
    const struct kept_answer one = {.type = type, .etag = etag, .last_modified = last_modified};
    if (rc != FETCH_READ || note_answer(run, j, one, digest, bytes, status, &err) != 0)
        job_fail(run, j, &err);
    else
        job_next(run, j);
}

/* Not modified: the bytes held are today's answer. */
static void read_kept(struct drive_run *run, struct drive_job *j)
{
    struct drive_work *w = j->work;
    const struct kept_answer *kept = w->kept;
    char beside[sizeof w->path + 8];
    const char *body;
    size_t len;
    struct err err;

    if (!w->conditional) {
        err_set(&err, ERR_FETCH, "status 304 to a question that was not conditional");
        job_fail(run, j, &err);
        return;
    }
    snprintf(beside, sizeof beside, "%s.held", w->path);
    int rc = answers_unpack(j->before, kept, beside, &err);
    if (rc == 0)
        rc = file_map(beside, &body, &len, &err);
    if (rc == 0) {
        if (raw_restart(&w->raw, &err) != 0 || !raw_write(&w->raw, body, len))
            rc = err_set(&err, ERR_FETCH, "cannot copy the answer held");
        file_unmap(body, len);
    }
    unlink(beside);
    if (rc != 0) {
        job_fail(run, j, &err);
        return;
    }
    j->unchanged++;
    job_read(run, j, HTTP_OK, kept->type, kept->etag, kept->last_modified);
}

/* ---- elsewhere, again ---- */

static void follow(struct drive_run *run, struct drive_job *j, const struct transport_result *r)
{
    struct drive_work *w = j->work;
    struct err err;

    if (w->question.is_signed)
        err_set(&err, ERR_FETCH, "a signed question was answered with a redirect (status %d): not followed", r->status);
    else if (r->location[0] == '\0')
        err_set(&err, ERR_FETCH, "status %d without a place to go", r->status);
    else if (++w->redirects > REDIRECTS_MAX)
        err_set(&err, ERR_FETCH, "redirected more than %d times", REDIRECTS_MAX);
    else if (strcmp(w->question.method, "GET") != 0)
        err_set(&err, ERR_FETCH, "a question with a body was answered with a redirect (status %d)", r->status);
    else if (drive_address(j->fetcher, j->job, r->location, false, &w->arena, &w->url, &err) == 0 &&
             raw_restart(&w->raw, &err) == 0) {
        w->due = transport_clock();
        j->state = DRIVE_WAITING;
        return;
    }
    job_fail(run, j, &err);
}

/* A beginning is only worth keeping of a large answer whose bytes the server can name again. */
static void keep_beginning(struct drive_job *j, const struct transport_result *r)
{
    struct drive_work *w = j->work;
    bool strong = r->etag[0] == '"';
    const char *validator = strong ? r->etag : r->last_modified;
    struct err ignored;

    if (!w->question.large || w->question.is_signed || r->status / 100 != 2 || w->raw.n == 0)
        validator = "";
    snprintf(w->resume, sizeof w->resume, "%s", validator);
    if (w->resume[0] == '\0')
        raw_restart(&w->raw, &ignored); /* a failure shows with the next byte written */
}

static void retry_status(struct drive_run *run, struct drive_job *j, const struct transport_result *r)
{
    char why[64];
    struct err err;

    snprintf(why, sizeof why, "status %d", r->status);
    j->work->resume[0] = '\0';
    if (raw_restart(&j->work->raw, &err) != 0)
        job_fail(run, j, &err);
    else
        job_again(run, j, r->retry_after, why);
}

void job_result(struct drive_run *run, struct drive_job *j, const struct transport_result *r)
{
    struct drive_work *w = j->work;
    struct err err;

    if (r->end == TRANSPORT_CUT) {
        keep_beginning(j, r);
        job_again(run, j, r->retry_after, r->why);
    } else if (r->end == TRANSPORT_REFUSED) {
        err_set(&err, ERR_FETCH, "%s", r->why);
        job_fail(run, j, &err);
    } else if (r->status == HTTP_NOT_MODIFIED) {
        read_kept(run, j);
    } else if (r->status == HTTP_TOO_MANY || r->status == HTTP_TIMEOUT || r->status >= HTTP_SERVER_ERROR) {
        retry_status(run, j, r);
    } else if (r->status >= HTTP_REDIRECT && r->status < HTTP_ERROR) {
        follow(run, j, r);
    } else if (r->status >= HTTP_ERROR && !w->question.take_errors) {
        err_set(&err, ERR_FETCH, "status %d", r->status);
        job_fail(run, j, &err);
    } else {
        job_read(run, j, r->resumed ? HTTP_OK : r->status, r->type, r->etag, r->last_modified);
    }
}
