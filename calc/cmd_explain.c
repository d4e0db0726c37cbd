/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/args.h"
#include "calc/explain.h"
#include "calc/run.h"

#include <string.h>

static const struct option options[] = {
    {"site", "SITE[@BUYER]", "the site to explain", false},
    {"line", "LINE", "one line of it", false},
    {"month", "M", "one month, counted from 1", false},
    RUN_OPTIONS,
    {"all", NULL, "price sites that refuse the buyer as well", false},
    {"allow-stale", NULL, "rank sites whose prices or rates are older than allowed", false},
    {NULL, NULL, NULL, false},
};

/* What the site explained asks for; the others are not the question. */
static int status_of(const struct estimate *e, const struct estimate_options *opt, const char *column)
{
    struct estimate one = *e;
    for (size_t i = 0; i < e->nsites; i++) {
        if (strcmp(e->sites[i].column, column) == 0) {
            one.sites = &e->sites[i];
            one.nsites = 1;
        }
    }
    return estimate_status(&one, opt);
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct estimate_options opt = {
        .all = args_get(args, "all") != NULL, .allow_stale = args_get(args, "allow-stale") != NULL, .lang = app->lang};
    struct explain_options what = {.site = args_get(args, "site"), .line = args_get(args, "line"), .lang = app->lang};
    struct run r = {0};
    if (!what.site)
        return err_set(err, ERR_USAGE, "tco explain needs --site SITE");
    if (args_number(args, "month", 1, MONTHS_MAX, 0, &what.month, err))
        return -1;
    int status = run_estimate(&r, app, args, &opt, err);
    if (!status)
        status = explain_write(&r.estimate, &what, &app->out, err);
    if (!status)
        status = status_of(&r.estimate, &opt, what.site);
    run_close(&r);
    return status;
}

const struct command cmd_explain = {
    .name = "explain",
    .words = "config.ini",
    .min_words = 1,
    .max_words = 1,
    .about = "the whole derivation of a figure: operands, rule, source, date",
    .options = options,
    .run = run,
};
