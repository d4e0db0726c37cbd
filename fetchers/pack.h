/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A price pack: five CSV tables of prices, shapes, classes, regions and sources, and perhaps a sixth
 * of sites that the rules do not have. Bytes in, checked rows out; a pack with one bad row is refused whole, and the message names the row. What is odd
 * but usable is a warning.
 */
#ifndef TCO_PACK_H
#define TCO_PACK_H

#include "calc/arena.h"
#include "calc/offer.h"
#include "calc/record.h"
#include "calc/rules.h"

enum pack_table { PACK_PRICES, PACK_SHAPES, PACK_CLASSES, PACK_REGIONS, PACK_SOURCES, PACK_SITES, PACK_TABLES };
extern const char *const pack_files[PACK_TABLES]; /* "prices.csv" ... */

struct pack_body {
    const char *name; /* for messages: "packs/bundled/prices.csv" */
    const char *body;
    size_t len; /* of PACK_SITES 0: there is none */
};

/* One row of prices.csv. Texts are interned: equal ones have equal pointers. */
struct pack_price {
    const char *site, *region, *service, *sku, *os, *offering, *source;
    dec_t tier_from, tier_to, price, tax_rate;
    struct date as_of;
    int line;
    int term_months;
    bool open; /* no tier_to */
    bool has_tax_rate;
    unsigned char charge, unit, scope, basis; /* enum charge_kind, unit, tier_scope, tax_basis */
    char currency[CURRENCY_TEXT];
};

struct pack_shape {
    const char *provider, *sku, *service, *family, *class_, *sold, *vcpu, *memory, *size, *gpu, *arch;
    bool burstable;
    const char *generation;
};

struct pack_class {
    const char *site, *service, *class_, *sku;
};

struct pack {
    struct arena arena;
    struct pack_price *prices; /* sorted by pack_order(): the tiers of a ladder stand together */
    size_t nprices;
    const struct pack_shape *shapes;
    size_t nshapes;
    const struct pack_class *classes;
    size_t nclasses;
    struct rules facts;                  /* regions, sources; the rules' sites with the pack's own */
    struct records records[PACK_TABLES]; /* the small tables as read; [PACK_PRICES] is empty */
    const char **warnings;
    size_t nwarnings;
};

extern const struct record_type shape_type, class_type;

/* `rules` lends sites and currencies, and must stay as long as the pack. The bodies are borrowed during the call
 * only. A site of the pack may be one that another pack brought (of the same provider), none of the rules' own. */
int pack_read(struct pack *out, const struct pack_body in[PACK_TABLES], const struct rules *rules, struct err *err);
void pack_free(struct pack *p);

/* Site, region, service, sku, os, charge, offering, term, basis, as_of, source, unit, tier_from. */
int pack_order(const struct pack_price *a, const struct pack_price *b);
/* The same in all of these but tier_from: tiers of one ladder. */
bool pack_same_ladder(const struct pack_price *a, const struct pack_price *b);

/* The shape of a row of shapes.csv; text points into the row. */
int pack_shape_of(const struct pack_shape *row, struct shape *out, struct err *err);

/* True for charges whose parts (a sum for the term, a rate by the hour or month) make one offer
 * together, so that the unit does not tell offers apart. */
bool pack_in_parts(enum charge_kind charge);

#endif
