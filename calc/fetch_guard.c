/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard: a snapshot that cannot be right does not take the place of one that was. It looks at
 * currencies, at how many rows there are, and at how far prices moved. That prices are positive, units
 * known and tiers whole was checked when the pack was read.
 */
#include "calc/fetch.h"

#include "calc/fx.h"
#include "calc/intern.h"
#include "fetchers/pack.h"
#include "fetchers/rates.h"

#include <stdlib.h>
#include <string.h>

enum { MOVES_SHOWN = 20, RATE_BAND_PERCENT = 2, RATE_JUMP_PERCENT = 25 };

/* ---- currencies ---- */

static int check_currencies(const struct fetch_task *t, const struct pack *pack, struct err *err)
{
    for (size_t i = 0; i < pack->nprices && t->expected_currency[0] != '\0'; i++)
        if (strcmp(pack->prices[i].currency, t->expected_currency) != 0)
            return err_set(err, ERR_FETCH, "'%s' in %s is priced in %s where %s is expected", pack->prices[i].sku,
                           pack->prices[i].region, pack->prices[i].currency, t->expected_currency);
    return 0;
}

/* ---- how many ---- */

static size_t ladders_of(const struct pack *pack, const char *site, const char *region, const char *service)
{
    size_t n = 0;

    for (size_t i = 0; i < pack->nprices; i++) {
        const struct pack_price *p = &pack->prices[i];
        bool first = i == 0 || !pack_same_ladder(&pack->prices[i - 1], p);
        n += first && !strcmp(p->site, site) && !strcmp(p->region, region) && !strcmp(p->service, service);
    }
    return n;
}

static int check_count(struct fetch_run *run, const struct fetch_task *t, const char *region, const char *service,
                       size_t n, struct err *err)
{
    long last;
    struct date day;
    char text[DATE_TEXT];

    if (catalogue_scope_last(run->catalogue, t->fetcher->name, t->site, region, service, &last, &day, err) != 0)
        return -1;
    if (last <= 0 || n * 2 >= (size_t)last)
        return 0;
    date_format(day, text);
    return err_set(err, ERR_FETCH, "only %zu price%s of %s in %s, where there were %ld on %s", n, n == 1 ? "" : "s",
                   service, region, last, text);
}

/* Every place the source was read whole of, with rows or without. */
static int check_counts(struct fetch_run *run, const struct fetch_task *t, const struct pack *pack, struct err *err)
{
    struct arena scratch = {NULL};
    struct records rows;
    const struct pack_body *b = &t->got.scopes;

    if (b->len == 0)
        return 0;
    int rc = records_read(&fetched_scope_type, b->name, b->body, b->len, &scratch, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct fetched_scope *s = (const struct fetched_scope *)rows.v + i;
        if (s->full)
            rc = check_count(run, t, s->region, s->service, ladders_of(pack, t->site, s->region, s->service), err);
    }
    arena_free(&scratch);
    return rc;
}

/* ---- how far ---- */

struct held { /* the offers of a place, to be found by what is sold and how */
    struct arena arena;
    struct intern keys;
    struct offer_list offers;
    const char *site, *region, *service;
};

static const char *key_of(struct arena *a, const char *sku, const char *os, int charge, const char *offering, int term,
                          int unit, int basis)
{
    return arena_printf(a, "%s|%s|%d|%s|%d|%d|%d", sku, os, charge, offering, term, unit, basis);
}

static void held_close(struct held *h)
{
    intern_free(&h->keys);
    arena_free(&h->arena);
    *h = (struct held){.site = NULL};
}

/* Number 1 + 4 x offer + part of each key. */
static int held_open(struct held *h, struct fetch_run *run, const struct pack_price *like, struct err *err)
{
    held_close(h);
    h->keys.arena = &h->arena;
    h->site = like->site;
    h->region = like->region;
    h->service = like->service;
    if (catalogue_offers(run->catalogue, &h->arena, &run->rules, like->site, like->region, like->service, ~0u,
                         run->app->today, &h->offers, err) != 0)
        return -1;
    for (size_t i = 0; i < h->offers.n; i++) {
        const struct offer *o = &h->offers.v[i];
        for (size_t k = 0; k < o->nparts; k++) {
            const char *key = key_of(&h->arena, o->sku, o->os, o->charge, o->offering, o->term_months,
                                     (int)o->parts[k].unit, (int)o->basis);
            int *number = key != NULL ? intern_number(&h->keys, key, strlen(key)) : NULL;
            if (number == NULL)
                return err_nomem(err);
            *number = 1 + 4 * (int)i + (int)k;
        }
    }
    return 0;
}

/* Did one become the other by more than the factor, up or down? */
static bool leapt(dec_t a, dec_t b, dec_t factor)
{
    if (dec_sign(a) <= 0 || dec_sign(b) <= 0)
        return false;
    dec_t most = dec_mul(dec_min(a, b), factor, DEC_CEIL);
    return !dec_bad(most) && dec_cmp(dec_max(a, b), most) > 0;
}

static int note_move(struct fetch_run *run, struct fetch_task *t, const struct pack_price *p, const struct offer *o,
                     dec_t old, struct err *err)
{
    struct fetch_move *v;

    t->nmoves_all++;
    if (t->nmoves == MOVES_SHOWN)
        return 0;
    v = arena_grow(&run->arena, t->moves, t->nmoves, t->nmoves + 1, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    t->moves = v;
    char from[DEC_TEXT];
    dec_format(p->tier_from, 0, from);
    bool higher = dec_sign(p->tier_from) > 0;
    v[t->nmoves] = (struct fetch_move){
        arena_printf(&run->arena, "%s %s %s%s%s %s%s%s per %s%s%s", p->region, p->service, p->sku, *p->os ? " " : "",
                     p->os, charge_names[p->charge], *p->offering ? " " : "", p->offering, unit_table[p->unit].name,
                     higher ? " from " : "", higher ? from : ""),
        old, p->price, arena_strdup(&run->arena, p->currency), o->as_of};
    if (v[t->nmoves].what == NULL || v[t->nmoves].currency == NULL)
        return err_nomem(err);
    t->nmoves++;
    return 0;
}

/* Ours of last time, or what came with the program? Only the former is held against the new one. */
static bool of_source(const struct offer *o, const struct fetch_task *t)
{
    size_t n = strlen(t->fetcher->name);

    return o->source != NULL && !strncmp(o->source->id, t->fetcher->name, n) && o->source->id[n] == '.';
}

/* The tier that begins there; NULL: the ladder is cut elsewhere. */
static const struct tier *tier_from(const struct price_part *part, dec_t from)
{
    for (size_t i = 0; i < part->ntiers; i++)
        if (dec_cmp(part->tiers[i].from, from) == 0)
            return &part->tiers[i];
    return NULL;
}

static int compare(struct fetch_run *run, struct fetch_task *t, const struct held *h, const struct pack_price *p,
                   dec_t factor, size_t *own, struct err *err)
{
    struct arena scratch = {NULL};
    const char *key = key_of(&scratch, p->sku, p->os, p->charge, p->offering, p->term_months, p->unit, p->basis);
    struct held *look = (struct held *)(uintptr_t)h;
    int *number = key != NULL ? intern_number(&look->keys, key, strlen(key)) : NULL;
    int rc = number == NULL ? err_nomem(err) : 0;

    if (rc == 0 && *number > 0) {
        const struct offer *o = &h->offers.v[(*number - 1) / 4];
        const struct tier *old = tier_from(&o->parts[(*number - 1) % 4], p->tier_from);
        if (old != NULL && !strcmp(o->currency, p->currency) && leapt(old->price, p->price, factor)) {
            *own += of_source(o, t);
            rc = note_move(run, t, p, o, old->price, err);
        }
    }
    arena_free(&scratch);
    return rc;
}

static dec_t factor_of(const struct fetch_task *t)
{
    enum { FACTOR = 3 }; /* the default of config.def, for a source without a section */

    return t->settings != NULL ? t->settings->factor.fixed : dec_int64(FACTOR);
}

static int check_moves(struct fetch_run *run, struct fetch_task *t, const struct pack *pack, size_t *own,
                       struct err *err)
{
    dec_t factor = factor_of(t);
    struct held h = {.site = NULL};
    int rc = 0;

    *own = 0;
    for (size_t i = 0; rc == 0 && i < pack->nprices; i++) {
        const struct pack_price *p = &pack->prices[i];
        if (h.site == NULL || strcmp(h.site, p->site) != 0 || strcmp(h.region, p->region) != 0 ||
            strcmp(h.service, p->service) != 0)
            rc = held_open(&h, run, p, err);
        if (rc == 0)
            rc = compare(run, t, &h, p, factor, own, err);
    }
    held_close(&h);
    return rc;
}

int fetch_guard_prices(struct fetch_run *run, struct fetch_task *t, const struct pack *pack, struct err *err)
{
    size_t own;

    if (check_currencies(t, pack, err) != 0 || check_counts(run, t, pack, err) != 0 ||
        check_moves(run, t, pack, &own, err) != 0)
        return -1;
    if (own == 0 || run->accept_moves)
        return 0;
    char factor[DEC_TEXT];
    dec_format(factor_of(t), 0, factor);
    return err_set(err, ERR_FETCH, "%zu price%s moved by more than %s times (--accept-moves takes them)", own,
                   own == 1 ? "" : "s", factor);
}

/* ---- rates ---- */

static bool within(dec_t a, dec_t b, int percent)
{
    dec_t low = dec_min(a, b), high = dec_max(a, b);
    dec_t most = dec_muldiv(low, dec_int64(100 + percent), dec_int64(100), DEC_HALF_UP);

    return !dec_bad(most) && dec_cmp(high, most) <= 0;
}

/* What another source has for the pair on that day or within the week before; false: nothing. */
static int other_rate(struct fetch_run *run, const char *source, const struct rate_column *c, struct date day,
                      dec_t *out, bool *found, struct err *err)
{
    struct arena scratch = {NULL};
    struct fx fx = {.catalogue = run->catalogue,
                    .arena = &scratch,
                    .source = source,
                    .on = day,
                    .max_age = {.days = 7, .given = true}};
    const struct fx_used *used;
    struct err none = {0};

    *found = fx_find(&fx, c->base, c->quote, &used, &none) == 0 && !used->stale;
    if (*found)
        *out = dec_muln(used->rate, c->units);
    arena_free(&scratch);
    return none.kind == ERR_INTERNAL ? (*err = none, -1) : 0;
}

static int check_rate(struct fetch_run *run, const char *own, const struct rate_column *c, const struct rate_point *p,
                      struct err *err)
{
    char day[DATE_TEXT], value[DEC_TEXT], other[DEC_TEXT];

    for (size_t i = 0; i < nrate_sources; i++) {
        bool mine = !strcmp(rate_sources[i].id, own), found;
        dec_t theirs;
        struct date on = mine ? date_add_days(p->date, -1) : p->date;
        if (other_rate(run, rate_sources[i].id, c, on, &theirs, &found, err) != 0)
            return -1;
        if (!found || within(p->value, theirs, mine ? RATE_JUMP_PERCENT : RATE_BAND_PERCENT))
            continue;
        date_format(p->date, day);
        dec_format(p->value, 0, value);
        dec_format(theirs, 0, other);
        return err_set(err, ERR_FETCH, "%s/%s of %s is %s, where %s has %s: more than %d %% apart", c->base, c->quote,
                       day, value, rate_sources[i].title, other, mine ? RATE_JUMP_PERCENT : RATE_BAND_PERCENT);
    }
    return 0;
}

static const char *base_of(const char *source)
{
    for (size_t i = 0; i < nrate_sources; i++)
        if (!strcmp(rate_sources[i].id, source))
            return rate_sources[i].base;
    return "";
}

/* The newest rate of every currency is looked at; those of before stood beside it in the same answer. */
int fetch_guard_rates(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    const char *source = t->fetcher->rates != NULL ? t->fetcher->rates : "";
    struct arena scratch = {NULL};
    struct rate_table table;
    int rc = rates_read(base_of(source), t->got.rates.name, t->got.rates.body, t->got.rates.len, &scratch, &table, err);

    for (size_t i = 0; rc == 0 && i < table.npoints; i++) {
        const struct rate_point *p = &table.points[i];
        if (i + 1 == table.npoints || table.points[i + 1].column != p->column)
            rc = check_rate(run, source, &table.columns[p->column], p, err);
    }
    arena_free(&scratch);
    return rc;
}
