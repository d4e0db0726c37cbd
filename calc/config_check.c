/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What only several keys together can get wrong. Each check names the line at fault and what
 * would be right.
 */
#include "calc/config_read.h"
#include "calc/value.h"
#include "calc/who.h"
#include "fetchers/fetcher.h"

#include <string.h>

/* Puts the place of a key (or of its section) before *err; returns -1. */
static int blame(const struct reading *r, const struct head *h, const char *key, struct err *err)
{
    return config_blame(r->config, reading_line(h, key), err);
}

int check_project(const struct reading *r, struct err *err)
{
    static const char last[] = "2999-12"; /* the calendar's end: see date.h */
    const struct head *h = reading_find(r, SECTION_PROJECT, "");
    struct month end;
    if (!month_parse(last, sizeof last - 1, &end) || r->s->start.n + r->s->months - 1 > end.n) {
        err_set(err, ERR_USAGE, "months: %d of them run past %s", r->s->months, last);
        return blame(r, h, "months", err);
    }
    return 0;
}

int check_buyer(const struct reading *r, const struct head *h, const struct buyer *b, struct err *err)
{
    bool mainland = who_is_mainland(b);
    bool of_mainland = strcmp(b->vat, "general") == 0 || strcmp(b->vat, "small-scale") == 0;
    if (mainland != of_mainland) {
        err_set(err, ERR_USAGE, "vat: '%s' does not go with country %s (%s)", b->vat, b->country,
                mainland ? "general, small-scale" : "registered, unregistered");
        return blame(r, h, "vat", err);
    }
    if (b->taxes_borne_by == BORNE_BY_BUYER && dec_cmp(b->wht.fixed, DEC_ONE) == 0) {
        err_set(err, ERR_USAGE, "wht: 100%% leaves the seller nothing (give less, or taxes_borne_by = supplier)");
        return blame(r, h, "wht", err);
    }
    return 0;
}

/* The section that names the method of a site. */
static const struct head *method_head(const struct reading *r, const char *site)
{
    const struct head *own = reading_find(r, SECTION_PAYMENT, site);
    return own && reading_text(own, "method") ? own : reading_find(r, SECTION_PAYMENT, "");
}

static int check_fee(const struct reading *r, const char *site, struct err *err)
{
    struct payment p = scenario_paying(r->s, site);
    bool needs_fee = strcmp(p.method, "card") == 0 || strcmp(p.method, "paypal") == 0;
    if (!needs_fee || p.fee.kind != VALUE_NONE)
        return 0;
    err_set(err, ERR_USAGE, "method: '%s' at %s has no published fee (give fee, such as fee = 2%%)", p.method, site);
    return blame(r, method_head(r, site), "method", err);
}

/* A general settlement has one rate, so the sites it reaches (the compared ones, and `also` unless NULL) must list in one currency. */
static int check_reach(const struct reading *r, const struct payment *p, const char *also, struct err *err)
{
    const struct site *first = NULL;
    for (size_t i = 0; i < r->s->nsites + (also != NULL); i++) {
        const char *id = i < r->s->nsites ? r->s->sites[i].site : also;
        const struct payment *own = scenario_payment(r->s, id);
        const struct site *site = rules_site(r->rules, id);
        if (own && own->settlement[0])
            continue;
        if (!first)
            first = site;
        if (strcmp(site->list_currency, first->list_currency) != 0) {
            err_set(err, ERR_USAGE, "settlement: %s lists in %s and %s in %s (give it in [payment SITE])", first->id,
                    first->list_currency, site->id, site->list_currency);
            return blame(r, reading_find(r, SECTION_PAYMENT, p->site), "settlement", err);
        }
    }
    return 0;
}

static int check_settlement(const struct reading *r, const struct payment *p, struct err *err)
{
    bool currency = p->settlement[0], rate = p->settlement_rate.kind != VALUE_NONE;
    if (currency && rate && !p->site[0])
        return check_reach(r, p, NULL, err);
    if (currency == rate)
        return 0;
    err_set(err, ERR_USAGE, "%s lacks its %s", currency ? "settlement" : "settlement_rate",
            currency ? "settlement_rate (the site's rate, per price currency)" : "settlement (a currency)");
    return blame(r, reading_find(r, SECTION_PAYMENT, p->site), currency ? "settlement" : "settlement_rate", err);
}

int check_payments(const struct reading *r, struct err *err)
{
    const struct scenario *s = r->s;
    for (size_t i = 0; i < s->npayments; i++)
        if (check_settlement(r, &s->payments[i], err) != 0 ||
            (s->payments[i].site[0] && check_fee(r, s->payments[i].site, err) != 0))
            return -1;
    for (size_t i = 0; i < s->nsites; i++)
        if (check_fee(r, s->sites[i].site, err) != 0)
            return -1;
    return 0;
}

int check_payment_at(const struct reading *r, const char *site, struct err *err)
{
    const struct payment *p = scenario_payment(r->s, "");
    if (check_fee(r, site, err) != 0)
        return -1;
    return p && p->settlement[0] ? check_reach(r, p, site, err) : 0;
}

int check_places(const struct reading *r, struct err *err)
{
    if (r->s->city[0] || r->s->nregions > 0)
        return 0;
    err_set(err, ERR_USAGE, "no city and no region (give city or region.SITE in [compare])");
    return config_blame(r->config, 0, err);
}

/* The first compared site that the resource goes to and where it is not pinned; NULL when none. */
static const char *unpinned_site(const struct scenario *s, const struct resource *x)
{
    for (size_t i = 0; i < s->nsites; i++)
        if (sites_take(x->sites, x->nsites, s->sites[i].site, s->sites[i].buyer) && !resource_pin(x, s->sites[i].site))
            return s->sites[i].site;
    return NULL;
}

static int check_shape(const struct reading *r, const struct head *h, const struct resource *x, struct err *err)
{
    const char *site = unpinned_site(r->s, x);
    bool vcpu = x->vcpu.kind != VALUE_NONE, memory = x->memory.kind != VALUE_NONE;
    if (kind_table[x->kind].choose != CHOOSE_SHAPE || !site || (vcpu && memory))
        return 0;
    err_set(err, ERR_USAGE, "[%s] lacks %s (needed at %s, which has no sku.%s)", h->section->name,
            vcpu ? "memory" : "vcpu", site, site);
    return blame(r, h, "", err);
}

/* Load balancers and NAT gateways: some classes are billed by quantity, others by the piece. */
static int check_quantity(const struct reading *r, const struct head *h, const struct resource *x, struct err *err)
{
    bool by_units = strcmp(x->class_, "lcu") == 0, by_volume = strcmp(x->class_, "data") == 0;
    const char *text = reading_text(h, "quantity");
    if (x->kind != KIND_LOAD_BALANCER && x->kind != KIND_NAT)
        return 0;
    if (!text && (by_units || by_volume)) {
        err_set(err, ERR_USAGE, "[%s] lacks quantity (such as quantity = %s)", h->section->name,
                by_units ? "10" : "500 GB");
        return blame(r, h, "", err);
    }
    if (text && !by_units && !by_volume && x->npins == 0)
        err_set(err, ERR_USAGE, "quantity: class %s is billed by the piece (use count, or class %s)", x->class_,
                x->kind == KIND_NAT ? "data" : "lcu or data");
    else if (text && by_units && strpbrk(text, "BbMGTP"))
        err_set(err, ERR_USAGE, "quantity: '%.40s' has a unit (class lcu counts capacity units)", text);
    else
        return 0;
    return blame(r, h, "quantity", err);
}

static int check_profile(const struct reading *r, const struct head *h, const struct resource *x, struct err *err)
{
    const struct value *rate = &x->growth.rate;
    if (!x->profile || (!rate->uncertain && dec_sign(rate->fixed) == 0))
        return 0;
    err_set(err, ERR_USAGE, "growth: the count is a profile, which says what it is in each month (give one of them)");
    return blame(r, h, "growth", err);
}

int check_resource(const struct reading *r, const struct head *h, const struct resource *x, struct err *err)
{
    return check_shape(r, h, x, err) != 0 || check_quantity(r, h, x, err) != 0 || check_profile(r, h, x, err) != 0 ? -1
                                                                                                                   : 0;
}

/* Draws have to come out even: in pairs, in replicates. */
int check_risk(const struct reading *r, struct err *err)
{
    const struct risk *k = &r->s->risk;
    const struct draws d = {
        .method = k->method, .seed = (uint64_t)k->seed, .paths = (uint64_t)k->paths, .dimensions = 1};
    if (draws_check(&d, err) == 0)
        return 0;
    err_prefix(err, "paths");
    return blame(r, reading_find(r, SECTION_RISK, ""), "paths", err);
}

int check_cost(const struct reading *r, const struct head *h, const struct cost *c, struct err *err)
{
    if (c->month <= r->s->months)
        return 0;
    err_set(err, ERR_USAGE, "month: %d is past the last month (%d)", c->month, r->s->months);
    return blame(r, h, "month", err);
}

int check_source(const struct reading *r, const struct head *h, struct err *err)
{
    const char *known[64];
    size_t n = 0;
    if (fetcher_find(h->name))
        return 0;
    for (const struct fetcher *const *f = fetcher_table; *f && n < sizeof known / sizeof *known; f++)
        known[n++] = (*f)->name;
    value_unknown(err, "source", h->name, known, n);
    return blame(r, h, "", err);
}
