/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule tables of fixtures/rules and the pack's own small tables, as arrays: sites, regions,
 * cities, taxes, payment fees, currencies, sources. Loaded from the catalogue by
 * catalogue_rules(); all text belongs to the arena given there. A missing text is "".
 */
#ifndef TCO_RULES_H
#define TCO_RULES_H

#include "calc/date.h"
#include "calc/decimal.h"

#include <stdbool.h>
#include <stddef.h>

enum acceptance { BUYER_ACCEPTED, BUYER_CONDITIONAL, BUYER_REFUSED };

struct site {
    const char *id, *provider, *name_en, *name_zh;
    const char *station;                        /* cn, intl, global */
    const char *list_currency, *list_tax_basis; /* basis: incl, excl, per-source */
    const char *contract_entity, *payee_country, *operator_note;
    enum acceptance accepts_mainland, accepts_overseas;
    const char *condition, *invoices, *payment, *icp_note, *as_of, *confidence, *source;
};

struct region {
    const char *site, *id, *city, *country;
    bool mainland;
    const char *operator_name, *display_en, *display_zh;
};

struct city {
    const char *en, *zh;
};

/* A rate that the table leaves blank is unknown: has_ is false. */
struct tax_row {
    const char *buyer_country, *buyer_status, *station, *provider, *invoice; /* "*" any; invoice "" any */
    bool has_seller_rate, has_self_rate;
    dec_t seller_rate, self_rate, recoverable_share;
    const char *tax_currency; /* "" = the price's own */
    const char *document;
    struct date effective_from, effective_to; /* DATE_NONE = open */
    const char *confidence, *source;
    int row; /* line of the file, for messages */
};

struct fee_row {
    const char *method, *payer_country, *payee_country; /* "*" any */
    bool has_percent, has_min, has_max;
    dec_t percent, min, max, fixed; /* percent is a share: 0.001 */
    const char *currency;
    const char *source, *confidence;
};

struct currency {
    const char *code;
    int minor_units;
    const char *name_en, *name_zh;
};

struct source {
    const char *id, *title, *origin;
    struct date as_of;
    const char *licence, *confidence, *note; /* confidence: high, medium, low */
};

struct rules {
    const struct site *sites;
    size_t nsites, nbase; /* the first nbase are those of rules/; the others came with packs */
    const struct region *regions;
    size_t nregions;
    const struct city *cities;
    size_t ncities;
    const struct tax_row *taxes;
    size_t ntaxes;
    const struct fee_row *fees;
    size_t nfees;
    const struct currency *currencies;
    size_t ncurrencies;
    const struct source *sources;
    size_t nsources;
};

const struct site *rules_site(const struct rules *r, const char *id); /* NULL when unknown */
const struct region *rules_region(const struct rules *r, const char *site, const char *region);
const struct currency *rules_currency(const struct rules *r, const char *code);
const struct source *rules_source(const struct rules *r, const char *id);
/* The English name of a city given in English (any case) or Chinese; NULL when no region stands there. */
const char *rules_city(const struct rules *r, const char *name);
/* The tax row for a buyer at a site in a month (money rules: buyer's country before `*`, provider
 * before `*`, status before `*`, invoice kind before blank, then the latest effective_from not
 * after the month). NULL in *out when none applies. Two rows of equal rank are an error. */
struct err;
int rules_tax(const struct rules *r, const char *country, const char *status, const char *station, const char *provider,
              const char *invoice, struct month month, const struct tax_row **out, struct err *err);
/* The payment fee of a method between two countries: payer's country before `*`, payee's before `*`. NULL when none. */
const struct fee_row *rules_fee(const struct rules *r, const char *method, const char *payer, const char *payee);

#endif
