/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the catalogue: what its files share. The tables of the database:
 *
 *   stamp      the data files it was built from: path, size, time of change
 *   snapshot   one row per pack: number 1 is the bundled (or the private) one
 *   currencies, sites, tax, fees, cities         the rule tables, cell by cell as in the CSV
 *   regions, sources, classes                    of packs, with the snapshot they came in
 *   place      site, region, service -> number, and how much is known there
 *   sku        provider, service, number -> name and shape
 *   terms      os, offering, term, unit ... -> number: what a few hundred ladders each share
 *   price      one row per ladder of tiers, valid from its as_of to the next one's; kept in the
 *              order in which it is asked for: place, charge, valid_to, sku
 *   bucket     how many ladders of a place and charge end on a day, the sum of their seals, and the day
 *              on which those before them end
 *   rate       one row per currency and day
 *   series     of each currency the first and the last day
 *   tally      rows and sum of seals of each small table
 *
 * Numbers in place of texts make a price row 60 bytes; the view `prices` shows it all in words.
 * Damage is noticed row by row (seals) and by missing rows (tally, bucket, a rate's `until`).
 */
#ifndef TCO_CATALOGUE_STORE_H
#define TCO_CATALOGUE_STORE_H

#include "calc/catalogue.h"
#include "calc/packdir.h"
#include "calc/record.h"
#include "calc/rules_read.h"
#include "calc/store.h"
#include "fetchers/rates.h"

enum { SCHEMA_VERSION = 4, FAR_DAY = 2932896 /* 9999-12-31: valid_to of what nothing has replaced */ };
#define BUNDLED_PACK "packs/bundled" /* in the data directory */

/* A shape in one text: vcpu|memory|size|gpu|arch|burstable|sold|class|family, as in shapes.csv. */
enum { FIRST_SNAPSHOT = 1, SHAPE_CELLS = 9, SHAPE_SEPARATOR = '|' };

/* ---- in memory, read when first needed ---- */

struct place {
    const char *site, *region, *service;
    int id;
    long ladders;     /* current ones */
    unsigned charges; /* bit 1 << charge_kind: that there are prices of */
    struct date oldest, newest;
};

struct sku_row {
    int id;
    const char *name, *shape; /* shape as text, "" when there is none */
    size_t name_len, shape_len;
};
struct sku_group { /* of a provider and service */
    const char *provider, *service;
    struct sku_row *v;
    size_t n;
    struct sku_row **by_id; /* nids of them, NULL where a number is not used */
    size_t nids;
    struct sku_group *next;
};

struct terms {
    int id;
    const char *os, *offering;
    int term_months;
    enum tax_basis basis;
    enum unit unit;
    enum tier_scope scope;
    const char *currency;
    bool has_tax_rate;
    dec_t tax_rate;
    const char *source;
};

struct snapshot_row {
    int id;
    struct snapshot s;
};

struct memory {
    struct arena arena;
    bool ready;                 /* places, terms, snapshots are there */
    const struct place *places; /* by site, region, service */
    size_t nplaces;
    const struct terms *terms; /* [id], id 0 unused */
    size_t nterms;
    const struct snapshot_row *snapshots; /* by id */
    size_t nsnapshots;
    struct sku_group *skus;
    struct small_table { /* whole small tables, as asked for */
        const struct record_type *type;
        void *rows;
        size_t n;
    } tables[6];
};

/* The prices of a place and charge that end on one day: when the bucket before ends (0: none is before),
 * how many they are, and the sum of their seals. The last bucket ends on FAR_DAY. */
struct bucket {
    int charge;
    int64_t to, since, rows;
    uint64_t sum;
};
enum { ROWS_MAX = 10 * 1000 * 1000 }; /* of a table that is read whole: more is damage */

struct catalogue {
    struct arena arena;
    const char *data_dir, *cache_dir, *path;
    const char *bundled; /* the bundled pack's directory */
    const char *pack;    /* the private pack's, or NULL */
    void (*say)(void *ctx, const char *text);
    void *say_ctx;
    struct store store;
    uint64_t inode; /* of the open file: has another process put a new one in its place? */
    struct memory memory;
    struct buckets { /* of the place asked for last */
        struct bucket *v;
        size_t n, cap;
    } buckets;
};

/* ---- the parts ---- */

/* catalogue_files.c: the data files, and whether they changed. */
enum { DATA_FILES_MAX = 24 };
struct data_files {
    const char *path[DATA_FILES_MAX];
    int64_t size[DATA_FILES_MAX], time[DATA_FILES_MAX]; /* -1: not there; nanoseconds */
    size_t n;
};
int data_files_look(const struct catalogue *c, struct arena *a, struct data_files *out, struct err *err);
int data_files_write(struct store *s, const struct data_files *f, struct err *err);
int data_files_same(struct store *s, const struct data_files *f, bool *same, struct err *err);

/* catalogue_fill.c: schema; everything from the data directory into a store, in one transaction. */
int catalogue_create(struct store *s, struct err *err);
int catalogue_fill(const struct catalogue *c, struct store *s, const struct data_files *files, long *rows,
                   struct err *err);
/* catalogue_put.c: a pack as a snapshot. lent_too: also keep the tables another pack lent it. */
int catalogue_put_pack(struct store *s, int snapshot, const struct packdir *dir, const char *origin,
                       const struct pack *pack, const struct rules *rules, bool lent_too, struct err *err);

/* catalogue_tables.c: small tables by their description. A table of packs (snapshot > 0) keeps the rows
 * of other snapshots; reading gives the row of the newest snapshot for each key. */
int table_create(struct store *s, const struct record_type *t, struct err *err);
int table_write(struct store *s, const struct record_type *t, const struct records *rows, int snapshot,
                struct err *err);
int table_read(struct store *s, const struct record_type *t, struct arena *a, void **out, size_t *n, struct err *err);
/* rows and seals of a table, as counted when it was written */
int tally_write(struct store *s, const char *name, long rows, uint64_t sum, struct err *err);
int tally_read(struct store *s, const char *name, size_t *rows, uint64_t *sum, struct err *err);
int tally_check(struct store *s, const char *name, long rows, uint64_t sum, struct err *err);

/* catalogue_memory.c */
int memory_load(struct catalogue *c, struct err *err);
void memory_free(struct memory *m);
int memory_skus(struct catalogue *c, const char *provider, const char *service, const struct sku_group **out,
                struct err *err);
/* A small table, read once; belongs to the memory. */
int memory_table(struct catalogue *c, const struct record_type *t, const void **rows, size_t *n, struct err *err);
/* Name and shape (NULL when it has none) of a SKU, in an arena. */
int memory_lend_sku(struct catalogue *c, const struct sku_row *row, struct arena *a, const char **name,
                    const struct shape **shape, struct err *err);
const struct place *memory_place(const struct memory *m, const char *site, const char *region, const char *service);
int memory_read(struct store *s, struct memory *m, struct err *err); /* places, terms, snapshots */

/* catalogue_ladders.c: the history of prices. */
struct ladder {
    int place, sku, terms, snapshot;
    int from, to; /* days, half open */
    int way;      /* what it has in common with its predecessors */
    int charge;
    const char *tiers;
};
struct ladders {
    struct ladder *v;
    size_t n, cap;
};
int ladders_add(struct ladders *l, struct ladder one, struct err *err);
struct names;
/* Adds what other snapshots than `replaced` hold in the places marked (by number), and writes all of
 * these places anew, with their spans of days. */
int ladders_write(struct store *s, struct ladders *l, int replaced, struct names *names, const bool *marked,
                  struct err *err);

/* catalogue_rates.c */
extern const struct record_type series_type;
/* The tables of all rate_sources, in their order. */
int rates_write(struct store *s, const struct rate_table *tables, struct err *err);

/* Calls a reader; when it finds damage, builds the catalogue anew and calls it once more. */
int catalogue_retry(struct catalogue *c, int (*read)(struct catalogue *c, void *ctx, struct err *err), void *ctx,
                    struct err *err);

#endif
