/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The base, priced in every place it may stand, and what its columns can change there.
 */
#include "calc/swift_make.h"

#include "calc/extras.h"
#include "calc/items.h"

#include <stdlib.h>
#include <string.h>

/* ---- what all places share, as estimate_run() has it */

static int grow_items(struct swift *s, struct err *err)
{
    const struct scenario *c = &s->scenario;
    s->items = arena_array(&s->arena, c->nresources + 1, sizeof *s->items);
    if (!s->items)
        return err_nomem(err);
    for (size_t i = 0; i < c->nresources; i++) {
        const struct resource *r = &c->resources[i];
        if (items_runs(r, c->months, &s->items[i], err))
            return -1;
    }
    return 0;
}

static int open_work(struct swift *s, const struct swift_input *in, struct err *err)
{
    const struct scenario *c = &s->scenario;
    dec_t yearly = c->discount_rate.kind == VALUE_NONE ? DEC_ZERO : c->discount_rate.fixed;
    struct fx *fx = arena_alloc(&s->arena, sizeof *fx);
    struct shelves *shelves = arena_alloc(&s->arena, sizeof *shelves);
    struct arena *scratch = arena_array(&s->arena, 2, sizeof *scratch);
    if (!fx || !shelves || !scratch)
        return err_nomem(err);
    if (grow_items(s, err) || npv_table_make(&s->npv, yearly, c->months + TERM_MAX, err))
        return -1;
    *fx = (struct fx){.catalogue = in->kept->catalogue,
                      .kept = in->kept,
                      .arena = &s->arena,
                      .source = c->fx_source,
                      .on = c->as_of,
                      .max_age = c->fx_max_age,
                      .budget = c->rates,
                      .nbudget = c->nrates};
    *shelves = (struct shelves){.kept = in->kept, .arena = &s->arena, .rules = in->rules, .scenario = c};
    s->work = (struct site_work){.scenario = c,
                                 .rules = in->rules,
                                 .kept = in->kept,
                                 .options = in->options,
                                 .arena = &s->arena,
                                 .fx = fx,
                                 .shelves = shelves,
                                 .npv = &s->npv,
                                 .items = s->items,
                                 .budget_places = currency_places(in->rules, c->currency),
                                 .scratch = scratch};
    return 0;
}

/* ---- a place in one region */

static bool has_price(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

/* What the payment's fee and the handling of invoices are at this place. */
static int take_fees(struct swift *s, struct swift_stand *t, bool *simple, struct err *err)
{
    const struct pricing *p = &t->context->pricing;
    const char *method = fee_method(p), *currency = s->scenario.currency;
    struct component_input in = {.months = s->scenario.months};
    struct line line = {.label = "payment"};
    struct swift_fee *f = &t->payment;
    const struct fx_used *to, *back;
    int known = strcmp(method, "none") != 0 ? fee_terms(p, &s->arena, method, &in, &line, err) : 1;
    if (known < 0)
        return -1;
    *simple = known == 1;
    f->any = strcmp(method, "none") != 0;
    if (f->any && *simple) {
        if (fx_find(p->fx, currency, line.price_currency, &to, err) ||
            fx_find(p->fx, line.price_currency, currency, &back, err))
            return -1;
        f->has_min = in.has_min;
        f->has_max = in.has_max;
        *simple = !to->stale && !back->stale &&
                  ratio_make(to->rate, DEC_ONE, s->budget_places, in.places, &f->to_fee) &&
                  ratio_make(in.percent, DEC_ONE, in.places, in.places, &f->percent) &&
                  ratio_make(back->rate, DEC_ONE, in.places, s->budget_places, &f->back) &&
                  minor_of(in.min, in.places, &f->min) && minor_of(in.max, in.places, &f->max) &&
                  minor_of(in.fixed, in.places, &f->fixed);
    }
    /* a fee of nothing is none */
    f->any = f->any && (f->percent.num > 0 || f->fixed > 0 || (f->has_min && f->min > 0));
    const struct amount *h = &t->context->payment.invoice_handling;
    t->handled = *h->currency && dec_sign(h->value) != 0;
    if (!t->handled)
        return 0;
    if (fx_find(p->fx, h->currency, currency, &back, err))
        return -1;
    dec_t each = dec_mul_round(h->value, back->rate, s->budget_places, DEC_HALF_UP);
    *simple = *simple && !back->stale && minor_of(each, s->budget_places, &t->handling);
    return 0;
}

/* The lines that stay as the base has them must have amounts that fit as well. */
static bool whole_amounts(const struct swift *s, const struct line *l)
{
    uint64_t unused;
    int places = s->budget_places;
    for (size_t i = 0; i < l->nruns; i++) {
        const struct money *m = &l->runs[i].m;
        if (!minor_of(m->net, places, &unused) || !minor_of(m->tax, places, &unused) ||
            !minor_of(m->recoverable, places, &unused) || !minor_of(m->withheld, places, &unused) ||
            !minor_of(m->fees, places, &unused) || !minor_of(m->other, places, &unused))
            return false;
    }
    return true;
}

static bool is_fee(const struct line *l)
{
    return !l->resource && !l->cost;
}

/* The lines of a place: those that columns change are compiled, the others looked at. */
static int take_lines(struct swift *s, struct swift_stand *t, bool *simple, struct err *err)
{
    const struct site_estimate *e = &t->estimate;
    t->lines = arena_array(&s->arena, e->nlines + 1, sizeof *t->lines);
    if (!t->lines)
        return err_nomem(err);
    t->oldest = DATE_NONE;
    for (size_t i = 0; i < e->nlines && *simple; i++) {
        const struct line *l = &e->lines[i];
        t->priced += has_price(l) && !is_fee(l);
        if (is_fee(l))
            continue;
        if (l->resource && swift_touched(s, t, l->resource)) {
            if (swift_compile_line(s, t, i, simple, err))
                return -1;
            continue;
        }
        *simple = whole_amounts(s, l);
        if (has_price(l) && l->offer && date_is(l->offer->as_of) &&
            (!date_is(t->oldest) || date_cmp(l->offer->as_of, t->oldest) < 0))
            t->oldest = l->offer->as_of;
    }
    t->constant = t->n == 0;
    t->plain = t->n == e->nlines;
    return 0;
}

/* The notes for both sides of the limit. */
static int take_notes(struct swift *s, struct swift_stand *t, struct err *err)
{
    const struct pricing *p = &t->context->pricing;
    struct site_estimate *below = &t->estimate, *above = &t->above;
    *above = *below;
    if (notes_of_site(p, &s->arena, below, true, &above->notes, &above->nnotes, err))
        return -1;
    return notes_of_site(p, &s->arena, below, false, &below->notes, &below->nnotes, err);
}

static int make_stand(struct swift *s, const struct site_ref *ref, const struct region *region, struct swift_stand *t,
                      bool *simple, struct err *err)
{
    int failed =
        region ? site_run_in(&s->work, ref, region, &t->estimate, err) : site_run(&s->work, ref, &t->estimate, err);
    t->context = failed ? NULL : arena_alloc(&s->arena, sizeof *t->context);
    if (!t->context)
        return failed ? -1 : err_nomem(err);
    site_context(&s->work, &t->estimate, t->context);
    t->list_places = t->estimate.has_list ? currency_places(s->work.rules, t->estimate.list_currency) : 2;
    t->constant = !t->estimate.region || t->estimate.status == SITE_INELIGIBLE;
    if (t->constant && t->estimate.nlines == 0)
        return 0;
    if (t->constant) { /* every line is unpriced for want of a region */
        *simple = !t->estimate.has_totals;
        return 0;
    }
    if (take_fees(s, t, simple, err) || (*simple && take_lines(s, t, simple, err)))
        return -1;
    t->watches_limit = notes_watch_limit(&t->context->pricing) && !t->constant;
    return t->watches_limit ? take_notes(s, t, err) : 0;
}

/* Of the regions of a site those where most lines have a price; which that is no column changes. */
static void keep_best_priced(struct swift_place *p)
{
    size_t most = 0, kept = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->stands[i].priced > most)
            most = p->stands[i].priced;
    for (size_t i = 0; i < p->n; i++)
        if (p->stands[i].priced == most)
            p->stands[kept++] = p->stands[i];
    p->n = kept;
}

static int make_place(struct swift *s, const struct site_ref *ref, struct swift_place *p, bool *simple, struct err *err)
{
    const struct region *const *regions;
    const struct site *site = rules_site(s->work.rules, ref->site);
    size_t n;
    if (site_regions(&s->work, site, &regions, &n, err))
        return -1;
    p->n = n > 0 ? n : 1;
    p->stands = arena_array(&s->arena, p->n, sizeof *p->stands);
    if (!p->stands)
        return err_nomem(err);
    for (size_t i = 0; i < p->n && *simple; i++)
        if (make_stand(s, ref, n > 0 ? regions[i] : NULL, &p->stands[i], simple, err))
            return -1;
    if (*simple && p->n > 1)
        keep_best_priced(p);
    return 0;
}

static int make_places(struct swift *s, bool *simple, struct err *err)
{
    const struct scenario *c = &s->scenario;
    s->nplaces = c->nsites;
    s->places = arena_array(&s->arena, c->nsites, sizeof *s->places);
    if (!s->places)
        return err_nomem(err);
    for (size_t i = 0; i < c->nsites && *simple; i++) {
        *simple = c->sites[i].quote == NULL;
        if (*simple && make_place(s, &c->sites[i], &s->places[i], simple, err))
            return -1;
    }
    return 0;
}

/* Numbers what rows may point at. The stands stay where they are from now on. */
static int number_versions(struct swift *s, struct err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < s->nplaces; i++)
        n += 2 * s->places[i].n;
    s->versions = arena_array(&s->arena, n + 1, sizeof *s->versions);
    if (!s->versions)
        return err_nomem(err);
    for (size_t i = 0; i < s->nplaces; i++)
        for (size_t k = 0; k < s->places[i].n; k++) {
            struct swift_stand *t = &s->places[i].stands[k];
            t->version = s->nversions;
            s->versions[s->nversions++] = &t->estimate;
            s->versions[s->nversions++] = t->watches_limit ? &t->above : &t->estimate;
        }
    return 0;
}

/* ---- */

/* What is drawn is noted with its mean, and what has a profile does not scale. */
static bool certain(const struct scenario *c)
{
    for (size_t i = 0; i < c->nresources; i++)
        if (c->resources[i].profile)
            return false;
    return c->nuncertain == 0;
}

/* What hangs on all of a site's lines together: spending that falls short, cash upfront within a cap. */
static bool bound_together(const struct scenario *c)
{
    return c->ncommits > 0 || c->upfront_cap.currency[0];
}

static int make(struct swift *s, const struct swift_input *in, bool *simple, struct err *err)
{
    struct err none;
    if (config_scenario(in->config, in->rules, &s->scenario, &none)) {
        *simple = false; /* the rows may set what it lacks */
        return none.kind == ERR_INTERNAL ? err_nomem(err) : 0;
    }
    bool plans = in->options->plans && (s->scenario.nsplits > 0 || s->scenario.max_providers > 0);
    if (plans || !certain(&s->scenario) || bound_together(&s->scenario)) {
        *simple = false;
        return 0;
    }
    s->wanted = in->wanted | (in->wanted & SWIFT_NPV ? SWIFT_COSTS : 0);
    s->wanted |= s->wanted & SWIFT_COSTS ? SWIFT_TAXES : 0;
    s->budget_places = currency_places(in->rules, s->scenario.currency);
    s->allow_stale = in->options->allow_stale;
    s->limit_places = currency_places(in->rules, notes_filing_limit.currency);
    *simple = minor_of(dec_int64(notes_filing_limit.sum), s->limit_places, &s->filing_limit);
    if (!*simple)
        return 0;
    if (swift_compile_columns(s, in, simple, err) || !*simple)
        return *simple ? -1 : 0;
    if (open_work(s, in, err))
        return -1;
    if (make_places(s, simple, err))
        return -1;
    return *simple ? number_versions(s, err) : 0;
}

int swift_make(struct swift **out, const struct swift_input *in, struct err *err)
{
    bool simple = true;
    struct swift *s = calloc(1, sizeof *s);
    if (!s)
        return err_nomem(err);
    int failed = make(s, in, &simple, err);
    if (failed && err->kind != ERR_INTERNAL) {
        failed = 0; /* a base that cannot be priced by itself: what each row comes to says why */
        simple = false;
    }
    if (failed || !simple) {
        swift_free(s);
        s = NULL;
    }
    *out = s;
    return failed;
}

void swift_free(struct swift *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->items && i < s->scenario.nresources; i++)
        quantity_free(&s->items[i]);
    for (int i = 0; s->work.scratch && i < 2; i++)
        arena_free(&s->work.scratch[i]);
    npv_table_free(&s->npv);
    scenario_free(&s->scenario);
    arena_free(&s->arena);
    free(s);
}

size_t swift_sites(const struct swift *s)
{
    return s->nplaces;
}

int swift_places(const struct swift *s)
{
    return s->budget_places;
}

int swift_list_places(const struct swift *s, size_t site)
{
    return s->places[site].stands[0].list_places;
}

size_t swift_versions(const struct swift *s)
{
    return s->nversions;
}

const struct site_estimate *swift_version(const struct swift *s, size_t i)
{
    return s->versions[i];
}

const struct scenario *swift_scenario(const struct swift *s)
{
    return &s->scenario;
}
