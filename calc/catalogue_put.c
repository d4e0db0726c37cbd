/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A checked pack into the store: its rows become ladders, its names numbers, its small tables rows
 * of the store's, all under one snapshot, which takes the place of an older one of the same number.
 */
#include "calc/catalogue_names.h"

#include <stdlib.h>
#include <string.h>

struct put {
    struct store *store;
    const struct pack *pack;
    const struct rules *rules;
    int snapshot;
    struct arena arena;
    struct buf text;
    struct memory memory;
    struct names names;
    struct ladders ladders;
};

static const char *tiers_text(struct put *p, const struct pack_price *v, size_t n)
{
    char from[DEC_TEXT], to[DEC_TEXT], price[DEC_TEXT];

    p->text.n = 0;
    for (size_t i = 0; i < n; i++) {
        dec_format(v[i].tier_from, 0, from);
        dec_format(v[i].tier_to, 0, to);
        dec_format(v[i].price, 0, price);
        buf_printf(&p->text, "%s%s:%s:%s", i > 0 ? " " : "", from, v[i].open ? "" : to, price);
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

static int add_ladder(struct put *p, const struct pack_price *v, size_t n, struct err *err)
{
    const struct pack_price *x = &v[0];
    const struct site *site = rules_site(p->rules, x->site);
    struct terms terms = terms_of(x);
    struct ladder l = {
        .snapshot = p->snapshot, .from = x->as_of.day, .charge = x->charge, .tiers = tiers_text(p, v, n)};

    if (l.tiers == NULL)
        return err_nomem(err);
    if (names_place(&p->names, x->site, x->region, x->service, &l.place, err) != 0 ||
        names_sku(&p->names, site->provider, x->service, x->sku, &l.sku, err) != 0 ||
        names_terms(&p->names, &terms, &l.terms, err) != 0)
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
        if (add_ladder(p, v + i, j - i, err) != 0)
            return -1;
    }
    return 0;
}

/* Places whose prices change: those of the pack, and those of what it replaces. */
static int mark_places(struct put *p, bool *marked, struct err *err)
{
    struct query q;
    int rc;

    for (size_t i = 0; i < p->ladders.n; i++)
        marked[p->ladders.v[i].place] = true;
    if (query_open(&q, p->store, "SELECT DISTINCT place FROM price WHERE snapshot = ?", err) != 0)
        return -1;
    query_int(&q, p->snapshot);
    while ((rc = query_next(&q, err)) == 1) {
        int64_t place = query_get_int(&q, 0);
        if (place < 1 || (size_t)place >= p->names.nplaces) {
            rc = store_damage(p->store, "a number is out of range", err);
            break;
        }
        marked[place] = true;
    }
    query_close(&q);
    return rc;
}

static int write_prices(struct put *p, struct err *err)
{
    if (names_settle(&p->names, &p->ladders, err) != 0)
        return -1;
    bool *marked = calloc(p->names.nplaces, sizeof *marked);
    int rc = marked == NULL ? err_nomem(err) : mark_places(p, marked, err);
    if (rc == 0)
        rc = ladders_write(p->store, &p->ladders, p->snapshot, &p->names, marked, err);
    free(marked);
    return rc == 0 ? names_write(&p->names, err) : rc;
}

static int put_prices(struct put *p, bool shapes, struct err *err)
{
    if (memory_read(p->store, &p->memory, err) != 0 ||
        names_load(&p->names, p->store, p->snapshot, &p->memory, err) != 0)
        return -1;
    for (size_t i = 0; shapes && i < p->pack->nshapes; i++)
        if (names_shape(&p->names, &p->pack->shapes[i], err) != 0)
            return -1;
    return add_ladders(p, err) != 0 ? -1 : write_prices(p, err);
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

static int put_snapshot(struct put *p, const struct packdir *dir, const char *origin, struct err *err)
{
    struct query q;
    uint64_t sum = 0;

    if (query_open(&q, p->store, "INSERT OR REPLACE INTO snapshot VALUES(?, ?, ?, ?, ?, ?)", err) != 0)
        return -1;
    query_int(&q, p->snapshot);
    query_text(&q, dir->id);
    query_text(&q, origin);
    query_text(&q, dir->sha256);
    query_int(&q, (int64_t)p->pack->nprices);
    int rc = query_run_sealed(&q, &sum, err);
    query_close(&q);
    return rc == 0 ? count_snapshots(p->store, err) : rc;
}

static int put_tables(struct put *p, const struct packdir *dir, bool lent_too, struct err *err)
{
    static const struct {
        enum pack_table table;
        const struct record_type *type;
    } small[] = {{PACK_CLASSES, &class_type}, {PACK_REGIONS, &region_type}, {PACK_SOURCES, &source_type}};
    static const struct records none = {.n = 0};

    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        bool kept = lent_too || dir->own[small[i].table];
        const struct records *rows = kept ? &p->pack->records[small[i].table] : &none;
        if (table_write(p->store, small[i].type, rows, p->snapshot, err) != 0)
            return -1;
    }
    return 0;
}

int catalogue_put_pack(struct store *s, int snapshot, const struct packdir *dir, const char *origin,
                       const struct pack *pack, const struct rules *rules, bool lent_too, struct err *err)
{
    struct put p = {.store = s, .pack = pack, .rules = rules, .snapshot = snapshot};

    int rc = put_prices(&p, lent_too || dir->own[PACK_SHAPES], err);
    if (rc == 0)
        rc = put_tables(&p, dir, lent_too, err);
    if (rc == 0)
        rc = put_snapshot(&p, dir, origin, err);
    names_free(&p.names);
    memory_free(&p.memory);
    free(p.ladders.v);
    buf_free(&p.text);
    arena_free(&p.arena);
    return rc;
}
