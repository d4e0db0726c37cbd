/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbering of places, terms and SKUs, and the snapshots, read into memory: places, terms and
 * snapshots (some hundred rows) at once, SKUs a provider and service at a time.
 */
#include "calc/catalogue_store.h"

#include "calc/seal.h"

#include <assert.h>
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

enum { COLUMNS_MAX = 12 };

/* Reads a table row by row into structs; checks seals and the tally. */
static int read_rows(struct store *s, const char *name, const char *sql, int columns, struct rows *rows,
                     int (*take)(struct store *s, const struct stored *row, void *out, struct arena *a,
                                 struct err *err),
                     struct err *err)
{
    struct stored row[COLUMNS_MAX];
    struct query q;
    uint64_t sum = 0;
    int rc;

    if (query_open(&q, s, sql, err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        void *out = rows_add(rows);
        rc = out == NULL ? err_nomem(err) : query_row(&q, columns, row, &sum, err);
        if (rc == 0)
            rc = take(s, row, out, rows->arena, err);
        if (rc != 0)
            break;
    }
    query_close(&q);
    return rc != 0 ? rc : tally_check(s, name, (long)rows->n, sum, err);
}

static int text(const struct stored *v, struct arena *a, const char **out, struct err *err)
{
    *out = v->len > 0 ? arena_strndup(a, v->text, v->len) : "";
    return *out != NULL ? 0 : err_nomem(err);
}

static int take_place(struct store *s, const struct stored *row, void *out, struct arena *a, struct err *err)
{
    struct place *p = out;

    (void)s;
    if (text(&row[0], a, &p->site, err) != 0 || text(&row[1], a, &p->region, err) != 0 ||
        text(&row[2], a, &p->service, err) != 0)
        return -1;
    p->id = (int)row[3].number;
    p->ladders = (long)row[4].number;
    p->charges = (unsigned)row[5].number;
    p->oldest = (struct date){(int32_t)row[6].number};
    p->newest = (struct date){(int32_t)row[7].number};
    return 0;
}

static int take_terms(struct store *s, const struct stored *row, void *out, struct arena *a, struct err *err)
{
    struct terms *t = out;
    const char *basis = row[4].text, *scope = row[6].text;
    const struct stored *rate = &row[8];
    int unit = unit_find(row[5].text);

    t->id = (int)row[0].number;
    t->term_months = (int)row[3].number;
    t->basis = !strcmp(basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    t->scope = !strcmp(scope, "month") ? SCOPE_MONTH : !strcmp(scope, "life") ? SCOPE_LIFE : SCOPE_ITEM;
    if (unit < 0 || row[7].len != CURRENCY_TEXT - 1)
        return store_damage(s, "an unknown unit or currency", err);
    t->unit = (enum unit)unit;
    t->has_tax_rate = rate->len > 0;
    if (t->has_tax_rate && dec_parse(rate->text, rate->len, &t->tax_rate, err) != 0)
        return store_unreadable(s, "a tax rate", err);
    return text(&row[1], a, &t->os, err) != 0 || text(&row[2], a, &t->offering, err) != 0 ||
                   text(&row[7], a, &t->currency, err) != 0 || text(&row[9], a, &t->source, err) != 0
               ? -1
               : 0;
}

static int take_snapshot(struct store *s, const struct stored *row, void *out, struct arena *a, struct err *err)
{
    struct snapshot_row *x = out;

    (void)s;
    x->id = (int)row[0].number;
    x->s.rows = (long)row[4].number;
    return text(&row[1], a, &x->s.id, err) != 0 || text(&row[2], a, &x->s.origin, err) != 0 ||
                   text(&row[3], a, &x->s.sha256, err) != 0
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
                  "SELECT site, region, service, id, ladders, charges, oldest, newest, seal FROM place "
                  "ORDER BY site, region, service",
                  9, &places, take_place, err) != 0 ||
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

int memory_table(struct catalogue *c, const struct record_type *t, const void **rows, size_t *n, struct err *err)
{
    struct small_table *at = c->memory.tables;

    while (at->type != NULL && at->type != t)
        at++;
    assert(at < c->memory.tables + sizeof c->memory.tables / sizeof *at);
    if (at->type == NULL) {
        if (table_read(&c->store, t, &c->memory.arena, &at->rows, &at->n, NULL, err) != 0)
            return -1;
        at->type = t;
    }
    *rows = at->rows;
    *n = at->n;
    return 0;
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

/* A row in one piece of memory. Its seal covers provider and service too, which are the same in all
 * rows of a group: `start` is the seal of these. */
static int take_sku(struct query *q, uint64_t start, struct sku_row *row, struct arena *a, uint64_t *sum,
                    struct err *err)
{
    size_t name_len, len;
    int64_t id = query_get_int(q, 0);
    const char *name = query_get_text(q, 1, &name_len), *shape = query_get_text(q, 2, &len);
    uint64_t seal = seal_text(seal_text(seal_int(start, id), name, name_len), shape, len);

    seal = seal_int(seal, query_get_int(q, 3));
    *sum += seal;
    if (seal != (uint64_t)query_get_int(q, 4))
        return store_damage(q->store, "a SKU does not match its seal", err);
    char *copy = arena_alloc(a, name_len + len + 2);
    if (copy == NULL)
        return err_nomem(err);
    memcpy(copy, name, name_len + 1);
    memcpy(copy + name_len + 1, shape, len + 1);
    *row = (struct sku_row){(int)id, copy, copy + name_len + 1, name_len, len};
    return 0;
}

static int read_group(struct catalogue *c, struct sku_group *g, struct query *q, size_t rows, uint64_t *sum,
                      struct err *err)
{
    uint64_t start = seal_text(SEAL_START, g->provider, strlen(g->provider));
    int rc;

    start = seal_text(start, g->service, strlen(g->service));
    query_text(q, g->provider);
    query_text(q, g->service);
    while ((rc = query_next(q, err)) == 1) {
        if (g->n == rows)
            return store_damage(&c->store, "a SKU too many", err);
        if (take_sku(q, start, &g->v[g->n++], &c->memory.arena, sum, err) != 0)
            return -1;
    }
    return rc == 0 && g->n != rows ? store_damage(&c->store, "SKUs are missing", err) : rc;
}

/* Numbers are given in a row, so the largest is about as large as there are rows. */
static int index_skus(struct catalogue *c, struct sku_group *g, struct err *err)
{
    int most = g->n > 0 ? g->v[g->n - 1].id : 0;

    if (g->n > 0 && (g->v[0].id < 1 || (size_t)most > 2 * g->n + 16))
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
    const char *tally = arena_printf(&c->memory.arena, "sku %s %s", g->provider, g->service);
    struct query q;
    size_t rows;
    uint64_t sum, found = 0;

    if (tally == NULL)
        return err_nomem(err);
    if (tally_read(&c->store, tally, &rows, &sum, err) != 0)
        return -1;
    g->v = arena_array(&c->memory.arena, rows, sizeof *g->v);
    if (g->v == NULL)
        return err_nomem(err);
    if (query_again(&q, &c->store,
                    "SELECT id, name, shape, snapshot, seal FROM sku WHERE provider = ? AND service = ? ORDER BY id",
                    err) != 0)
        return -1;
    int rc = read_group(c, g, &q, rows, &found, err);
    query_close(&q);
    if (rc == 0 && sum != found)
        rc = store_damage(&c->store, "SKUs do not match their tally", err);
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

/* Cuts the text of a shape, as names_shape() writes it, into the row of shapes.csv it came from. */
static int cut_shape(struct store *s, char *text, struct pack_shape *out, struct err *err)
{
    char *cells[SHAPE_CELLS] = {text};
    size_t n = 1;

    for (char *at = text; *at != '\0'; at++)
        if (*at == SHAPE_SEPARATOR && n < SHAPE_CELLS) {
            *at = '\0';
            cells[n++] = at + 1;
        }
    if (n != SHAPE_CELLS)
        return store_damage(s, "a shape does not read", err);
    *out = (struct pack_shape){
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
    return 0;
}

int memory_lend_sku(struct catalogue *c, const struct sku_row *row, struct arena *a, const char **name,
                    const struct shape **shape, struct err *err)
{
    struct lent {
        struct shape shape;
        char text[];
    } *lent = arena_alloc(a, sizeof *lent + row->shape_len + row->name_len + 2);
    struct pack_shape cells;

    if (lent == NULL)
        return err_nomem(err);
    *name = memcpy(lent->text, row->name, row->name_len + 1);
    *shape = NULL;
    if (row->shape_len == 0)
        return 0;
    char *text = lent->text + row->name_len + 1;
    memcpy(text, row->shape, row->shape_len + 1);
    if (cut_shape(&c->store, text, &cells, err) != 0)
        return -1;
    if (pack_shape_of(&cells, &lent->shape, err) != 0)
        return store_unreadable(&c->store, "a shape", err);
    *shape = &lent->shape;
    return 0;
}
