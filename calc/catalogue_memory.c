/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbering of places, terms and SKUs, and the snapshots, read into memory: places, terms and
 * snapshots (some hundred rows) at once, SKUs a provider and service at a time.
 */
#include "calc/catalogue_store.h"

#include <stdlib.h>
#include <string.h>

/* ---- growing arrays of the arena ---- */

struct rows {
    struct arena *arena;
    size_t size, n, cap;
    char *v;
};

static void *rows_add(struct rows *r)
{
    if (r->n == r->cap) {
        size_t cap = r->cap == 0 ? 64 : r->cap * 2;
        char *wider = arena_grow(r->arena, r->v, r->n, cap, r->size);
        if (wider == NULL)
            return NULL;
        r->v = wider;
        r->cap = cap;
    }
    return r->v + r->size * r->n++;
}

/* Reads a table row by row into structs; checks seals and the tally. */
static int read_rows(struct store *s, const char *name, const char *sql, int columns, struct rows *rows,
                     int (*take)(struct query *q, void *row, struct arena *a, struct err *err), struct err *err)
{
    struct query q;
    uint64_t sum = 0;
    int rc;

    if (query_open(&q, s, sql, err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        if (query_check_seal(&q, columns, &sum, err) != 0) {
            rc = -1;
            break;
        }
        void *row = rows_add(rows);
        rc = row == NULL ? err_nomem(err) : take(&q, row, rows->arena, err);
        if (rc != 0)
            break;
    }
    query_close(&q);
    return rc != 0 ? rc : tally_check(s, name, (long)rows->n, sum, err);
}

static int text(struct query *q, int column, struct arena *a, const char **out, struct err *err)
{
    size_t len;
    const char *lent = query_get_text(q, column, &len);

    *out = len > 0 ? arena_strndup(a, lent, len) : "";
    return *out != NULL ? 0 : err_nomem(err);
}

static int take_place(struct query *q, void *row, struct arena *a, struct err *err)
{
    struct place *p = row;

    if (text(q, 0, a, &p->site, err) != 0 || text(q, 1, a, &p->region, err) != 0 ||
        text(q, 2, a, &p->service, err) != 0)
        return -1;
    p->id = (int)query_get_int(q, 3);
    p->ladders = (long)query_get_int(q, 4);
    p->oldest = (struct date){(int32_t)query_get_int(q, 5)};
    p->newest = (struct date){(int32_t)query_get_int(q, 6)};
    return 0;
}

static int take_terms(struct query *q, void *row, struct arena *a, struct err *err)
{
    struct terms *t = row;
    const char *basis = query_get_text(q, 4, NULL), *scope = query_get_text(q, 6, NULL);
    int unit = unit_find(query_get_text(q, 5, NULL));
    size_t len;

    t->id = (int)query_get_int(q, 0);
    t->term_months = (int)query_get_int(q, 3);
    t->basis = !strcmp(basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    t->scope = !strcmp(scope, "month") ? SCOPE_MONTH : !strcmp(scope, "life") ? SCOPE_LIFE : SCOPE_ITEM;
    query_get_text(q, 7, &len);
    if (unit < 0 || len != CURRENCY_TEXT - 1)
        return store_damage(q->store, "an unknown unit or currency", err);
    t->unit = (enum unit)unit;
    const char *rate = query_get_text(q, 8, &len);
    t->has_tax_rate = len > 0;
    if (t->has_tax_rate && dec_parse(rate, len, &t->tax_rate, err) != 0)
        return -1;
    return text(q, 1, a, &t->os, err) != 0 || text(q, 2, a, &t->offering, err) != 0 ||
                   text(q, 7, a, &t->currency, err) != 0 || text(q, 9, a, &t->source, err) != 0
               ? -1
               : 0;
}

static int take_snapshot(struct query *q, void *row, struct arena *a, struct err *err)
{
    struct snapshot_row *s = row;

    s->id = (int)query_get_int(q, 0);
    s->s.rows = (long)query_get_int(q, 4);
    return text(q, 1, a, &s->s.id, err) != 0 || text(q, 2, a, &s->s.origin, err) != 0 ||
                   text(q, 3, a, &s->s.sha256, err) != 0
               ? -1
               : 0;
}

/* Terms are numbered from 1 without gaps, so a number finds them at once. */
static int index_terms(struct store *s, struct memory *m, const struct rows *r, struct err *err)
{
    const struct terms *v = (const void *)r->v;
    struct terms *by_id = arena_array(&m->arena, r->n + 1, sizeof *by_id);

    if (by_id == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < r->n; i++) {
        if (v[i].id != (int)i + 1)
            return store_damage(s, "a number is missing", err);
        by_id[i + 1] = v[i];
    }
    m->terms = by_id;
    m->nterms = r->n + 1;
    return 0;
}

int memory_read(struct store *s, struct memory *m, struct err *err)
{
    struct rows places = {.arena = &m->arena, .size = sizeof(struct place)};
    struct rows terms = {.arena = &m->arena, .size = sizeof(struct terms)};
    struct rows snapshots = {.arena = &m->arena, .size = sizeof(struct snapshot_row)};

    if (read_rows(s, "place",
                  "SELECT site, region, service, id, ladders, oldest, newest, seal FROM place "
                  "ORDER BY site, region, service",
                  8, &places, take_place, err) != 0 ||
        read_rows(
            s, "terms",
            "SELECT id, os, offering, term_months, basis, unit, scope, currency, tax_rate, source, seal FROM terms "
            "ORDER BY id",
            11, &terms, take_terms, err) != 0 ||
        read_rows(s, "snapshot", "SELECT id, name, origin, sha256, rows, seal FROM snapshot ORDER BY id", 6, &snapshots,
                  take_snapshot, err) != 0 ||
        index_terms(s, m, &terms, err) != 0)
        return -1;
    m->places = (const void *)places.v;
    m->nplaces = places.n;
    m->snapshots = (const void *)snapshots.v;
    m->nsnapshots = snapshots.n;
    m->ready = true;
    return 0;
}

int memory_load(struct catalogue *c, struct err *err)
{
    return c->memory.ready ? 0 : memory_read(&c->store, &c->memory, err);
}

void memory_free(struct memory *m)
{
    arena_free(&m->arena);
    *m = (struct memory){.ready = false};
}

static int place_order(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;
    int order = strcmp(a->site, b->site);

    if (order == 0)
        order = strcmp(a->region, b->region);
    return order != 0 ? order : strcmp(a->service, b->service);
}

const struct place *memory_place(const struct memory *m, const char *site, const char *region, const char *service)
{
    const struct place key = {.site = site, .region = region, .service = service};

    return m->nplaces > 0 ? bsearch(&key, m->places, m->nplaces, sizeof key, place_order) : NULL;
}

/* ---- SKUs ---- */

/* The text of a shape, as catalogue_put.c writes it, back into the row of shapes.csv it came from. */
static int read_shape(struct store *s, char *packed, struct shape *out, struct err *err)
{
    char *cells[SHAPE_CELLS] = {packed};
    size_t n = 1;

    for (char *at = packed; *at != '\0'; at++)
        if (*at == SHAPE_SEPARATOR && n < SHAPE_CELLS) {
            *at = '\0';
            cells[n++] = at + 1;
        }
    if (n != SHAPE_CELLS)
        return store_damage(s, "a shape does not read", err);
    const struct pack_shape row = {
        .vcpu = cells[0],
        .memory = cells[1],
        .size = cells[2],
        .gpu = cells[3],
        .arch = cells[4],
        .burstable = !strcmp(cells[5], "yes"),
        .sold = cells[6],
        .class_ = cells[7],
        .family = cells[8],
    };
    return pack_shape_of(&row, out, err);
}

static int take_sku(struct query *q, void *row, struct arena *a, struct err *err)
{
    struct sku_row *k = row;
    size_t len;
    const char *packed = query_get_text(q, 4, &len);

    k->id = (int)query_get_int(q, 2);
    k->has_shape = len > 0;
    if (text(q, 3, a, &k->name, err) != 0)
        return -1;
    if (!k->has_shape)
        return 0;
    char *copy = arena_strndup(a, packed, len);
    return copy == NULL ? err_nomem(err) : read_shape(q->store, copy, &k->shape, err);
}

static int index_skus(struct catalogue *c, struct sku_group *g, struct err *err)
{
    int most = 0;

    for (size_t i = 0; i < g->n; i++)
        most = g->v[i].id > most ? g->v[i].id : most;
    if (g->n > 0 && (g->v[0].id < 1 || (size_t)most > 2 * g->n + 16)) /* numbers are given in a row */
        return store_damage(&c->store, "a number is out of range", err);
    g->nids = (size_t)most + 1;
    g->by_id = arena_array(&c->memory.arena, g->nids, sizeof *g->by_id);
    if (g->by_id == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < g->n; i++)
        g->by_id[g->v[i].id] = &g->v[i];
    return 0;
}

static int load_group(struct catalogue *c, struct sku_group *g, struct err *err)
{
    struct rows rows = {.arena = &c->memory.arena, .size = sizeof(struct sku_row)};
    struct query q;
    uint64_t sum = 0;
    int rc;

    if (query_open(&q, &c->store,
                   "SELECT provider, service, id, name, shape, snapshot, seal FROM sku "
                   "WHERE provider = ? AND service = ? ORDER BY id",
                   err) != 0)
        return -1;
    query_text(&q, g->provider);
    query_text(&q, g->service);
    while ((rc = query_next(&q, err)) == 1) {
        if ((rc = query_check_seal(&q, 7, &sum, err)) != 0)
            break;
        void *row = rows_add(&rows);
        rc = row == NULL ? err_nomem(err) : take_sku(&q, row, &c->memory.arena, err);
        if (rc != 0)
            break;
    }
    query_close(&q);
    g->v = (const void *)rows.v;
    g->n = rows.n;
    if (rc == 0) {
        const char *tally = arena_printf(&c->memory.arena, "sku %s %s", g->provider, g->service);
        rc = tally == NULL ? err_nomem(err) : tally_check(&c->store, tally, (long)rows.n, sum, err);
    }
    return rc == 0 ? index_skus(c, g, err) : rc;
}

int memory_skus(struct catalogue *c, const char *provider, const char *service, const struct sku_group **out,
                struct err *err)
{
    struct memory *m = &c->memory;

    for (struct sku_group *g = m->skus; g != NULL; g = g->next)
        if (!strcmp(g->provider, provider) && !strcmp(g->service, service)) {
            *out = g;
            return 0;
        }
    struct sku_group *g = arena_alloc(&m->arena, sizeof *g);
    if (g == NULL || (g->provider = arena_strdup(&m->arena, provider)) == NULL ||
        (g->service = arena_strdup(&m->arena, service)) == NULL)
        return err_nomem(err);
    if (load_group(c, g, err) != 0)
        return -1;
    g->next = m->skus;
    m->skus = g;
    *out = g;
    return 0;
}
