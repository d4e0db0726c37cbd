/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Smaller questions to the catalogue: what is in it, which SKUs make a class, what else is sold.
 */
#include "calc/catalogue_store.h"

#include "calc/words.h"

#include <stdlib.h>
#include <string.h>

struct question {
    struct arena *arena;
    const char *site, *region, *service, *class_, *sku;
    struct date as_of;
    size_t limit;
    void *out; /* the array found */
    size_t n;
};

/* ---- snapshots ---- */

static int copy_text(struct arena *a, const char *text, const char **out, struct err *err)
{
    *out = *text != '\0' ? arena_strdup(a, text) : "";
    return *out != NULL ? 0 : err_nomem(err);
}

static int read_snapshots(struct catalogue *c, void *ctx, struct err *err)
{
    struct question *q = ctx;

    if (memory_load(c, err) != 0)
        return -1;
    struct snapshot *v = arena_array(q->arena, c->memory.nsnapshots, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < c->memory.nsnapshots; i++) {
        const struct snapshot *s = &c->memory.snapshots[i].s;
        v[i].rows = s->rows;
        if (copy_text(q->arena, s->id, &v[i].id, err) != 0 || copy_text(q->arena, s->origin, &v[i].origin, err) != 0 ||
            copy_text(q->arena, s->sha256, &v[i].sha256, err) != 0)
            return -1;
    }
    q->out = v;
    q->n = c->memory.nsnapshots;
    return 0;
}

int catalogue_snapshots(struct catalogue *c, struct arena *a, const struct snapshot **out, size_t *n, struct err *err)
{
    struct question q = {.arena = a};

    if (catalogue_retry(c, read_snapshots, &q, err) != 0)
        return -1;
    *out = q.out;
    *n = q.n;
    return 0;
}

/* ---- holdings ---- */

static int read_holdings(struct catalogue *c, void *ctx, struct err *err)
{
    struct question *q = ctx;

    if (memory_load(c, err) != 0)
        return -1;
    struct holding *v = arena_array(q->arena, c->memory.nplaces, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < c->memory.nplaces; i++) {
        const struct place *p = &c->memory.places[i];
        v[i] = (struct holding){.offers = p->ladders, .oldest = p->oldest, .newest = p->newest};
        if (copy_text(q->arena, p->site, &v[i].site, err) != 0 ||
            copy_text(q->arena, p->region, &v[i].region, err) != 0 ||
            copy_text(q->arena, p->service, &v[i].service, err) != 0)
            return -1;
    }
    q->out = v;
    q->n = c->memory.nplaces;
    return 0;
}

int catalogue_holdings(struct catalogue *c, struct arena *a, const struct holding **out, size_t *n, struct err *err)
{
    struct question q = {.arena = a};

    if (catalogue_retry(c, read_holdings, &q, err) != 0)
        return -1;
    *out = q.out;
    *n = q.n;
    return 0;
}

/* ---- days ---- */

static int read_days(struct catalogue *c, void *ctx, struct err *err)
{
    struct question *ask = ctx;
    struct date *v = NULL;
    size_t cap = 0;
    struct query q;
    int rc;

    ask->n = 0;
    if (memory_load(c, err) != 0)
        return -1;
    const struct place *place = memory_place(&c->memory, ask->site, ask->region, ask->service);
    if (place == NULL)
        return 0;
    if (query_open(&q, &c->store, "SELECT DISTINCT valid_from FROM price WHERE place = ? ORDER BY valid_from DESC",
                   err) != 0)
        return -1;
    query_int(&q, place->id);
    while ((rc = query_next(&q, err)) == 1) {
        if (ask->n == cap) {
            cap = cap == 0 ? 32 : cap * 2;
            v = arena_grow(ask->arena, v, ask->n, cap, sizeof *v);
        }
        if (v == NULL) {
            rc = err_nomem(err);
            break;
        }
        v[ask->n++] = (struct date){(int32_t)query_get_int(&q, 0)};
    }
    query_close(&q);
    ask->out = v;
    return rc;
}

int catalogue_days(struct catalogue *c, struct arena *a, const char *site, const char *region, const char *service,
                   const struct date **out, size_t *n, struct err *err)
{
    struct question q = {.arena = a, .site = site, .region = region, .service = service};

    if (catalogue_retry(c, read_days, &q, err) != 0)
        return -1;
    *out = q.out;
    *n = q.n;
    return 0;
}

/* ---- classes ---- */

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once. */
static size_t unique(const char **v, size_t n)
{
    size_t kept = 0;

    if (n > 1)
        qsort(v, n, sizeof *v, text_order);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(v[kept - 1], v[i]) != 0)
            v[kept++] = v[i];
    return kept;
}

static bool asked_for(const struct question *q, const struct pack_class *v)
{
    return (q->site == NULL || !strcmp(v->site, q->site)) && !strcmp(v->service, q->service) &&
           (q->class_ == NULL || !strcmp(v->class_, q->class_));
}

/* The SKUs of a class, or (class NULL) the classes; site NULL is any. */
static int read_classes(struct catalogue *c, void *ctx, struct err *err)
{
    struct question *q = ctx;
    const void *rows;
    size_t n, kept = 0, room = 0;

    if (memory_table(c, &class_type, &rows, &n, err) != 0)
        return -1;
    const struct pack_class *v = rows;
    for (size_t i = 0; i < n; i++)
        room += asked_for(q, &v[i]);
    const char **list = arena_array(q->arena, room, sizeof *list);
    if (list == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (asked_for(q, &v[i]) &&
            copy_text(q->arena, q->class_ != NULL ? v[i].sku : v[i].class_, &list[kept++], err) != 0)
            return -1;
    q->out = list;
    q->n = unique(list, kept);
    return 0;
}

int catalogue_class(struct catalogue *c, struct arena *a, const char *site, const char *service, const char *class_,
                    const char *const **skus, size_t *n, struct err *err)
{
    struct question q = {.arena = a, .site = site, .service = service, .class_ = class_};

    if (catalogue_retry(c, read_classes, &q, err) != 0)
        return -1;
    *skus = q.out;
    *n = q.n;
    return 0;
}

int catalogue_classes(struct catalogue *c, struct arena *a, const char *site, const char *service,
                      const char *const **classes, size_t *n, struct err *err)
{
    return catalogue_class(c, a, site, service, NULL, classes, n, err);
}

/* ---- elsewhere ---- */

static const struct sku_row *named(const struct sku_group *g, const char *name)
{
    for (size_t i = 0; i < g->n; i++)
        if (!strcmp(g->v[i].name, name))
            return &g->v[i];
    return NULL;
}

/* The SKU of that name, or the one spelled most like it; NULL when none is near. */
static int nearest(const struct sku_group *g, const char *name, const struct sku_row **out, struct err *err)
{
    const char **names;

    *out = named(g, name);
    if (*out != NULL)
        return 0;
    names = calloc(g->n + 1, sizeof *names);
    if (names == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < g->n; i++)
        names[i] = g->v[i].name;
    const char *near = words_near(name, names, g->n);
    *out = near != NULL ? named(g, near) : NULL;
    free(names);
    return 0;
}

struct hunt {
    struct catalogue *c;
    const struct question *ask;
    const struct sku_group *skus;
    const struct sku_row *sku; /* NULL: any */
    struct query q;
    struct elsewhere *v;
    size_t n;
};

static bool seen(const struct hunt *h, const struct elsewhere *e)
{
    for (size_t i = 0; i < h->n; i++) {
        const struct elsewhere *x = &h->v[i];
        if (!strcmp(x->region, e->region) && x->charge == e->charge && x->term_months == e->term_months &&
            (h->sku == NULL || !strcmp(x->os, e->os)))
            return true;
    }
    return false;
}

static int take(struct hunt *h, const struct place *place, int charge, struct err *err)
{
    struct arena *a = h->ask->arena;
    int64_t sku = query_get_int(&h->q, 0), terms = query_get_int(&h->q, 1);

    if (sku < 1 || (size_t)sku >= h->skus->nids || h->skus->by_id[sku] == NULL || terms < 1 ||
        (size_t)terms >= h->c->memory.nterms)
        return store_damage(&h->c->store, "a price of no SKU", err);
    const struct terms *t = &h->c->memory.terms[terms];
    struct elsewhere e = {
        .region = place->region, .os = t->os, .charge = (enum charge_kind)charge, .term_months = t->term_months};
    if (seen(h, &e))
        return 0;
    if (copy_text(a, h->skus->by_id[sku]->name, &e.sku, err) != 0 || copy_text(a, place->region, &e.region, err) != 0 ||
        copy_text(a, t->os, &e.os, err) != 0)
        return -1;
    h->v[h->n++] = e;
    return 0;
}

/* One SKU may have many terms; of any SKU the first tells enough. */
enum { TERMS_LOOKED_AT = 12 };

static int hunt_charge(struct hunt *h, const struct place *place, int charge, struct err *err)
{
    int rc = 1;

    query_int(&h->q, place->id);
    query_int(&h->q, charge);
    query_int(&h->q, h->ask->as_of.day);
    query_int(&h->q, h->sku != NULL ? h->sku->id : 0);
    query_int(&h->q, h->sku != NULL ? h->sku->id : INT32_MAX);
    query_int(&h->q, h->sku != NULL ? TERMS_LOOKED_AT : 1);
    while (h->n < h->ask->limit && (rc = query_next(&h->q, err)) == 1)
        if (take(h, place, charge, err) != 0) {
            rc = -1;
            break;
        }
    if (rc == 1)
        query_reset(&h->q);
    return rc < 0 ? -1 : 0;
}

static int hunt_place(struct hunt *h, const struct place *p, struct err *err)
{
    for (int charge = 0; charge < CHARGE_BEST && h->n < h->ask->limit; charge++)
        if ((p->charges & 1u << charge) && hunt_charge(h, p, charge, err) != 0)
            return -1;
    return 0;
}

/* First where it was asked for (with another charge), then in the other regions. */
static int hunt_all(struct hunt *h, struct err *err)
{
    const struct memory *m = &h->c->memory;
    const struct place *here = memory_place(m, h->ask->site, h->ask->region, h->ask->service);

    if (here != NULL && hunt_place(h, here, err) != 0)
        return -1;
    for (size_t i = 0; i < m->nplaces && h->n < h->ask->limit; i++) {
        const struct place *p = &m->places[i];
        if (p != here && !strcmp(p->site, h->ask->site) && !strcmp(p->service, h->ask->service) &&
            hunt_place(h, p, err) != 0)
            return -1;
    }
    return 0;
}

/* The provider of the site asked about, in the question's arena; "" for an unknown site. */
static const char *provider_of(struct catalogue *c, const struct question *ask, struct err *err)
{
    const void *rows;
    size_t n;

    if (memory_table(c, rule_types[RULES_SITES], &rows, &n, err) != 0)
        return NULL;
    const struct site *v = rows;
    const char *provider = "";
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i].id, ask->site))
            provider = arena_strdup(ask->arena, v[i].provider);
    if (provider == NULL)
        err_nomem(err);
    return provider;
}

static int read_elsewhere(struct catalogue *c, void *ctx, struct err *err)
{
    struct question *ask = ctx;
    struct hunt h = {.c = c, .ask = ask};

    ask->n = 0;
    if (memory_load(c, err) != 0)
        return -1;
    const char *provider = provider_of(c, ask, err);
    if (provider == NULL || memory_skus(c, provider, ask->service, &h.skus, err) != 0 ||
        (ask->sku != NULL && nearest(h.skus, ask->sku, &h.sku, err) != 0))
        return -1;
    if (ask->sku != NULL && h.sku == NULL)
        return 0;
    h.v = arena_array(ask->arena, ask->limit, sizeof *h.v);
    if (h.v == NULL)
        return err_nomem(err);
    /* Of a place and charge, bucket by bucket, so that the rows of a SKU are found by the key. */
    int rc = query_again(&h.q, &c->store,
                         "SELECT price.sku, price.terms FROM bucket JOIN price ON price.place = bucket.place "
                         "AND price.charge = bucket.charge AND price.valid_to = bucket.valid_to "
                         "WHERE bucket.place = ?1 AND bucket.charge = ?2 AND bucket.valid_to > ?3 "
                         "AND price.sku BETWEEN ?4 AND ?5 AND price.valid_from <= ?3 LIMIT ?6",
                         err);
    if (rc == 0)
        rc = hunt_all(&h, err);
    query_close(&h.q);
    ask->out = h.v;
    ask->n = h.n;
    return rc;
}

int catalogue_elsewhere(struct catalogue *c, struct arena *a, const char *site, const char *region, const char *service,
                        const char *sku, struct date as_of, size_t limit, struct elsewhere **out, size_t *n,
                        struct err *err)
{
    struct question q = {
        .arena = a, .site = site, .region = region, .service = service, .sku = sku, .as_of = as_of, .limit = limit};

    if (catalogue_retry(c, read_elsewhere, &q, err) != 0)
        return -1;
    *out = q.out;
    *n = q.n;
    return 0;
}
