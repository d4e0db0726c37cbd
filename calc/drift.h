/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What changed between two days: every price known on one day against the same price known on the other.
 * A price is named by what is bought and how (site, region, service, SKU, system, charge, offering, term),
 * its unit, currency and tax basis, and where its tier begins.
 */
#ifndef TCO_DRIFT_H
#define TCO_DRIFT_H

#include "calc/catalogue.h"

/* DRIFT_CHANGED: the currency, the tax basis or the unit is another, or what was one price is ambiguous:
 * nothing to be compared by a percentage. */
enum drift_kind { DRIFT_CHEAPER, DRIFT_DEARER, DRIFT_NEW, DRIFT_GONE, DRIFT_CHANGED, DRIFT_SAME, DRIFT_KINDS };
extern const char *const drift_names[DRIFT_KINDS]; /* as CSV has them: "cheaper" ... */

struct drift_side {
    bool known;     /* there was such a price that day */
    bool ambiguous; /* there were several: `price` says nothing */
    dec_t price;
    enum unit unit;
    char currency[CURRENCY_TEXT];
    enum tax_basis basis;
    struct date as_of;
    const char *source;
};

struct drift_row {
    const char *site, *region, *service, *sku, *os, *offering;
    enum charge_kind charge;
    int term_months;
    dec_t tier_from;
    enum drift_kind kind;
    struct drift_side old, new;
    bool has_pct; /* cheaper or dearer, and the old price was not 0 */
    dec_t pct;    /* new against old, in per cent, half-up to 2 decimals */
};

struct drift_site {
    const char *site;
    long counts[DRIFT_KINDS];
};

struct drift {
    struct drift_row *rows; /* without DRIFT_SAME; by site, region, service, SKU, way to buy, tier */
    size_t n, cap;
    struct drift_site *sites; /* those that have prices, sorted */
    size_t nsites;
};

struct drift_question {
    struct date old, new;
    const char *site, *region, *service, *source; /* NULL: any; a source counts on either side */
};

/* Texts live in the arena, those of sources in the rules. */
int drift_find(struct catalogue *c, const struct rules *rules, const struct drift_question *ask, struct arena *a,
               struct drift *out, struct err *err);

#endif
