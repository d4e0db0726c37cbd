/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/settle.h"

#include "fetchers/pack.h"

#include <stdlib.h>
#include <string.h>

static int order_ints(int a, int b)
{
    return (a > b) - (a < b);
}

/* What identifies an offer but for its unit. */
static int way_order(const struct offer *a, const struct offer *b)
{
    int order = a->sku == b->sku ? 0 : strcmp(a->sku, b->sku);

    if (order == 0)
        order = strcmp(a->os, b->os);
    if (order == 0)
        order = order_ints(a->charge, b->charge);
    if (order == 0)
        order = order_ints(a->term_months, b->term_months);
    if (order == 0)
        order = strcmp(a->offering, b->offering);
    return order != 0 ? order : order_ints(a->basis, b->basis);
}

static int origin_order(const struct offer *a, const struct offer *b)
{
    int order = strcmp(a->source->id, b->source->id);

    return order != 0 ? order : strcmp(a->snapshot, b->snapshot);
}

/* Parts of one offer stand side by side: where they make one, the unit comes last. */
static int offer_order(const void *pa, const void *pb)
{
    const struct offer *a = pa, *b = pb;
    int order = way_order(a, b), unit = order_ints(a->parts[0].unit, b->parts[0].unit);

    if (order == 0 && pack_in_parts(a->charge)) {
        order = origin_order(a, b);
        return order != 0 ? order : -unit; /* the sum for the term first */
    }
    if (order == 0)
        order = unit;
    return order != 0 ? order : origin_order(a, b);
}

static void sort(struct offer *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (offer_order(&v[i - 1], &v[i]) > 0) {
            qsort(v, n, sizeof *v, offer_order);
            return;
        }
}

static bool is_part(const struct offer *a, const struct offer *b)
{
    return pack_in_parts(a->charge) && a->nparts < OFFER_PARTS && way_order(a, b) == 0 && origin_order(a, b) == 0;
}

static size_t join_parts(struct offer *v, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        struct offer *last = kept > 0 ? &v[kept - 1] : NULL;
        if (last != NULL && is_part(last, &v[i]))
            last->parts[last->nparts++] = v[i].parts[0];
        else
            v[kept++] = v[i];
    }
    return kept;
}

static bool same_part(const struct price_part *a, const struct price_part *b)
{
    if (a->unit != b->unit || a->scope != b->scope || a->ntiers != b->ntiers)
        return false;
    for (size_t i = 0; i < a->ntiers; i++) {
        const struct tier *x = &a->tiers[i], *y = &b->tiers[i];
        if (dec_cmp(x->from, y->from) != 0 || x->open != y->open || dec_cmp(x->to, y->to) != 0 ||
            dec_cmp(x->price, y->price) != 0)
            return false;
    }
    return true;
}

static bool same_price(const struct offer *a, const struct offer *b)
{
    if (strcmp(a->currency, b->currency) != 0 || a->nparts != b->nparts || a->has_tax_rate != b->has_tax_rate ||
        dec_cmp(a->tax_rate, b->tax_rate) != 0)
        return false;
    for (size_t i = 0; i < a->nparts; i++)
        if (!same_part(&a->parts[i], &b->parts[i]))
            return false;
    return true;
}

static bool same_identity(const struct offer *a, const struct offer *b)
{
    return way_order(a, b) == 0 && (pack_in_parts(a->charge) || a->parts[0].unit == b->parts[0].unit);
}

/* Of offers that say the same, the first stays. */
static size_t drop_repeats(struct offer *v, size_t n)
{
    size_t kept = 0, first = 0;

    for (size_t i = 0; i < n; i++) {
        bool repeat = false;
        if (kept == 0 || !same_identity(&v[kept - 1], &v[i]))
            first = kept;
        for (size_t j = first; j < kept && !repeat; j++)
            repeat = same_price(&v[j], &v[i]);
        if (!repeat)
            v[kept++] = v[i];
    }
    return kept;
}

/* Offers of one identity point to each other in a ring. */
static void link_rivals(struct offer *v, size_t n)
{
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && same_identity(&v[i], &v[j]); j++)
            ;
        for (size_t r = i; j - i > 1 && r < j; r++)
            v[r].rival = &v[r + 1 < j ? r + 1 : i];
    }
}

size_t offers_settle(struct offer *v, size_t n)
{
    sort(v, n);
    n = drop_repeats(v, join_parts(v, n));
    link_rivals(v, n);
    return n;
}
