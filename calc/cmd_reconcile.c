/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco reconcile config.ini BILL.csv`: a real bill against the estimate of a site: where they differ, and by how much
 * for each reason. The bill is read row by row; only its sums are kept.
 */
#include "calc/args.h"
#include "calc/bill_read.h"
#include "calc/reconcile_view.h"
#include "calc/run.h"

#include <string.h>

static const struct option options[] = {
    {"site", "SITE", "the site the bill is of, when its provider does not tell", false},
    {"booked", "'AAA/BBB=RATE'", "the rate a currency of the bill was booked at (repeatable)", true},
    {"format", "table|csv", "what to write", false},
    BILL_OPTIONS,
    RUN_OPTIONS,
    {NULL, NULL, NULL, false},
};

struct answer {
    struct phrases p; /* its arena holds everything */
    struct run run;
    struct app *app;
    const struct args *args;
    struct fx fx;
    const struct site_estimate *site;
    struct bill_reading bill;
    struct reconciliation r;
};

/* ---- which site ---- */

static int no_site(const struct answer *a, const char *why, const char *text, struct err *err)
{
    const struct estimate *e = &a->run.estimate;
    struct buf known = {0};

    for (size_t i = 0; i < e->nsites; i++)
        buf_printf(&known, "%s%s", i > 0 ? ", " : "", e->sites[i].column);
    err_set(err, ERR_USAGE, "%s '%.100s' (--site names one of: %s)", why, text, known.failed ? "" : known.v);
    buf_free(&known);
    return -1;
}

/* By --site, as the only one, or by what the first row says of its provider. */
static int choose_site(struct answer *a, const char *provider, struct err *err)
{
    const struct estimate *e = &a->run.estimate;
    const char *asked = args_get(a->args, "site");
    size_t n = 0;

    for (size_t i = 0; i < e->nsites; i++) {
        const struct site_estimate *s = &e->sites[i];
        if (asked != NULL ? strcmp(s->column, asked) : e->nsites > 1 && !bill_names_provider(provider, s->site))
            continue;
        a->site = s;
        n++;
    }
    if (n == 1)
        return 0;
    if (asked != NULL)
        return no_site(a, "the configuration compares no site", asked, err);
    return no_site(a, n == 0 ? "no site of the provider" : "several sites of the provider", provider, err);
}

static int choose_first(void *ctx, const struct bill_row *row, struct err *err)
{
    return choose_site(ctx, row->provider, err);
}

/* ---- the command ---- */

static void prepare(struct answer *a)
{
    struct scenario *s = &a->run.scenario;

    a->p.rules = &a->run.rules;
    a->fx = (struct fx){.catalogue = a->run.catalogue,
                        .arena = &a->p.arena,
                        .source = s->fx_source,
                        .on = s->as_of,
                        .max_age = s->fx_max_age,
                        .budget = s->rates,
                        .nbudget = s->nrates};
    a->bill.fx = &a->fx;
    a->bill.rules = &a->run.rules;
    a->bill.budget = s->currency;
}

static int answer(struct answer *a, bool csv, struct err *err)
{
    struct estimate_options opt = {.all = true, .allow_stale = true, .lang = a->app->lang};

    if (bill_read_month(&a->bill, err) != 0 || run_estimate(&a->run, a->app, a->args, &opt, err) != 0)
        return -1;
    prepare(a);
    if (bill_read(&a->bill, err) != 0)
        return -1;
    const struct reconcile_input in = {.e = &a->run.estimate,
                                       .site = a->site,
                                       .sums = a->bill.sums.v,
                                       .nsums = a->bill.sums.n,
                                       .rates = a->bill.rates,
                                       .nrates = a->bill.nrates};
    if (reconcile(&in, &a->p.arena, &a->r, err) != 0)
        return -1;
    const struct reconcile_view view = {.p = &a->p,
                                        .in = &in,
                                        .r = &a->r,
                                        .bill = bill_shown(a->bill.word),
                                        .rows = a->bill.rows,
                                        .rounded = a->bill.rounded,
                                        .color = a->app->color};
    (csv ? reconcile_csv : reconcile_table)(&view, &a->app->out);
    if (a->p.failed || a->app->out.failed)
        return err_nomem(err);
    return a->r.unpriced > 0 ? ERR_INCOMPLETE : a->bill.stale ? ERR_STALE : 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    struct answer a = {.p = {.lang = app->lang}, .app = app, .args = args};
    size_t format;

    if (args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    a.bill = (struct bill_reading){
        .app = app, .args = args, .word = args_word(args, 1), .arena = &a.p.arena, .first = choose_first, .ctx = &a};
    int rc = answer(&a, format == 1, err);
    bill_reading_free(&a.bill);
    run_close(&a.run);
    arena_free(&a.p.arena);
    return rc;
}

const struct command cmd_reconcile = {
    .name = "reconcile",
    .words = "config.ini BILL.csv",
    .min_words = 2,
    .max_words = 2,
    .about = "a bill against the estimate: where they differ, and why",
    .options = options,
    .run = run,
};
