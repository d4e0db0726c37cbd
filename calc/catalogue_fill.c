/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema, and everything of the data directory and of what was fetched into an empty store, in one
 * transaction. A data file that is bad is an error; a fetched one is left out.
 */
#include "calc/catalogue_store.h"

#include "calc/file.h"

#include <stdio.h>
#include <string.h>

/* WITHOUT ROWID: the rows lie in the order of the key, which is the order in which they are read. */
static const char schema[] =
    "CREATE TABLE stamp(path TEXT, size INTEGER, time INTEGER, left_out TEXT);"
    "CREATE TABLE tally(name TEXT PRIMARY KEY, rows INTEGER, sum INTEGER) WITHOUT ROWID;"
    "CREATE TABLE snapshot(id INTEGER PRIMARY KEY, name TEXT, origin TEXT, sha256 TEXT, rows INTEGER, seal INTEGER);"
    "CREATE TABLE fetched(name TEXT, dir TEXT, source TEXT, site TEXT, day TEXT, received TEXT, prices TEXT,"
    " rates TEXT, sha256 TEXT, left_out TEXT, seal INTEGER);"
    "CREATE TABLE scope(site TEXT, region TEXT, service TEXT, snapshot INTEGER, source TEXT, full INTEGER,"
    " day INTEGER, seen INTEGER, ladders INTEGER, seal INTEGER, PRIMARY KEY(site, region, service, snapshot))"
    " WITHOUT ROWID;"
    "CREATE TABLE place(site TEXT, region TEXT, service TEXT, id INTEGER UNIQUE, ladders INTEGER, charges INTEGER,"
    " oldest INTEGER, newest INTEGER, seal INTEGER, PRIMARY KEY(site, region, service)) WITHOUT ROWID;"
    "CREATE TABLE sku(provider TEXT, service TEXT, id INTEGER, name TEXT, shape TEXT, snapshot INTEGER, seal INTEGER,"
    " PRIMARY KEY(provider, service, id)) WITHOUT ROWID;"
    "CREATE TABLE terms(id INTEGER PRIMARY KEY, os TEXT, offering TEXT, term_months INTEGER, basis TEXT, unit TEXT,"
    " scope TEXT, currency TEXT, tax_rate TEXT, source TEXT, seal INTEGER);"
    "CREATE TABLE price(place INTEGER, charge INTEGER, valid_to INTEGER, sku INTEGER, terms INTEGER, snapshot INTEGER,"
    " valid_from INTEGER, tiers TEXT, seal INTEGER, PRIMARY KEY(place, charge, valid_to, sku, terms, snapshot))"
    " WITHOUT ROWID;"
    "CREATE TABLE bucket(place INTEGER, charge INTEGER, valid_to INTEGER, since INTEGER, rows INTEGER, sum INTEGER,"
    " PRIMARY KEY(place, charge, valid_to)) WITHOUT ROWID;"
    "CREATE TABLE rate(source TEXT, currency TEXT, day INTEGER, until INTEGER, base TEXT, quote TEXT, units INTEGER,"
    " value TEXT, seal INTEGER, PRIMARY KEY(source, currency, day)) WITHOUT ROWID;";

/* For people and other tools; the program does not read them. Tiers are "from:to:price", parted by blanks. */
static const char views[] =
    "CREATE VIEW prices AS SELECT place.site, place.region, place.service, sku.name AS sku, terms.os,"
    " CASE price.charge WHEN 0 THEN 'on-demand' WHEN 1 THEN 'prepaid' WHEN 2 THEN 'reserved'"
    " WHEN 3 THEN 'savings-plan' ELSE 'spot' END AS charge,"
    " terms.offering, terms.term_months, terms.unit, json_extract(tier.value, '$[0]') AS tier_from,"
    " nullif(json_extract(tier.value, '$[1]'), '') AS tier_to, terms.scope AS tier_scope,"
    " json_extract(tier.value, '$[2]') AS price, terms.currency, terms.basis AS tax_basis, terms.tax_rate,"
    " date(price.valid_from * 86400, 'unixepoch') AS as_of, date(price.valid_to * 86400, 'unixepoch') AS valid_to,"
    " terms.source, snapshot.name AS snapshot, sku.shape"
    " FROM price JOIN place ON place.id = price.place JOIN terms ON terms.id = price.terms"
    " JOIN site_provider ON site_provider.site = place.site"
    " JOIN sku ON sku.provider = site_provider.provider AND sku.service = place.service AND sku.id = price.sku"
    " JOIN snapshot ON snapshot.id = price.snapshot,"
    " json_each('[[\"' || replace(replace(price.tiers, ' ', '\"],[\"'), ':', '\",\"') || '\"]]') AS tier;"
    "CREATE VIEW site_provider AS SELECT DISTINCT site, provider FROM sites;"
    "CREATE VIEW rates AS SELECT source, date(day * 86400, 'unixepoch') AS day, units, base, quote, value FROM rate;";

static const struct record_type *const other_tables[] = {&class_type, &region_type, &source_type, &series_type};

int catalogue_create(struct store *s, struct err *err)
{
    char version[64];

    if (store_run(s, schema, err) != 0)
        return -1;
    for (int t = 0; t < RULES_TABLES; t++)
        if (table_create(s, rule_types[t], err) != 0)
            return -1;
    for (size_t i = 0; i < sizeof other_tables / sizeof *other_tables; i++)
        if (table_create(s, other_tables[i], err) != 0)
            return -1;
    snprintf(version, sizeof version, "PRAGMA user_version = %d", SCHEMA_VERSION);
    return store_run(s, views, err) != 0 ? -1 : store_run(s, version, err);
}

/* ---- what the data directory holds, read and checked ---- */

struct loaded {
    struct arena arena;
    struct rules rules;
    struct records tables[RULES_TABLES];
    struct rate_rows rates;
    struct packdir dir;
    struct pack pack;
};

static int load_rules(const struct catalogue *c, struct loaded *l, struct err *err)
{
    struct rules_body in[RULES_TABLES] = {{NULL, NULL, 0}};
    int rc = 0;

    for (int t = 0; rc == 0 && t < RULES_TABLES; t++) {
        in[t].name = arena_printf(&l->arena, "%s/rules/%s.csv", c->data_dir, rule_types[t]->name);
        rc = in[t].name == NULL ? err_nomem(err) : file_map(in[t].name, &in[t].body, &in[t].len, err);
    }
    if (rc == 0)
        rc = rules_read(in, &l->arena, &l->rules, l->tables, err);
    for (int t = 0; t < RULES_TABLES; t++)
        file_unmap(in[t].body, in[t].len);
    return rc;
}

static int load_one_source(const struct catalogue *c, struct loaded *l, size_t i, struct err *err)
{
    const char *body, *path = arena_printf(&l->arena, "%s/fx/%s.csv", c->data_dir, rate_sources[i].id);
    struct rate_table table;
    size_t len;

    if (path == NULL)
        return err_nomem(err);
    if (file_map(path, &body, &len, err) != 0)
        return -1;
    int rc = rates_read(rate_sources[i].base, path, body, len, &l->arena, &table, err);
    file_unmap(body, len);
    return rc == 0 ? rate_rows_add(&l->rates, (int)i, &table, err) : rc;
}

static int load_rates(const struct catalogue *c, struct loaded *l, struct err *err)
{
    for (size_t i = 0; i < nrate_sources; i++)
        if (load_one_source(c, l, i, err) != 0)
            return -1;
    return 0;
}

static int load(const struct catalogue *c, struct loaded *l, struct err *err)
{
    const char *dir = c->pack != NULL ? c->pack : c->bundled;

    if (load_rules(c, l, err) != 0 || load_rates(c, l, err) != 0 ||
        packdir_open(&l->dir, dir, c->pack != NULL ? c->bundled : NULL, err) != 0)
        return -1;
    return pack_read(&l->pack, l->dir.bodies, &l->rules, err);
}

static void unload(struct loaded *l)
{
    pack_free(&l->pack);
    packdir_close(&l->dir);
    rate_rows_free(&l->rates);
    arena_free(&l->arena);
}

/* ---- into the store ---- */

static int write_rules(struct store *s, const struct loaded *l, struct err *err)
{
    for (int t = 0; t < RULES_TABLES; t++)
        if (table_write(s, rule_types[t], &l->tables[t], 0, err) != 0)
            return -1;
    return 0;
}

/* The bundled pack is named by its place in the data directory, so that results do not differ between machines. */
static const char *origin_of(const struct catalogue *c)
{
    return c->pack != NULL ? c->pack : BUNDLED_PACK;
}

static int put_packs(const struct catalogue *c, struct store *s, struct loaded *l, struct arena *a, struct brought *out,
                     struct err *err)
{
    const struct put_pack first = {.snapshot = FIRST_SNAPSHOT,
                                   .id = l->dir.id,
                                   .origin = origin_of(c),
                                   .dir = &l->dir,
                                   .pack = &l->pack,
                                   .lent_too = c->pack != NULL};
    struct put *p = NULL;

    int rc = put_open(&p, s, err);
    if (rc == 0)
        rc = put_add(p, &first, err);
    if (rc == 0)
        rc = fetched_put(c, s, p, &l->rates, a, out, err);
    if (rc == 0)
        rc = put_write(p, err);
    put_close(p);
    return rc;
}

int catalogue_fill(const struct catalogue *c, struct store *s, const struct data_files *files, struct arena *a,
                   struct brought *out, struct err *err)
{
    struct loaded l = {.arena = {NULL}};

    *out = (struct brought){.left_out = ""};
    int rc = load(c, &l, err);
    if (rc == 0)
        rc = write_rules(s, &l, err);
    if (rc == 0)
        rc = put_packs(c, s, &l, a, out, err);
    if (rc == 0)
        rc = rate_rows_write(&l.rates, s, err);
    if (rc == 0)
        rc = data_files_write(s, files, out->left_out, err);
    out->bundled = (long)l.pack.nprices;
    unload(&l);
    return rc;
}
