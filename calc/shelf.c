/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/shelf.h"

#include "calc/quote_shelf.h"

#include <string.h>

enum { NEAREST = 6 }; /* some of them are what was asked for and does not fit */
enum { ANY_CHARGE = 1 << CHARGE_ON_DEMAND | 1 << CHARGE_PREPAID | 1 << CHARGE_RESERVED | 1 << CHARGE_SAVINGS_PLAN };

struct nearest {
    const struct elsewhere *v;
    size_t n;
    bool known;
};

/* The charges any resource of a service asks for. Prepaid prices per unit and month stand in for
 * on-demand ones, so they are read wherever such units occur: not for machines. */
static unsigned charges_asked(const struct scenario *s, const char *service, bool all)
{
    unsigned mask = all ? ANY_CHARGE : 0;
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        if (strcmp(kind_table[r->kind].service, service) != 0)
            continue;
        mask |= r->charge.kind == CHARGE_BEST ? ANY_CHARGE : 1u << r->charge.kind;
        if (r->charge.kind == CHARGE_ON_DEMAND && r->kind != KIND_COMPUTE)
            mask |= 1u << CHARGE_PREPAID;
    }
    return mask;
}

/* What the catalogue holds of the place however it is bought says which SKUs the rows of a quote name. */
static int fill_quoted(struct shelves *s, struct shelf *made, struct err *err)
{
    struct offer_list known;
    const struct scenario *c = s->scenario;
    dec_t yearly = c->discount_rate.kind == VALUE_NONE ? DEC_ZERO : c->discount_rate.fixed;
    if (kept_offers(s->kept, made->site, made->region, made->service, ANY_CHARGE, c->as_of, &known, err))
        return -1;
    return quote_shelf(made->quote, &known, made->region, made->service, yearly, s->arena, &made->offers, err);
}

static int fill(struct shelves *s, struct shelf *made, struct err *err)
{
    if (made->quote)
        return fill_quoted(s, made, err);
    unsigned charges = charges_asked(s->scenario, made->service, s->any_charge);
    return kept_offers(s->kept, made->site, made->region, made->service, charges, s->scenario->as_of, &made->offers,
                       err);
}

int shelf_get(struct shelves *s, const char *site, const char *region, const char *service, const struct quote *quote,
              const struct shelf **out, struct err *err)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct shelf *f = &s->v[i];
        if (f->quote == quote && !strcmp(f->site, site) && !strcmp(f->region, region) && !strcmp(f->service, service)) {
            *out = f;
            return 0;
        }
    }
    struct shelf made = {.site = site, .region = region, .service = service, .quote = quote};
    if (fill(s, &made, err))
        return -1;
    made.nearest = arena_alloc(s->arena, sizeof *made.nearest);
    struct shelf *v = arena_grow(s->arena, s->v, s->n, s->n + 1, sizeof *v);
    if (!v || !made.nearest)
        return err_nomem(err);
    s->v = v;
    v[s->n] = made;
    *out = &v[s->n++];
    return 0;
}

int shelf_nearest(const struct shelves *s, const struct shelf *shelf, const struct elsewhere **out, size_t *n,
                  struct err *err)
{
    struct nearest *near = shelf->nearest;
    if (!near->known && kept_elsewhere(s->kept, shelf->site, shelf->region, shelf->service, NULL, s->scenario->as_of,
                                       NEAREST, &near->v, &near->n, err))
        return -1;
    near->known = true;
    *out = near->v;
    *n = near->n;
    return 0;
}

bool shelf_counts_as_on_demand(const struct shelf *s, const struct offer *o)
{
    const struct unit_info *u = &unit_table[o->parts[0].unit];
    if (o->charge != CHARGE_PREPAID || o->term_months != 1 || u->time != PER_MONTH || u->base == BASE_ITEM)
        return false;
    /* neighbours share the SKU: the shelf is sorted by it */
    const struct offer *end = s->offers.v + s->offers.n;
    for (const struct offer *n = o; n < end && !strcmp(n->sku, o->sku); n++)
        if (n->charge == CHARGE_ON_DEMAND)
            return false;
    for (const struct offer *n = o; n > s->offers.v && !strcmp(n[-1].sku, o->sku); n--)
        if (n[-1].charge == CHARGE_ON_DEMAND)
            return false;
    return true;
}
