/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco reprice [config.ini] BILL.csv`: what the usage on a bill would have cost at other sites' prices. The bill is read
 * row by row; only its sums are kept. Of the configuration only the terms count: buyer, currency, rates, discounts.
 */
#include "calc/args.h"
#include "calc/bill_read.h"
#include "calc/reprice_view.h"
#include "calc/run.h"
#include "calc/value.h"

#include <string.h>

static const struct option options[] = {
    {"sites", "SITE,SITE@BUYER,...", "the sites to price the usage at, instead of [compare] sites", false},
    {"city", "CITY", "where, instead of the city each charge is of", false},
    {"site", "SITE", "the site the bill is of, when its provider does not tell", false},
    {"format", "table|csv|json", "what to write", false},
    {"view", "summary|lines", "the sites, or every line at every site", false},
    {"os", "linux|windows", "the system of machines that are sold with several", false},
    {"as", "'SKU=CLASS'", "the class of an SKU that is of several, or of none (repeatable)", true},
    {"each", "'KIND=SIZE'", "the size of one disk or line, where a bill only says how much in all (repeatable)", true},
    {"running", NULL, "the machines ran before: steps over a machine's life are behind them", false},
    BILL_OPTIONS,
    RUN_OPTIONS,
    {"allow-stale", NULL, "rank prices or rates older than allowed", false},
    {NULL, NULL, NULL, false},
};

struct answer {
    struct phrases p; /* its arena holds everything */
    struct run run;
    struct app *app;
    const struct args *args;
    struct fx fx;
    struct bill_reading bill;
    struct reprice_input in;
    struct reprice r;
};

/* ---- whose bill ---- */

static int no_site(const struct answer *a, const char *why, const char *text, struct err *err)
{
    const struct rules *r = &a->run.rules;
    struct buf known = {0};

    for (size_t i = 0; i < r->nsites; i++)
        buf_printf(&known, "%s%s", i > 0 ? ", " : "", r->sites[i].id);
    err_set(err, ERR_USAGE, "%s '%.100s' (--site names one of: %s)", why, text, known.failed ? "" : known.v);
    buf_free(&known);
    return -1;
}

/* By --site, or by what the first row says of its provider. */
static int choose_first(void *ctx, const struct bill_row *row, struct err *err)
{
    struct answer *a = ctx;
    const char *asked = args_get(a->args, "site");
    size_t n = 0;

    for (size_t i = 0; i < a->run.rules.nsites; i++) {
        const struct site *s = &a->run.rules.sites[i];
        if (asked != NULL ? strcmp(s->id, asked) != 0 : !bill_names_provider(row->provider, s))
            continue;
        a->in.site = s;
        n++;
    }
    if (n == 1)
        return 0;
    if (asked != NULL)
        return no_site(a, "unknown site", asked, err);
    return no_site(a, n == 0 ? "no site of the provider" : "several sites of the provider", row->provider, err);
}

/* ---- what the user knows ---- */

static int read_os(struct answer *a, struct err *err)
{
    static const char *const known[] = {"linux", "windows"};
    size_t at;

    if (args_choice(a->args, "os", known, 2, &at, err) != 0)
        return -1;
    a->in.os = args_get(a->args, "os") != NULL ? known[at] : "";
    return 0;
}

static bool is_class(const char *const *v, size_t n, const char *class_)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i], class_))
            return true;
    return false;
}

/* Some service has to know the class: a slip would leave every site without a price. */
static int check_class(struct answer *a, const char *text, const char *class_, struct err *err)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const char *const *v;
        size_t n;
        if (catalogue_classes(a->run.catalogue, &a->p.arena, NULL, kind_table[kind].service, &v, &n, err) != 0)
            return -1;
        if (is_class(v, n, class_))
            return 0;
    }
    return err_set(err, ERR_USAGE, "--as '%s': no service has a class '%s' (such as ssd, standard, internet)", text,
                   class_);
}

static int read_classes(struct answer *a, struct err *err)
{
    size_t n = args_count(a->args, "as");
    struct reprice_word *v = arena_array(&a->p.arena, n + 1, sizeof *v);

    for (size_t i = 0; v != NULL && i < n; i++) {
        const char *text = args_nth(a->args, "as", i), *equals = strrchr(text, '=');
        if (equals == NULL || equals == text || equals[1] == '\0')
            return err_set(err, ERR_USAGE, "--as '%s' is not SKU=CLASS (cloud_essd_pl1=ssd)", text);
        v[i] = (struct reprice_word){arena_strndup(&a->p.arena, text, (size_t)(equals - text)), equals + 1};
        if (v[i].sku == NULL)
            return err_nomem(err);
        if (check_class(a, text, v[i].class_, err) != 0)
            return -1;
    }
    a->in.classes = v;
    a->in.nclasses = n;
    return v != NULL ? 0 : err_nomem(err);
}

static int read_each(struct answer *a, struct err *err)
{
    static const enum resource_kind kinds[] = {KIND_BLOCK_STORAGE, KIND_BANDWIDTH};
    size_t n = args_count(a->args, "each");
    struct reprice_each *v = arena_array(&a->p.arena, n + 1, sizeof *v);
    const struct value_env env = {.arena = &a->p.arena, .allowed = "over 0 to 1000000"};

    for (size_t i = 0; v != NULL && i < n; i++) {
        const char *text = args_nth(a->args, "each", i), *equals = strchr(text, '=');
        struct value size = {.kind = VALUE_NONE};
        size_t k = 0;
        while (equals != NULL && k < 2 &&
               (strncmp(kind_table[kinds[k]].name, text, (size_t)(equals - text)) != 0 ||
                kind_table[kinds[k]].name[equals - text] != '\0'))
            k++;
        if (equals == NULL || k == 2)
            return err_set(err, ERR_USAGE, "--each '%s' is not KIND=SIZE (block-storage=100 GiB, bandwidth=5 Mbps)",
                           text);
        if ((kinds[k] == KIND_BANDWIDTH ? value_rate : value_size)(equals + 1, &env, &size, err) != 0)
            return err_prefix(err, "--each '%s'", text);
        v[i] = (struct reprice_each){kinds[k], size.fixed};
    }
    a->in.each = v;
    a->in.neach = n;
    return v != NULL ? 0 : err_nomem(err);
}

/* ---- the terms ---- */

static int open_terms(struct answer *a, struct err *err)
{
    static const struct override keys[] = {{"compare", "sites", "", "--sites"}, {"compare", "city", "", "--city"}};
    const char *file = args_words(a->args) > 1 ? args_word(a->args, 0) : NULL;
    struct override v[2];
    size_t n = 0;

    for (size_t i = 0; i < 2; i++) {
        v[n] = keys[i];
        v[n].value = args_get(a->args, keys[i].key);
        n += v[n].value != NULL;
    }
    return run_terms(&a->run, a->app, a->args, file, v, n, err);
}

/* Did somebody say how many hours a month has? */
static bool gives_hours(const struct scenario *s)
{
    for (size_t i = 0; i < s->nsettings; i++)
        if (!strcmp(s->settings[i].section, "project") && !strcmp(s->settings[i].key, "hours"))
            return strcmp(s->settings[i].origin, "default") != 0;
    return false;
}

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
    a->in.terms = s;
    a->in.rules = &a->run.rules;
    a->in.catalogue = a->run.catalogue;
    a->in.running = args_get(a->args, "running") != NULL;
    a->in.allow_stale = args_get(a->args, "allow-stale") != NULL;
    a->in.fixed_hours = gives_hours(s);
    a->in.lang = a->app->lang;
}

/* ---- the command ---- */

static int reprice(struct answer *a, struct err *err)
{
    if (bill_read_month(&a->bill, err) != 0 || read_os(a, err) != 0 || read_each(a, err) != 0 ||
        open_terms(a, err) != 0)
        return -1;
    prepare(a);
    if (read_classes(a, err) != 0 || bill_read(&a->bill, err) != 0)
        return -1;
    a->in.sums = a->bill.sums.v;
    a->in.nsums = a->bill.sums.n;
    a->in.rates = a->bill.rates;
    a->in.nrates = a->bill.nrates;
    return reprice_run(&a->in, &a->r, err);
}

static int answer(struct answer *a, size_t format, enum reprice_part part, struct err *err)
{
    static void (*const writers[])(const struct reprice_view *v, struct buf *out) = {reprice_table, reprice_csv,
                                                                                     reprice_json};

    if (reprice(a, err) != 0)
        return -1;
    const struct reprice_view view = {.p = &a->p,
                                      .r = &a->r,
                                      .part = part,
                                      .bill = bill_shown(a->bill.word),
                                      .rounded = a->bill.rounded,
                                      .color = a->app->color};
    writers[format](&view, &a->app->out);
    if (a->p.failed || a->app->out.failed)
        return err_nomem(err);
    int status = reprice_status(&a->r);
    return status == 0 && a->bill.stale ? ERR_STALE : status;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv", "json"}, *const views[] = {"summary", "lines"};
    struct answer a = {.p = {.lang = app->lang}, .app = app, .args = args};
    size_t format, part;

    if (args_choice(args, "format", formats, 3, &format, err) != 0 ||
        args_choice(args, "view", views, 2, &part, err) != 0)
        return -1;
    a.bill = (struct bill_reading){.app = app,
                                   .args = args,
                                   .word = args_word(args, args_words(args) - 1),
                                   .arena = &a.p.arena,
                                   .first = choose_first,
                                   .ctx = &a};
    int rc = answer(&a, format, part == 1 ? REPRICE_LINES : REPRICE_SUMMARY, err);
    reprice_free(&a.r);
    bill_reading_free(&a.bill);
    run_close(&a.run);
    arena_free(&a.p.arena);
    return rc;
}

const struct command cmd_reprice = {
    .name = "reprice",
    .words = "[config.ini] BILL.csv",
    .min_words = 1,
    .max_words = 2,
    .about = "what the usage on a bill would have cost at other sites' prices",
    .options = options,
    .run = run,
};
