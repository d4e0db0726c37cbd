/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raw answers read again, after a parser was mended: no network, the same days. Each snapshot is
 * replaced where it stands in the list.
 */
#include "calc/fetch.h"

#include "calc/file.h"
#include "fetchers/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct replay {
    const struct kept_answers *from;
    struct kept_answers *to;
    struct fetch_task *task;
    struct arena *arena;
    struct date day;
    const char *body;
    size_t len;
};

static void unmap(struct replay *r)
{
    file_unmap(r->body, r->len);
    r->body = NULL;
    r->len = 0;
}

/* The kept answer, plain, in the new directory. */
static int bring(struct replay *r, const struct kept_answer *one, struct err *err)
{
    char path[1024];
    struct kept_answer copy = *one;
    char number[24];

    snprintf(number, sizeof number, "%zu", r->to->n + 1);
    copy.file = number;
    int n = snprintf(path, sizeof path, "%s/%s", r->task->work.path, number);
    if (n < 0 || (size_t)n >= sizeof path)
        return err_set(err, ERR_INTERNAL, "too long a path: '%s'", r->task->work.path);
    if (answers_unpack(r->from, one, path, err) != 0 || file_map(path, &r->body, &r->len, err) != 0)
        return -1;
    return answers_add(r->to, r->arena, &copy, err);
}

static int answer(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    struct replay *r = ctx;
    const struct kept_answer *one = answers_find(r->from, q->name);

    unmap(r);
    if (one == NULL)
        return err_set(err, ERR_FETCH, "no answer to '%s' is kept: fetch it again", q->name);
    if (bring(r, one, err) != 0)
        return -1;
    *out = (struct fetch_answer){.name = q->name,
                                 .status = (int)strtol(one->status, NULL, 10),
                                 .type = one->type,
                                 .body = r->body,
                                 .len = r->len,
                                 .received = r->day};
    return 0;
}

/* The questions are those of the day the answers came: its date, and the regions and SKUs they tell of. */
static int reparse(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    struct kept_answers again = {.dir = t->work.path};
    struct replay r = {.from = &t->before, .to = &again, .task = t, .arena = &run->arena};
    const struct walk_source from = {answer, &r};

    if (fetch_asked_read(t->before.dir, &t->job, &run->arena, err) != 0)
        return -1;
    r.day = t->job.today;
    int rc = walk_all(t->fetcher, &t->job, &from, t->harvest, &t->err);
    unmap(&r);
    if (rc != 0) {
        t->outcome = FETCH_FAILED;
        return t->err.kind == ERR_INTERNAL ? (*err = t->err, -1) : 0;
    }
    t->questions = again.n;
    return fetch_take(run, t, &again, t->held->name, err);
}

static int one(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    if (t->held == NULL || t->before.n == 0) {
        t->outcome = FETCH_FAILED;
        err_set(&t->err, ERR_FETCH, "no raw answers are kept: fetch it first");
    } else if (fetched_work_open(&t->work, catalogue_cache_dir(run->catalogue), &run->arena, err) != 0 ||
               harvest_open(&t->harvest, t->fetcher->name, t->site, t->before.v[0].url, &run->rules, err) != 0 ||
               reparse(run, t, err) != 0) {
        return -1;
    }
    fetched_work_drop(&t->work);
    fetch_line(run, t);
    return 0;
}

int fetch_reparse(struct fetch_run *run, const struct args *args, struct err *err)
{
    size_t kept = 0;

    run->reparse = true;
    if (fetch_plan(run, args, err) != 0)
        return -1;
    for (size_t i = 0; i < run->ntasks; i++)
        if (args_words(args) > 0 || (run->tasks[i].held != NULL && run->tasks[i].before.n > 0))
            run->tasks[kept++] = run->tasks[i];
    run->ntasks = kept;
    if (kept == 0)
        return err_set(err, ERR_USAGE, "no raw answers are kept: fetch first");
    for (size_t i = 0; i < run->ntasks; i++)
        if (one(run, &run->tasks[i], err) != 0)
            return -1;
    return 0;
}
