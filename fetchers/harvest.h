/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a fetcher brings home: prices, shapes, rates, and how much was passed over and why. It
 * becomes a price pack (the same CSV tables as any other) and goes through the same checks. Exact
 * repeats of a price are dropped and counted; the same price key with another price is kept beside
 * it under a source of its own, so that the catalogue calls it ambiguous.
 */
#ifndef TCO_HARVEST_H
#define TCO_HARVEST_H

#include "calc/offer.h"
#include "fetchers/pack.h"

struct harvest;

/* One published number. Texts are copied. Only published values: nothing is computed but a division by
 * the number that stands in front of a published unit ("100 Hours"). */
struct fetch_price {
    const char *region, *service, *sku;
    const char *os; /* "linux", "windows"; "" where it means nothing */
    enum charge_kind charge;
    const char *offering; /* of calc/offerings.def, or "" */
    int term_months;      /* 0 for on-demand */
    enum unit unit;
    dec_t tier_from, tier_to;
    bool bounded; /* tier_to counts; else the tier is open */
    enum tier_scope scope;
    dec_t price; /* list price, above 0 unless it is a published free tier or part of a reservation */
    bool has_contracted;
    dec_t contracted; /* what the asking account would pay: kept beside, never used as the list price */
    const char *currency;
    enum tax_basis basis;
    bool has_tax_rate;
    dec_t tax_rate;
    struct date as_of;
};

int harvest_price(struct harvest *h, const struct fetch_price *p, struct err *err);
/* A shape of the job's provider; texts as in shapes.csv. The first of a SKU counts. */
int harvest_shape(struct harvest *h, const struct pack_shape *s, struct err *err);
/* Something in the source that is no list price of ours: "dedicated host". The reason is kept by value. */
int harvest_skip(struct harvest *h, const char *reason, size_t n, struct err *err);
/* Kept, but worth knowing: "sold out at the moment". */
int harvest_remark(struct harvest *h, const char *remark, size_t n, struct err *err);
/* All prices of the service in the region have been delivered: what the source no longer holds is gone.
 * Without it a region and service are partial: prices not delivered stay as they were. */
int harvest_full(struct harvest *h, const char *region, const char *service, struct err *err);
/* Where the prices come from, for the list of sources: a title and, in one line, what to know of
 * them ("years contain the public term discount"). Once a job; confidence high, medium or low. */
int harvest_source(struct harvest *h, const char *title, const char *confidence, const char *note, struct err *err);
/* A reference rate: `value` of quote per `units` of base. */
int harvest_rate(struct harvest *h, struct date day, const char *base, const char *quote, int units, dec_t value,
                 struct err *err);
/* For `csv`: a whole table of a pack as it was read, instead of the above. */
int harvest_table(struct harvest *h, enum pack_table table, const char *body, size_t len, struct err *err);

/* ---- for the driver ---- */

/* `rules` lends sites and providers; `site` is "" for rates; both must stay until harvest_free(). */
int harvest_open(struct harvest **out, const char *fetcher, const char *site, const char *origin,
                 const struct rules *rules, struct err *err);
void harvest_free(struct harvest *h);         /* NULL is fine */
size_t harvest_rows(const struct harvest *h); /* prices and rates so far */

struct harvest_count {
    const char *what;
    size_t n;
    bool remark; /* the rows were kept */
};
/* What the files of a snapshot are to hold, borrowed from the harvest; an empty body: no such file. */
struct harvested {
    struct pack_body tables[PACK_TABLES]; /* prices, shapes, sources; or what harvest_table() got */
    struct pack_body scopes;              /* region,service,full */
    struct pack_body contracted;          /* prices of the asking account */
    struct pack_body rates;
    struct date day; /* the newest as_of, or day of rates; DATE_NONE: there is nothing */
    size_t nprices, nrates;
    const struct harvest_count *counts; /* in the order in which they came up */
    size_t ncounts;
};
/* Sorts, drops repeats, sets contradictions apart, closes tiers at the next one's start, writes the tables. */
int harvest_finish(struct harvest *h, struct harvested *out, struct err *err);

/* ---- small helpers for parsers ---- */

/* An exact amount as JSON and price lists write it: "0.0100000000", "1e-05", 0.096; no blanks, signs or
 * thousands separators. Digits after the 12th decimal that are not zero are an error. */
int fetch_amount(const char *text, size_t len, dec_t *out, struct err *err);
/* An amount as people write it in a table: "￥ 1,220.16", "¥0.31", with blanks and line breaks. 1: read and
 * *rest points behind it; 0: no number there ("不适用", "-"); -1: malformed. */
int fetch_amount_in(const char *text, dec_t *out, const char **rest, struct err *err);
/* The day at the start of an ISO date or time: "2020-10-19T20:48:02Z". */
int fetch_day(const char *text, size_t len, struct date *out, struct err *err);

#endif
