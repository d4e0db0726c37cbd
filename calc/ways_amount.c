/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much of a demand that varies to commit to: a unit under a commitment costs c a month, one on demand p, both from
 * what the ways came to for the count the estimate stands at. Ladders therefore count with their average price.
 */
#include "calc/ways.h"
#include "models/newsvendor.h"
#include "models/newsvendor_demand.h"
#include "models/terms.h"

#include <stdlib.h>

bool ways_vary(const struct resource *r)
{
    bool grows = r->growth.rate.kind != VALUE_NONE && dec_sign(r->growth.rate.fixed) != 0;
    return r->profile || (r->count.uncertain && !grows && !r->growth.rate.uncertain);
}

/* A month of an item: what was bought costs so much a month, used or not. */
static int commit_price(const struct pricing *p, const struct resource *r, const struct way *way, dec_t *out,
                        struct err *err)
{
    const struct quantity_list *items = &p->items[r - p->scenario->resources];
    struct terms t;
    if (terms_cover(items->v, items->n, p->scenario->months, way->offer->term_months, &t, err))
        return -1;
    *out = dec_div(way->cost, dec_muln(t.item_months, r->repeats + 1), DEC_HALF_UP);
    terms_free(&t);
    return dec_check(*out, "cost of a committed month", err);
}

static int demand_price(const struct pricing *p, const struct resource *r, const struct way *way, dec_t *out,
                        struct err *err)
{
    const struct quantity_list *items = &p->items[r - p->scenario->resources];
    dec_t months = DEC_ZERO;
    for (size_t i = 0; i < items->n; i++)
        months = dec_add(months, dec_muln(items->v[i].quantity, items->v[i].months));
    *out = dec_div(way->cost, dec_muln(months, r->repeats + 1), DEC_HALF_UP);
    return dec_check(*out, "cost of a month on demand", err);
}

static int by_profile(const struct pricing *p, const struct resource *r, dec_t c, dec_t price, struct way_amount *out,
                      struct err *err)
{
    size_t n = (size_t)p->scenario->months;
    struct demand_level *v = calloc(n, sizeof *v);
    struct newsvendor best, all = {0};
    dec_t most = DEC_ZERO;
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct demand_level){r->profile->counts[i], 1};
        most = dec_max(most, v[i].demand);
    }
    most = dec_round(most, 0, DEC_CEIL);
    int failed = newsvendor_commit(v, n, c, price, true, &best, err) || newsvendor_at(v, n, c, price, most, &all, err);
    free(v);
    if (failed)
        return -1;
    *out = (struct way_amount){.quantity = best.quantity,
                               .cost = best.cost,
                               .on_demand = best.on_demand,
                               .has_all = true,
                               .most = most,
                               .all = all.cost};
    return 0;
}

static int by_distribution(const struct pricing *p, const struct resource *r, dec_t c, dec_t price,
                           struct way_amount *out, struct err *err)
{
    const struct uncertain *u = r->count.uncertain;
    struct newsvendor_demand best;
    dec_t low = dec_max(u->range.low, DEC_ZERO);
    if (newsvendor_demand(&u->is, low, u->range.high, c, price, &best, err))
        return -1;
    int months = p->scenario->months;
    *out = (struct way_amount){.quantity = best.quantity,
                               .cost = dec_muln(best.cost, months),
                               .on_demand = dec_muln(best.on_demand, months),
                               .has_all = best.has_most,
                               .most = best.most,
                               .all = dec_muln(best.all, months)};
    return 0;
}

static int finish(const struct pricing *p, const struct resource *r, dec_t c, dec_t price, struct way_amount *a,
                  struct err *err)
{
    dec_t *const sums[] = {&a->cost, &a->on_demand, &a->all};
    a->ratio = dec_cmp(price, c) > 0 ? dec_div_round(dec_sub(price, c), price, 6, DEC_HALF_UP) : DEC_ZERO;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        *sums[i] = dec_round(dec_muln(*sums[i], r->repeats + 1), p->budget_places, DEC_HALF_UP);
        if (dec_check(*sums[i], "expected cost", err))
            return -1;
    }
    return 0;
}

int ways_amount(const struct pricing *p, struct arena *arena, const struct resource *r, const struct way *way,
                const struct way *on_demand, const struct way_amount **out, struct err *err)
{
    dec_t c, price;
    struct way_amount *a = arena_alloc(arena, sizeof *a);
    if (!a)
        return err_nomem(err);
    if (commit_price(p, r, way, &c, err) || demand_price(p, r, on_demand, &price, err))
        return -1;
    if (dec_sign(c) <= 0)
        return 0;
    if ((r->profile ? by_profile : by_distribution)(p, r, c, price, a, err) || finish(p, r, c, price, a, err))
        return -1;
    *out = a;
    return 0;
}
