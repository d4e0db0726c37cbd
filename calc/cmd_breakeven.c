/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tco breakeven: the value of a number at which two sites cost the same.
 */
#include "calc/args.h"
#include "calc/breakeven_view.h"
#include "calc/run.h"

#include <string.h>

enum { STEPS = 200, GRID_STEPS = 6, GRID_STEPS_MOST = 200 };

static const struct option options[] = {
    {"between", "SITE,SITE", "the two sites, each SITE or SITE@BUYER", false},
    {"vary", "WORD",
     "the number that changes: fx:USD/CNY, discount:SITE, taxable_use, hours, hours:RESOURCE, count:RESOURCE, "
     "growth:RESOURCE, months, spread, discount_rate, SECTION.KEY; given twice: a table of both",
     true},
    {"range", "LOW..HIGH", "where it is searched, once for each --vary in their order", true},
    {"steps", "N", "steps of the search (200), or values of the table less one (6)", false},
    {"by", "npv|cost", "what is compared (default: npv, as the ranking does)", false},
    {"format", "table|csv|json", "what to write", false},
    RUN_OPTIONS,
    {"allow-stale", NULL, "compare sites whose prices or rates are older than allowed", false},
    {"bom", NULL, "begin CSV with a byte order mark (the default with --lang zh)", false},
    {NULL, NULL, NULL, false},
};

static const char *const format_names[] = {"table", "csv", "json"};
enum { TABLE, CSV, JSON };

struct answer {
    struct run run;
    struct config two; /* the configuration with just the two sites */
    struct trials trials;
    struct trial base;
    struct breakeven_pair pair;
    struct vary vary[2];
    size_t nvary, format;
    int steps;
    struct phrases p;
};

static int read_options(struct answer *a, const struct args *args, struct err *err)
{
    static const char *const by[] = {"npv", "cost"};
    size_t by_cost;
    a->nvary = args_count(args, "vary");
    if (!args_get(args, "between"))
        return err_set(err, ERR_USAGE, "no sites to compare (--between SITE,SITE)");
    if (a->nvary < 1 || a->nvary > 2)
        return err_set(err, ERR_USAGE, "%s (--vary WORD once, or twice for a table)",
                       a->nvary == 0 ? "nothing to vary" : "more than two numbers to vary");
    if (args_count(args, "range") > a->nvary)
        return err_set(err, ERR_USAGE, "more ranges than numbers to vary (--range once for each --vary)");
    if (args_choice(args, "by", by, 2, &by_cost, err) || args_choice(args, "format", format_names, 3, &a->format, err))
        return -1;
    a->pair.by_cost = by_cost == 1;
    return args_number(args, "steps", 1, a->nvary == 1 ? ROOT_STEPS_MOST : GRID_STEPS_MOST,
                       a->nvary == 1 ? STEPS : GRID_STEPS, &a->steps, err);
}

/* The configuration for the two sites, and its estimate: what the variables are now. */
static int prepare(struct answer *a, struct app *app, const struct args *args, struct err *err)
{
    const char *between = args_get(args, "between"), *sites = NULL;
    const struct estimate_options opt = {.allow_stale = args_get(args, "allow-stale") != NULL, .lang = app->lang};
    struct override two = {"compare", "sites", NULL, "--between"};
    if (breakeven_between(between, &a->p.arena, &a->pair.a, &a->pair.b, &sites, err) ||
        run_open(&a->run, app, args, err))
        return -1;
    two.value = sites;
    if (config_over(&a->run.config, &two, 1, &a->two, err))
        return -1;
    trials_open(&a->trials, &a->two, &a->run.rules, a->run.catalogue, &opt);
    a->pair.trials = &a->trials;
    a->p.rules = &a->run.rules;
    return trial_make(&a->trials, NULL, 0, &a->base, err);
}

static int find_variables(struct answer *a, const struct args *args, struct err *err)
{
    const struct estimate *e = &a->base.estimate;
    const struct vary_from from = {&a->base.scenario, &a->run.rules, e->rates, e->nrates};
    for (size_t i = 0; i < a->nvary; i++) {
        const char *range = i < args_count(args, "range") ? args_nth(args, "range", i) : NULL;
        if (vary_find(args_nth(args, "vary", i), &from, &a->p.arena, &a->vary[i], err) ||
            (range && vary_range(&a->vary[i], range, err)))
            return -1;
        if (dec_cmp(a->vary[i].low, a->vary[i].high) >= 0)
            return err_set(err, ERR_USAGE, "--vary '%s' has no range of its own here (--range LOW..HIGH)",
                           a->vary[i].name);
    }
    if (a->nvary == 2 && !strcmp(a->vary[0].section, a->vary[1].section) && !strcmp(a->vary[0].key, a->vary[1].key))
        return err_set(err, ERR_USAGE, "--vary '%s' and '%s' are the same number", a->vary[0].name, a->vary[1].name);
    return 0;
}

static struct breakeven_view view_of(struct answer *a, struct app *app, const struct args *args)
{
    return (struct breakeven_view){.pair = &a->pair,
                                   .scenario = &a->base.scenario,
                                   .p = &a->p,
                                   .places = a->base.estimate.minor_units,
                                   .steps = a->steps,
                                   .color = app->color && !args_get(args, "output"),
                                   .out = &app->out};
}

static int solve(struct answer *a, struct breakeven_view *v, struct err *err)
{
    static void (*const write[])(struct breakeven_view *, const struct breakeven *) = {
        [TABLE] = breakeven_table, [CSV] = breakeven_csv, [JSON] = breakeven_json};
    struct breakeven b;
    if (breakeven_find(&a->pair, &a->vary[0], a->steps, &a->p.arena, &b, err))
        return -1;
    write[a->format](v, &b);
    return 0;
}

static int tabulate(struct answer *a, struct app *app, struct breakeven_view *v, struct err *err)
{
    static void (*const write[])(struct breakeven_view *, const struct breakeven_grid *) = {
        [TABLE] = breakeven_grid_table, [CSV] = breakeven_grid_csv, [JSON] = breakeven_grid_json};
    const struct vary *const both[2] = {&a->vary[0], &a->vary[1]};
    struct breakeven_grid g;
    if (breakeven_table_of(&a->pair, both, a->steps, &a->p.arena, &g, err))
        return -1;
    write[a->format](v, &g);
    if (g.unknown > 0)
        app_say(app, "%zu of %zu differences are unknown; the first: %s", g.unknown, g.n[0] * g.n[1], g.why.text);
    return g.unknown > 0 ? (int)g.why.kind : 0;
}

static int answer(struct answer *a, struct app *app, const struct args *args, struct err *err)
{
    if (read_options(a, args, err) || prepare(a, app, args, err) || find_variables(a, args, err))
        return -1;
    struct breakeven_view v = view_of(a, app, args);
    if (a->format == CSV && (args_get(args, "bom") || !strcmp(app->lang, "zh")))
        buf_puts(&app->out, "\xEF\xBB\xBF");
    int status = a->nvary == 1 ? solve(a, &v, err) : tabulate(a, app, &v, err);
    return a->p.failed ? err_nomem(err) : status;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct answer a = {.p = {.lang = app->lang}};
    int status = answer(&a, app, args, err);
    trial_free(&a.base);
    trials_close(&a.trials);
    config_free(&a.two);
    run_close(&a.run);
    arena_free(&a.p.arena);
    return status;
}

const struct command cmd_breakeven = {
    .name = "breakeven",
    .words = "config.ini",
    .min_words = 1,
    .max_words = 1,
    .about = "at which value of a number two sites cost the same",
    .options = options,
    .run = run,
};
