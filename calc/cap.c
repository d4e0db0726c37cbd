/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/cap.h"

#include "calc/rank.h"
#include "calc/say.h"
#include "calc/ways.h"
#include "models/upfront_cap.h"

#include <stdlib.h>

/* The ways of one resource, as the search takes them. */
struct choice {
    struct line *line;
    struct match_input in;
    const struct offer **offers;
    struct cap_option *options; /* beside them */
    size_t n;
};

struct capping {
    const struct site_work *w;
    const struct pricing *p;
    struct choice *choices;
    size_t n;
    dec_t fixed; /* cash upfront of what is not to be chosen */
    dec_t free;  /* cash upfront of the choice made without a cap */
};

static bool has_price(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

static bool is_open(const struct line *l)
{
    return l->resource && has_price(l) && l->resource->charge.kind == CHARGE_BEST;
}

/* Lines are of one still, where they stand for several. */
static dec_t upfront_of(const struct line *l)
{
    return dec_muln(ways_upfront(l), l->resource->repeats + 1);
}

static int add_option(struct capping *c, struct choice *one, const struct offer *o, struct err *err)
{
    struct line line;
    if (o->rival) /* two prices contradict each other */
        return 0;
    if (ways_price(c->p, c->w->arena, one->line->resource, o, &line, err))
        return -1;
    if (!has_price(&line))
        return 0;
    one->offers[one->n] = o;
    one->options[one->n++] = (struct cap_option){ways_upfront(&line), line.npv};
    return dec_check(one->options[one->n - 1].upfront, line.label, err);
}

/* fit: room for all of the shelf; ways: the same. */
static int find_options(struct capping *c, struct choice *one, const struct offer **fit, const struct offer **ways,
                        struct err *err)
{
    const struct resource *r = one->line->resource;
    size_t n;
    if (rank_ways(&one->in, r, fit, match_ways(&one->in, r, fit), ways, &n, err))
        return -1;
    one->offers = arena_array(c->w->arena, n + 1, sizeof *one->offers);
    one->options = arena_array(c->w->arena, n + 1, sizeof *one->options);
    if (!one->offers || !one->options)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (add_option(c, one, ways[i], err))
            return -1;
    return 0;
}

static int open_choice(struct capping *c, struct line *line, struct err *err)
{
    struct choice *one = &c->choices[c->n];
    *one = (struct choice){.line = line};
    if (site_match(c->w, c->p, line->resource, &one->in, err))
        return -1;
    size_t room = one->in.shelf->offers.n + 1;
    const struct offer **v = calloc(2 * room, sizeof *v);
    if (!v)
        return err_nomem(err);
    int failed = find_options(c, one, v, v + room, err);
    free(v);
    c->n += one->n > 0;
    return failed;
}

/* The least cash upfront there is, and the lowest NPV whatever is upfront. */
static void extremes(const struct capping *c, dec_t *upfront, dec_t *npv)
{
    *upfront = c->fixed;
    *npv = DEC_ZERO;
    for (size_t i = 0; i < c->n; i++) {
        const struct choice *one = &c->choices[i];
        dec_t least = one->options[0].upfront, best = one->options[0].npv;
        for (size_t k = 1; k < one->n; k++) {
            least = dec_min(least, one->options[k].upfront);
            best = dec_min(best, one->options[k].npv);
        }
        *upfront = dec_add(*upfront, least);
        *npv = dec_add(*npv, best);
    }
}

/* No mix is within the cap: what was to be chosen has no price. */
static int refuse(const struct capping *c, dec_t least, struct err *err)
{
    const struct amount *cap = &c->p->scenario->upfront_cap;
    char allowed[DEC_TEXT], text[DEC_TEXT];
    dec_format(cap->value, c->p->budget_places, allowed);
    dec_format(least, c->p->budget_places, text);
    for (size_t i = 0; i < c->n; i++) {
        struct line *l = c->choices[i].line;
        l->status = LINE_UNPRICED;
        l->reason = say_in(c->w->arena, c->p->lang, TEXT_NOTE_CAP_BROKEN, allowed, cap->currency, text);
        if (!l->reason)
            return err_nomem(err);
    }
    return 0;
}

static int take(const struct capping *c, const size_t *chosen, struct err *err)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct choice *one = &c->choices[i];
        const struct offer *o = one->offers[chosen[i]];
        if (o != one->line->offer && rank_offers(&one->in, one->line->resource, &o, 1, one->line, err))
            return -1;
    }
    return 0;
}

static int search(const struct capping *c, dec_t best_npv, struct cap_result *out, struct err *err)
{
    struct cap_resource *v = arena_array(c->w->arena, c->n, sizeof *v);
    size_t *chosen = arena_array(c->w->arena, c->n, sizeof *chosen);
    struct cap_mix mix;
    if (!v || !chosen)
        return err_nomem(err);
    for (size_t i = 0; i < c->n; i++)
        v[i] = (struct cap_resource){c->choices[i].options, c->choices[i].n};
    dec_t room = dec_sub(c->p->scenario->upfront_cap.value, c->fixed);
    if (upfront_cap(v, c->n, room, chosen, &mix, err))
        return -1;
    *out = (struct cap_result){.kept = true,
                               .changed = true,
                               .upfront = dec_add(c->fixed, mix.upfront),
                               .npv = dec_sub(mix.npv, best_npv),
                               .off = mix.exact ? DEC_ZERO : dec_sub(mix.npv, mix.bound)};
    return take(c, chosen, err);
}

/* What is chosen without a cap is more than it. */
static int choose(struct capping *c, struct site_estimate *e, struct cap_result *out, struct err *err)
{
    dec_t least, npv;
    c->choices = arena_array(c->w->arena, e->nlines + 1, sizeof *c->choices);
    if (!c->choices)
        return err_nomem(err);
    for (size_t i = 0; i < e->nlines; i++)
        if (is_open(&e->lines[i]) && open_choice(c, &e->lines[i], err))
            return -1;
    extremes(c, &least, &npv);
    if (dec_check(least, "cash upfront", err) || dec_check(npv, "NPV", err))
        return -1;
    if (c->n > 0 && dec_cmp(least, c->p->scenario->upfront_cap.value) <= 0)
        return search(c, npv, out, err);
    *out = (struct cap_result){.upfront = least};
    return refuse(c, least, err);
}

int cap_apply(const struct site_work *w, const struct pricing *p, struct site_estimate *e, struct err *err)
{
    struct capping c = {.w = w, .p = p};
    e->cap = NULL;
    if (!*p->scenario->upfront_cap.currency || !p->region)
        return 0;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        dec_t *to = is_open(l) ? &c.free : &c.fixed;
        if (has_price(l))
            *to = dec_add(*to, upfront_of(l));
    }
    struct cap_result *out = arena_alloc(w->arena, sizeof *out);
    if (!out)
        return err_nomem(err);
    dec_t all = dec_add(c.free, c.fixed);
    if (dec_check(all, "cash upfront", err))
        return -1;
    *out = (struct cap_result){.kept = true, .upfront = all};
    e->cap = out;
    return dec_cmp(all, p->scenario->upfront_cap.value) <= 0 ? 0 : choose(&c, e, out, err);
}
