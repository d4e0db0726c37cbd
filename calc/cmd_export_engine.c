/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco export-engine --engine duckdb config.ini DIR`: what an SQL engine needs to price the scenarios of `tco batch`
 * itself, on any number of machines.
 */
#include "calc/args.h"
#include "calc/engine_texts.h"
#include "calc/run.h"
#include "calc/words.h"

static const struct option options[] = {
    {"engine", "duckdb|postgres|clickhouse", "whose SQL to write", false},
    {"columns", "KEY,...", "what a scenario may change (default: count and hours of every line)", false},
    RUN_OPTIONS,
    {NULL, NULL, NULL, false},
};

static int find_engine(const struct args *args, const struct engine **out, struct err *err)
{
    const char *names[16];
    size_t n = 0, at;
    for (const struct engine *const *e = engine_table; *e && n < 16; e++)
        names[n++] = (*e)->name;
    if (!args_get(args, "engine"))
        return err_set(err, ERR_USAGE, "no --engine (known: duckdb, postgres, clickhouse)");
    if (args_choice(args, "engine", names, n, &at, err))
        return -1;
    *out = engine_table[at];
    return 0;
}

/* Sites that refuse the buyer have no totals anywhere. */
static void say_left_out(struct app *app, const struct estimate *e)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (e->sites[i].status == SITE_INELIGIBLE)
            app_say(app, "%s is left out: it refuses the buyer", e->sites[i].column);
}

static int export(struct app *app, const struct args *args, struct run *r, struct engine_job *j, struct engine_texts *t,
                  struct err *err)
{
    const struct estimate_options opt = {.lang = app->lang};
    const char *dir = args_word(args, 1);
    if (engine_write_check(dir, err) || run_estimate(r, app, args, &opt, err) ||
        engine_job_run(j, &r->scenario, &r->rules, r->catalogue, &r->estimate, err))
        return -1;
    t->job = j;
    t->templates = arena_printf(&r->arena, "%s/engine", catalogue_data_dir(r->catalogue));
    if (!t->templates)
        return err_nomem(err);
    if (engine_texts_make(t, err) || engine_write(dir, t->v, t->n, err))
        return -1;
    say_left_out(app, &r->estimate);
    app_say(app, "wrote %s for %s: %ld sites, %ld lines, %ld offers, %ld steps; read README.txt there", dir,
            t->engine->title, j->rows.n[ENGINE_SITES], j->rows.n[ENGINE_LINES], j->rows.n[ENGINE_OFFERS],
            j->rows.n[ENGINE_STEPS]);
    return 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct run r = {0};
    struct engine_job job = {0};
    struct engine_texts texts = {.columns = args_get(args, "columns")};
    if (find_engine(args, &texts.engine, err))
        return -1;
    int status = export(app, args, &r, &job, &texts, err);
    engine_texts_free(&texts);
    engine_job_free(&job);
    run_close(&r);
    return status;
}

const struct command cmd_export_engine = {
    .name = "export-engine",
    .words = "config.ini DIR",
    .min_words = 2,
    .max_words = 2,
    .about = "tables and SQL with which a database prices the scenarios of batch",
    .options = options,
    .run = run,
};
