/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco rates USD/CNY`: an exchange rate as the estimate would use it, with its day, its age and the
 * published rates it was worked out from; with --since, one for every day that has one.
 */
#include "calc/args.h"
#include "calc/csv.h"
#include "calc/fx.h"
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/rules_read.h"
#include "calc/wrap.h"

#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"on", "DATE", "the rate of this day, or the last one before it (default: today)", false},
    {"since", "DATE", "every published day from this one on", false},
    {"source", "ecb|cfets", "whose rates (default: ecb)", false},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

struct asking {
    char from[CURRENCY_TEXT], to[CURRENCY_TEXT];
    struct date on, since; /* since: DATE_NONE when only one day is asked for */
    const struct rate_source *source;
    bool csv;
};

struct answer {
    struct arena arena;
    struct catalogue *catalogue;
    struct rules rules;
    const struct fx_used **v; /* newest first */
    size_t n;
};

/* ---- what is asked ---- */

static int read_day(const struct args *args, const char *name, struct date otherwise, struct date *out, struct err *err)
{
    const char *text = args_get(args, name);

    *out = otherwise;
    if (text != NULL && !date_parse(text, strlen(text), out))
        return err_set(err, ERR_USAGE, "--%s '%s' is no date (YYYY-MM-DD)", name, text);
    return 0;
}

static int read_pair(const char *word, struct asking *ask, struct err *err)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if (strlen(word) != 7 || strspn(word, capitals) != 3 || word[3] != '/' || strspn(word + 4, capitals) != 3)
        return err_set(err, ERR_USAGE, "'%s' is no pair of currencies (known: AAA/BBB, as USD/CNY)", word);
    memcpy(ask->from, word, 3);
    memcpy(ask->to, word + 4, 3);
    return 0;
}

static int read_asking(const struct app *app, const struct args *args, struct asking *ask, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    const char *ids[8];
    size_t source, format;

    for (size_t i = 0; i < nrate_sources && i < 8; i++)
        ids[i] = rate_sources[i].id;
    *ask = (struct asking){.source = NULL};
    if (read_pair(args_word(args, 0), ask, err) != 0 || read_day(args, "on", app->today, &ask->on, err) != 0 ||
        read_day(args, "since", DATE_NONE, &ask->since, err) != 0 ||
        args_choice(args, "source", ids, nrate_sources, &source, err) != 0 ||
        args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    if (date_is(ask->since) && date_cmp(ask->since, ask->on) > 0)
        return err_set(err, ERR_USAGE, "--since is after --on");
    ask->source = &rate_sources[source];
    ask->csv = format == 1;
    return 0;
}

/* A currency the source has no rates of is an error that lists those it has. */
static int check_currency(struct answer *a, const struct asking *ask, const char *code, struct err *err)
{
    const char *const *has;
    size_t n;

    if (!strcmp(code, ask->source->base))
        return 0;
    if (catalogue_currencies(a->catalogue, &a->arena, ask->source->id, &has, &n, err) != 0)
        return -1;
    const char **known = arena_array(&a->arena, n + 1, sizeof *known);
    if (known == NULL)
        return err_nomem(err);
    known[0] = ask->source->base;
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(has[i], code))
            return 0;
        known[i + 1] = has[i];
    }
    rules_unknown("currency", code, known, n + 1, err);
    return err_prefix(err, "rates of source %s", ask->source->id);
}

/* ---- the rates ---- */

static int find_one(struct answer *a, const struct asking *ask, struct date on, struct err *err)
{
    struct fx fx = {.catalogue = a->catalogue, .arena = &a->arena, .source = ask->source->id, .on = on};

    return fx_find(&fx, ask->from, ask->to, &a->v[a->n++], err);
}

/* The days on which the source published a currency; those of its own are everyone's. */
static int days_of(struct answer *a, const struct asking *ask, const char *code, struct published_rate **v, size_t *n,
                   struct err *err)
{
    return catalogue_rates(a->catalogue, &a->arena, ask->source->id, code, ask->since, ask->on, v, n, err);
}

static int find_all(struct answer *a, const struct asking *ask, struct err *err)
{
    bool own_from = !strcmp(ask->from, ask->source->base), own_to = !strcmp(ask->to, ask->source->base);
    struct published_rate *x = NULL, *y = NULL;
    size_t nx = 0, ny = 0;

    if (days_of(a, ask, own_from ? ask->to : ask->from, &x, &nx, err) != 0 ||
        days_of(a, ask, own_to ? ask->from : ask->to, &y, &ny, err) != 0)
        return -1;
    a->v = arena_array(&a->arena, nx + 1, sizeof *a->v);
    if (a->v == NULL)
        return err_nomem(err);
    for (size_t i = 0, j = 0; i < nx; i++) {
        while (j < ny && date_cmp(y[j].date, x[i].date) > 0)
            j++;
        if (j < ny && date_cmp(y[j].date, x[i].date) == 0 && find_one(a, ask, x[i].date, err) != 0)
            return -1;
    }
    return a->n > 0 ? 0 : err_set(err, ERR_USAGE, "no day with a rate of both between these dates");
}

static int find(struct answer *a, const struct asking *ask, struct err *err)
{
    if (check_currency(a, ask, ask->from, err) != 0 || check_currency(a, ask, ask->to, err) != 0)
        return -1;
    if (!strcmp(ask->from, ask->to))
        return err_set(err, ERR_USAGE, "%s/%s is one and the same currency", ask->from, ask->to);
    if (date_is(ask->since))
        return find_all(a, ask, err);
    a->v = arena_array(&a->arena, 1, sizeof *a->v);
    return a->v == NULL ? err_nomem(err) : find_one(a, ask, ask->on, err);
}

/* ---- CSV ---- */

static void write_operands(const struct fx_used *u, struct buf *out)
{
    struct buf cell = {0};
    char value[DEC_TEXT], day[DATE_TEXT];

    for (int i = 0; i < u->noperands; i++) {
        const struct published_rate *o = &u->operands[i];
        dec_format(o->value, 0, value);
        date_format(o->date, day);
        buf_printf(&cell, "%s", i > 0 ? "; " : "");
        if (o->units != 1)
            buf_printf(&cell, "%d", o->units);
        buf_printf(&cell, "%s/%s %s %s", o->base, o->quote, value, day);
    }
    csv_text(out, cell.v != NULL ? cell.v : "");
    out->failed = out->failed || cell.failed;
    buf_free(&cell);
}

static void write_csv(const struct answer *a, const struct asking *ask, struct buf *out)
{
    static const char *const paths[] = {
        [FX_SAME] = "same", [FX_DIRECT] = "direct", [FX_INVERSE] = "inverse", [FX_CROSS] = "cross"};
    char rate[DEC_TEXT], day[DATE_TEXT];

    buf_puts(out, "from,to,rate,date,age_days,path,source,operands\n");
    for (size_t i = 0; i < a->n; i++) {
        const struct fx_used *u = a->v[i];
        dec_format(u->rate, 0, rate);
        date_format(u->date, day);
        buf_printf(out, "%s,%s,%s,%s,%d,%s,%s,", u->from, u->to, rate, day, ask->on.day - u->date.day, paths[u->path],
                   u->source);
        write_operands(u, out);
        buf_puts(out, "\n");
    }
}

/* ---- table ---- */

/* "EUR/USD", "100JPY/CNY"; a rate of one operand leaves the other column empty, and so not shown. */
static const char *pair(struct phrases *p, const struct fx_used *u, int operand)
{
    const struct published_rate *o = &u->operands[operand];

    if (operand >= u->noperands)
        return "";
    return say_joined(p, o->units != 1 ? say_count(p, o->units) : "", o->base, "/", o->quote);
}

static void write_list(struct phrases *p, const struct answer *a, bool color, struct buf *out)
{
    const struct grid_column columns[] = {{.title = say_plain(p, TEXT_DAY)},
                                          {.title = say_joined(p, a->v[0]->from, "/", a->v[0]->to), .right = true},
                                          {.title = pair(p, a->v[0], 0), .right = true},
                                          {.title = pair(p, a->v[0], 1), .right = true}};
    struct grid g;

    grid_init(&g, &p->arena, columns, sizeof columns / sizeof *columns, a->n);
    for (size_t i = 0; i < a->n && !g.failed; i++) {
        const struct fx_used *u = a->v[i];
        struct grid_row *row = grid_row(&g);
        row->cells[0] = say_day(p, u->date);
        row->cells[1] = say_rate(p, u->rate);
        for (int k = 0; k < u->noperands && u->path != FX_DIRECT; k++)
            row->cells[2 + k] = say_rate(p, u->operands[k].value);
    }
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    grid_write(&g, color, out);
}

static void write_one(struct phrases *p, const struct asking *ask, const struct fx_used *u, struct buf *out)
{
    buf_printf(out, "1 %s = %s %s\n", u->from, say_rate(p, u->rate), u->to);
    if (date_cmp(u->date, ask->on) == 0)
        buf_printf(out, "%s\n", say(p, TEXT_RATE_OF_THAT_DAY, say_day(p, u->date)));
    else
        buf_printf(out, "%s\n",
                   say(p, TEXT_RATE_OF_DAY, say_day(p, u->date), say_age(p, u->date, ask->on), say_day(p, ask->on)));
    wrap_text(out, say_rate_how(p, u), "", 0, GRID_WIDTH);
}

static int write_table(const struct answer *a, const struct asking *ask, const struct app *app, struct buf *out,
                       struct err *err)
{
    struct phrases p = {.lang = app->lang, .rules = &a->rules};

    if (date_is(ask->since)) {
        buf_printf(out, "%s\n\n", say_rate_source(&p, ask->source->id));
        write_list(&p, a, app->color, out);
    } else {
        write_one(&p, ask, a->v[0], out);
    }
    arena_free(&p.arena);
    return p.failed ? err_nomem(err) : 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct asking ask;
    struct answer a = {.catalogue = NULL};

    if (read_asking(app, args, &ask, err) != 0)
        return -1;
    int rc = app_catalogue(app, NULL, &a.catalogue, err);
    if (rc == 0)
        rc = catalogue_rules(a.catalogue, &a.arena, &a.rules, err);
    if (rc == 0)
        rc = find(&a, &ask, err);
    if (rc == 0 && ask.csv)
        write_csv(&a, &ask, &app->out);
    else if (rc == 0)
        rc = write_table(&a, &ask, app, &app->out, err);
    catalogue_close(a.catalogue);
    arena_free(&a.arena);
    return rc;
}

const struct command cmd_rates = {
    .name = "rates",
    .words = "AAA/BBB",
    .min_words = 1,
    .max_words = 1,
    .about = "an exchange rate, and how it was worked out",
    .options = options,
    .run = run,
};
