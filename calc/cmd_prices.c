/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco prices`: what the catalogue holds for a site and region, as published: price, unit, tiers,
 * currency, tax basis, day and source. Nothing is converted.
 */
#include "calc/args.h"
#include "calc/csv.h"
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/rules_read.h"
#include "calc/words.h"
#include "calc/wrap.h"

#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {"site", "SITE", "the site, as tco sites names it", false},
    {"region", "REGION", "the region of the site", false},
    {"service", "SERVICE", "only this service (compute, block-storage, ...)", false},
    {"charge", "CHARGE", "only this charge (on-demand, prepaid, reserved, savings-plan, spot)", false},
    {"os", "linux|windows", "only this system", false},
    {"as-of", "DATE", "what was known that day (default: today)", false},
    {"history", NULL, "older prices too, newest first", false},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

struct asking {
    const char *site, *region, *service, *os, *prefix; /* "" = any */
    unsigned charges;
    struct date as_of;
    bool history, csv;
};

/* An offer that is shown, and its number among all, so that equal ones keep their order. */
struct shown_offer {
    const struct offer *o;
    size_t at;
};

struct listing {
    struct phrases p; /* its arena holds everything */
    struct catalogue *catalogue;
    struct rules rules;
    struct shown_offer *v;
    size_t n, cap;
};

/* ---- what is asked ---- */

static int read_charge(const struct args *args, unsigned *out, struct err *err)
{
    size_t at;

    *out = (1u << CHARGE_BEST) - 1;
    if (args_get(args, "charge") == NULL)
        return 0;
    if (args_choice(args, "charge", charge_names, CHARGE_BEST, &at, err) != 0)
        return -1;
    *out = 1u << at;
    return 0;
}

static int read_asking(const struct app *app, const struct args *args, struct asking *ask, struct err *err)
{
    static const char *const formats[] = {"table", "csv"}, *const systems[] = {"linux", "windows"};
    size_t format, os;
    const char *service = args_get(args, "service"), *prefix = args_word(args, 0);

    *ask = (struct asking){.site = args_get(args, "site"),
                           .region = args_get(args, "region"),
                           .service = service != NULL ? service : "",
                           .prefix = prefix != NULL ? prefix : "",
                           .as_of = app->today,
                           .history = args_get(args, "history") != NULL};
    if (args_choice(args, "format", formats, 2, &format, err) != 0 ||
        args_choice(args, "os", systems, 2, &os, err) != 0 || read_charge(args, &ask->charges, err) != 0)
        return -1;
    ask->csv = format == 1;
    ask->os = args_get(args, "os") != NULL ? systems[os] : "";
    return 0;
}

/* "--region is needed (known at aws-cn: cn-north-1, cn-northwest-1)" */
static int needed(const char *option, const char *at, const char *const *known, size_t n, struct err *err)
{
    struct buf list = {0};

    words_list(&list, known, n, 40);
    int rc = list.failed ? err_nomem(err)
                         : err_set(err, ERR_USAGE, "--%s is needed (known%s: %s)", option, at, n > 0 ? list.v : "none");
    buf_free(&list);
    return rc;
}

static int check_site(struct listing *l, const struct asking *ask, struct err *err)
{
    const char **known = arena_array(&l->p.arena, l->rules.nsites + 1, sizeof *known);

    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < l->rules.nsites; i++)
        known[i] = l->rules.sites[i].id;
    if (ask->site == NULL)
        return needed("site", "", known, l->rules.nsites, err);
    return rules_site(&l->rules, ask->site) != NULL ? 0 : rules_unknown("site", ask->site, known, l->rules.nsites, err);
}

static int check_region(struct listing *l, const struct asking *ask, struct err *err)
{
    const char **known = arena_array(&l->p.arena, l->rules.nregions + 1, sizeof *known);
    const char *at = arena_printf(&l->p.arena, " at %s", ask->site);
    size_t n = 0;

    if (known == NULL || at == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < l->rules.nregions; i++)
        if (!strcmp(l->rules.regions[i].site, ask->site))
            known[n++] = l->rules.regions[i].id;
    if (ask->region == NULL)
        return needed("region", at, known, n, err);
    if (rules_region(&l->rules, ask->site, ask->region) != NULL)
        return 0;
    rules_unknown("region", ask->region, known, n, err);
    return err_prefix(err, "%s", ask->site);
}

/* ---- the offers ---- */

static bool wanted(const struct asking *ask, const struct offer *o)
{
    return !strncmp(o->sku, ask->prefix, strlen(ask->prefix)) && (*ask->os == '\0' || !strcmp(o->os, ask->os));
}

static int keep(struct listing *l, const struct offer *o, struct err *err)
{
    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 256 : l->cap * 2;
        struct shown_offer *v = arena_grow(&l->p.arena, l->v, l->n, cap, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        l->v = v;
        l->cap = cap;
    }
    l->v[l->n] = (struct shown_offer){o, l->n};
    l->n++;
    return 0;
}

/* The offers known on a day; `only` keeps those published on that very day. */
static int add_day(struct listing *l, const struct asking *ask, const char *service, struct date day, bool only,
                   struct err *err)
{
    struct offer_list list;

    if (catalogue_offers(l->catalogue, &l->p.arena, &l->rules, ask->site, ask->region, service, ask->charges, day,
                         &list, err) != 0)
        return -1;
    for (size_t i = 0; i < list.n; i++)
        if (wanted(ask, &list.v[i]) && (!only || date_cmp(list.v[i].as_of, day) == 0) && keep(l, &list.v[i], err) != 0)
            return -1;
    return 0;
}

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a, b);
}

/* By SKU and way to buy, then the newest first. */
static int history_order(const void *pa, const void *pb)
{
    const struct shown_offer *a = pa, *b = pb;
    const struct offer *x = a->o, *y = b->o;
    int order = compare_texts(x->sku, y->sku);

    if (order == 0)
        order = compare_texts(x->os, y->os);
    if (order == 0)
        order = (int)x->charge - (int)y->charge;
    if (order == 0)
        order = x->term_months - y->term_months;
    if (order == 0)
        order = compare_texts(x->offering, y->offering);
    if (order == 0)
        order = (int)x->parts[0].unit - (int)y->parts[0].unit;
    if (order == 0)
        order = date_cmp(y->as_of, x->as_of);
    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

static int add_service(struct listing *l, const struct asking *ask, const char *service, struct err *err)
{
    const struct date *days;
    size_t n, before = l->n;

    if (!ask->history)
        return add_day(l, ask, service, ask->as_of, false, err);
    if (catalogue_days(l->catalogue, &l->p.arena, ask->site, ask->region, service, &days, &n, err) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (date_cmp(days[i], ask->as_of) <= 0 && add_day(l, ask, service, days[i], true, err) != 0)
            return -1;
    if (l->n > before)
        qsort(l->v + before, l->n - before, sizeof *l->v, history_order);
    return 0;
}

static int find(struct listing *l, const struct asking *ask, struct err *err)
{
    const struct holding *v;
    size_t n;

    if (catalogue_holdings(l->catalogue, &l->p.arena, &v, &n, err) != 0)
        return -1;
    const char **known = arena_array(&l->p.arena, n + 1, sizeof *known);
    size_t nknown = 0;
    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i].site, ask->site) && !strcmp(v[i].region, ask->region)) {
            known[nknown++] = v[i].service;
            if ((*ask->service == '\0' || !strcmp(ask->service, v[i].service)) &&
                add_service(l, ask, v[i].service, err) != 0)
                return -1;
        }
    for (size_t i = 0; i < nknown; i++)
        if (!strcmp(known[i], ask->service))
            return 0;
    if (*ask->service == '\0')
        return 0;
    struct buf list = {0};
    words_list(&list, known, nknown, 40);
    int rc = list.failed ? err_nomem(err)
                         : err_set(err, ERR_USAGE, "no prices of service '%s' at %s %s (known: %s)", ask->service,
                                   ask->site, ask->region, nknown > 0 ? list.v : "none");
    buf_free(&list);
    return rc;
}

/* ---- CSV: the columns of a price pack, then what the catalogue adds ---- */

static void csv_number(struct buf *out, dec_t n)
{
    char text[DEC_TEXT];

    dec_format(n, 0, text);
    csv_raw(out, text);
}

static void csv_shape(struct buf *out, const struct shape *s)
{
    bool sized = s != NULL && s->has_size;

    if (sized)
        csv_number(out, s->vcpu);
    buf_putc(out, ',');
    if (sized)
        csv_number(out, s->memory);
}

static void csv_tier(struct buf *out, const struct offer *o, const struct price_part *part, const struct tier *t)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};
    const char *const texts[] = {o->site, o->region, o->service, o->sku, o->os, charge_names[o->charge], o->offering};
    char day[DATE_TEXT];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_text(out, texts[i]);
        buf_putc(out, ',');
    }
    if (o->term_months > 0)
        buf_printf(out, "%d", o->term_months);
    buf_printf(out, ",%s,", unit_table[part->unit].name);
    csv_number(out, t->from);
    buf_putc(out, ',');
    if (!t->open)
        csv_number(out, t->to);
    buf_printf(out, ",%s,", scopes[part->scope]);
    csv_number(out, t->price);
    buf_printf(out, ",%s,%s,", o->currency, o->basis == BASIS_INCL ? "incl" : "excl");
    if (o->has_tax_rate)
        csv_number(out, o->tax_rate);
    date_format(o->as_of, day);
    buf_printf(out, ",%s,", day);
    csv_text(out, o->source->id);
    buf_printf(out, ",%s,", o->source->confidence);
    csv_shape(out, o->shape);
    buf_puts(out, o->rival != NULL ? ",yes," : ",no,");
    csv_text(out, o->snapshot);
    buf_puts(out, "\n");
}

static void write_csv(const struct listing *l, struct buf *out)
{
    buf_puts(out,
             "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,price,currency,"
             "tax_basis,tax_rate,as_of,source,confidence,vcpu,memory_gib,ambiguous,snapshot\n");
    for (size_t i = 0; i < l->n; i++) {
        const struct offer *o = l->v[i].o;
        for (size_t p = 0; p < o->nparts; p++)
            for (size_t t = 0; t < o->parts[p].ntiers; t++)
                csv_tier(out, o, &o->parts[p], &o->parts[p].tiers[t]);
    }
}

/* ---- table ---- */

static const char *charge_of(struct phrases *p, const struct offer *o)
{
    if (o->term_months == 0)
        return charge_names[o->charge];
    return say_joined(p, charge_names[o->charge], " ", say_count(p, o->term_months), *o->offering != '\0' ? " " : "",
                      o->offering);
}

static const char *shape_of(struct phrases *p, const struct offer *o)
{
    const struct shape *s = o->shape;

    if (s == NULL)
        return "";
    if (s->has_disk_size)
        return say_joined(p, say_number(p, s->disk_size), " GiB");
    return s->has_size ? say_joined(p, say_number(p, s->vcpu), " vCPU ", say_number(p, s->memory), " GiB") : "";
}

/* "to 96 life", "above 51,200 month"; nothing for a price without tiers. */
static const char *tier_of(struct phrases *p, const struct price_part *part, const struct tier *t)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = " month", [SCOPE_LIFE] = " life"};

    if (part->ntiers == 1 && t->open)
        return "";
    return t->open ? say(p, TEXT_TIER_ABOVE, say_number(p, t->from), scopes[part->scope])
                   : say(p, TEXT_TIER_TO, say_number(p, t->to), scopes[part->scope]);
}

static const char *source_of(struct phrases *p, const struct offer *o)
{
    return o->rival != NULL ? say_joined(p, say_clean(p, o->source->id), " *") : say_clean(p, o->source->id);
}

enum column {
    COLUMN_SKU,
    COLUMN_OS,
    COLUMN_CHARGE,
    COLUMN_PRICE,
    COLUMN_UNIT,
    COLUMN_TIER,
    COLUMN_TAX,
    COLUMN_DAY,
    COLUMN_SOURCE,
    COLUMN_SHAPE,
    COLUMNS
};

static void add_rows(struct phrases *p, struct grid *g, const struct offer *o)
{
    for (size_t i = 0; i < o->nparts; i++)
        for (size_t t = 0; t < o->parts[i].ntiers && !g->failed; t++) {
            const struct price_part *part = &o->parts[i];
            struct grid_row *row = grid_row(g);
            row->cells[COLUMN_PRICE] = say_number(p, part->tiers[t].price);
            row->cells[COLUMN_UNIT] = unit_table[part->unit].name;
            row->cells[COLUMN_TIER] = tier_of(p, part, &part->tiers[t]);
            if (i > 0 || t > 0)
                continue;
            row->cells[COLUMN_SKU] = say_clean(p, o->sku);
            row->cells[COLUMN_OS] = o->os;
            row->cells[COLUMN_CHARGE] = charge_of(p, o);
            row->cells[COLUMN_TAX] = say_plain(p, o->basis == BASIS_INCL ? TEXT_INCL : TEXT_EXCL);
            row->cells[COLUMN_DAY] = say_day(p, o->as_of);
            row->cells[COLUMN_SOURCE] = source_of(p, o);
            row->cells[COLUMN_SHAPE] = shape_of(p, o);
        }
}

/* What all offers share is said once, in the heading, and leaves its column: *said has it, or "". */
static const char *shared(struct grid *g, enum column column)
{
    const char *text = g->rows[0].cells[column];

    for (size_t i = 0; i < g->nrows; i++)
        if (g->rows[i].cells[COLUMN_SKU] != NULL && strcmp(g->rows[i].cells[column], text) != 0)
            return "";
    for (size_t i = 0; i < g->nrows; i++)
        g->rows[i].cells[column] = NULL;
    return text;
}

static void write_heading(struct listing *l, const struct offer *o, struct grid *g, bool color, struct buf *out)
{
    static const enum column once[] = {COLUMN_OS, COLUMN_CHARGE, COLUMN_TAX};

    style_puts(out, STYLE_BOLD, color, say_joined(&l->p, o->site, " ", o->region, " ", o->service));
    for (size_t i = 0; i < sizeof once / sizeof *once && !g->failed; i++) {
        const char *text = shared(g, once[i]);
        if (*text != '\0')
            buf_printf(out, "%s%s", say_plain(&l->p, TEXT_COMMA), text);
    }
    buf_putc(out, '\n');
}

static void write_service(struct listing *l, size_t first, size_t end, bool color, struct buf *out)
{
    struct phrases *p = &l->p;
    const struct grid_column columns[COLUMNS] = {
        [COLUMN_SKU] = {.title = "SKU", .max_width = 36},
        [COLUMN_OS] = {.title = say_plain(p, TEXT_SYSTEM)},
        [COLUMN_CHARGE] = {.title = say_plain(p, TEXT_CHARGE)},
        [COLUMN_PRICE] = {.title = l->v[first].o->currency, .right = true},
        [COLUMN_UNIT] = {.title = say_plain(p, TEXT_PER)},
        [COLUMN_TIER] = {.title = say_plain(p, TEXT_TIER)},
        [COLUMN_TAX] = {.title = say_plain(p, TEXT_BASIS)},
        [COLUMN_DAY] = {.title = say_plain(p, TEXT_DAY)},
        [COLUMN_SOURCE] = {.title = say_plain(p, TEXT_SOURCE), .drop = 1},
        [COLUMN_SHAPE] = {.title = say_plain(p, TEXT_SHAPE), .drop = 2},
    };
    struct grid g;
    size_t rows = 0;

    for (size_t i = first; i < end; i++)
        for (size_t k = 0; k < l->v[i].o->nparts; k++)
            rows += l->v[i].o->parts[k].ntiers;
    grid_init(&g, &p->arena, columns, COLUMNS, rows);
    for (size_t i = first; i < end && !g.failed; i++)
        add_rows(p, &g, l->v[i].o);
    p->failed = p->failed || g.failed;
    write_heading(l, l->v[first].o, &g, color, out);
    grid_fit(&g);
    grid_write(&g, color, out);
}

static bool source_before(const struct listing *l, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (l->v[i].o->source == l->v[at].o->source)
            return true;
    return false;
}

static void write_sources(struct listing *l, struct buf *out)
{
    struct phrases *p = &l->p;
    bool rivals = false;

    buf_putc(out, '\n');
    for (size_t i = 0; i < l->n; i++) {
        const struct source *s = l->v[i].o->source;
        rivals = rivals || l->v[i].o->rival != NULL;
        if (i > 0 && (s == l->v[i - 1].o->source || source_before(l, i)))
            continue;
        wrap_text(
            out,
            say(p, TEXT_ONE_SOURCE, say_clean(p, s->id), say_clean(p, s->title), say_day(p, s->as_of), s->confidence),
            "", 4, GRID_WIDTH);
    }
    if (rivals)
        wrap_text(out, say_plain(p, TEXT_RIVALS), "", 2, GRID_WIDTH);
}

static void write_table(struct listing *l, bool color, struct buf *out)
{
    for (size_t i = 0, j; i < l->n; i = j) {
        const char *service = l->v[i].o->service;
        for (j = i + 1; j < l->n && !strcmp(l->v[j].o->service, service); j++)
            ;
        if (i > 0)
            buf_putc(out, '\n');
        write_service(l, i, j, color, out);
    }
    write_sources(l, out);
}

/* ---- nothing found ---- */

static int say_elsewhere(struct app *app, struct listing *l, const struct asking *ask, struct err *err)
{
    struct elsewhere *v;
    size_t n;
    struct buf list = {0};
    const char *service = *ask->service != '\0' ? ask->service : "compute";

    if (catalogue_elsewhere(l->catalogue, &l->p.arena, ask->site, ask->region, service,
                            *ask->prefix != '\0' ? ask->prefix : NULL, ask->as_of, 8, &v, &n, err) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        buf_printf(&list, "%s%s %s %s", i > 0 ? "; " : "", v[i].sku, v[i].region, charge_names[v[i].charge]);
    app_say(app, "no price of %s at %s %s%s%s%s", *ask->prefix != '\0' ? ask->prefix : service, ask->site, ask->region,
            n > 0 ? " (nearest: " : "", n > 0 && !list.failed ? list.v : "", n > 0 ? ")" : "");
    buf_free(&list);
    return ERR_INCOMPLETE;
}

static int answer(struct app *app, struct listing *l, const struct asking *ask, struct err *err)
{
    if (catalogue_rules(l->catalogue, &l->p.arena, &l->rules, err) != 0)
        return -1;
    l->p.rules = &l->rules;
    if (check_site(l, ask, err) != 0 || check_region(l, ask, err) != 0 || find(l, ask, err) != 0)
        return -1;
    if (ask->csv)
        write_csv(l, &app->out);
    else if (l->n > 0)
        write_table(l, app->color, &app->out);
    if (l->p.failed)
        return err_nomem(err);
    return l->n > 0 ? 0 : say_elsewhere(app, l, ask, err);
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct asking ask;
    struct listing l = {.p = {.lang = app->lang}};

    if (read_asking(app, args, &ask, err) != 0)
        return -1;
    int rc = app_catalogue(app, NULL, &l.catalogue, err);
    if (rc == 0)
        rc = answer(app, &l, &ask, err);
    catalogue_close(l.catalogue);
    arena_free(&l.p.arena);
    return rc;
}

const struct command cmd_prices = {
    .name = "prices",
    .words = "[SKU-PREFIX]",
    .max_words = 1,
    .about = "prices of a site and region as published",
    .options = options,
    .run = run,
};
