/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The offers of a line that a scenario may make the cheapest. Of offers that differ in price only, one
 * that is dearer and of less merit than another never is: cost does not fall as the price rises, and a tie
 * goes to the other.
 */
#include "calc/engine_job.h"

#include "calc/rank.h"

#include <stdlib.h>
#include <string.h>

/* What stands in the way of exporting an offer; NULL: nothing. */
static const char *obstacle(const struct engine_offer *o)
{
    const struct price_part *part = &o->offer->parts[0];
    if (o->offer->nparts > 1)
        return "is paid in two parts, which cannot be exported";
    if (part->scope == SCOPE_LIFE)
        return "has a ladder over the life of each machine, which cannot be exported";
    if (part->scope == SCOPE_MONTH && !o->pooled)
        return "is prepaid on a ladder by the month, which cannot be exported";
    return NULL;
}

static dec_t hours_of(const struct engine_site *w, const struct resource *r)
{
    return r->hours.kind != VALUE_NONE ? r->hours.fixed : w->job->scenario->hours.fixed;
}

/* Measures an offer; false when it prices nothing of the resource: its unit is another, or its ladder ends below. */
static bool measure(const struct engine_site *w, const struct resource *r, const struct offer *o,
                    struct engine_offer *out)
{
    const struct price_part *part = &o->parts[0];
    bool runs = o->charge != CHARGE_PREPAID, beyond = false;
    enum text_id why;
    *out = (struct engine_offer){.offer = o, .pooled = part->scope == SCOPE_MONTH && runs};
    dec_t hours = runs ? hours_of(w, r) : w->job->scenario->hours.fixed;
    if (!unit_measure(r, part->unit, hours, &out->measure, &why))
        return false;
    if (!runs)
        out->measure = measure_term(out->measure, part->unit, o->term_months);
    if (!out->pooled)
        out->one = ladder_amount(part->tiers, part->ntiers, DEC_ZERO, out->measure.size, &beyond);
    return !beyond;
}

static int by_merit(const void *pa, const void *pb)
{
    const struct engine_offer *a = pa, *b = pb;
    return rank_by_merit(a->offer, b->offer);
}

static bool differ_in_price_only(const struct engine_offer *a, const struct engine_offer *b)
{
    const struct offer *x = a->offer, *y = b->offer;
    return !a->pooled && !b->pooled && x->charge == y->charge && x->term_months == y->term_months &&
           !strcmp(x->currency, y->currency) && x->basis == y->basis && x->has_tax_rate == y->has_tax_rate &&
           (!x->has_tax_rate || dec_cmp(x->tax_rate, y->tax_rate) == 0) &&
           unit_table[x->parts[0].unit].time == unit_table[y->parts[0].unit].time;
}

/* Is v[at] beaten whatever is asked? Those before it have more merit. */
static bool beaten(const struct engine_offer *v, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (differ_in_price_only(&v[i], &v[at]) && dec_cmp(v[i].one, v[at].one) <= 0)
            return true;
    return false;
}

static int check(const struct engine_site *w, const struct engine_line *l, struct err *err)
{
    for (size_t i = 0; i < l->n; i++) {
        const char *why = obstacle(&l->v[i]);
        if (l->v[i].offer->rival)
            why = "has two prices of one day";
        if (!why)
            continue;
        engine_refuse(w->job, l->resource, why, err);
        return err_prefix(err, "%s %s", w->estimate->column, l->v[i].offer->sku);
    }
    return 0;
}

static int take(struct engine_site *w, struct engine_line *l, const struct offer *const *v, size_t n, struct err *err)
{
    l->v = arena_array(&w->job->arena, n + 1, sizeof *l->v);
    if (!l->v)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (measure(w, l->resource, v[i], &l->v[l->n]))
            l->n++;
    qsort(l->v, l->n, sizeof *l->v, by_merit);
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++) {
        l->v[kept] = l->v[i];
        if (!beaten(l->v, kept))
            kept++;
    }
    l->n = kept;
    return check(w, l, err);
}

int engine_offers(struct engine_site *w, struct engine_line *l, struct err *err)
{
    struct engine_job *j = w->job;
    const struct pricing *p = &w->pricing;
    const struct resource *r = l->resource;
    const struct kind_info *kind = &kind_table[r->kind];
    struct match_input in = {.pricing = p, .arena = &j->arena, .shelves = &j->shelves, .scratch = j->scratch};
    if (shelf_get(&j->shelves, p->site->id, p->region->id, kind->service, NULL, &in.shelf, err))
        return -1;
    if (kind->choose == CHOOSE_CLASS && !resource_pin(r, p->site->id) &&
        kept_class(&j->kept, p->site->id, kind->service, r->class_, &in.class_skus, &in.nclass_skus, err))
        return -1;
    const struct offer **v = calloc(in.shelf->offers.n + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    int failed = take(w, l, v, match_offers(&in, r, v), err);
    free(v);
    return failed;
}
