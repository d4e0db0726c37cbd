/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The quantities of a row: items by month, and terms begun to cover them.
 */
#include "calc/swift_row.h"

/* growth_runs() of the row's count, the factors kept for rows that grow alike. */
static bool make_factors(const struct swift *s, struct swift_amounts *a)
{
    const struct growth *g = &a->resource.growth;
    if (a->has_factors && a->grown.per_year == g->per_year && dec_cmp(a->grown.rate.fixed, g->rate.fixed) == 0)
        return true;
    struct quantity_list one;
    struct err none;
    if (growth_runs(DEC_ONE, g->rate.fixed, g->per_year, s->scenario.months, &one, &none))
        return false;
    for (size_t m = 0; m < one.n; m++)
        a->factors[m] = one.v[m].quantity;
    quantity_free(&one);
    a->grown = *g;
    a->has_factors = true;
    return true;
}

static bool take_items(struct swift_run *run, int first, int months, dec_t items)
{
    if (dec_bad(items) || items.v < 0 || items.v > INT64_MAX)
        return false;
    run->first = first;
    run->months = months;
    run->items = (uint64_t)items.v;
    run->n = short_of(run->items);
    return true;
}

static bool make_runs(const struct swift *s, struct swift_amounts *a)
{
    dec_t count = a->resource.count.fixed;
    int months = s->scenario.months;
    if (dec_sign(a->resource.growth.rate.fixed) == 0) {
        a->nruns = 1;
        return take_items(&a->runs[0], 0, months, count);
    }
    if (!make_factors(s, a))
        return false;
    a->nruns = 0;
    for (int m = 0; m < months; m++) {
        dec_t items = dec_mul(count, a->factors[m], DEC_HALF_UP);
        if (dec_sign(items) == 0)
            continue;
        if (!take_items(&a->runs[a->nruns++], m, 1, items))
            return false;
    }
    return true;
}

bool swift_amounts_terms(const struct swift *s, struct swift_amounts *a, int term)
{
    struct terms t;
    struct err none;
    struct quantity_run v[MONTHS_MAX];
    if (a->terms_ready && a->term == term)
        return true;
    for (size_t i = 0; i < a->nruns; i++)
        v[i] = (struct quantity_run){a->runs[i].first, a->runs[i].months, {(dec_int)a->runs[i].items}};
    if (terms_cover(v, a->nruns, s->scenario.months, term, &t, &none))
        return false;
    bool fits = true;
    a->nterms = 0;
    for (int m = 0; m < t.end && m < s->scenario.months && fits; m++)
        if (dec_sign(t.bought[m]) != 0)
            fits = take_items(&a->terms[a->nterms++], m, 1, t.bought[m]);
    terms_free(&t);
    a->terms_ready = fits;
    a->term = term;
    return fits;
}

bool swift_amounts_ready(const struct swift *s, struct swift_amounts *a)
{
    if (!a->ready)
        a->ready = make_runs(s, a);
    return a->ready;
}
