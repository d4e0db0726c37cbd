/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes the problem ready: the ways of each resource that no other beats, the price of cash at which
 * the picks just fit, a first mix; and puts the answer back in the order asked.
 */
#include "models/upfront_cap_parts.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    PRICE_MOST = 1 << 20
}; /* NPV saved by a unit of cash upfront; a better one than ever was needed only bounds worse */

static int check(const struct cap_resource *r, size_t n, struct err *err)
{
    dec_t most = DEC_ZERO; /* nothing added up later is larger */
    for (size_t i = 0; i < n; i++) {
        assert(r[i].n >= 1);
        if (r[i].n > CAP_OPTIONS_MOST)
            return err_set(err, ERR_USAGE, "%zu ways to buy one resource (allowed: up to %d)", r[i].n,
                           CAP_OPTIONS_MOST);
        dec_t upfront = DEC_ZERO, npv = DEC_ZERO;
        for (size_t j = 0; j < r[i].n; j++) {
            const struct cap_option *o = &r[i].options[j];
            if (!dec_bad(o->upfront) && dec_sign(o->upfront) < 0)
                return err_set(err, ERR_USAGE, "cash upfront below 0");
            upfront = dec_max(upfront, o->upfront);
            npv = dec_max(npv, dec_max(o->npv, dec_neg(o->npv)));
        }
        most = dec_add(most, dec_add(upfront, npv));
    }
    return dec_check(dec_muln(most, 2 * PRICE_MOST), "cash and NPV to choose from", err);
}

/* ---- ways that no other beats ----------------------------------------------------------------- */

static int by_upfront(const void *a, const void *b)
{
    const struct cap_way *x = a, *y = b;
    int order = dec_cmp(x->upfront, y->upfront);
    if (order == 0)
        order = dec_cmp(x->npv, y->npv);
    return order ? order : (x->option > y->option) - (x->option < y->option);
}

static size_t keep_best(const struct cap_resource *r, struct cap_way *ways)
{
    for (size_t j = 0; j < r->n; j++)
        ways[j] = (struct cap_way){r->options[j].upfront, r->options[j].npv, j};
    qsort(ways, r->n, sizeof *ways, by_upfront);
    size_t n = 1;
    for (size_t j = 1; j < r->n; j++)
        if (dec_cmp(ways[j].npv, ways[n - 1].npv) < 0)
            ways[n++] = ways[j];
    return n;
}

static int npv_places(const struct cap_resource *r, size_t n)
{
    int places = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < r[i].n; j++)
            while (dec_cmp(dec_round(r[i].options[j].npv, places, DEC_DOWN), r[i].options[j].npv) != 0)
                places++;
    return places;
}

/* ---- the price of cash ------------------------------------------------------------------------ */

/* The least npv + price x upfront; of equals the least upfront, which comes first. */
static void pick(const struct cap_problem *p, struct cap_item *item)
{
    dec_t least = cap_priced(p, item->ways[0].upfront, item->ways[0].npv);
    item->pick = 0;
    for (size_t w = 1; w < item->n; w++) {
        dec_t c = cap_priced(p, item->ways[w].upfront, item->ways[w].npv);
        if (dec_cmp(c, least) < 0) {
            least = c;
            item->pick = w;
        }
    }
}

static bool fits_at(struct cap_problem *p, dec_t price)
{
    dec_t upfront = DEC_ZERO;
    p->price = price;
    for (size_t i = 0; i < p->n; i++) {
        pick(p, &p->items[i]);
        upfront = dec_add(upfront, p->items[i].ways[p->items[i].pick].upfront);
    }
    return dec_cmp(upfront, p->cap) <= 0;
}

/* The lowest price, to 12 decimals, at which the picks fit; at 0 they are the best of all. */
static void find_price(struct cap_problem *p)
{
    dec_t low = DEC_ZERO, high = DEC_ONE;
    if (fits_at(p, DEC_ZERO))
        return;
    while (!fits_at(p, high) && dec_cmp(high, dec_int64(PRICE_MOST)) < 0) {
        low = high;
        high = dec_muln(high, 2);
    }
    while (dec_cmp(dec_sub(high, low), dec_of(1, DEC_PLACES)) > 0) {
        dec_t middle = dec_div(dec_add(low, high), dec_int64(2), DEC_FLOOR);
        if (fits_at(p, middle))
            high = middle;
        else
            low = middle;
    }
    fits_at(p, high);
}

static void weigh_regret(const struct cap_problem *p, struct cap_item *item)
{
    const struct cap_way *best = &item->ways[item->pick];
    dec_t least = cap_priced(p, best->upfront, best->npv);
    bool any = false;
    item->regret = DEC_ZERO;
    for (size_t w = 0; w < item->n; w++) {
        if (w == item->pick)
            continue;
        dec_t more = dec_sub(cap_priced(p, item->ways[w].upfront, item->ways[w].npv), least);
        item->regret = any ? dec_min(item->regret, more) : more;
        any = true;
    }
}

/* The closest decisions first, while those without a choice come first of all. */
static int by_regret(const void *a, const void *b)
{
    const struct cap_item *x = a, *y = b;
    if ((x->n == 1) != (y->n == 1))
        return y->n == 1 ? 1 : -1;
    int order = dec_cmp(x->regret, y->regret);
    return order ? order : (x->resource > y->resource) - (x->resource < y->resource);
}

static void sum_rest(struct cap_problem *p)
{
    p->rest[p->n] = (struct cap_rest){0};
    for (size_t i = p->n; i-- > 0;) {
        const struct cap_item *item = &p->items[i];
        const struct cap_way *w = &item->ways[item->pick];
        const struct cap_rest *after = &p->rest[i + 1];
        p->rest[i] = (struct cap_rest){.least = dec_add(after->least, item->ways[0].upfront),
                                       .upfront = dec_add(after->upfront, w->upfront),
                                       .npv = dec_add(after->npv, w->npv),
                                       .priced = dec_add(after->priced, cap_priced(p, w->upfront, w->npv))};
    }
    p->priced_cap = dec_mul(p->price, p->cap, DEC_CEIL);
}

/* ---- a mix ------------------------------------------------------------------------------------ */

static void sum_mix(const struct cap_problem *p, const size_t *way, struct cap_mix *m)
{
    m->upfront = m->npv = DEC_ZERO;
    for (size_t i = 0; i < p->n; i++) {
        m->upfront = dec_add(m->upfront, p->items[i].ways[way[i]].upfront);
        m->npv = dec_add(m->npv, p->items[i].ways[way[i]].npv);
    }
}

/* The picks, or where they do not fit the least upfront, then each item's best way that still fits. */
static void first_mix(const struct cap_problem *p, size_t *way, struct cap_mix *m)
{
    bool fits = dec_cmp(p->rest[0].upfront, p->cap) <= 0;
    for (size_t i = 0; i < p->n; i++)
        way[i] = fits ? p->items[i].pick : 0;
    sum_mix(p, way, m);
    for (size_t i = 0; i < p->n; i++) {
        const struct cap_way *ways = p->items[i].ways;
        dec_t others = dec_sub(m->upfront, ways[way[i]].upfront);
        while (way[i] + 1 < p->items[i].n && dec_cmp(dec_add(others, ways[way[i] + 1].upfront), p->cap) <= 0)
            way[i]++;
        m->upfront = dec_add(others, ways[way[i]].upfront);
    }
    sum_mix(p, way, m);
}

static int solve(struct cap_problem *p, size_t *way, struct cap_mix *m, struct err *err)
{
    find_price(p);
    for (size_t i = 0; i < p->n; i++)
        weigh_regret(p, &p->items[i]);
    qsort(p->items, p->n, sizeof *p->items, by_regret);
    sum_rest(p);
    first_mix(p, way, m);
    if (cap_search(p, way, &m->npv, &m->bound, err))
        return -1;
    sum_mix(p, way, m);
    m->exact = dec_cmp(m->npv, m->bound) == 0;
    return 0;
}

static int refuse(dec_t least, dec_t cap, struct err *err)
{
    char a[DEC_TEXT], b[DEC_TEXT];
    dec_format(least, 2, a);
    dec_format(cap, 2, b);
    return err_set(err, ERR_USAGE, "no mix within %s of cash upfront (the least there is needs %s)", b, a);
}

static int make_items(struct cap_problem *p, const struct cap_resource *r, struct cap_way *ways, struct err *err)
{
    dec_t least = DEC_ZERO, most = DEC_ZERO;
    for (size_t i = 0; i < p->n; ways += r[i++].n) {
        p->items[i] = (struct cap_item){.ways = ways, .n = keep_best(&r[i], ways), .resource = i};
        least = dec_add(least, ways[0].upfront);
        most = dec_add(most, ways[p->items[i].n - 1].upfront);
    }
    if (dec_cmp(least, p->cap) > 0)
        return refuse(least, p->cap, err);
    p->cap = dec_min(p->cap, most); /* more is no cap, and might not fit what is added up */
    return 0;
}

static size_t count_options(const struct cap_resource *r, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += r[i].n;
    return sum;
}

int upfront_cap(const struct cap_resource *resources, size_t n, dec_t cap, size_t *choice, struct cap_mix *out,
                struct err *err)
{
    assert(n >= 1);
    if (dec_check(cap, "cap on cash upfront", err) || check(resources, n, err))
        return -1;
    struct cap_problem p = {.n = n, .cap = cap, .places = npv_places(resources, n)};
    struct cap_mix m = {0};
    struct cap_way *ways = calloc(count_options(resources, n), sizeof *ways);
    size_t *way = calloc(n, sizeof *way);
    p.items = calloc(n, sizeof *p.items);
    p.rest = calloc(n + 1, sizeof *p.rest);
    int rc = ways && way && p.items && p.rest ? 0 : err_nomem(err);
    if (!rc)
        rc = make_items(&p, resources, ways, err);
    if (!rc)
        rc = solve(&p, way, &m, err);
    for (size_t i = 0; !rc && i < n; i++)
        choice[p.items[i].resource] = p.items[i].ways[way[i]].option;
    free(ways);
    free(way);
    free(p.items);
    free(p.rest);
    if (!rc)
        *out = m;
    return rc;
}
