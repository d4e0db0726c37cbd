/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From an estimate to a simulation; read risk_open() first.
 */
#include "calc/risk.h"

#include "calc/line_view.h"
#include "calc/risk_book.h"
#include "calc/risk_rates.h"
#include "calc/risk_variant.h"
#include "models/distribution_exact.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 16 };

/* What is made on the way. */
struct work {
    struct risk_report *r;
    const struct risk_input *in;
    struct kept kept; /* of all estimates */
    struct arena arena;
    struct book *book;
    struct book_value *levels;
    struct risk_flows flows;
    struct risk_ask ask;
};

/* ---- what there is to simulate */

static int list_sites(struct work *w, struct err *err)
{
    struct risk_report *r = w->r;
    r->sites = arena_array(&r->arena, r->e->nsites, sizeof *r->sites);
    r->unpriced = arena_array(&r->arena, r->e->nsites, sizeof *r->unpriced);
    if (!r->sites || !r->unpriced)
        return err_nomem(err);
    for (size_t i = 0; i < r->e->nsites; i++)
        if (r->e->sites[i].rank > 0)
            r->sites[r->nsites++] = &r->e->sites[i];
    return r->nsites > 0 ? 0 : err_set(err, ERR_INCOMPLETE, "no site is ranked: there is nothing to simulate");
}

static bool listed(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

/* Budget currency per unit of what the line's cost follows. */
static dec_t rate_of(const struct line *l)
{
    dec_t rate;
    return strcmp(risk_follows(l), l->price_currency) == 0 && line_fx_rate(l, &rate) ? rate : l->fx->rate;
}

static int list_currency(struct risk_report *r, const struct line *l, struct err *err)
{
    const char *name = risk_follows(l);
    if (!*name || !strcmp(name, r->e->scenario->currency) || listed(r->currencies, r->ncurrencies, name))
        return 0;
    size_t n = r->ncurrencies;
    const char **v = arena_grow(&r->arena, r->currencies, n, n + 1, sizeof *v);
    dec_t *rates = arena_grow(&r->arena, r->rates, n, n + 1, sizeof *rates);
    if (!v || !rates)
        return err_nomem(err);
    v[n] = name;
    rates[n] = rate_of(l);
    r->currencies = v;
    r->rates = rates;
    r->ncurrencies++;
    return 0;
}

static int list_currencies(struct risk_report *r, struct err *err)
{
    for (size_t i = 0; r->asked->fx.kind != RISK_FX_NONE && i < r->nsites; i++)
        for (size_t k = 0; k < r->sites[i]->nlines; k++)
            if (list_currency(r, &r->sites[i]->lines[k], err))
                return -1;
    return 0;
}

static int list_providers(struct risk_report *r, struct err *err)
{
    r->providers = arena_array(&r->arena, r->nsites, sizeof *r->providers);
    if (!r->providers)
        return err_nomem(err);
    bool steps = r->asked->price_change.kind != VALUE_NONE && risk_months(r) > RISK_STEP_MONTHS;
    for (size_t i = 0; steps && i < r->nsites; i++) {
        const char *name = r->sites[i]->site->provider;
        if (!listed(r->providers, r->nproviders, name))
            r->providers[r->nproviders++] = name;
    }
    return 0;
}

/* The least number that a key whose range leaves out its end takes. */
static dec_t lowest(const struct value_range *range)
{
    return range->open ? dec_add(range->low, dec_of(1, 6)) : range->low;
}

/* All but what [risk] has, which is no value of the estimate. */
static int list_values(struct risk_report *r, struct err *err)
{
    const struct scenario *s = r->e->scenario;
    r->drawn = arena_array(&r->arena, s->nuncertain, sizeof *r->drawn);
    if (!r->drawn)
        return err_nomem(err);
    for (size_t i = 0; i < s->nuncertain; i++) {
        const struct uncertain *u = s->uncertain[i];
        if (u == s->risk.price_change.uncertain)
            continue;
        struct risk_drawn *d = &r->drawn[r->ndrawn++];
        d->u = u;
        d->nlevels = levels_of(&u->is, lowest(&u->range), u->range.high, d->levels);
    }
    return 0;
}

static bool anything(const struct risk_report *r)
{
    bool any = r->ncurrencies > 0 || (r->nproviders > 0 && r->asked->price_change.uncertain);
    for (size_t i = 0; i < r->ndrawn; i++)
        any |= r->drawn[i].told;
    return any;
}

static int nothing(const struct risk_report *r, struct err *err)
{
    return err_set(err, ERR_USAGE,
                   "nothing to simulate: no ranked site's cost depends on anything uncertain (%s; or give a value as a "
                   "distribution, such as growth = triangular(1%%, 2%%, 4%%) / month, or [risk] price_change)",
                   r->asked->line == 0 ? "add [risk] fx = history 5 years or volatility 4%"
                   : r->asked->fx.kind == RISK_FX_NONE
                       ? "[risk] fx is none"
                       : "[risk] fx moves nothing, as all is priced in the budget currency");
}

/* ---- the book */

static int estimate_at(struct work *w, const struct uncertain *const *u, const dec_t *x, size_t n, struct arena *room,
                       struct estimate *out, struct err *err)
{
    struct scenario *s = arena_alloc(room, sizeof *s);
    struct estimate_options opt = *w->in->options;
    opt.kept = &w->kept;
    opt.candidates = 0;
    if (!s)
        return err_nomem(err);
    if (risk_variant(w->r->e->scenario, w->r->e->rules, u, x, n, room, s, err))
        return -1;
    return estimate_run(s, w->r->e->rules, w->in->catalogue, &opt, out, err);
}

static int book_value(struct work *w, size_t value, struct err *err)
{
    struct risk_drawn *d = &w->r->drawn[value];
    struct arena room = {NULL};
    struct estimate *at = arena_array(&room, d->nlevels, sizeof *at);
    size_t n = 0;
    int rc = at ? 0 : err_nomem(err);
    while (rc == 0 && n < d->nlevels) {
        rc = estimate_at(w, &d->u, &d->levels[n], 1, &room, &at[n], err);
        n += rc == 0;
    }
    if (rc == 0)
        rc = risk_book_value(w->book, w->r, &w->flows, value, at, err);
    while (n > 0)
        estimate_free(&at[--n]);
    arena_free(&room);
    return rc;
}

static int make_book(struct work *w, struct err *err)
{
    struct risk_report *r = w->r;
    const struct value rate = r->e->scenario->discount_rate;
    int months = risk_months(r);
    if (months >= SIM_MONTHS_MAX)
        return err_set(err, ERR_USAGE, "a simulation takes at most %d months, terms beyond the horizon included",
                       SIM_MONTHS_MAX - 1);
    w->levels = arena_array(&w->arena, r->ndrawn, sizeof *w->levels);
    if (!w->levels)
        return err_nomem(err);
    for (size_t i = 0; i < r->ndrawn; i++)
        w->levels[i] = (struct book_value){r->drawn[i].levels, r->drawn[i].nlevels};
    if (book_open(&w->book, months, (int)r->nsites, rate.kind == VALUE_NONE ? DEC_ZERO : rate.fixed, w->levels,
                  r->ndrawn, err) ||
        risk_book_base(w->book, r, &w->flows, &w->arena, err))
        return -1;
    for (size_t i = 0; i < r->ndrawn; i++)
        if (book_value(w, i, err))
            return -1;
    return 0;
}

/* ---- the simulation */

static int ask_rates(struct work *w, struct err *err)
{
    struct risk_report *r = w->r;
    struct risk_moves *m = &w->ask.rates;
    struct rate_history h;
    *m = (struct risk_moves){.currencies = (int)r->ncurrencies, .names = r->currencies};
    m->volatility = r->asked->fx.volatility;
    if (r->asked->fx.kind != RISK_FX_HISTORY || r->ncurrencies == 0)
        return 0;
    if (risk_rates(w->in->catalogue, r->e->scenario, r->currencies, r->ncurrencies, &w->arena, &h, err))
        return -1;
    m->history = h.rate;
    m->days = h.days;
    m->years = h.years;
    r->days = h.days;
    r->from = h.from;
    r->to = h.to;
    return 0;
}

/* Months of 365.25 / 12 days from as_of to the first month; 0 when it has begun. */
static dec_t months_ahead(const struct scenario *s)
{
    int days = month_first_day(s->start).day - s->as_of.day;
    return days > 0 ? dec_div(dec_int64(days), dec_of(304375, 4), DEC_HALF_UP) : DEC_ZERO;
}

static struct distribution step_of(const struct value *change)
{
    const dec_t p[3] = {change->fixed, DEC_ZERO, DEC_ZERO};
    return change->uncertain ? change->uncertain->is : distribution_exact(DISTRIBUTION_FIXED, p);
}

static int make_ask(struct work *w, struct err *err)
{
    struct risk_report *r = w->r;
    struct risk_value *values = arena_array(&w->arena, r->ndrawn, sizeof *values);
    if (!values)
        return err_nomem(err);
    for (size_t i = 0; i < r->ndrawn; i++)
        values[i] = (struct risk_value){r->drawn[i].u->key, r->drawn[i].u->is, w->levels[i]};
    w->ask = (struct risk_ask){.offers = (int)r->nsites,
                               .book = w->book,
                               .ahead = months_ahead(r->e->scenario),
                               .price_names = r->providers,
                               .nprices = r->nproviders,
                               .step = step_of(&r->asked->price_change),
                               .values = values,
                               .nvalues = r->ndrawn,
                               .method = r->asked->method,
                               .seed = (uint64_t)r->asked->seed,
                               .paths = (uint64_t)r->asked->paths,
                               .threads = w->in->threads,
                               .places = r->e->minor_units};
    return ask_rates(w, err);
}

/* ---- held against exact estimates */

static dec_t off_by(dec_t said, dec_t exact)
{
    dec_t gap = dec_sub(said, exact);
    if (dec_sign(gap) < 0)
        gap = dec_neg(gap);
    return dec_sign(exact) == 0 ? DEC_ZERO : dec_div(gap, exact, DEC_HALF_UP);
}

static void compare(struct risk_report *r, const struct estimate *exact, const dec_t *said)
{
    for (size_t i = 0; i < r->nsites; i++) {
        const struct site_estimate *site = risk_same_site(exact, r->sites[i]);
        if (!site || dec_bad(said[i]))
            continue;
        r->off_most = dec_max(r->off_most, off_by(said[i], site->m.cost));
        r->has_off = true;
    }
    r->tries++;
}

static int try_once(struct work *w, uint64_t i, const struct uncertain **u, dec_t *x, dec_t *said, struct err *err)
{
    struct risk_report *r = w->r;
    struct arena room = {NULL};
    struct estimate exact;
    int rc = risk_draw(&w->ask, i, x, err);
    if (rc == 0)
        rc = risk_said(&w->ask, x, said, said + r->nsites, err);
    if (rc == 0)
        rc = estimate_at(w, u, x, r->ndrawn, &room, &exact, err);
    if (rc == 0) {
        compare(r, &exact, said);
        estimate_free(&exact);
    }
    arena_free(&room);
    return rc;
}

/* Draws of all values at once, at today's rates and prices. */
static int hold_against(struct work *w, struct err *err)
{
    struct risk_report *r = w->r;
    const struct uncertain **u = arena_array(&w->arena, r->ndrawn, sizeof *u);
    dec_t *x = arena_array(&w->arena, r->ndrawn, sizeof *x);
    dec_t *said = arena_array(&w->arena, 2 * r->nsites, sizeof *said);
    if (!u || !x || !said)
        return err_nomem(err);
    for (size_t i = 0; i < r->ndrawn; i++)
        u[i] = r->drawn[i].u;
    for (uint64_t i = 0; r->ndrawn > 0 && i < TRIES; i++)
        if (try_once(w, i, u, x, said, err))
            return -1;
    return 0;
}

/* ---- all of it */

static int run(struct work *w, struct err *err)
{
    struct risk_report *r = w->r;
    if (list_sites(w, err) || list_currencies(r, err) || list_providers(r, err) || list_values(r, err) ||
        make_book(w, err))
        return -1;
    if (!anything(r))
        return nothing(r, err);
    if (make_ask(w, err) || risk_simulate(&w->ask, &r->told, err))
        return -1;
    return hold_against(w, err);
}

int risk_open(struct risk_report *out, const struct risk_input *in, struct err *err)
{
    struct work w = {.r = out, .in = in};
    *out = (struct risk_report){.e = in->e,
                                .asked = &in->e->scenario->risk,
                                .threads = in->threads,
                                .from = DATE_NONE,
                                .to = DATE_NONE,
                                .off_most = DEC_ZERO};
    w.kept = (struct kept){.catalogue = in->catalogue, .rules = in->e->rules, .arena = &w.arena};
    int rc = run(&w, err);
    book_free(w.book);
    arena_free(&w.arena);
    if (rc)
        risk_close(out);
    return rc;
}

void risk_close(struct risk_report *r)
{
    risk_free(&r->told);
    arena_free(&r->arena);
    *r = (struct risk_report){0};
}
