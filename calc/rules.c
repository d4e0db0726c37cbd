/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking things up in the rule tables. The tables are small (some hundred rows), so every lookup
 * walks them; a table may be hand-made and unsorted.
 */
#include "calc/rules.h"

#include "calc/err.h"
#include "calc/words.h"

#include <string.h>

const struct site *rules_site(const struct rules *r, const char *id)
{
    for (size_t i = 0; i < r->nsites; i++)
        if (!strcmp(r->sites[i].id, id))
            return &r->sites[i];
    return NULL;
}

const struct region *rules_region(const struct rules *r, const char *site, const char *region)
{
    for (size_t i = 0; i < r->nregions; i++)
        if (!strcmp(r->regions[i].site, site) && !strcmp(r->regions[i].id, region))
            return &r->regions[i];
    return NULL;
}

const struct currency *rules_currency(const struct rules *r, const char *code)
{
    for (size_t i = 0; i < r->ncurrencies; i++)
        if (!strcmp(r->currencies[i].code, code))
            return &r->currencies[i];
    return NULL;
}

const struct source *rules_source(const struct rules *r, const char *id)
{
    for (size_t i = 0; i < r->nsources; i++)
        if (!strcmp(r->sources[i].id, id))
            return &r->sources[i];
    return NULL;
}

static const char *english(const struct rules *r, const char *name)
{
    for (size_t i = 0; i < r->ncities; i++)
        if (words_same(r->cities[i].en, name) || !strcmp(r->cities[i].zh, name))
            return r->cities[i].en;
    return name; /* a pack may hold a city that the table does not */
}

const char *rules_city(const struct rules *r, const char *name)
{
    const char *en = english(r, name);

    for (size_t i = 0; i < r->nregions; i++)
        if (words_same(r->regions[i].city, en))
            return r->regions[i].city;
    return NULL;
}

/* What a tax is asked for. */
struct tax_question {
    const char *country, *status, *station, *provider, *invoice;
    struct month month;
};

static bool any(const char *rule)
{
    return !strcmp(rule, "*");
}

static bool fits(const char *rule, const char *asked)
{
    return any(rule) || !strcmp(rule, asked);
}

static bool in_force(const struct tax_row *t, struct month m)
{
    if (date_is(t->effective_from) && date_month(t->effective_from).n > m.n)
        return false;
    return !date_is(t->effective_to) || date_cmp(month_first_day(m), t->effective_to) < 0;
}

static bool applies(const struct tax_row *t, const struct tax_question *q)
{
    return fits(t->buyer_country, q->country) && fits(t->provider, q->provider) && fits(t->buyer_status, q->status) &&
           fits(t->station, q->station) && (*t->invoice == '\0' || !strcmp(t->invoice, q->invoice)) &&
           in_force(t, q->month);
}

/* Above 0 when a is the more specific row: country, provider, status, invoice, in that order; among
 * equals the one in force later. */
static int more_specific(const struct tax_row *a, const struct tax_row *b)
{
    const bool named[][2] = {
        {!any(a->buyer_country), !any(b->buyer_country)},
        {!any(a->provider), !any(b->provider)},
        {!any(a->buyer_status), !any(b->buyer_status)},
        {*a->invoice != '\0', *b->invoice != '\0'},
        {!any(a->station), !any(b->station)},
    };

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i][0] != named[i][1])
            return named[i][0] ? 1 : -1;
    return date_cmp(a->effective_from, b->effective_from); /* no date sorts before every date */
}

int rules_tax(const struct rules *r, const char *country, const char *status, const char *station, const char *provider,
              const char *invoice, struct month month, const struct tax_row **out, struct err *err)
{
    const struct tax_question q = {country, status, station, provider, invoice, month};
    const struct tax_row *best = NULL, *rival = NULL;

    for (size_t i = 0; i < r->ntaxes; i++) {
        const struct tax_row *t = &r->taxes[i];
        if (!applies(t, &q))
            continue;
        int order = best == NULL ? 1 : more_specific(t, best);
        if (order == 0)
            rival = t;
        if (order > 0) {
            best = t;
            rival = NULL;
        }
    }
    if (rival != NULL)
        return err_set(err, ERR_USAGE,
                       "rows %d and %d of tax.csv are of equal rank for buyer country '%s', status '%s', station '%s', "
                       "provider '%s', invoice '%s'",
                       best->row, rival->row, country, status, station, provider, invoice);
    *out = best;
    return 0;
}

const struct fee_row *rules_fee(const struct rules *r, const char *method, const char *payer, const char *payee)
{
    const struct fee_row *best = NULL;
    int best_rank = -1;

    for (size_t i = 0; i < r->nfees; i++) {
        const struct fee_row *f = &r->fees[i];
        if (strcmp(f->method, method) != 0 || !fits(f->payer_country, payer) || !fits(f->payee_country, payee))
            continue;
        int rank = (any(f->payer_country) ? 0 : 2) + (any(f->payee_country) ? 0 : 1);
        if (rank > best_rank) {
            best = f;
            best_rank = rank;
        }
    }
    return best;
}
