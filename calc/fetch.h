/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `tco fetch` does, in four steps that its files hold: which jobs there are (fetch_plan.c), the
 * driver's walk through them (fetchers/drive.h), whether what came may be trusted (fetch_guard.c), and
 * taking it in, whole or not at all (fetch_take.c). fetch_show.c says what came of it.
 */
#ifndef TCO_FETCH_H
#define TCO_FETCH_H

#include "calc/command.h"
#include "calc/config.h"
#include "calc/fetched.h"
#include "fetchers/credentials.h"
#include "fetchers/drive.h"
#include "fetchers/harvest.h"

enum fetch_outcome {
    FETCH_TAKEN,   /* a new snapshot is in the catalogue */
    FETCH_SAME,    /* what came is what is held */
    FETCH_CHECKED, /* --dry-run: it would be taken */
    FETCH_RECENT,  /* --since: not asked */
    FETCH_REFUSED, /* the guard: the old one stays */
    FETCH_FAILED,
    FETCH_OUTCOMES
};
extern const char *const fetch_outcome_names[FETCH_OUTCOMES];

/* A price that moved by more than the factor. */
struct fetch_move {
    const char *what; /* "cn-hangzhou compute ecs.g7.large linux on-demand per hour" */
    dec_t old, new_;
    const char *currency;
    struct date old_day;
};

/* One fetcher at one site. */
struct fetch_task {
    const struct fetcher *fetcher;
    const char *site;                      /* "" for rates */
    const struct fetch_settings *settings; /* of its source; NULL: none */
    struct fetch_job job;
    struct fetch_endpoint *endpoints;
    struct credentials *credentials;  /* NULL: no login */
    const struct fetched_entry *held; /* the newest snapshot of it; NULL: none */
    struct kept_answers before;       /* its raw answers */
    struct fetched_work work;
    struct harvest *harvest;
    const char *expected_currency;
    /* Outcome. */
    enum fetch_outcome outcome;
    struct err err;
    struct harvested got;
    struct fetched_entry entry;
    const struct fetch_move *moves; /* the first of them */
    size_t nmoves, nmoves_all;
    uint64_t bytes;
    size_t unchanged, retries, questions;
};

struct fetch_run {
    struct app *app;
    struct arena arena;
    struct catalogue *catalogue;
    struct rules rules;
    struct scenario settings; /* [network] and [fetch ...] */
    struct fetched_list list;
    struct fetch_task *tasks;
    size_t ntasks, njobs; /* jobs: tasks that are walked */
    struct date since;    /* not what was received on or after this day; DATE_NONE */
    bool dry_run, accept_moves, reparse;
    bool csv;         /* the summary as CSV */
    int64_t shown_at; /* when progress was last written */
    size_t lines;     /* of it on the terminal */
};

/* fetch_open.c: catalogue, rules, --config and --set, --format, the list. fetch_close() frees in any case. */
int fetch_open(struct fetch_run *run, struct app *app, const struct args *args, struct err *err);
void fetch_close(struct fetch_run *run);

/* fetch_plan.c: the tasks the command line asks for. */
int fetch_plan(struct fetch_run *run, const struct args *args, struct err *err);
/* The settings of a source, or NULL. */
const struct fetch_settings *fetch_settings_of(const struct scenario *s, const char *source);
/* Where a source's key may be. */
struct key_source fetch_key_source(const struct fetch_run *run, const struct fetcher *f);
bool fetch_named(const struct name_list *list, const char *name); /* is the name on the list? */
/* fetch_skus.c: job.skus, from the catalogue and the settings. */
int fetch_skus(struct fetch_run *run, struct fetch_task *t, struct err *err);
/* The words of an option that may be repeated and hold commas. */
int fetch_option_words(const struct args *args, const char *name, struct arena *a, struct name_list *out,
                       struct err *err);

/* fetch_guard.c: may the pack in the work directory take the place of what is held? -1 with kind ERR_FETCH:
 * refused. Moves are noted in the task either way. */
struct pack;
int fetch_guard_prices(struct fetch_run *run, struct fetch_task *t, const struct pack *pack, struct err *err);
int fetch_guard_rates(struct fetch_run *run, struct fetch_task *t, struct err *err);

/* fetch_take.c: what a task harvested into its work directory, through the guard, onto the list and into the
 * catalogue; packs the raw answers. Sets the outcome; -1 only for what concerns every task. */
int fetch_take(struct fetch_run *run, struct fetch_task *t, const struct kept_answers *answers, const char *replaces,
               struct err *err);

/* fetch_asked.c: what a job was about, as asked.csv of its snapshot; a later reading asks the same. */
int fetch_asked_write(const char *dir, const struct fetch_job *job, struct err *err);
int fetch_asked_read(const char *dir, struct fetch_job *job, struct arena *a, struct err *err);

/* fetch_reparse.c: the raw answers of the newest snapshot of each source and site, read again. */
int fetch_reparse(struct fetch_run *run, const struct args *args, struct err *err);

/* fetch_show.c */
void fetch_progress(struct fetch_run *run, const struct drive_job *jobs, int64_t now);
void fetch_progress_end(struct fetch_run *run);
void fetch_line(struct fetch_run *run, const struct fetch_task *t); /* one task's end */
void fetch_summary(struct fetch_run *run, struct buf *out);

#endif
