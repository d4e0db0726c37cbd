/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the catalogue: what its files share. The tables of the database:
 *
 *   stamp      the data files it was built from: path, size, time of change; what was left out of one
 *   snapshot   one row per pack: number 1 is the bundled (or the private) one; those of the list of what
 *              was fetched have theirs from 2 on in the order of the list
 *   fetched    the list of what was fetched, as far as it was loaded
 *   scope      of each fetched snapshot and place: whether it is full, its day, how much it holds
 *   currencies, sites, tax, fees, cities         the rule tables, cell by cell as in the CSV
 *   regions, sources, classes                    of packs, with the snapshot they came in, the newest of a key
 *                                                only; sites of packs beside those of the rules
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
#include "calc/fetched.h"
#include "calc/packdir.h"
#include "calc/record.h"
#include "calc/rules_read.h"
#include "calc/store.h"
#include "fetchers/rates.h"

enum { SCHEMA_VERSION = 5, FAR_DAY = 2932896 /* 9999-12-31: valid_to of what nothing has replaced */ };
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
    const struct packdir *lent_dir; /* read by the caller just now: catalogue_lend() */
    const struct pack *lent_pack;
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
    const char *path[DATA_FILES_MAX];                   /* the last one is the list of what was fetched */
    int64_t size[DATA_FILES_MAX], time[DATA_FILES_MAX]; /* -1: not there; nanoseconds */
    size_t n;
};
enum data_change { DATA_SAME, DATA_LISTED, DATA_CHANGED }; /* DATA_LISTED: only the list did */
int data_files_look(const struct catalogue *c, struct arena *a, struct data_files *out, struct err *err);
/* `left_out`: lines to say at every start, of what is on the list and could not be used. */
int data_files_write(struct store *s, const struct data_files *f, const char *left_out, struct err *err);
int data_files_compare(struct store *s, const struct data_files *f, struct arena *a, enum data_change *out,
                       const char **left_out, struct err *err);

/* What a filling or an addition brought, for a word about it. */
struct brought {
    long bundled;       /* rows of the first pack */
    long prices, rates; /* fetched */
    const char *left_out;
};
/* catalogue_fill.c: schema; everything from the data directory and from the list into an empty store. */
int catalogue_create(struct store *s, struct err *err);
int catalogue_fill(const struct catalogue *c, struct store *s, const struct data_files *files, struct arena *a,
                   struct brought *out, struct err *err);

/* catalogue_put.c: packs as snapshots, any number of them, then written at once. Numbers must rise. */
struct put;
struct put_pack {
    int snapshot;
    const char *id, *origin;
    const struct packdir *dir;
    const struct pack *pack;             /* may be freed after put_add() */
    bool lent_too;                       /* also keep the tables another pack lent it */
    const struct fetched_entry *fetched; /* NULL: of no source whose lists follow each other */
    const struct fetched_scope *scopes;
    size_t nscopes;
};
int put_open(struct put **out, struct store *s, struct err *err);
int put_add(struct put *p, const struct put_pack *x, struct err *err);
int put_write(struct put *p, struct err *err);
void put_close(struct put *p); /* NULL is fine */

/* catalogue_fetched.c: what is on the list into a store. catalogue_add_fetched: only what follows on what is
 * there; *fits false: the list no longer begins with that, and everything must be built anew. */
struct rate_rows;
int fetched_put(const struct catalogue *c, struct store *s, struct put *p, struct rate_rows *rates, struct arena *a,
                struct brought *out, struct err *err);
int catalogue_add_fetched(const struct catalogue *c, struct store *s, const struct data_files *files, struct arena *a,
                          bool *fits, struct brought *out, struct err *err);
/* Why a snapshot on the list is left out, "" when it is not. */
int fetched_fate(struct store *s, const char *name, struct arena *a, const char **out, struct err *err);

/* catalogue_rules.c: the rules of a store; `but`: without the sites of that snapshot (0: with all). */
int rules_load(struct store *s, int but, struct arena *a, struct rules *out, struct err *err);

/* catalogue_tables.c: small tables by their description. Of a table of packs (snapshot > 0) only the newest
 * row of a key is kept, but for sites. `snapshots` may be NULL: which each row came in. */
int table_create(struct store *s, const struct record_type *t, struct err *err);
int table_write(struct store *s, const struct record_type *t, const struct records *rows, int snapshot,
                struct err *err);
int table_read(struct store *s, const struct record_type *t, struct arena *a, void **out, size_t *n, int **snapshots,
               struct err *err);
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
    int source; /* whose lists it came in, as in struct scopes; -1: a pack that stands for itself */
    const char *tiers;
};
struct ladders {
    struct ladder *v;
    size_t n, cap;
};
int ladders_add(struct ladders *l, struct ladder one, struct err *err);
struct names;
/* Adds what the store holds in the places marked (by number), and writes all of these places anew, with
 * their spans of days. */
struct scopes;
int ladders_write(struct store *s, struct ladders *l, struct names *names, const bool *marked,
                  const struct scopes *scopes, struct err *err);

/* catalogue_scopes.c: what fetched snapshots say of places. */
struct scope {
    int place, snapshot, source;
    bool full;
    int day;  /* the newest of its rows there */
    int seen; /* the day of fetching */
    long ladders;
};
struct scopes {
    struct scope *v; /* scopes_sort(): by place and snapshot */
    size_t n, cap, stored;
    const char **sources; /* [scope.source]; texts in the arena */
    size_t nsources;
    struct arena arena;
    uint64_t sum; /* of the seals of those stored */
};
int scopes_load(struct scopes *x, struct store *s, struct names *names, struct err *err);
int scopes_add(struct scopes *x, struct scope one, const char *source, struct err *err);
int scopes_write(struct scopes *x, struct store *s, const struct names *names, struct err *err); /* the new ones */
void scopes_sort(struct scopes *x);
void scopes_free(struct scopes *x);
/* The scopes of a place, sorted. */
const struct scope *scopes_of(const struct scopes *x, int place, size_t *n);

/* catalogue_rates.c: rates from several tables; of a source, currency and day the one added last counts. */
struct rate_row {
    int source; /* in rate_sources */
    char currency[CURRENCY_TEXT], base[CURRENCY_TEXT], quote[CURRENCY_TEXT];
    int units;
    struct date day;
    dec_t value;
    size_t turn; /* when it was added */
};
struct rate_rows {
    struct rate_row *v;
    size_t n, cap;
};
extern const struct record_type series_type;
int rate_rows_add(struct rate_rows *r, int source, const struct rate_table *t, struct err *err);
int rate_rows_load(struct rate_rows *r, struct store *s, struct err *err);  /* all the store has */
int rate_rows_write(struct rate_rows *r, struct store *s, struct err *err); /* instead of these */
void rate_rows_free(struct rate_rows *r);
/* The place of a source in rate_sources, or -1. */
int rate_source_find(const char *id);

/* Calls a reader; when it finds damage, builds the catalogue anew and calls it once more. */
int catalogue_retry(struct catalogue *c, int (*read)(struct catalogue *c, void *ctx, struct err *err), void *ctx,
                    struct err *err);

#endif
