/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco prices`: what the catalogue holds for a site and region, as published: price, unit, tiers,
 * currency, tax basis, day and source. Nothing is converted.
 */
#include "calc/args.h"
#include "calc/prices_view.h"
#include "calc/rules_read.h"
#include "calc/words.h"

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

struct listing {
    struct phrases p; /* its arena holds everything */
    struct catalogue *catalogue;
    struct rules rules;
    struct price_list found;
    size_t cap;
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
    struct price_list *f = &l->found;

    if (f->n == l->cap) {
        size_t cap = l->cap == 0 ? 256 : l->cap * 2;
        const struct offer **v = arena_grow(&l->p.arena, f->v, f->n, cap, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        f->v = v;
        l->cap = cap;
    }
    f->v[f->n++] = o;
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

/* By SKU and way to buy, then the newest first. */
static int history_order(const void *pa, const void *pb)
{
    const struct offer *a = *(const struct offer *const *)pa, *b = *(const struct offer *const *)pb;
    int order = strcmp(a->sku, b->sku);

    if (order == 0)
        order = strcmp(a->os, b->os);
    if (order == 0)
        order = (int)a->charge - (int)b->charge;
    if (order == 0)
        order = a->term_months - b->term_months;
    if (order == 0)
        order = strcmp(a->offering, b->offering);
    if (order == 0)
        order = (int)a->parts[0].unit - (int)b->parts[0].unit;
    if (order == 0)
        order = date_cmp(b->as_of, a->as_of);
    return order != 0 ? order : strcmp(a->source->id, b->source->id);
}

static int add_service(struct listing *l, const struct asking *ask, const char *service, struct err *err)
{
    const struct date *days;
    size_t n, before = l->found.n;

    if (!ask->history)
        return add_day(l, ask, service, ask->as_of, false, err);
    if (catalogue_days(l->catalogue, &l->p.arena, ask->site, ask->region, service, &days, &n, err) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (date_cmp(days[i], ask->as_of) <= 0 && add_day(l, ask, service, days[i], true, err) != 0)
            return -1;
    if (l->found.n > before)
        qsort(l->found.v + before, l->found.n - before, sizeof *l->found.v, history_order);
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
        prices_csv(&l->found, &app->out);
    else if (l->found.n > 0)
        prices_table(&l->found, &l->p, app->color, &app->out);
    if (l->p.failed)
        return err_nomem(err);
    return l->found.n > 0 ? 0 : say_elsewhere(app, l, ask, err);
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
