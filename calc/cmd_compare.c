/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco compare config.ini [QUOTE...]`: received quotes beside each other and beside the price lists, line by line.
 */
#include "calc/args.h"
#include "calc/compare_view.h"
#include "calc/quote_file.h"
#include "calc/rules_read.h"
#include "calc/run.h"
#include "calc/threshold.h"

#include <string.h>

static const struct option options[] = {
    {"format", "table|csv|json", "what to write", false},
    {"view", "matrix|offers", "with its lines, or the offers alone", false},
    RUN_OPTIONS,
    {"target", "'AMOUNT CURRENCY'", "the discount each offer would have to give to come to this (NPV)", false},
    {"all", NULL, "price sites that refuse the buyer as well", false},
    {"allow-stale", NULL, "rank expired quotes, and prices or rates older than allowed", false},
    {NULL, NULL, NULL, false},
};

struct answer {
    struct phrases p; /* its arena holds the quotes and the comparison */
    struct run run;
    struct scenario scenario; /* the run's, with the offers as its sites; owns nothing */
    struct estimate estimate;
    struct compare compare;
    struct quote *quotes;
    size_t nquotes;
};

/* ---- the quotes */

static const char *first_open(const struct quote *q)
{
    for (size_t i = 0; i < q->nremarks; i++)
        if (q->remarks[i].kind == QUOTE_OPEN)
            return q->remarks[i].text;
    return "";
}

/* What a quote leaves open would be missing without a word: such a quote is not compared. */
static int read_quote(struct answer *a, const struct quote_terms *terms, const struct quote_words *words,
                      struct err *err)
{
    struct quote *q = &a->quotes[a->nquotes];
    if (quote_file_read(terms, words, &a->run.rules, &a->p.arena, q, err))
        return err_prefix(err, "quote %s", terms->name);
    if (q->nopen > 0)
        return err_set(err, ERR_USAGE, "quote %s: %zu left open: %s (tco quote check shows all)", terms->name, q->nopen,
                       first_open(q));
    if (!q->site || !*q->site)
        return err_set(err, ERR_USAGE, "quote %s: nothing says whose offer it is (give site in [quote %s])",
                       terms->name, terms->name);
    a->nquotes++;
    return 0;
}

static bool is_named(const struct args *args, const char *name)
{
    for (size_t i = 1; i < args_words(args); i++)
        if (!strcmp(args_word(args, i), name))
            return true;
    return args_words(args) == 1;
}

static int check_names(const struct answer *a, const struct args *args, struct arena *arena, struct err *err)
{
    const struct scenario *s = &a->run.scenario;
    const char **known = arena_array(arena, s->nquotes + 1, sizeof *known);
    if (!known)
        return err_nomem(err);
    for (size_t i = 0; i < s->nquotes; i++)
        known[i] = s->quotes[i].name;
    for (size_t w = 1; w < args_words(args); w++) {
        bool found = false;
        for (size_t i = 0; i < s->nquotes && !found; i++)
            found = !strcmp(known[i], args_word(args, w));
        if (!found && s->nquotes == 0)
            return err_set(err, ERR_USAGE, "unknown quote '%s' (%s has no section [quote NAME])", args_word(args, w),
                           s->file);
        if (!found)
            return rules_unknown("quote", args_word(args, w), known, s->nquotes, err);
    }
    return 0;
}

static int read_quotes(struct answer *a, const struct args *args, struct err *err)
{
    const struct scenario *s = &a->run.scenario;
    const struct quote_words *words;
    if (check_names(a, args, &a->p.arena, err))
        return -1;
    a->quotes = arena_array(&a->p.arena, s->nquotes + 1, sizeof *a->quotes);
    if (!a->quotes)
        return err_nomem(err);
    if (s->nquotes > 0 && quote_file_words(catalogue_data_dir(a->run.catalogue), &a->p.arena, &words, err))
        return -1;
    for (size_t i = 0; i < s->nquotes; i++)
        if (is_named(args, s->quotes[i].name) && read_quote(a, &s->quotes[i], words, err))
            return -1;
    return 0;
}

/* ---- the comparison */

static int estimate(struct answer *a, const struct estimate_options *opt, struct err *err)
{
    a->scenario = a->run.scenario;
    if (compare_sites(&a->run.scenario, a->quotes, a->nquotes, &a->p.arena, &a->scenario.sites, &a->scenario.nsites,
                      err))
        return -1;
    return estimate_run(&a->scenario, &a->run.rules, a->run.catalogue, opt, &a->estimate, err);
}

static int write(struct answer *a, struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv", "json"}, *const views[] = {"matrix", "offers"};
    size_t format, view;
    if (args_choice(args, "format", formats, 3, &format, err) || args_choice(args, "view", views, 2, &view, err))
        return -1;
    if (format == 1)
        compare_csv(&a->compare, (enum compare_part)view, &app->out);
    else if (format == 2)
        compare_json(&a->compare, &app->out);
    else
        compare_table(&a->compare, (enum compare_part)view, &a->p, app->color && !args_get(args, "output"), &app->out);
    return a->p.failed ? err_nomem(err) : 0;
}

static int answer(struct answer *a, struct app *app, const struct args *args, struct err *err)
{
    struct estimate_options opt = {
        .all = args_get(args, "all") != NULL, .allow_stale = args_get(args, "allow-stale") != NULL, .lang = app->lang};
    const char *most = args_get(args, "target");
    struct amount target;
    if ((most && threshold_amount("--target", most, &target, err)) || run_open(&a->run, app, args, err) ||
        (most && threshold_currency("--target", &target, a->run.scenario.currency, err)))
        return -1;
    a->p.rules = &a->run.rules;
    if (read_quotes(a, args, err) || estimate(a, &opt, err) ||
        compare_make(&a->estimate, opt.allow_stale, most ? &target.value : NULL, &a->p.arena, &a->compare, err) ||
        write(a, app, args, err))
        return -1;
    return estimate_status(&a->estimate, &opt);
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct answer a = {.p = {.lang = app->lang}};
    int status = answer(&a, app, args, err);
    estimate_free(&a.estimate);
    run_close(&a.run);
    arena_free(&a.p.arena);
    return status;
}

const struct command cmd_compare = {
    .name = "compare",
    .words = "config.ini [QUOTE...]",
    .min_words = 1,
    .max_words = 64,
    .about = "received quotes and price lists side by side",
    .options = options,
    .run = run,
};
