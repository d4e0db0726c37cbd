/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An offer: one way to buy one SKU in one region of a site, as published, with source and date.
 * Most offers are one price or one ladder of tiers; a reservation may have two parts that are
 * paid together (an upfront sum for the term and an hourly or monthly rate).
 */
#ifndef TCO_OFFER_H
#define TCO_OFFER_H

#include "calc/date.h"
#include "calc/decimal.h"
#include "calc/scenario.h"
#include "models/ladder.h"

enum unit {
#define UNIT(id, name, base, divisor, time) UNIT_##id,
#include "calc/units.def"
#undef UNIT
    UNIT_COUNT
};
enum unit_base { BASE_ITEM, BASE_GIB, BASE_MBPS, BASE_REQUEST, BASE_LCU };
enum unit_time { PER_MINUTE, PER_HOUR, PER_DAY, PER_MONTH, PER_NONE, PER_TERM };
struct unit_info {
    const char *name;
    enum unit_base base;
    int divisor;
    enum unit_time time;
};
extern const struct unit_info unit_table[UNIT_COUNT]; /* unit.c */
/* The unit of a name, or -1. */
int unit_find(const char *name);

enum tier_scope { SCOPE_ITEM, SCOPE_MONTH, SCOPE_LIFE }; /* "", "month", "life" in packs */
enum tax_basis { BASIS_INCL, BASIS_EXCL };

struct price_part {
    enum unit unit;
    enum tier_scope scope;
    const struct tier *tiers; /* ascending, without gaps, the first from 0 */
    size_t ntiers;
};

struct shape {
    bool has_size;      /* vcpu and memory known */
    dec_t vcpu, memory; /* GiB */
    bool has_disk_size;
    dec_t disk_size; /* GiB a sized disk holds */
    dec_t gpu;       /* cards; 0 none; -1: some, number not known */
    enum arch arch;  /* ARCH_ANY when the table does not say */
    bool burstable, metal, legacy;
    const char *class_, *family;
};

struct source;
struct quoted;

/* Months of the longest term: a commitment may reach so far beyond the horizon. */
enum { OFFER_PARTS = 2, TERM_MAX = 120 };

struct offer {
    const char *site, *region, *service;
    const char *sku;
    const char *os; /* "" for what has none */
    enum charge_kind charge;
    const char *offering; /* "" when it has none */
    int term_months;      /* 0 for on-demand */
    char currency[CURRENCY_TEXT];
    enum tax_basis basis;
    bool has_tax_rate; /* the rate contained in the price is stated */
    dec_t tax_rate;
    struct date as_of;
    const struct source *source;
    const char *snapshot;        /* id of the pack or answer it came in */
    const struct shape *shape;   /* NULL: can be pinned, never matched */
    const struct quoted *quoted; /* the row of a received quote it is (quote_shelf.h); NULL: of a price list */
    struct price_part parts[OFFER_PARTS];
    size_t nparts;
    /* Another offer with the same identity and day and a different price: both are ambiguous. */
    const struct offer *rival;
};

struct offer_list {
    struct offer *v;
    size_t n;
};

#endif
