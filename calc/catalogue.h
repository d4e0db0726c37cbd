/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The catalogue: every price, rate and rule the program knows, with its history, in one SQLite
 * file. This is the only door to SQLite. A catalogue is opened from the data directory (the
 * bundled pack, rates and rules, loaded on first use and again when they change); rows that do
 * not match their seal, or a file that SQLite cannot read, are never used: the file is put aside
 * and built again, or the call is refused.
 */
#ifndef TCO_CATALOGUE_H
#define TCO_CATALOGUE_H

#include "calc/arena.h"
#include "calc/offer.h"
#include "calc/rules.h"

struct catalogue;

struct catalogue_options {
    const char *data_dir;  /* --data; NULL: $TCO_DATA, then the source tree, then PREFIX/share/tco */
    const char *cache_dir; /* NULL: $TCO_CACHE, then ~/.cache/tco */
    const char *pack;      /* a pack directory to use alone instead of the bundled one; NULL */
    /* Called with one line of text when something worth a word on stderr happens (loading, rebuilding). */
    void (*say)(void *ctx, const char *text);
    void *say_ctx;
};

int catalogue_open(struct catalogue **out, const struct catalogue_options *opt, struct err *err);
void catalogue_close(struct catalogue *c); /* NULL is fine */

/* Where it is and what is in it, for the JSON estimate: borrowed until close. */
const char *catalogue_path(const struct catalogue *c);
const char *catalogue_data_dir(const struct catalogue *c);
const char *catalogue_cache_dir(const struct catalogue *c);
struct snapshot {
    const char *id, *origin, *sha256; /* origin: directory or source name */
    long rows;
};
int catalogue_snapshots(struct catalogue *c, struct arena *a, const struct snapshot **out, size_t *n, struct err *err);

/* Puts a copy of another pack on the list of what was fetched (fetched.h), and into the catalogue: whole or not
 * at all. It takes the place of what was loaded from that directory before. Rules are to be read again. */
int catalogue_load_pack(struct catalogue *c, const char *dir, struct date today, struct err *err);
/* Loads what has come on the list since, in one transaction. Rules are to be read again. */
int catalogue_take_fetched(struct catalogue *c, struct err *err);
/* A snapshot's tables as the caller has just read them: taken from there instead of being read once more, when
 * the list names the same digest. Borrowed until the next call; NULL, NULL ends it. */
struct packdir;
struct pack;
void catalogue_lend(struct catalogue *c, const struct packdir *dir, const struct pack *pack);

int catalogue_rules(struct catalogue *c, struct arena *a, struct rules *out, struct err *err);
/* The rules a pack from that directory is checked against: without what it brought when it was loaded before. */
int catalogue_rules_for(struct catalogue *c, const char *dir, struct arena *a, struct rules *out, struct err *err);

/* Every offer of a site, region and service whose charge is in `charges` (bit 1 << charge_kind),
 * as known on a day: of each identity (site, region, service, sku, os, charge, offering, term,
 * unit, tax basis) the ladder with the newest as_of not after the day. Sorted by sku, os,
 * charge, term, offering, basis, unit, source. Text and tiers live in the arena; `source`
 * points into `rules`. */
int catalogue_offers(struct catalogue *c, struct arena *a, const struct rules *rules, const char *site,
                     const char *region, const char *service, unsigned charges, struct date as_of,
                     struct offer_list *out, struct err *err);

/* SKUs of a class at a site (classes.csv), sorted. */
int catalogue_class(struct catalogue *c, struct arena *a, const char *site, const char *service, const char *class_,
                    const char *const **skus, size_t *n, struct err *err);
/* The classes a service has at a site, or anywhere when site is NULL; sorted. */
int catalogue_classes(struct catalogue *c, struct arena *a, const char *site, const char *service,
                      const char *const **classes, size_t *n, struct err *err);

/* What is known of each site, region and service: how many current offers, from which days. Sorted. */
struct holding {
    const char *site, *region, *service;
    long offers;
    struct date oldest, newest;
};
int catalogue_holdings(struct catalogue *c, struct arena *a, const struct holding **out, size_t *n, struct err *err);
/* The days on which prices of a place were published, newest first. */
int catalogue_days(struct catalogue *c, struct arena *a, const char *site, const char *region, const char *service,
                   const struct date **out, size_t *n, struct err *err);

/* How many ladders (price list entries) the newest snapshot of a source (a fetcher) holds of a place, as it was
 * fetched, and its day. -1: no snapshot of the source has been there. */
int catalogue_scope_last(struct catalogue *c, const char *source, const char *site, const char *region,
                         const char *service, long *ladders, struct date *day, struct err *err);

/* For messages: where else a SKU is sold (sku NULL: anything of the service), as "region, charge"
 * pairs, at most `limit`, those of `region` first, nearest in spelling of the sku first when it is not known at all. */
struct elsewhere {
    const char *sku, *region, *os;
    enum charge_kind charge;
    int term_months;
};
int catalogue_elsewhere(struct catalogue *c, struct arena *a, const char *site, const char *region, const char *service,
                        const char *sku, struct date as_of, size_t limit, struct elsewhere **out, size_t *n,
                        struct err *err);

/* A published reference rate: `value` units of currency per base (ECB), or the pair as CFETS prints it. */
struct published_rate {
    char base[CURRENCY_TEXT], quote[CURRENCY_TEXT]; /* quote per `units` of base */
    int units;                                      /* 1, or 100 for 100JPY/CNY */
    dec_t value;
    struct date date;
    const char *source; /* "ecb", "cfets" */
};
/* The newest rate of a currency against the source's own base (EUR, CNY), either way round, on or
 * before a day. *found false when there is none. */
int catalogue_rate(struct catalogue *c, const char *source, const char *currency, struct date on,
                   struct published_rate *out, bool *found, struct err *err);
/* All rates of a currency in a source from one day to another, newest first (for `tco rates`). */
int catalogue_rates(struct catalogue *c, struct arena *a, const char *source, const char *currency, struct date from,
                    struct date to, struct published_rate **out, size_t *n, struct err *err);
/* The currencies a source has rates of, sorted; its own base is not among them. */
int catalogue_currencies(struct catalogue *c, struct arena *a, const char *source, const char *const **out, size_t *n,
                         struct err *err);
/* The sources of rates: id, its base currency, how it is named in outputs. */
struct rate_source {
    const char *id, *base, *title;
};
extern const struct rate_source rate_sources[];
extern const size_t nrate_sources;

#endif
