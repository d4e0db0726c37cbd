/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checked packs into the store: their rows become ladders, their names numbers, their small tables
 * rows of the store's, each under its snapshot. Prices are written once, when all packs are there.
 */
#include "calc/catalogue_names.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct put {
    struct store *store;
    const struct pack *pack; /* being added */
    int snapshot;
    struct arena arena;
    struct buf text;
    struct memory memory;
    struct names names;
    struct ladders ladders;
    struct scopes scopes;
};

static const char *tiers_text(struct put *p, const struct pack_price *v, size_t n)
{
    char from[DEC_TEXT], to[DEC_TEXT], price[DEC_TEXT];

    p->text.n = 0;
    for (size_t i = 0; i < n; i++) {
        size_t nfrom = dec_format(v[i].tier_from, 0, from), nto = dec_format(v[i].tier_to, 0, to);
        size_t nprice = dec_format(v[i].price, 0, price);
        if (i > 0)
            buf_putc(&p->text, ' ');
        buf_add(&p->text, from, nfrom);
        buf_putc(&p->text, ':');
        buf_add(&p->text, to, v[i].open ? 0 : nto);
        buf_putc(&p->text, ':');
        buf_add(&p->text, price, nprice);
    }
    return p->text.failed ? NULL : arena_strndup(&p->arena, p->text.v, p->text.n);
}

static struct terms terms_of(const struct pack_price *x)
{
    return (struct terms){
        .os = x->os,
        .offering = x->offering,
        .term_months = x->term_months,
        .basis = (enum tax_basis)x->basis,
        .unit = (enum unit)x->unit,
        .scope = (enum tier_scope)x->scope,
        .currency = x->currency,
        .has_tax_rate = x->has_tax_rate,
        .tax_rate = x->tax_rate,
        .source = x->source,
    };
}

/* Place and SKU of a ladder. Rows are sorted and their texts interned: what the row before has in common need
 * not be looked up again. */
static int name_ladder(struct put *p, const struct pack_price *before, const struct pack_price *x, struct ladder *l,
                       struct err *err)
{
    const struct ladder *last = before != NULL ? &p->ladders.v[p->ladders.n - 1] : NULL;
    bool same_service = last != NULL && before->site == x->site && before->service == x->service;

    if (same_service && before->region == x->region)
        l->place = last->place;
    else if (names_place(&p->names, x->site, x->region, x->service, &l->place, err) != 0)
        return -1;
    if (same_service && before->sku == x->sku) {
        l->sku = last->sku;
        return 0;
    }
    const struct site *site = rules_site(&p->pack->facts, x->site);
    return names_sku(&p->names, site->provider, x->service, x->sku, &l->sku, err);
}

static int add_ladder(struct put *p, const struct pack_price *before, const struct pack_price *v, size_t n,
                      struct err *err)
{
    const struct pack_price *x = &v[0];
    struct terms terms = terms_of(x);
    struct ladder l = {
        .snapshot = p->snapshot, .from = x->as_of.day, .charge = x->charge, .tiers = tiers_text(p, v, n)};

    if (l.tiers == NULL)
        return err_nomem(err);
    if (name_ladder(p, before, x, &l, err) != 0 || names_terms(&p->names, &terms, &l.terms, err) != 0)
        return -1;
    return ladders_add(&p->ladders, l, err);
}

static int add_ladders(struct put *p, struct err *err)
{
    const struct pack_price *v = p->pack->prices;
    size_t n = p->pack->nprices;

    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && pack_same_ladder(&v[i], &v[j]); j++)
            ;
        if (add_ladder(p, i > 0 ? &v[i - 1] : NULL, v + i, j - i, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- scopes ---- */

static int add_scope(struct put *p, const struct put_pack *x, struct scope one, int *scope_at, struct err *err)
{
    struct date seen = DATE_NONE;

    (void)date_parse(x->fetched->received, 10, &seen); /* the list was checked */
    one.snapshot = x->snapshot;
    one.day = x->fetched->day.day;
    one.seen = seen.day;
    scope_at[one.place] = (int)p->scopes.n + 1;
    return scopes_add(&p->scopes, one, x->fetched->source, err);
}

static int add_named_scopes(struct put *p, const struct put_pack *x, int *scope_at, struct err *err)
{
    for (size_t i = 0; i < x->nscopes; i++) {
        struct scope one = {.full = x->scopes[i].full};
        if (names_place(&p->names, x->fetched->site, x->scopes[i].region, x->scopes[i].service, &one.place, err) != 0 ||
            add_scope(p, x, one, scope_at, err) != 0)
            return -1;
    }
    return 0;
}

/* The day of a place with rows is the newest of theirs. */
static int count_scope(struct put *p, const struct put_pack *x, const struct ladder *l, int *scope_at, struct err *err)
{
    if (scope_at[l->place] == 0 && add_scope(p, x, (struct scope){.place = l->place}, scope_at, err) != 0)
        return -1;
    struct scope *s = &p->scopes.v[scope_at[l->place] - 1];
    s->day = s->ladders == 0 || l->from > s->day ? l->from : s->day;
    s->ladders++;
    return 0;
}

static int add_scopes(struct put *p, const struct put_pack *x, size_t first, struct err *err)
{
    if (x->fetched == NULL)
        return 0;
    int *scope_at = calloc(p->names.nplaces + x->nscopes, sizeof *scope_at); /* [place], 0: none yet */
    int rc = scope_at == NULL ? err_nomem(err) : add_named_scopes(p, x, scope_at, err);
    for (size_t i = first; rc == 0 && i < p->ladders.n; i++)
        rc = count_scope(p, x, &p->ladders.v[i], scope_at, err);
    free(scope_at);
    return rc;
}

/* ---- the rest of a pack ---- */

static int count_snapshots(struct store *s, struct err *err)
{
    struct query q;
    uint64_t sum = 0;
    long rows = 0;
    int rc;

    if (query_open(&q, s, "SELECT seal FROM snapshot", err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        sum += (uint64_t)query_get_int(&q, 0);
        rows++;
    }
    query_close(&q);
    return rc == 0 ? tally_write(s, "snapshot", rows, sum, err) : rc;
}

static int put_snapshot(struct put *p, const struct put_pack *x, struct err *err)
{
    struct query q;
    uint64_t sum = 0;

    if (query_open(&q, p->store, "INSERT INTO snapshot VALUES(?, ?, ?, ?, ?, ?)", err) != 0)
        return -1;
    query_int(&q, x->snapshot);
    query_text(&q, x->id);
    query_text(&q, x->origin);
    query_text(&q, x->dir->sha256);
    query_int(&q, (int64_t)x->pack->nprices);
    int rc = query_run_sealed(&q, &sum, err);
    query_close(&q);
    return rc == 0 ? count_snapshots(p->store, err) : rc;
}

static int put_tables(struct put *p, const struct put_pack *x, struct err *err)
{
    static const struct {
        enum pack_table table;
        const struct record_type *type;
    } small[] = {{PACK_CLASSES, &class_type}, {PACK_REGIONS, &region_type}, {PACK_SOURCES, &source_type}};

    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if ((x->lent_too || x->dir->own[small[i].table]) &&
            table_write(p->store, small[i].type, &x->pack->records[small[i].table], x->snapshot, err) != 0)
            return -1;
    return x->dir->own[PACK_SITES]
               ? table_write(p->store, rule_types[RULES_SITES], &x->pack->records[PACK_SITES], x->snapshot, err)
               : 0;
}

static int put_shapes(struct put *p, const struct put_pack *x, struct err *err)
{
    for (size_t i = 0; (x->lent_too || x->dir->own[PACK_SHAPES]) && i < x->pack->nshapes; i++)
        if (names_shape(&p->names, &x->pack->shapes[i], err) != 0)
            return -1;
    return 0;
}

/* ---- the calls ---- */

int put_open(struct put **out, struct store *s, struct err *err)
{
    struct put *p = calloc(1, sizeof *p);

    if (p == NULL)
        return err_nomem(err);
    p->store = s;
    if (memory_read(s, &p->memory, err) != 0 || names_load(&p->names, s, &p->memory, err) != 0 ||
        scopes_load(&p->scopes, s, &p->names, err) != 0) {
        put_close(p);
        return -1;
    }
    *out = p;
    return 0;
}

int put_add(struct put *p, const struct put_pack *x, struct err *err)
{
    size_t first = p->ladders.n;

    assert(x->snapshot > p->snapshot);
    p->pack = x->pack;
    p->snapshot = p->names.snapshot = x->snapshot;
    if (put_shapes(p, x, err) != 0 || add_ladders(p, err) != 0 || add_scopes(p, x, first, err) != 0)
        return -1;
    p->pack = NULL;
    return put_tables(p, x, err) != 0 ? -1 : put_snapshot(p, x, err);
}

/* Places whose prices may change: those that got new ones, and those that are now known in full. */
static void mark_places(const struct put *p, bool *marked)
{
    for (size_t i = 0; i < p->ladders.n; i++)
        marked[p->ladders.v[i].place] = true;
    for (size_t i = p->scopes.stored; i < p->scopes.n; i++)
        if (p->scopes.v[i].full)
            marked[p->scopes.v[i].place] = true;
}

int put_write(struct put *p, struct err *err)
{
    if (names_settle(&p->names, &p->ladders, err) != 0 || scopes_write(&p->scopes, p->store, &p->names, err) != 0)
        return -1;
    bool *marked = calloc(p->names.nplaces, sizeof *marked);
    if (marked == NULL)
        return err_nomem(err);
    mark_places(p, marked);
    scopes_sort(&p->scopes);
    int rc = ladders_write(p->store, &p->ladders, &p->names, marked, &p->scopes, err);
    free(marked);
    return rc == 0 ? names_write(&p->names, err) : rc;
}

void put_close(struct put *p)
{
    if (p == NULL)
        return;
    scopes_free(&p->scopes);
    names_free(&p->names);
    memory_free(&p->memory);
    free(p->ladders.v);
    buf_free(&p->text);
    arena_free(&p->arena);
    free(p);
}
