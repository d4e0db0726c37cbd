/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tco fetch: reads the providers' own price lists into the catalogue.
 */
#include "calc/fetch.h"

#include "calc/args.h"
#include "calc/tco.h"
#include "calc/value.h"

#include <string.h>

static const struct option options[] = {
    {"config", "FILE", "a configuration with [network] and [fetch SOURCE] sections", false},
    {"set", "'SECTION.KEY=VALUE'", "override one value (repeatable)", true},
    {"site", "SITE", "only these sites (repeatable, or with commas)", true},
    {"region", "REGION", "only these regions (repeatable, or with commas)", true},
    {"since", "AGE", "leave out what was fetched within this time (7d, 2 weeks, 1 month)", false},
    {"dry-run", NULL, "fetch and check, but keep nothing", false},
    {"reparse", NULL, "read the raw answers kept again, without a network", false},
    {"accept-moves", NULL, "take prices that moved by more than the factor", false},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

/* ---- the walk ---- */

struct watch {
    struct fetch_run *run;
    struct drive_job *jobs;
    size_t *task; /* of each job */
};

static bool stop(void *ctx)
{
    const struct watch *w = ctx;
    const struct tco_world *world = w->run->app->world;

    return world->interrupted != NULL && world->interrupted();
}

static void progress(void *ctx, int64_t now)
{
    const struct watch *w = ctx;

    fetch_progress(w->run, w->jobs, now);
}

static int done(void *ctx, struct drive_job *j, struct err *err)
{
    const struct watch *w = ctx;
    struct fetch_task *t = &w->run->tasks[w->task[j - w->jobs]];

    fetch_progress_end(w->run); /* before anything is said of it */
    t->bytes = j->bytes;
    t->unchanged = j->unchanged;
    t->retries = j->retries;
    t->questions = j->answers.n;
    if (j->state == DRIVE_FAILED) {
        t->outcome = FETCH_FAILED;
        t->err = j->err;
    } else if (fetch_take(w->run, t, &j->answers, NULL, err) != 0) {
        return -1;
    }
    fetched_work_drop(&t->work);
    fetch_line(w->run, t);
    return 0;
}

/* A work directory and a harvest for every task that is to be walked. */
static int prepare(struct fetch_run *run, struct fetch_task *t, struct drive_job *j, struct err *err)
{
    const char *origin = t->job.file != NULL     ? t->job.file
                         : t->job.nendpoints > 0 ? t->job.endpoints[0].url
                                                 : t->fetcher->name;

    if (fetched_work_open(&t->work, catalogue_cache_dir(run->catalogue), &run->arena, err) != 0 ||
        harvest_open(&t->harvest, t->fetcher->name, t->site, origin, &run->rules, err) != 0)
        return -1;
    *j = (struct drive_job){
        .fetcher = t->fetcher,
        .job = &t->job,
        .key = t->credentials != NULL ? &t->credentials->key : NULL,
        .per_minute = t->settings != NULL ? t->settings->per_minute : 0,
        .dir = t->work.path,
        .before = &t->before,
        .harvest = t->harvest,
    };
    return 0;
}

static const char *given(const char *text)
{
    return text != NULL && *text != '\0' ? text : NULL;
}

static int milliseconds(const struct value *seconds)
{
    dec_t ms = dec_round(dec_muln(seconds->fixed, 1000), 0, DEC_HALF_UP);
    char text[DEC_TEXT];
    int n = 0;

    dec_format(ms, 0, text);
    for (const char *p = text; *p >= '0' && *p <= '9'; p++)
        n = n * 10 + (*p - '0');
    return n;
}

static int walk(struct fetch_run *run, struct drive_job *jobs, size_t *task, struct err *err)
{
    const struct network *net = &run->settings.network;
    const struct drive_options opt = {
        .transport = {.ca_bundle = given(net->ca_bundle), .proxy = given(net->proxy), .stall_seconds = net->stall},
        .retries = net->retries,
        .backoff_ms = milliseconds(&net->backoff),
    };
    struct watch w = {run, jobs, task};
    const struct drive_watch watch = {.ctx = &w, .stop = stop, .progress = progress, .done = done};

    /* From here on there is something to clear away. */
    if (run->app->world->watch_interrupt != NULL)
        run->app->world->watch_interrupt();
    for (size_t i = 0; i < run->ntasks; i++) {
        if (run->tasks[i].outcome == FETCH_RECENT || run->tasks[i].outcome == FETCH_FAILED) {
            fetch_line(run, &run->tasks[i]);
            continue;
        }
        task[run->njobs] = i;
        if (prepare(run, &run->tasks[i], &jobs[run->njobs], err) != 0)
            return -1;
        run->njobs++;
    }
    int rc = drive(jobs, run->njobs, &opt, &watch, &run->arena, err);
    fetch_progress_end(run);
    return rc;
}

static int fetch(struct fetch_run *run, const struct args *args, struct err *err)
{
    if (fetch_plan(run, args, err) != 0)
        return -1;
    struct drive_job *jobs = arena_array(&run->arena, run->ntasks, sizeof *jobs);
    size_t *task = arena_array(&run->arena, run->ntasks, sizeof *task);
    if (jobs == NULL || task == NULL)
        return err_nomem(err);
    return walk(run, jobs, task, err);
}

/* "7d" is short for "7 days". */
static int read_since(struct fetch_run *run, const char *text, struct err *err)
{
    const struct value_env env = {.arena = &run->arena, .key = "since", .allowed = ""};
    size_t n = strspn(text, "0123456789");
    const char *plain = text;
    struct duration d = {.given = false};

    run->since = DATE_NONE;
    if (n > 0 && !strcmp(text + n, "d"))
        plain = arena_printf(&run->arena, "%.*s days", (int)n, text);
    if (plain == NULL)
        return err_nomem(err);
    if (value_duration(plain, &env, &d, err) != 0)
        return err_prefix(err, "--since");
    if (d.given)
        run->since = date_add_days(date_add_months(run->app->today, -d.months), -d.days);
    return 0;
}

static int read_wants(struct fetch_run *run, const struct args *args, struct err *err)
{
    run->dry_run = args_get(args, "dry-run") != NULL;
    run->accept_moves = args_get(args, "accept-moves") != NULL;
    return args_get(args, "since") != NULL ? read_since(run, args_get(args, "since"), err) : 0;
}

static int status_of(const struct fetch_run *run)
{
    for (size_t i = 0; i < run->ntasks; i++)
        if (run->tasks[i].outcome == FETCH_FAILED || run->tasks[i].outcome == FETCH_REFUSED)
            return ERR_FETCH;
    return 0;
}

static int run_keyed(struct app *app, const struct args *args, struct err *err)
{
    struct fetch_run run;
    int rc = fetch_open(&run, app, args, err);

    if (rc == 0)
        rc = read_wants(&run, args, err);
    if (rc == 0)
        rc = fetched_sweep(catalogue_cache_dir(run.catalogue), err);
    if (rc == 0)
        rc = args_get(args, "reparse") != NULL ? fetch_reparse(&run, args, err) : fetch(&run, args, err);
    if (rc == 0) {
        fetch_summary(&run, &app->out);
        rc = status_of(&run);
    }
    fetch_close(&run);
    return rc;
}

/* Keys are read while it is planned what to ask, and wiped when all is closed. */
static int run_fetch(struct app *app, const struct args *args, struct err *err)
{
    struct core_dumps before;

    if (core_dumps_off(&before, err) != 0)
        return -1;
    int rc = run_keyed(app, args, err);
    core_dumps_back(&before);
    return rc;
}

const struct command cmd_fetch = {
    .name = "fetch",
    .words = "[SOURCE ...]",
    .max_words = 64,
    .about = "read the providers' own price lists, and rates",
    .options = options,
    .run = run_fetch,
};
