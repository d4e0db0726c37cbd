/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of resource kinds and the lookups of a scenario. Nothing here changes a scenario.
 */
#include "calc/scenario.h"

#include <string.h>

const struct kind_info kind_table[KIND_COUNT] = {
#define PUBLIC true
#define PRIVATE false
#define KIND(id, name, service, choose, time, faces, class_default)                                                    \
    [KIND_##id] = {name, service, CHOOSE_##choose, TIME_##time, faces, class_default},
#include "calc/kinds.def"
#undef KIND
};

const char *const charge_names[] = {
    [CHARGE_ON_DEMAND] = "on-demand",       [CHARGE_PREPAID] = "prepaid", [CHARGE_RESERVED] = "reserved",
    [CHARGE_SAVINGS_PLAN] = "savings-plan", [CHARGE_SPOT] = "spot",       [CHARGE_BEST] = "best",
};

void scenario_free(struct scenario *s)
{
    arena_free(&s->arena);
    *s = (struct scenario){0};
}

const struct buyer *scenario_buyer(const struct scenario *s, const char *name)
{
    for (size_t i = 0; i < s->nbuyers; i++)
        if (strcmp(s->buyers[i].name, name) == 0)
            return &s->buyers[i];
    return NULL;
}

const char *scenario_region(const struct scenario *s, const char *site)
{
    for (size_t i = 0; i < s->nregions; i++)
        if (strcmp(s->regions[i].site, site) == 0)
            return s->regions[i].region;
    return NULL;
}

const struct spend_contract *scenario_commit(const struct scenario *s, const char *site)
{
    for (size_t i = 0; i < s->ncommits; i++)
        if (strcmp(s->commits[i].site, site) == 0)
            return &s->commits[i];
    return NULL;
}

dec_t scenario_discount(const struct scenario *s, const char *site, int kind)
{
    const struct spend_contract *contract = scenario_commit(s, site); /* never beside another discount */
    dec_t found = contract ? contract->discount.fixed : DEC_ZERO;
    for (size_t i = 0; i < s->ndiscounts; i++) {
        const struct discount *d = &s->discounts[i];
        if (strcmp(d->site, site) != 0)
            continue;
        if (d->kind == kind)
            return d->rate.fixed;
        if (d->kind < 0)
            found = d->rate.fixed;
    }
    return found;
}

const struct payment *scenario_payment(const struct scenario *s, const char *site)
{
    for (size_t i = 0; i < s->npayments; i++)
        if (strcmp(s->payments[i].site, site) == 0)
            return &s->payments[i];
    return NULL;
}

/* Lays a site's own section over the general one. A fee goes with its method: a site that names a
 * method does not inherit the general fee. */
static void lay_over(struct payment *p, const struct payment *own)
{
    if (own->fee.kind != VALUE_NONE || own->method[0])
        p->fee = own->fee;
    if (own->method[0])
        p->method = own->method;
    if (own->settlement[0]) {
        p->settlement = own->settlement;
        p->settlement_rate = own->settlement_rate;
    }
    if (own->invoice_handling.currency[0])
        p->invoice_handling = own->invoice_handling;
    p->line = own->line;
}

struct payment scenario_paying(const struct scenario *s, const char *site)
{
    struct payment p = {.method = "", .settlement = ""};
    const struct payment *general = scenario_payment(s, ""), *own = scenario_payment(s, site);
    if (general)
        p = *general;
    if (own)
        lay_over(&p, own);
    p.site = site;
    return p;
}

const char *resource_pin(const struct resource *r, const char *site)
{
    for (size_t i = 0; i < r->npins; i++)
        if (strcmp(r->pins[i].site, site) == 0)
            return r->pins[i].sku;
    return NULL;
}

bool sites_take(const struct site_ref *list, size_t n, const char *site, const char *buyer)
{
    if (n == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].site, site) == 0 && (!list[i].buyer[0] || strcmp(list[i].buyer, buyer) == 0))
            return true;
    return false;
}
