/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/best_of.h"

#include "calc/plans.h"
#include "calc/say.h"
#include "models/mixture.h"

#include <stdlib.h>
#include <string.h>

enum { TRIALS_MOST = 1000 }; /* of splits priced beside the one found: more than 20 resources at 24 offers need */

struct best_of {
    const struct site_work *w;
    const struct site_estimate *sites;
    int providers;        /* at most */
    const size_t *offers; /* those that may be used: indexes of sites and of the scenario's */
    size_t noffers, nresources;
    struct mixture_cell *cells;  /* [resource * noffers + offer] */
    struct mixture_offer *offer; /* by offer */
    struct arena trial;          /* of the split that is being priced */
    struct site_ref *where;      /* of it */
    int ntrials;
};

/* A split and what it comes to, priced as a plan. */
struct found {
    size_t *at; /* by resource: which offer */
    bool known;
    dec_t npv;
};

/* ---- what the search is told */

static bool counts(const struct best_of *b, const struct line *l)
{
    return l->status == LINE_PRICED || (l->status == LINE_STALE && b->w->options->allow_stale);
}

/* Fees and costs of the site itself have to be known. */
static bool usable(const struct best_of *b, const struct site_estimate *e)
{
    bool any = false;
    for (size_t i = 0; i < e->nlines; i++) {
        bool known = counts(b, &e->lines[i]);
        if (!e->lines[i].resource && !known)
            return false;
        any = any || (e->lines[i].resource && known);
    }
    return any && e->status != SITE_INELIGIBLE;
}

/* The fee of a payment goes with what is paid; all other costs and fees come with the site. */
static bool goes_with_lines(const struct line *l)
{
    return !l->resource && !l->cost && !strcmp(l->label, "payment");
}

static void add_up(const struct best_of *b, const struct site_estimate *e, dec_t *lines, dec_t *along, dec_t *fixed)
{
    *lines = *along = *fixed = DEC_ZERO;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        dec_t *sum = l->resource ? lines : goes_with_lines(l) ? along : fixed;
        if (counts(b, l))
            *sum = dec_add(*sum, l->npv);
    }
}

static void fill_offer(struct best_of *b, size_t o)
{
    const struct site_estimate *e = &b->sites[b->offers[o]];
    const struct resource *resources = b->w->scenario->resources;
    dec_t lines, along, fixed;
    add_up(b, e, &lines, &along, &fixed);
    bool spread = dec_sign(lines) > 0;
    b->offer[o] = (struct mixture_offer){.provider = (int)o, .fixed = spread ? fixed : dec_add(fixed, along)};
    for (size_t before = 0; before < o; before++)
        if (!strcmp(b->sites[b->offers[before]].site->provider, e->site->provider))
            b->offer[o].provider = b->offer[before].provider;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        if (!l->resource || !counts(b, l))
            continue;
        dec_t share = spread ? dec_mul(along, dec_div(l->npv, lines, DEC_HALF_UP), DEC_HALF_UP) : DEC_ZERO;
        b->cells[(size_t)(l->resource - resources) * b->noffers + o] =
            (struct mixture_cell){.known = true, .cost = dec_add(l->npv, share)};
    }
}

static int prepare(struct best_of *b, size_t n, struct err *err)
{
    struct arena *a = b->w->arena;
    size_t *offers = arena_array(a, n + 1, sizeof *offers);
    for (size_t i = 0; offers && i < n; i++)
        if (usable(b, &b->sites[i]))
            offers[b->noffers++] = i;
    b->offers = offers;
    b->nresources = b->w->scenario->nresources;
    b->cells = arena_array(a, b->nresources * b->noffers + 1, sizeof *b->cells);
    b->offer = arena_array(a, b->noffers + 1, sizeof *b->offer);
    b->where = arena_array(a, b->nresources + 1, sizeof *b->where);
    if (!offers || !b->cells || !b->offer || !b->where)
        return err_nomem(err);
    for (size_t o = 0; o < b->noffers; o++)
        fill_offer(b, o);
    return 0;
}

/* ---- splits priced as plans */

static bool within(const struct best_of *b, const size_t *at)
{
    int n = 0;
    for (size_t i = 0; i < b->nresources; i++) {
        size_t before = 0;
        if (!b->cells[i * b->noffers + at[i]].known)
            return false;
        while (before < i && b->offer[at[before]].provider != b->offer[at[i]].provider)
            before++;
        n += before == i;
    }
    return n <= b->providers;
}

static void locate(const struct best_of *b, const size_t *at)
{
    for (size_t i = 0; i < b->nresources; i++)
        b->where[i] = b->w->scenario->sites[b->offers[at[i]]];
}

static int weigh(struct best_of *b, struct found *f, struct err *err)
{
    struct site_work w = *b->w;
    struct site_estimate *parts;
    size_t n;
    w.arena = &b->trial;
    locate(b, f->at);
    b->ntrials++;
    int failed = plans_parts(&w, b->where, &parts, &n, err);
    f->npv = DEC_ZERO;
    f->known = true;
    for (size_t i = 0; !failed && i < n; i++) {
        f->npv = dec_add(f->npv, parts[i].npv);
        f->known = f->known &&
                   (parts[i].status == SITE_COMPLETE || (parts[i].status == SITE_STALE && b->w->options->allow_stale));
    }
    arena_clear(&b->trial);
    return failed ? -1 : dec_check(f->npv, "cost of a plan", err);
}

static bool cheaper(const struct found *a, const struct found *b)
{
    return a->known && (!b->known || dec_cmp(a->npv, b->npv) < 0);
}

/* Prices the split in next->at and takes it when it is cheaper; else puts it back to that of *best. */
static int try_next(struct best_of *b, struct found *next, struct found *best, bool *moved, struct err *err)
{
    size_t bytes = b->nresources * sizeof *best->at;
    bool looked = within(b, next->at) && b->ntrials < TRIALS_MOST;
    if (looked && weigh(b, next, err))
        return -1;
    if (looked && cheaper(next, best)) {
        memcpy(best->at, next->at, bytes);
        best->known = true;
        best->npv = next->npv;
        *moved = true;
    }
    memcpy(next->at, best->at, bytes);
    return 0;
}

/* One resource elsewhere. */
static int move_each(struct best_of *b, struct found *next, struct found *best, bool *moved, struct err *err)
{
    for (size_t i = 0; i < b->nresources; i++)
        for (size_t o = 0; o < b->noffers; o++) {
            if (o == best->at[i])
                continue;
            next->at[i] = o;
            if (try_next(b, next, best, moved, err))
                return -1;
        }
    return 0;
}

/* All that is bought at one offer at another. */
static int move_all(struct best_of *b, struct found *next, struct found *best, bool *moved, struct err *err)
{
    for (size_t from = 0; from < b->noffers; from++)
        for (size_t to = 0; to < b->noffers; to++) {
            bool any = false;
            for (size_t i = 0; to != from && i < b->nresources; i++)
                if (best->at[i] == from) {
                    next->at[i] = to;
                    any = true;
                }
            if (any && try_next(b, next, best, moved, err))
                return -1;
        }
    return 0;
}

static int improve(struct best_of *b, struct found *next, struct found *best, struct err *err)
{
    memcpy(next->at, best->at, b->nresources * sizeof *best->at);
    for (bool moved = true; moved;) {
        moved = false;
        if (move_all(b, next, best, &moved, err) || move_each(b, next, best, &moved, err))
            return -1;
    }
    return 0;
}

/* A single site that is as cheap is simpler. Its estimate is that of all resources there, known already. */
static void prefer_single(const struct best_of *b, struct found *best)
{
    for (size_t o = 0; o < b->noffers; o++) {
        const struct site_estimate *e = &b->sites[b->offers[o]];
        bool whole = e->has_totals, alone = true;
        for (size_t i = 0; i < b->nresources; i++) {
            whole = whole && b->cells[i * b->noffers + o].known;
            alone = alone && best->at[i] == o;
        }
        if (!whole || alone || (best->known && dec_cmp(e->npv, best->npv) > 0))
            continue;
        for (size_t i = 0; i < b->nresources; i++)
            best->at[i] = o;
        best->known = true;
        best->npv = e->npv;
    }
}

/* ---- the plan */

static int add_note(const struct site_work *w, const char *note, struct site_estimate *out, struct err *err)
{
    const char **v = arena_grow(w->arena, out->notes, out->nnotes, out->nnotes + 1, sizeof *v);
    if (!v || !note)
        return err_nomem(err);
    v[out->nnotes++] = note;
    out->notes = v;
    return 0;
}

/* What was looked at, and by how much what the search added up differs from what the plan comes to. */
static int say_how(const struct best_of *b, const struct mixture *m, struct site_estimate *out, struct err *err)
{
    const struct site_work *w = b->w;
    char offers[DEC_TEXT], trials[DEC_TEXT], sum[DEC_TEXT];
    dec_t total = dec_round(m->total, w->budget_places, DEC_HALF_UP);
    dec_format(dec_int64((int64_t)b->noffers), 0, offers);
    dec_format(dec_int64(b->ntrials), 0, trials);
    dec_format(total, w->budget_places, sum);
    if (add_note(w, say_in(w->arena, w->options->lang, TEXT_BEST_OF_HOW, offers, trials), out, err))
        return -1;
    if (out->plan->nparts == 1 &&
        add_note(w, say_in(w->arena, w->options->lang, TEXT_BEST_OF_SINGLE, out->plan->parts[0].column), out, err))
        return -1;
    if (dec_cmp(total, out->npv) == 0)
        return 0;
    return add_note(w, say_in(w->arena, w->options->lang, TEXT_BEST_OF_DIFFERS, sum, w->scenario->currency), out, err);
}

static int make_plan(struct best_of *b, const char *name, const struct found *best, const struct mixture *m,
                     struct site_estimate *out, struct err *err)
{
    struct site_estimate *parts;
    size_t n;
    locate(b, best->at);
    if (plans_parts(b->w, b->where, &parts, &n, err) || plans_sum(b->w, name, parts, n, out, err))
        return -1;
    return say_how(b, m, out, err);
}

static int none(const struct best_of *b, const char *name, const struct mixture *m, struct site_estimate *out,
                struct err *err)
{
    const struct site_work *w = b->w;
    char most[DEC_TEXT];
    dec_format(dec_int64(b->providers), 0, most);
    bool missing = m->unpriced < b->nresources;
    return plans_none(
        w, name,
        missing ? say_in(w->arena, w->options->lang, TEXT_BEST_OF_UNPRICED, w->scenario->resources[m->unpriced].label)
                : say_in(w->arena, w->options->lang, TEXT_BEST_OF_NONE, most),
        out, err);
}

static int search(struct best_of *b, const char *name, struct site_estimate *out, struct err *err)
{
    struct arena *a = b->w->arena;
    struct mixture m = {.found = false};
    struct found best = {.at = arena_array(a, b->nresources + 1, sizeof *best.at)},
                 next = {.at = arena_array(a, b->nresources + 1, sizeof *next.at)};
    const struct mixture_ask ask = {
        .cells = b->cells, .lines = b->nresources, .offers = b->noffers, .offer = b->offer, .providers = b->providers};
    if (!best.at || !next.at)
        return err_nomem(err);
    if (b->nresources > 0 && b->noffers > 0 && mixture_best(&ask, best.at, &m, err))
        return err_prefix(err, "plan:%s", name);
    if (!m.found)
        return none(b, name, &m, out, err);
    if (weigh(b, &best, err) || improve(b, &next, &best, err))
        return -1;
    prefer_single(b, &best);
    return make_plan(b, name, &best, &m, out, err);
}

int best_of_run(const struct site_work *w, const struct site_estimate *sites, size_t n, int providers,
                struct site_estimate *out, struct err *err)
{
    struct best_of b = {.w = w, .sites = sites, .providers = providers};
    const char *name = arena_printf(w->arena, "best-of-%d", providers);
    if (!name)
        return err_nomem(err);
    int failed = prepare(&b, n, err) || search(&b, name, out, err) ? -1 : 0;
    arena_free(&b.trial);
    return failed;
}
