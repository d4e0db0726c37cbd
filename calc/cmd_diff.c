/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco diff OLD NEW`: two saved estimates, and how the cost of each site moved from one to the other. With
 * thresholds it says by its status whether the move, or the new cost, is too large.
 */
#include "calc/args.h"
#include "calc/bridge_view.h"
#include "calc/rules_read.h"
#include "calc/threshold.h"

#include <string.h>

static const struct option options[] = {
    {"site", "SITE[@BUYER]", "only this site", false},
    {"fail-over", "PERCENT%", "status 5 when the cost of a site rose by more than this", false},
    {"budget", "'AMOUNT CURRENCY'", "status 5 when the best ranked site (or --site's) costs more now", false},
    {"format", "table|csv|json", "what to write", false},
    {NULL, NULL, NULL, false},
};

struct answer {
    struct phrases p; /* its arena holds everything */
    struct saved old, new;
    struct bridge bridge;
    const char *site;     /* NULL: all */
    bool guarded, capped; /* --fail-over, --budget given */
    dec_t allowed;        /* share */
    struct amount budget;
};

/* ---- what is asked ---- */

static int read_thresholds(const struct args *args, struct answer *a, struct err *err)
{
    const char *share = args_get(args, "fail-over"), *amount = args_get(args, "budget");

    a->site = args_get(args, "site");
    a->guarded = share != NULL;
    a->capped = amount != NULL;
    if (a->guarded && threshold_percent("--fail-over", share, &a->allowed, err) != 0)
        return -1;
    return a->capped ? threshold_amount("--budget", amount, &a->budget, err) : 0;
}

static const char *column_of(const struct bridge_site *s)
{
    return s->new != NULL ? s->new->column : s->old->column;
}

/* Leaves the site asked for alone. */
static int choose_site(struct answer *a, struct err *err)
{
    struct bridge *b = &a->bridge;
    const char **known = arena_array(&a->p.arena, b->nsites + 1, sizeof *known);

    if (a->site == NULL)
        return 0;
    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < b->nsites; i++) {
        known[i] = column_of(&b->sites[i]);
        if (!strcmp(known[i], a->site)) {
            b->sites = &b->sites[i];
            b->nsites = 1;
            return 0;
        }
    }
    return rules_unknown("site", a->site, known, b->nsites, err);
}

/* ---- the status ---- */

static bool incomplete(const struct bridge_site *s)
{
    bool refused =
        (s->old == NULL || s->old->status == SITE_INELIGIBLE) && (s->new == NULL || s->new->status == SITE_INELIGIBLE);

    return s->change == BRIDGE_UNKNOWN && !refused;
}

/* A stale site that has a rank was allowed to be stale. */
static bool stale(const struct saved_site *s)
{
    return s != NULL && s->status == SITE_STALE && s->rank == 0;
}

static int status_of(const struct bridge *b)
{
    int status = ERR_NONE;

    for (size_t i = 0; i < b->nsites; i++) {
        if (incomplete(&b->sites[i]))
            return ERR_INCOMPLETE;
        if (stale(b->sites[i].old) || stale(b->sites[i].new))
            status = ERR_STALE;
    }
    return status;
}

/* Says which sites rose too much; when none could be looked at, that is no pass. */
static int guard(struct app *app, struct answer *a, bool *crossed)
{
    int places = a->new.minor_units;
    bool any = false;

    for (size_t i = 0; i < a->bridge.nsites; i++) {
        const struct bridge_site *s = &a->bridge.sites[i];
        if (s->change != BRIDGE_COMPARED)
            continue;
        any = true;
        if (!bridge_risen(s, a->allowed))
            continue;
        *crossed = true;
        app_say(app, "%s rose from %s to %s %s: by more than %s", column_of(s), say_amount(&a->p, s->old_cost, places),
                say_amount(&a->p, s->new_cost, places), a->new.currency, say_percent(&a->p, a->allowed));
    }
    if (!any)
        app_say(app, "no site stands in both estimates with a total: --fail-over could not look at any");
    return any ? ERR_NONE : ERR_INCOMPLETE;
}

/* The site whose new cost the budget is for. */
static const struct saved_site *budget_site(const struct answer *a)
{
    for (size_t i = 0; i < a->bridge.nsites; i++) {
        const struct saved_site *s = a->bridge.sites[i].new;
        if (s != NULL && s->has_totals && (a->site != NULL || s->rank == 1))
            return s;
    }
    return NULL;
}

static int check_budget(struct app *app, struct answer *a, bool *crossed)
{
    const struct saved_site *s = budget_site(a);
    int places = a->new.minor_units;

    if (s == NULL) {
        app_say(app, "the new estimate has no cost that --budget could look at");
        return ERR_INCOMPLETE;
    }
    if (dec_cmp(s->m.cost, a->budget.value) > 0) {
        *crossed = true;
        app_say(app, "%s costs %s %s: over the budget of %s %s", s->column, say_amount(&a->p, s->m.cost, places),
                a->new.currency, say_amount(&a->p, a->budget.value, places), a->new.currency);
    }
    return ERR_NONE;
}

static int judge(struct app *app, struct answer *a)
{
    int status = status_of(&a->bridge), seen = ERR_NONE, looked = ERR_NONE;
    bool crossed = false;

    if (a->guarded)
        seen = guard(app, a, &crossed);
    if (a->capped)
        looked = check_budget(app, a, &crossed);
    if (seen != ERR_NONE || looked != ERR_NONE)
        status = ERR_INCOMPLETE;
    return threshold_status(status, crossed);
}

/* ---- the command ---- */

static int read_both(const struct args *args, struct answer *a, struct err *err)
{
    if (saved_load(args_word(args, 0), &a->p.arena, &a->old, err) != 0 ||
        saved_load(args_word(args, 1), &a->p.arena, &a->new, err) != 0 ||
        bridge_make(&a->old, &a->new, &a->p.arena, &a->bridge, err) != 0)
        return -1;
    if (a->capped && threshold_currency("--budget", &a->budget, a->new.currency, err) != 0)
        return -1;
    return choose_site(a, err);
}

static int answer(struct app *app, const struct args *args, struct answer *a, struct err *err)
{
    static const char *const formats[] = {"table", "csv", "json"};
    size_t format;

    if (args_choice(args, "format", formats, 3, &format, err) != 0 || read_thresholds(args, a, err) != 0 ||
        read_both(args, a, err) != 0)
        return -1;
    if (format == 1)
        bridge_csv(&a->bridge, &app->out);
    else if (format == 2)
        bridge_json(&a->bridge, &app->out);
    else
        bridge_table(&a->bridge, &a->p, app->color && args_get(args, "output") == NULL, &app->out);
    int status = judge(app, a);
    return a->p.failed ? err_nomem(err) : status;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct answer a = {.p = {.lang = app->lang}};
    int status = answer(app, args, &a, err);

    arena_free(&a.p.arena);
    return status;
}

const struct command cmd_diff = {
    .name = "diff",
    .words = "OLD NEW",
    .min_words = 2,
    .max_words = 2,
    .about = "why the cost moved between two saved estimates",
    .options = options,
    .run = run,
};
