/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/risk_variant.h"

#include <string.h>

struct change {
    const struct rules *rules;
    const struct uncertain *const *u;
    const dec_t *x;
    size_t n;
};

static const dec_t *number_of(const struct change *c, const struct uncertain *u)
{
    for (size_t i = 0; u && i < c->n; i++)
        if (c->u[i] == u)
            return &c->x[i];
    return NULL;
}

static void set(const struct change *c, struct value *v)
{
    const dec_t *x = number_of(c, v->uncertain);
    if (x)
        v->fixed = *x;
}

static void set_resource(const struct change *c, struct resource *r)
{
    set(c, &r->count);
    set(c, &r->growth.rate);
    set(c, &r->vat_rate);
    set(c, &r->vcpu);
    set(c, &r->memory);
    set(c, &r->gpu);
    set(c, &r->hours);
    set(c, &r->size);
}

static void set_buyer(const struct change *c, struct buyer *b)
{
    set(c, &b->taxable_use);
    set(c, &b->wht);
    set(c, &b->tax_rate);
    set(c, &b->surcharge);
}

static void set_payment(const struct change *c, struct payment *p)
{
    set(c, &p->fee);
    set(c, &p->settlement_rate);
}

static void set_cost(const struct change *c, struct cost *cost)
{
    const dec_t *x = number_of(c, cost->uncertain);
    set(c, &cost->vat_rate);
    if (x)
        cost->amount.value = dec_round(*x, rules_currency(c->rules, cost->amount.currency)->minor_units, DEC_HALF_UP);
}

/* A copy of a list, to be changed. */
static void *copied(struct arena *a, const void *list, size_t n, size_t size)
{
    void *copy = arena_array(a, n + 1, size);
    if (copy && n > 0)
        memcpy(copy, list, n * size);
    return copy;
}

int risk_variant(const struct scenario *base, const struct rules *rules, const struct uncertain *const *u,
                 const dec_t *x, size_t n, struct arena *a, struct scenario *out, struct err *err)
{
    const struct change c = {rules, u, x, n};
    struct scenario s = *base;
    struct resource *resources = copied(a, s.resources, s.nresources, sizeof *resources);
    struct buyer *buyers = copied(a, s.buyers, s.nbuyers, sizeof *buyers);
    struct payment *payments = copied(a, s.payments, s.npayments, sizeof *payments);
    struct discount *discounts = copied(a, s.discounts, s.ndiscounts, sizeof *discounts);
    struct cost *costs = copied(a, s.costs, s.ncosts, sizeof *costs);
    if (!resources || !buyers || !payments || !discounts || !costs)
        return err_nomem(err);
    for (size_t i = 0; i < s.nresources; i++)
        set_resource(&c, &resources[i]);
    for (size_t i = 0; i < s.nbuyers; i++)
        set_buyer(&c, &buyers[i]);
    for (size_t i = 0; i < s.npayments; i++)
        set_payment(&c, &payments[i]);
    for (size_t i = 0; i < s.ndiscounts; i++)
        set(&c, &discounts[i].rate);
    for (size_t i = 0; i < s.ncosts; i++)
        set_cost(&c, &costs[i]);
    set(&c, &s.hours);
    set(&c, &s.fx_spread);
    set(&c, &s.discount_rate);
    s.resources = resources;
    s.buyers = buyers;
    s.payments = payments;
    s.discounts = discounts;
    s.costs = costs;
    *out = s;
    return 0;
}
