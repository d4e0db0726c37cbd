/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Short lists, searched from the front: a run asks about a few dozen places.
 */
#include "calc/kept.h"

#include <string.h>

/* What was asked: texts that do not matter are "". */
struct asked {
    const char *site, *place, *service, *what;
    unsigned mask;
    struct date day;
};

struct kept_offers {
    struct asked asked;
    struct offer_list list;
};
struct kept_names {
    struct asked asked; /* mask 1: the classes themselves, `what` is "" */
    const char *const *v;
    size_t n;
};
struct kept_rate {
    struct asked asked; /* site: the source; what: the currency */
    struct published_rate rate;
    bool found;
};
struct kept_elsewhere {
    struct asked asked; /* mask: the limit */
    const struct elsewhere *v;
    size_t n;
    bool any; /* no SKU was named */
};

static bool same(const struct asked *a, const struct asked *b)
{
    return a->mask == b->mask && date_cmp(a->day, b->day) == 0 && !strcmp(a->site, b->site) &&
           !strcmp(a->place, b->place) && !strcmp(a->service, b->service) && !strcmp(a->what, b->what);
}

/* The question in the memory of what is kept: the caller's texts may be gone by the next one. */
static bool own(struct kept *k, struct asked *a)
{
    a->site = arena_strdup(k->arena, a->site);
    a->place = arena_strdup(k->arena, a->place);
    a->service = arena_strdup(k->arena, a->service);
    a->what = arena_strdup(k->arena, a->what);
    return a->site && a->place && a->service && a->what;
}

/* Room for one more at the end of a list; NULL when there is no memory. */
static void *room(struct kept *k, const void *list, size_t n, size_t size)
{
    return arena_grow(k->arena, list, n, n + 1, size);
}

int kept_offers(struct kept *k, const char *site, const char *region, const char *service, unsigned charges,
                struct date as_of, struct offer_list *out, struct err *err)
{
    struct kept_offers made = {.asked = {site, region, service, "", charges, as_of}};
    for (size_t i = 0; i < k->noffers; i++)
        if (same(&k->offers[i].asked, &made.asked)) {
            *out = k->offers[i].list;
            return 0;
        }
    if (catalogue_offers(k->catalogue, k->arena, k->rules, site, region, service, charges, as_of, &made.list, err))
        return -1;
    struct kept_offers *v = room(k, k->offers, k->noffers, sizeof *v);
    if (!v || !own(k, &made.asked))
        return err_nomem(err);
    v[k->noffers++] = made;
    k->offers = v;
    *out = made.list;
    return 0;
}

/* The kept answer to a question about names, NULL when there is none yet. */
static const struct kept_names *names_of(const struct kept *k, const struct asked *a)
{
    for (size_t i = 0; i < k->nnames; i++)
        if (same(&k->names[i].asked, a))
            return &k->names[i];
    return NULL;
}

static int keep_names(struct kept *k, struct kept_names *made, struct err *err)
{
    struct kept_names *v = room(k, k->names, k->nnames, sizeof *v);
    if (!v || !own(k, &made->asked))
        return err_nomem(err);
    v[k->nnames++] = *made;
    k->names = v;
    return 0;
}

int kept_class(struct kept *k, const char *site, const char *service, const char *class_, const char *const **skus,
               size_t *n, struct err *err)
{
    struct kept_names made = {.asked = {site, "", service, class_, 0, DATE_NONE}};
    const struct kept_names *known = names_of(k, &made.asked);
    if (!known) {
        if (catalogue_class(k->catalogue, k->arena, site, service, class_, &made.v, &made.n, err) ||
            keep_names(k, &made, err))
            return -1;
        known = &made;
    }
    *skus = known->v;
    *n = known->n;
    return 0;
}

int kept_classes(struct kept *k, const char *site, const char *service, const char *const **classes, size_t *n,
                 struct err *err)
{
    struct kept_names made = {.asked = {site, "", service, "", 1, DATE_NONE}};
    const struct kept_names *known = names_of(k, &made.asked);
    if (!known) {
        if (catalogue_classes(k->catalogue, k->arena, site, service, &made.v, &made.n, err) ||
            keep_names(k, &made, err))
            return -1;
        known = &made;
    }
    *classes = known->v;
    *n = known->n;
    return 0;
}

int kept_rate(struct kept *k, const char *source, const char *currency, struct date on, struct published_rate *out,
              bool *found, struct err *err)
{
    struct kept_rate made = {.asked = {source, "", "", currency, 0, on}};
    for (size_t i = 0; i < k->nrates; i++)
        if (same(&k->rates[i].asked, &made.asked)) {
            *found = k->rates[i].found;
            if (*found)
                *out = k->rates[i].rate;
            return 0;
        }
    if (catalogue_rate(k->catalogue, source, currency, on, &made.rate, &made.found, err))
        return -1;
    struct kept_rate *v = room(k, k->rates, k->nrates, sizeof *v);
    if (!v || !own(k, &made.asked))
        return err_nomem(err);
    v[k->nrates++] = made;
    k->rates = v;
    *found = made.found;
    if (made.found)
        *out = made.rate;
    return 0;
}

int kept_elsewhere(struct kept *k, const char *site, const char *region, const char *service, const char *sku,
                   struct date as_of, size_t limit, const struct elsewhere **out, size_t *n, struct err *err)
{
    struct kept_elsewhere made = {.asked = {site, region, service, sku ? sku : "", (unsigned)limit, as_of},
                                  .any = sku == NULL};
    for (size_t i = 0; i < k->nelsewhere; i++)
        if (k->elsewhere[i].any == made.any && same(&k->elsewhere[i].asked, &made.asked)) {
            *out = k->elsewhere[i].v;
            *n = k->elsewhere[i].n;
            return 0;
        }
    struct elsewhere *found;
    if (catalogue_elsewhere(k->catalogue, k->arena, site, region, service, sku, as_of, limit, &found, &made.n, err))
        return -1;
    made.v = found;
    struct kept_elsewhere *v = room(k, k->elsewhere, k->nelsewhere, sizeof *v);
    if (!v || !own(k, &made.asked))
        return err_nomem(err);
    v[k->nelsewhere++] = made;
    k->elsewhere = v;
    *out = made.v;
    *n = made.n;
    return 0;
}

int kept_snapshots(struct kept *k, const struct snapshot **out, size_t *n, struct err *err)
{
    if (!k->has_snapshots && catalogue_snapshots(k->catalogue, k->arena, &k->snapshots, &k->nsnapshots, err))
        return -1;
    k->has_snapshots = true;
    *out = k->snapshots;
    *n = k->nsnapshots;
    return 0;
}
