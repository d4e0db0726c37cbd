/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/args.h"
#include "calc/report.h"
#include "calc/risk_view.h"
#include "calc/run.h"
#include "calc/sensitivity_view.h"
#include "calc/threshold.h"
#include "calc/whatif.h"
#include "models/mixture.h"

#include <string.h>

enum { CANDIDATES_MAX = 50, JOBS_MAX = 64 };

static const char *const view_names[] = {"summary",     "lines", "monthly",  "sensitivity",
                                         "commitments", "risk",  "scenarios"};
enum { VIEWS = sizeof view_names / sizeof *view_names };

static const struct option options[] = {
    {"format", "table|csv|json", "what to write", false},
    {"view", "summary|lines|monthly|sensitivity|commitments|risk|scenarios", "how much of it", false},
    RUN_OPTIONS,
    {"candidates", "N", "show the N next SKUs of each line too (with --view lines)", false},
    {"site", "SITE", "with --view commitments: only this site", false},
    {"best-of-breed", "N", "find the cheapest split of the resources over the sites of N providers", false},
    {"jobs", "N", "with --view risk: how many processors are used (also -j; default: 1)", false},
    {"all", NULL, "price sites that refuse the buyer as well", false},
    {"allow-stale", NULL, "rank sites whose prices or rates are older than allowed", false},
    {"offline", NULL, "nothing can be fetched now: what is held counts, whatever its age, which is shown", false},
    {"budget", "'AMOUNT CURRENCY'", "status 5 when the best ranked site costs more", false},
    {"bom", NULL, "begin CSV with a byte order mark (the default with --lang zh)", false},
    {NULL, NULL, NULL, false},
};

static int find_report(const struct args *args, const struct report **out, struct err *err)
{
    const char *names[16];
    size_t n = 0, at;
    for (const struct report *const *r = report_table; *r && n < 16; r++)
        names[n++] = (*r)->name;
    if (args_choice(args, "format", names, n, &at, err))
        return -1;
    *out = args_get(args, "format") ? report_find(names[at]) : report_find("table");
    return 0;
}

static int read_options(const struct app *app, const struct args *args, struct estimate_options *opt,
                        struct report_options *how, const struct report **report, struct err *err)
{
    size_t view;
    int jobs;
    if (find_report(args, report, err) || args_number(args, "jobs", 1, JOBS_MAX, 1, &jobs, err) ||
        args_choice(args, "view", view_names, VIEWS, &view, err) ||
        args_number(args, "candidates", 1, CANDIDATES_MAX, 0, &opt->candidates, err) ||
        args_number(args, "best-of-breed", 1, MIXTURE_OFFERS_MOST, 0, &opt->max_providers, err))
        return -1;
    opt->plans = view <= VIEW_MONTHLY || view == VIEW_SCENARIOS; /* the views that rank */
    if (opt->max_providers > 0 && !opt->plans)
        return err_set(err, ERR_USAGE, "--best-of-breed is not for --view %s (it is for those that rank)",
                       view_names[view]);
    if (opt->candidates > 0 && !args_get(args, "view"))
        view = VIEW_LINES; /* where they are shown */
    opt->lang = app->lang;
    opt->ways = view == VIEW_COMMITMENTS;
    if (args_get(args, "site") && !opt->ways)
        return err_set(err, ERR_USAGE, "--site needs --view commitments");
    if (args_get(args, "jobs") && view != VIEW_RISK)
        return err_set(err, ERR_USAGE, "--jobs needs --view risk");
    opt->all = args_get(args, "all") != NULL;
    opt->allow_stale = args_get(args, "allow-stale") != NULL || args_get(args, "offline") != NULL;
    *how = (struct report_options){
        .view = (enum view)view,
        .lang = app->lang,
        .color = app->color && !args_get(args, "output"),
        .bom = args_get(args, "bom") != NULL || !strcmp(app->lang, "zh"),
        .candidates = opt->candidates,
        .site = args_get(args, "site"),
        .jobs = jobs,
    };
    return 0;
}

/* The status of an estimate that is held against a budget; an estimate without a rank passes none. */
static int judge(struct app *app, const struct estimate *e, const struct amount *budget, int status)
{
    const struct site_estimate *best = e->nsites > 0 && e->sites[0].rank == 1 ? &e->sites[0] : NULL;
    char cost[DEC_TEXT], most[DEC_TEXT];
    if (!best) {
        app_say(app, "no site is ranked: there is no cost that --budget could look at");
        return status ? status : ERR_INCOMPLETE;
    }
    bool over = dec_cmp(best->m.cost, budget->value) > 0;
    dec_format(best->m.cost, e->minor_units, cost);
    dec_format(budget->value, e->minor_units, most);
    if (over)
        app_say(app, "%s costs %s %s: over the budget of %s %s", best->column, cost, budget->currency, most,
                budget->currency);
    return threshold_status(status, over);
}

/* Is the site of --site among those that are estimated? */
static int check_site(const struct estimate *e, const struct report_options *how, struct err *err)
{
    struct buf known = {0};
    for (size_t i = 0; i < e->nsites; i++) {
        if (report_takes(how, &e->sites[i])) {
            buf_free(&known);
            return 0;
        }
        buf_printf(&known, "%s%s", i ? ", " : "", e->sites[i].column);
    }
    if (known.failed)
        err_nomem(err);
    else
        err_set(err, ERR_USAGE, "--site '%s' is not estimated (known: %s)", how->site, known.n ? known.v : "none");
    buf_free(&known);
    return -1;
}

/* ---- --view scenarios */

static int check_whatif(const struct args *args, struct err *err)
{
    static const char *const others[] = {"scenario", "budget", "candidates"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (args_get(args, others[i]))
            return err_set(err, ERR_USAGE, "--%s is for one estimate, --view scenarios shows several", others[i]);
    return 0;
}

static int write_whatif(const struct whatifs *w, const struct report *report, const struct report_options *how,
                        struct buf *out, struct err *err)
{
    if (!strcmp(report->name, "csv"))
        return whatif_csv(w, how, out, err);
    return (strcmp(report->name, "json") ? whatif_table : whatif_json)(w, how, out, err);
}

static int run_whatif(struct app *app, const struct args *args, const struct estimate_options *opt,
                      const struct report *report, const struct report_options *how, struct err *err)
{
    struct run r = {0};
    struct whatifs w = {0};
    int status = check_whatif(args, err);
    if (!status)
        status = run_open(&r, app, args, err);
    if (!status)
        status = whatifs_run(&r, opt, &w, err);
    if (!status)
        status = write_whatif(&w, report, how, &app->out, err);
    if (!status)
        status = whatifs_status(&w, opt);
    whatifs_free(&w);
    run_close(&r);
    return status;
}

/* ---- one estimate */

/* A report of the estimate, or what is made of further estimates. */
static int write_view(struct run *r, const struct report *report, const struct estimate_options *opt,
                      const struct report_options *how, struct buf *out, struct err *err)
{
    if (how->view == VIEW_SENSITIVITY)
        return sensitivity_report(&r->config, r->catalogue, &r->estimate, opt, how, report, out, err);
    if (how->view == VIEW_RISK) {
        const struct risk_input in = {&r->estimate, opt, r->catalogue, how->jobs};
        return risk_show(&in, how, report, out, err);
    }
    return report->write(&r->estimate, how, out, err);
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct estimate_options opt = {0};
    struct report_options how;
    const struct report *report;
    struct run r = {0};
    struct amount budget;
    const char *most = args_get(args, "budget");
    if (read_options(app, args, &opt, &how, &report, err) || (most && threshold_amount("--budget", most, &budget, err)))
        return -1;
    if (how.view == VIEW_SCENARIOS)
        return run_whatif(app, args, &opt, report, &how, err);
    int status = run_estimate(&r, app, args, &opt, err);
    if (!status && most)
        status = threshold_currency("--budget", &budget, r.scenario.currency, err);
    if (!status)
        status = check_site(&r.estimate, &how, err);
    if (!status)
        status = write_view(&r, report, &opt, &how, &app->out, err);
    if (!status)
        status = estimate_status(&r.estimate, &opt);
    if (status >= 0 && most)
        status = judge(app, &r.estimate, &budget, status);
    run_close(&r);
    return status;
}

const struct command cmd_estimate = {
    .name = "estimate",
    .words = "config.ini",
    .min_words = 1,
    .max_words = 1,
    .about = "what the workload costs at each site, ranked",
    .options = options,
    .run = run,
};
