/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_crew.h"
#include "calc/tco.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool interrupted(const struct crew *c)
{
    const struct tco_world *world = c->work->app->world;

    return world->interrupted != NULL && world->interrupted();
}

/* ---- blocks in ---- */

/* 1: a block; 0: none is left; -1: k->why. */
static int read_block(struct worker *k)
{
    struct crew *c = k->crew;
    const struct batch_options *o = c->work->setup->options;

    if (c->work->rows != NULL) {
        int got = batch_rows_block(c->work->rows, &k->block, BATCH_BLOCK_ROWS, &k->why);
        k->taken = c->work->rows->bytes.taken;
        return got;
    }
    k->block.nrows = c->next_file < o->nfiles;
    k->block.first = k->taken = ++c->next_file;
    return k->block.nrows > 0;
}

/* Also takes a number for what went wrong, or for the interrupt: it has its turn, too. False when nothing is left. */
static bool take_block(struct worker *k)
{
    struct crew *c = k->crew;

    pthread_mutex_lock(&c->reading);
    bool any = !c->ended;
    if (any) {
        k->block.nrows = 0;
        k->cut = interrupted(c);
        int got = k->cut ? 0 : read_block(k);
        k->cut = k->cut || (c->work->rows != NULL && c->work->rows->bytes.stopped);
        k->spoilt = got < 0;
        c->ended = got <= 0;
        any = got != 0 || k->cut;
        k->number = c->next_block;
        c->next_block += any;
    }
    pthread_mutex_unlock(&c->reading);
    return any;
}

/* ---- results out ---- */

/* False: nothing is to go out any more. True: the turns are locked and ours, until leave_turn(). */
static bool enter_turn(struct worker *k)
{
    struct crew *c = k->crew;

    pthread_mutex_lock(&c->turns);
    while (c->turn != k->number && !c->halted)
        pthread_cond_wait(&c->turned, &c->turns);
    if (!c->halted)
        return true;
    pthread_mutex_unlock(&c->turns);
    return false;
}

static void leave_turn(struct worker *k, bool done)
{
    struct crew *c = k->crew;

    c->turn += done;
    pthread_cond_broadcast(&c->turned);
    pthread_mutex_unlock(&c->turns);
}

/* Within a turn: this is where the batch ends. */
static void fail(struct crew *c, const struct err *why)
{
    c->halted = c->failed = true;
    c->err = *why;
}

static void add_tally(struct worker *k)
{
    struct batch_tally *sum = &k->crew->tally;

    for (int i = 0; i < BATCH_STATUSES; i++)
        sum->rows[i] += k->tally.rows[i];
    if (k->tally.last > 0)
        sum->last = k->tally.last;
    k->tally = (struct batch_tally){.last = 0};
}

static void say_complaints(struct worker *k)
{
    struct crew *c = k->crew;
    uint64_t failed = c->tally.rows[BATCH_FAILED];
    const char *at = k->complaints.v;

    if (k->ncomplaints > 0)
        batch_progress_clear(&c->progress);
    for (size_t i = 0; i < k->ncomplaints && failed + i < SAID_MAX; i++) {
        app_say(c->work->app, "%s", at);
        at += strlen(at) + 1;
    }
    if (k->ncomplaints > 0)
        app_show(c->work->app, "");
    k->ncomplaints = 0;
    k->complaints.n = 0;
}

/* Within a turn. */
static int let_out(struct worker *k, struct err *err)
{
    const struct batch_work *w = k->crew->work;

    if (k->out.failed || k->complaints.failed)
        return err_nomem(err);
    if (w->sink != NULL ? w->sink->turn(w->sink->ctx, k->sink, err) != 0
                        : batch_out_add(w->out, k->out.v, k->out.n, err) != 0)
        return -1;
    k->out.n = 0;
    say_complaints(k);
    add_tally(k);
    return 0;
}

/* What there is goes out; the block goes on. False when the batch is over. */
static bool flush(struct worker *k)
{
    struct err err;

    if (!enter_turn(k))
        return false;
    bool fine = let_out(k, &err) == 0;
    if (!fine)
        fail(k->crew, &err);
    leave_turn(k, false);
    return fine;
}

static bool end_block(struct worker *k)
{
    struct crew *c = k->crew;
    struct err err;

    if (!enter_turn(k))
        return false;
    if (let_out(k, &err) != 0)
        fail(c, &err);
    else if (k->spoilt)
        fail(c, &k->why);
    else if (k->cut)
        c->halted = c->tally.interrupted = true;
    else
        batch_progress_show(&c->progress, c->tally.last, k->taken);
    bool on = !c->halted;
    leave_turn(k, true);
    return on;
}

/* ---- workers ---- */

/* A worker opens what it needs only when there is a block for it. */
static bool do_block(struct worker *k)
{
    if (!k->opened && !k->spoilt && !k->cut) {
        k->opened = true;
        k->spoilt = worker_open(k, &k->why) != 0;
    }
    for (size_t i = 0; i < k->block.nrows && !k->cut && !k->spoilt; i++) {
        k->cut = interrupted(k->crew);
        if (k->cut || !worker_row(k, i))
            break;
        if (k->out.n > FLUSH_BYTES && !flush(k))
            return false;
    }
    return end_block(k);
}

static void *run_worker(void *arg)
{
    struct worker *k = arg;

    while (take_block(k) && do_block(k))
        ;
    worker_close(k);
    return NULL;
}

/* The caller is worker 0; a thread that cannot be had is done without. */
static int run_all(struct crew *c, size_t n, struct err *err)
{
    struct worker *v = calloc(n, sizeof *v);
    size_t started = 1;

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        v[i].crew = c;
    while (started < n && pthread_create(&v[started].thread, NULL, run_worker, &v[started]) == 0)
        started++;
    run_worker(&v[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(v[i].thread, NULL);
    free(v);
    if (!c->failed)
        return 0;
    *err = c->err;
    return -1;
}

int batch_work(const struct batch_work *w, struct batch_tally *tally, struct err *err)
{
    struct crew c = {.work = w};
    const struct batch_options *o = w->setup->options;

    batch_progress_open(&c.progress, w->app, w->rows != NULL ? w->rows->bytes.size : o->nfiles);
    pthread_mutex_init(&c.reading, NULL);
    pthread_mutex_init(&c.turns, NULL);
    pthread_cond_init(&c.turned, NULL);
    int rc = run_all(&c, (size_t)o->workers, err);
    batch_progress_clear(&c.progress);
    pthread_cond_destroy(&c.turned);
    pthread_mutex_destroy(&c.turns);
    pthread_mutex_destroy(&c.reading);
    *tally = c.tally;
    return rc;
}
