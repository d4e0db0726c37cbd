/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco drift OLD NEW`: what became cheaper, dearer, new or gone between two days, per site, with the
 * largest moves; as CSV every price that is not the same.
 */
#include "calc/args.h"
#include "calc/csv.h"
#include "calc/drift.h"
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/rules_read.h"
#include "calc/wrap.h"

#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"site", "SITE", "only this site", false},
    {"region", "REGION", "only this region", false},
    {"service", "SERVICE", "only this service (compute, block-storage, ...)", false},
    {"source", "SOURCE", "only prices this source gave on one of the days", false},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

enum { MOVES_SHOWN = 15 };

struct answer {
    struct phrases p; /* its arena holds everything */
    struct catalogue *catalogue;
    struct rules rules;
    struct drift_question ask;
    struct drift drift;
};

/* ---- what is asked ---- */

static int read_day(const char *word, struct date *out, struct err *err)
{
    return date_parse(word, strlen(word), out) ? 0 : err_set(err, ERR_USAGE, "'%s' is no date (YYYY-MM-DD)", word);
}

static int read_days(const struct args *args, struct drift_question *ask, struct err *err)
{
    const char *old = args_word(args, 0), *new = args_word(args, 1);

    if (read_day(old, &ask->old, err) != 0 || read_day(new, &ask->new, err) != 0)
        return -1;
    int order = date_cmp(ask->old, ask->new);
    if (order == 0)
        return err_set(err, ERR_USAGE, "%s is one and the same day (give an older and a newer one)", old);
    return order < 0 ? 0 : err_set(err, ERR_USAGE, "%s is after %s (the older day comes first)", old, new);
}

static bool known_to(const char *const *known, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(known[i], name))
            return true;
    return false;
}

static int check_site(struct answer *a, struct err *err)
{
    const char *site = a->ask.site;

    return site == NULL || rules_site(&a->rules, site) != NULL ? 0 : rules_unknown_site(&a->rules, site, err);
}

/* Each name once: regions of the site asked for, or of all. */
static int check_region(struct answer *a, struct err *err)
{
    const char **known = arena_array(&a->p.arena, a->rules.nregions + 1, sizeof *known);
    size_t n = 0;

    if (a->ask.region == NULL)
        return 0;
    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < a->rules.nregions; i++)
        if ((a->ask.site == NULL || !strcmp(a->rules.regions[i].site, a->ask.site)) &&
            !known_to(known, n, a->rules.regions[i].id))
            known[n++] = a->rules.regions[i].id;
    return known_to(known, n, a->ask.region) ? 0 : rules_unknown("region", a->ask.region, known, n, err);
}

static int check_service(struct answer *a, struct err *err)
{
    const struct holding *v;
    size_t nv, n = 0;

    if (a->ask.service == NULL)
        return 0;
    if (catalogue_holdings(a->catalogue, &a->p.arena, &v, &nv, err) != 0)
        return -1;
    const char **known = arena_array(&a->p.arena, nv + 1, sizeof *known);
    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < nv; i++)
        if (!known_to(known, n, v[i].service))
            known[n++] = v[i].service;
    return known_to(known, n, a->ask.service) ? 0 : rules_unknown("service", a->ask.service, known, n, err);
}

static int check_source(struct answer *a, struct err *err)
{
    const char *source = a->ask.source;

    if (source == NULL || rules_source(&a->rules, source) != NULL)
        return 0;
    const char **known = arena_array(&a->p.arena, a->rules.nsources + 1, sizeof *known);
    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < a->rules.nsources; i++)
        known[i] = a->rules.sources[i].id;
    return rules_unknown("source", source, known, a->rules.nsources, err);
}

/* ---- CSV ---- */

static void csv_number(struct buf *out, dec_t n)
{
    char text[DEC_TEXT];

    dec_format(n, 0, text);
    csv_raw(out, text);
}

static void csv_key(struct buf *out, const struct drift_row *r, const struct drift_side *side)
{
    const char *const texts[] = {r->site, r->region, r->service, r->sku, r->os, charge_names[r->charge], r->offering};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_text(out, texts[i]);
        buf_putc(out, ',');
    }
    if (r->term_months > 0)
        buf_printf(out, "%d", r->term_months);
    buf_printf(out, ",%s,", unit_table[side->unit].name);
    csv_number(out, r->tier_from);
    buf_printf(out, ",%s,%s,%s,", side->currency, side->basis == BASIS_INCL ? "incl" : "excl", drift_names[r->kind]);
}

static void csv_price(struct buf *out, const struct drift_side *side, bool shown)
{
    if (shown && side->known && !side->ambiguous)
        csv_number(out, side->price);
    buf_putc(out, ',');
}

static void csv_day(struct buf *out, const struct drift_side *side, bool shown)
{
    char day[DATE_TEXT];

    date_format(shown ? side->as_of : DATE_NONE, day);
    buf_printf(out, "%s,", day);
}

/* old, new: which sides the line speaks of; its unit, currency and basis are those of the new one if it does. */
static void csv_line(struct buf *out, const struct drift_row *r, bool old, bool new)
{
    const struct drift_side *side = new ? &r->new : &r->old;
    char pct[DEC_TEXT];

    csv_key(out, r, side);
    csv_price(out, &r->old, old);
    csv_price(out, &r->new, new);
    if (r->has_pct) {
        dec_format(r->pct, 2, pct);
        csv_raw(out, pct);
    }
    buf_putc(out, ',');
    csv_day(out, &r->old, old);
    csv_day(out, &r->new, new);
    csv_text(out, side->source);
    buf_putc(out, '\n');
}

static bool same_money(const struct drift_row *r)
{
    return r->old.unit == r->new.unit && r->old.basis == r->new.basis && !strcmp(r->old.currency, r->new.currency);
}

/* A price whose unit, currency or basis changed has two lines: each price beside its own. */
static void write_csv(const struct drift *d, struct buf *out)
{
    buf_puts(out, "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,currency,tax_basis,change,"
                  "old_price,new_price,change_pct,old_as_of,new_as_of,source\n");
    for (size_t i = 0; i < d->n; i++) {
        const struct drift_row *r = &d->rows[i];
        if (r->old.known && r->new.known && !same_money(r)) {
            csv_line(out, r, true, false);
            csv_line(out, r, false, true);
        } else {
            csv_line(out, r, r->old.known, r->new.known);
        }
    }
}

/* ---- table ---- */

static void write_counts(struct answer *a, bool color, struct buf *out)
{
    static const enum text_id titles[DRIFT_KINDS] = {
        [DRIFT_CHEAPER] = TEXT_DRIFT_CHEAPER, [DRIFT_DEARER] = TEXT_DRIFT_DEARER,   [DRIFT_NEW] = TEXT_DRIFT_NEW,
        [DRIFT_GONE] = TEXT_DRIFT_GONE,       [DRIFT_CHANGED] = TEXT_DRIFT_CHANGED, [DRIFT_SAME] = TEXT_DRIFT_SAME,
    };
    struct grid_column columns[1 + DRIFT_KINDS] = {{.title = say_plain(&a->p, TEXT_SITE)}};
    struct grid g;

    for (int k = 0; k < DRIFT_KINDS; k++)
        columns[1 + k] = (struct grid_column){.title = say_plain(&a->p, titles[k]), .right = true};
    grid_init(&g, &a->p.arena, columns, 1 + DRIFT_KINDS, a->drift.nsites);
    for (size_t i = 0; i < a->drift.nsites && !g.failed; i++) {
        struct grid_row *row = grid_row(&g);
        row->cells[0] = a->drift.sites[i].site;
        for (int k = 0; k < DRIFT_KINDS; k++)
            row->cells[1 + k] = say_number(&a->p, dec_int64(a->drift.sites[i].counts[k]));
    }
    a->p.failed = a->p.failed || g.failed;
    grid_fit(&g);
    grid_write(&g, color, out);
}

static dec_t size_of(const struct drift_row *r)
{
    return dec_sign(r->pct) < 0 ? dec_neg(r->pct) : r->pct;
}

/* The largest first; of equal ones the first of the list. */
static int move_order(const void *pa, const void *pb)
{
    const struct drift_row *a = *(const struct drift_row *const *)pa, *b = *(const struct drift_row *const *)pb;
    int order = dec_cmp(size_of(b), size_of(a));

    return order != 0 ? order : (a > b) - (a < b);
}

static size_t find_moves(struct answer *a, const struct drift_row ***out)
{
    const struct drift_row **v = arena_array(&a->p.arena, a->drift.n + 1, sizeof *v);
    size_t n = 0;

    a->p.failed = a->p.failed || v == NULL;
    for (size_t i = 0; v != NULL && i < a->drift.n; i++)
        if (a->drift.rows[i].has_pct)
            v[n++] = &a->drift.rows[i];
    if (n > 1)
        qsort(v, n, sizeof *v, move_order);
    *out = v;
    return n < MOVES_SHOWN ? n : MOVES_SHOWN;
}

/* Nothing for what most prices are. */
static const char *charge_of(struct phrases *p, const struct drift_row *r)
{
    if (r->charge == CHARGE_ON_DEMAND)
        return "";
    if (r->term_months == 0)
        return charge_names[r->charge];
    return say_joined(p, charge_names[r->charge], " ", say_count(p, r->term_months), *r->offering != '\0' ? " " : "",
                      r->offering);
}

static const char *pct_of(struct phrases *p, const struct drift_row *r)
{
    char text[DEC_TEXT];

    dec_format(r->pct, 2, text);
    return say_joined(p, dec_sign(r->pct) > 0 ? "+" : "", text, " %");
}

/* The currency stands behind the new price only: it is the same. */
static const char *old_price(struct phrases *p, const struct drift_side *side)
{
    const char *text = say_exact(p, side->price, side->currency);
    size_t tail = strlen(side->currency) + 1;

    return strlen(text) > tail ? say_first(p, text, strlen(text) - tail) : "";
}

enum column { WHERE, SKU, SYSTEM, CHARGE, MOVE, OLD, THEN, NEW, SINCE, PER, COLUMNS };

static void add_move(struct phrases *p, struct grid *g, const struct drift_row *r)
{
    struct grid_row *row = grid_row(g);

    row->cells[WHERE] = say_joined(p, r->site, " ", r->region);
    row->cells[SKU] = say_clean(p, r->sku);
    row->cells[SYSTEM] = r->os;
    row->cells[CHARGE] = charge_of(p, r);
    row->cells[MOVE] = pct_of(p, r);
    row->cells[OLD] = old_price(p, &r->old);
    row->cells[THEN] = say_day(p, r->old.as_of);
    row->cells[NEW] = say_exact(p, r->new.price, r->new.currency);
    row->cells[SINCE] = say_day(p, r->new.as_of);
    row->cells[PER] = unit_table[r->new.unit].name;
}

static void write_moves(struct answer *a, bool color, struct buf *out)
{
    struct phrases *p = &a->p;
    const struct grid_column columns[COLUMNS] = {
        [WHERE] = {.title = say_plain(p, TEXT_DRIFT_WHERE), .max_width = 26},
        [SKU] = {.title = "SKU", .max_width = 24},
        [SYSTEM] = {.title = say_plain(p, TEXT_SYSTEM), .drop = 2},
        [CHARGE] = {.title = say_plain(p, TEXT_CHARGE), .drop = 1},
        [MOVE] = {.title = say_plain(p, TEXT_DRIFT_MOVE), .right = true},
        [OLD] = {.title = say_plain(p, TEXT_DRIFT_OLD), .right = true},
        [THEN] = {.title = say_plain(p, TEXT_DRIFT_THEN)},
        [NEW] = {.title = say_plain(p, TEXT_DRIFT_NEWER), .right = true},
        [SINCE] = {.title = say_plain(p, TEXT_DRIFT_SINCE)},
        [PER] = {.title = say_plain(p, TEXT_PER), .drop = 3},
    };
    const struct drift_row **moves = NULL;
    size_t n = find_moves(a, &moves);
    struct grid g;

    if (n == 0)
        return;
    buf_putc(out, '\n');
    style_puts(out, STYLE_BOLD, color, say_plain(p, TEXT_DRIFT_MOVES));
    buf_putc(out, '\n');
    grid_init(&g, &p->arena, columns, COLUMNS, n);
    for (size_t i = 0; i < n && !g.failed; i++)
        add_move(p, &g, moves[i]);
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    grid_write(&g, color, out);
}

static void write_table(struct answer *a, bool color, struct buf *out)
{
    bool changed = false;

    buf_printf(out, "%s\n\n", say(&a->p, TEXT_DRIFT_DAYS, say_day(&a->p, a->ask.new), say_day(&a->p, a->ask.old)));
    write_counts(a, color, out);
    write_moves(a, color, out);
    for (size_t i = 0; i < a->drift.nsites; i++)
        changed = changed || a->drift.sites[i].counts[DRIFT_CHANGED] > 0;
    if (changed) {
        buf_putc(out, '\n');
        wrap_text(out, say_plain(&a->p, TEXT_DRIFT_CHANGED_NOTE), "", 2, GRID_WIDTH);
    }
}

/* ---- the command ---- */

static int answer(struct app *app, struct answer *a, bool csv, struct err *err)
{
    if (catalogue_rules(a->catalogue, &a->p.arena, &a->rules, err) != 0)
        return -1;
    a->p.rules = &a->rules;
    if (check_site(a, err) != 0 || check_region(a, err) != 0 || check_service(a, err) != 0 ||
        check_source(a, err) != 0 || drift_find(a->catalogue, &a->rules, &a->ask, &a->p.arena, &a->drift, err) != 0)
        return -1;
    if (a->drift.nsites == 0)
        return err_set(err, ERR_USAGE, "no prices of what was asked for (tco sites says what is held)");
    if (csv)
        write_csv(&a->drift, &app->out);
    else
        write_table(a, app->color, &app->out);
    return a->p.failed ? err_nomem(err) : 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    struct answer a = {.p = {.lang = app->lang},
                       .ask = {.site = args_get(args, "site"),
                               .region = args_get(args, "region"),
                               .service = args_get(args, "service"),
                               .source = args_get(args, "source")}};
    size_t format;

    if (read_days(args, &a.ask, err) != 0 || args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    int rc = app_catalogue(app, NULL, &a.catalogue, err);
    if (rc == 0)
        rc = answer(app, &a, format == 1, err);
    catalogue_close(a.catalogue);
    arena_free(&a.p.arena);
    return rc;
}

const struct command cmd_drift = {
    .name = "drift",
    .words = "OLD NEW",
    .min_words = 2,
    .max_words = 2,
    .about = "what became cheaper, dearer, new or gone between two days",
    .options = options,
    .run = run,
};
