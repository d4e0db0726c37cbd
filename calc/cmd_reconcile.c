/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco reconcile config.ini BILL.csv`: a real bill against the estimate of a site: where they differ, and by how much
 * for each reason. The bill is read row by row; only its sums are kept.
 */
#include "calc/args.h"
#include "calc/csv.h"
#include "calc/csv_columns.h"
#include "calc/fx.h"
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/reconcile.h"
#include "calc/run.h"
#include "calc/words.h"

#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"site", "SITE", "the site the bill is of, when its provider does not tell", false},
    {"month", "YYYY-MM", "only this month of the bill", false},
    {"booked", "'AAA/BBB=RATE'", "the rate a currency of the bill was booked at (repeatable)", true},
    {"column", "'NAME=HEADER'", "the header that a column has in this bill (repeatable)", true},
    {"format", "table|csv", "what to write", false},
    RUN_OPTIONS,
    {NULL, NULL, NULL, false},
};

enum { ROWS_SHOWN = 30, CURRENCIES_MOST = 64 };

struct answer {
    struct phrases p; /* its arena holds everything */
    struct run run;
    struct app *app;
    const struct args *args;
    const char *path;
    struct fx fx;
    bool one_month;
    struct month month;
    const struct site_estimate *site;
    struct bill *bill;
    struct bill_sums sums;
    struct reconcile_rate rates[CURRENCIES_MOST];
    size_t nrates;
    long rows;
    bool stale; /* a rate is older than [fx] max_age */
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

/* "Microsoft" is the provider of azure too: a name the provider is known by, in whole or as the beginning of the site's. */
static bool names_provider(const char *text, const struct site *s)
{
    size_t n = strlen(text);

    if (n == 0)
        return false;
    if (words_same(text, s->provider) || !strcmp(text, s->name_zh))
        return true;
    for (size_t i = 0; i < n; i++)
        if (s->name_en[i] == '\0' || (s->name_en[i] | 0x20) != (text[i] | 0x20))
            return false;
    return s->name_en[n] == '\0' || s->name_en[n] == ' ';
}

/* By --site, as the only one, or by what the first row says of its provider. */
static int choose_site(struct answer *a, const char *provider, struct err *err)
{
    const struct estimate *e = &a->run.estimate;
    const char *asked = args_get(a->args, "site");
    size_t n = 0;

    for (size_t i = 0; i < e->nsites; i++) {
        const struct site_estimate *s = &e->sites[i];
        if (asked != NULL ? strcmp(s->column, asked) : e->nsites > 1 && !names_provider(provider, s->site))
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

/* ---- rates ---- */

/* --booked 'USD/CNY=7.15', when it is of this currency to the budget's. */
static int booked(const struct answer *a, struct reconcile_rate *rate, struct err *err)
{
    for (size_t i = 0; i < args_count(a->args, "booked"); i++) {
        const char *text = args_nth(a->args, "booked", i);
        dec_t value;
        struct err none;
        if (strlen(text) < 9 || text[3] != '/' || text[7] != '=' ||
            dec_parse(text + 8, strlen(text) - 8, &value, &none) != 0 || dec_sign(value) <= 0)
            return err_set(err, ERR_USAGE, "--booked '%s' is no rate (USD/%s=7.15)", text, a->run.scenario.currency);
        if (strncmp(text + 4, a->run.scenario.currency, 3) != 0)
            return err_set(err, ERR_USAGE, "--booked '%s' is no rate to the budget currency %s", text,
                           a->run.scenario.currency);
        if (!strncmp(text, rate->currency, 3))
            rate->booked = value;
    }
    return 0;
}

static void say_stale(struct answer *a, const struct fx_used *used)
{
    char day[DATE_TEXT], rate[DEC_TEXT];

    date_format(used->date, day);
    dec_format(used->rate, 2, rate);
    app_say(a->app, "%s/%s %s is of %s: older than [fx] max_age allows", used->from, used->to, rate, day);
    a->stale = true;
}

/* A currency not seen before needs a rate now, so that the row without one is named. */
static int need_rate(struct answer *a, const struct bill_row *row, struct err *err)
{
    const struct fx_used *used;
    struct err why = {0};

    for (size_t i = 0; i < a->nrates; i++)
        if (!strcmp(a->rates[i].currency, row->currency))
            return 0;
    if (a->nrates == CURRENCIES_MOST)
        return err_set(err, ERR_USAGE, "%s:%d: more than %d currencies", a->path, row->line, CURRENCIES_MOST);
    if (rules_currency(&a->run.rules, row->currency) == NULL)
        return err_set(err, ERR_USAGE, "%s:%d: BillingCurrency '%s' is unknown", a->path, row->line, row->currency);
    if (fx_find(&a->fx, row->currency, a->run.scenario.currency, &used, &why) != 0)
        return err_set(err, why.kind, "%s:%d: BillingCurrency '%s': %s", a->path, row->line, row->currency, why.text);
    if (used->stale)
        say_stale(a, used);
    struct reconcile_rate *rate = &a->rates[a->nrates++];
    *rate = (struct reconcile_rate){.estimated = used->rate, .booked = used->rate};
    memcpy(rate->currency, row->currency, CURRENCY_TEXT);
    return booked(a, rate, err);
}

/* ---- reading ---- */

static int take_row(struct answer *a, const struct bill_row *row, struct err *err)
{
    if (a->one_month && row->month.n != a->month.n)
        return 0;
    if (a->site == NULL && choose_site(a, row->provider, err) != 0)
        return -1;
    if (need_rate(a, row, err) != 0)
        return -1;
    a->rows++;
    return bill_sums_add(&a->sums, row, err) == 0 ? 0 : err_prefix(err, "%s:%d", a->path, row->line);
}

static int read_bill(struct answer *a, struct err *err)
{
    size_t n = args_count(a->args, "column");
    const char **v = arena_array(&a->p.arena, n + 1, sizeof *v);
    struct bill_row row;
    int got;

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        v[i] = args_nth(a->args, "column", i);
    const struct bill_naming naming = {v, n};
    if (bill_open_path(&a->bill, args_word(a->args, 1), &naming, err) != 0)
        return -1;
    while ((got = bill_next(a->bill, &row, err)) == 1)
        if (take_row(a, &row, err) != 0)
            return -1;
    if (got == 0 && a->rows == 0)
        return err_set(err, ERR_USAGE, "%s: no charge%s", a->path, a->one_month ? " of the month asked for" : "");
    return got;
}

/* ---- as CSV ---- */

static const char csv_head[] =
    "month,service,region,sku,status,category,unit,estimated_quantity,billed_quantity,currency,"
    "estimated,billed,difference,quantity,price,discount,tax,fx,unexplained,bill_line\n";

static dec_t difference(const struct reconcile_parts *p)
{
    return dec_sub(p->billed, p->estimated);
}

static void csv_cell_text(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void csv_row_of(const struct answer *a, const struct reconcile_row *r, struct buf *out)
{
    const struct reconcile_parts *p = &r->parts;
    const dec_t amounts[] = {p->estimated, p->billed, difference(p), p->quantity,   p->price,
                             p->discount,  p->tax,    p->fx,         p->unexplained};
    char month[DATE_TEXT];

    month_format(r->month, month);
    csv_cell_text(out, month);
    const char *const texts[] = {r->service,  r->region, r->sku, reconcile_status_names[r->status],
                                 r->category, r->unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        csv_cell_text(out, texts[i]);
    if (r->has_quantities)
        csv_decimal(out, r->estimated_quantity, 0);
    buf_putc(out, ',');
    if (r->has_quantities)
        csv_decimal(out, r->billed_quantity, 0);
    buf_putc(out, ',');
    csv_cell_text(out, a->run.scenario.currency);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        csv_decimal(out, amounts[i], a->run.estimate.minor_units);
        buf_putc(out, ',');
    }
    if (r->line > 0)
        buf_printf(out, "%d", r->line);
    buf_putc(out, '\n');
}

/* ---- as a table ---- */

static const enum text_id status_texts[] = {TEXT_BILL_MATCHED,   TEXT_BILL_BY_SERVICE, TEXT_BILL_TAX_ROW,
                                            TEXT_BILL_UNMATCHED, TEXT_BILL_NOT_BILLED, TEXT_BILL_ROUNDING};

static const char *signed_amount(struct answer *a, dec_t amount)
{
    const char *text = say_amount(&a->p, amount, a->run.estimate.minor_units);

    return dec_sign(amount) > 0 ? say_joined(&a->p, "+", text) : text;
}

struct part {
    enum text_id name;
    dec_t amount;
};
enum { PARTS = 6 };

static void parts_of(const struct reconcile_parts *p, struct part out[PARTS])
{
    const struct part parts[PARTS] = {
        {TEXT_BILL_QUANTITY, p->quantity}, {TEXT_BILL_PRICE, p->price}, {TEXT_BILL_DISCOUNT, p->discount},
        {TEXT_BILL_TAX, p->tax},           {TEXT_BILL_FX, p->fx},       {TEXT_BILL_UNEXPLAINED, p->unexplained}};

    memcpy(out, parts, sizeof parts);
}

static void add_total(struct answer *a, struct grid *g, enum text_id name, const char *amount)
{
    struct grid_row *row = grid_row(g);

    if (row == NULL)
        return;
    row->cells[0] = say_plain(&a->p, name);
    row->cells[1] = amount;
}

static void write_totals(struct answer *a, struct buf *out)
{
    const struct grid_column columns[] = {{.title = say_plain(&a->p, TEXT_BILL_PART)},
                                          {.title = say_plain(&a->p, TEXT_BILL_AMOUNT), .right = true}};
    const struct reconcile_parts *t = &a->r.total;
    struct part parts[PARTS];
    struct grid g;

    grid_init(&g, &a->p.arena, columns, 2, 3 + PARTS);
    add_total(a, &g, TEXT_BILL_ESTIMATED, say_amount(&a->p, t->estimated, a->run.estimate.minor_units));
    parts_of(t, parts);
    for (int i = 0; i < PARTS; i++)
        add_total(a, &g, parts[i].name, signed_amount(a, parts[i].amount));
    add_total(a, &g, TEXT_BILL_BILLED, say_amount(&a->p, t->billed, a->run.estimate.minor_units));
    add_total(a, &g, TEXT_BILL_DIFFERENCE, signed_amount(a, difference(t)));
    a->p.failed = a->p.failed || g.failed;
    grid_fit(&g);
    grid_write(&g, a->app->color, out);
}

static dec_t magnitude(const struct reconcile_row *r)
{
    dec_t d = difference(&r->parts);

    return dec_sign(d) < 0 ? dec_neg(d) : d;
}

/* The largest first; of equal ones the first of the rows. */
static int row_order(const void *pa, const void *pb)
{
    const struct reconcile_row *a = *(const struct reconcile_row *const *)pa;
    const struct reconcile_row *b = *(const struct reconcile_row *const *)pb;
    int order = dec_cmp(magnitude(b), magnitude(a));

    return order != 0 ? order : (a > b) - (a < b);
}

static bool differs(const struct reconcile_row *r)
{
    struct part parts[PARTS];
    bool any = false;

    parts_of(&r->parts, parts);
    for (int i = 0; i < PARTS; i++)
        any = any || dec_sign(parts[i].amount) != 0;
    return any;
}

static const char *reasons(struct answer *a, const struct reconcile_row *r)
{
    const char *text = "";
    struct part parts[PARTS];

    parts_of(&r->parts, parts);
    for (int i = 0; i < PARTS; i++)
        if (dec_sign(parts[i].amount) != 0)
            text = say_joined(&a->p, text, *text != '\0' ? say_plain(&a->p, TEXT_COMMA) : "",
                              say_plain(&a->p, parts[i].name), " ", signed_amount(a, parts[i].amount));
    return text;
}

enum column { MONTH, SERVICE, SKU, STATUS, ESTIMATED, BILLED, DIFFERENCE, COLUMNS };

static void add_row(struct answer *a, struct grid *g, const struct reconcile_row *r)
{
    struct phrases *p = &a->p;
    struct grid_row *row = grid_row(g);
    const char **below = arena_array(&p->arena, 1, sizeof *below);
    int places = a->run.estimate.minor_units;

    if (row == NULL || below == NULL) {
        p->failed = true;
        return;
    }
    row->cells[MONTH] = say_month(p, r->month);
    row->cells[SERVICE] = say_clean(p, r->service);
    row->cells[SKU] = say_clean(p, *r->sku != '\0' ? r->sku : r->category);
    row->cells[STATUS] = say_plain(p, status_texts[r->status]);
    row->cells[ESTIMATED] = say_amount(p, r->parts.estimated, places);
    row->cells[BILLED] = say_amount(p, r->parts.billed, places);
    row->cells[DIFFERENCE] = signed_amount(a, difference(&r->parts));
    below[0] = reasons(a, r);
    row->below = below;
    row->nbelow = 1;
}

static void write_rows(struct answer *a, const struct reconcile_row **v, size_t n, struct buf *out)
{
    struct phrases *p = &a->p;
    const struct grid_column columns[COLUMNS] = {
        [MONTH] = {.title = say_plain(p, TEXT_MONTH)},
        [SERVICE] = {.title = say_plain(p, TEXT_BILL_SERVICE), .max_width = 18},
        [SKU] = {.title = "SKU", .max_width = 24},
        [STATUS] = {.title = say_plain(p, TEXT_STATUS), .drop = 1},
        [ESTIMATED] = {.title = say_plain(p, TEXT_BILL_ESTIMATED), .right = true},
        [BILLED] = {.title = say_plain(p, TEXT_BILL_BILLED), .right = true},
        [DIFFERENCE] = {.title = say_plain(p, TEXT_BILL_DIFFERENCE), .right = true},
    };
    struct grid g;

    style_puts(out, STYLE_BOLD, a->app->color, say_plain(p, TEXT_BILL_LARGEST));
    buf_putc(out, '\n');
    grid_init(&g, &p->arena, columns, COLUMNS, n);
    for (size_t i = 0; i < n && !g.failed && !p->failed; i++)
        add_row(a, &g, v[i]);
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    grid_write(&g, a->app->color, out);
}

static void write_differences(struct answer *a, struct buf *out)
{
    const struct reconcile_row **v = arena_array(&a->p.arena, a->r.n + 1, sizeof *v);
    size_t n = 0;

    a->p.failed = a->p.failed || v == NULL;
    for (size_t i = 0; v != NULL && i < a->r.n; i++)
        if (differs(&a->r.v[i]))
            v[n++] = &a->r.v[i];
    buf_putc(out, '\n');
    if (n == 0) {
        buf_printf(out, "%s\n", say_plain(&a->p, TEXT_BILL_SAME));
        return;
    }
    qsort(v, n, sizeof *v, row_order);
    write_rows(a, v, n < ROWS_SHOWN ? n : ROWS_SHOWN, out);
    if (n > ROWS_SHOWN)
        buf_printf(out, "%s\n", say(&a->p, TEXT_BILL_MORE, say_count(&a->p, (long)(n - ROWS_SHOWN))));
}

static void write_table(struct answer *a, struct buf *out)
{
    struct phrases *p = &a->p;

    buf_printf(out, "%s\n\n",
               say(p, TEXT_BILL_AGAINST, a->run.scenario.name, a->site->column, say_clean(p, a->path),
                   say_count(p, a->rows), say_count(p, (long)a->sums.n), a->run.scenario.currency));
    write_totals(a, out);
    write_differences(a, out);
    if (a->r.unpriced > 0)
        buf_printf(out, "\n%s\n", say(p, TEXT_BILL_UNPRICED, say_count(p, (long)a->r.unpriced)));
    if (bill_rounded(a->bill) > 0)
        buf_printf(out, "\n%s\n", say(p, TEXT_BILL_ROUNDED, say_count(p, bill_rounded(a->bill))));
}

/* ---- the command ---- */

static int read_month(struct answer *a, struct err *err)
{
    const char *text = args_get(a->args, "month");

    a->one_month = text != NULL;
    if (text != NULL && !month_parse(text, strlen(text), &a->month))
        return err_set(err, ERR_USAGE, "--month '%s' is no month (YYYY-MM)", text);
    return 0;
}

static int answer(struct answer *a, bool csv, struct err *err)
{
    struct estimate_options opt = {.all = true, .allow_stale = true, .lang = a->app->lang};
    struct scenario *s = &a->run.scenario;

    if (read_month(a, err) != 0 || run_estimate(&a->run, a->app, a->args, &opt, err) != 0)
        return -1;
    a->p.rules = &a->run.rules;
    a->fx = (struct fx){.catalogue = a->run.catalogue,
                        .arena = &a->p.arena,
                        .source = s->fx_source,
                        .on = s->as_of,
                        .max_age = s->fx_max_age,
                        .budget = s->rates,
                        .nbudget = s->nrates};
    if (read_bill(a, err) != 0)
        return -1;
    const struct reconcile_input in = {.e = &a->run.estimate,
                                       .site = a->site,
                                       .sums = a->sums.v,
                                       .nsums = a->sums.n,
                                       .rates = a->rates,
                                       .nrates = a->nrates};
    if (reconcile(&in, &a->p.arena, &a->r, err) != 0)
        return -1;
    if (csv)
        buf_puts(&a->app->out, csv_head);
    for (size_t i = 0; csv && i < a->r.n; i++)
        csv_row_of(a, &a->r.v[i], &a->app->out);
    if (!csv)
        write_table(a, &a->app->out);
    if (a->p.failed || a->app->out.failed)
        return err_nomem(err);
    return a->r.unpriced > 0 ? ERR_INCOMPLETE : a->stale ? ERR_STALE : 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    struct answer a = {.p = {.lang = app->lang}, .app = app, .args = args};
    size_t format;

    if (args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    a.path = strcmp(args_word(args, 1), "-") != 0 ? args_word(args, 1) : "standard input";
    int rc = answer(&a, format == 1, err);
    bill_close(a.bill);
    bill_sums_free(&a.sums);
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
