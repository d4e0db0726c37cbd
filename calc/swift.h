/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Estimates that differ from a base in a few amounts only (how many, how large, how long, at what discount): what a
 * base and its columns have in common is worked out once - places, offers that fit in their order of trial, tax
 * rules, exchange - and each row then takes some nanoseconds an offer. The result is that of estimate_run() to the
 * last minor unit; what cannot be had this way is left to it.
 */
#ifndef TCO_SWIFT_H
#define TCO_SWIFT_H

#include "calc/batch.h"
#include "calc/chain.h"

/* What of the results is wanted. */
enum {
    SWIFT_COSTS = 1, /* fees, cash out and cost */
    SWIFT_NPV = 2,   /* with rank and the difference to the best; includes SWIFT_COSTS */
    SWIFT_NOTES = 4, /* notes as they would be for the amounts */
    SWIFT_TAXES = 8  /* tax, what of it is recovered, what is withheld; SWIFT_COSTS includes it */
};

struct swift; /* read by any number of threads at once */
struct swift_input {
    const struct config *config; /* the base */
    const struct rules *rules;
    struct kept *kept;
    const struct estimate_options *options;
    const struct batch_columns *columns;
    unsigned wanted;
};
/* *out is NULL where rows of these columns are not to be had this way. Borrows all that the input points at but the
 * columns. */
int swift_make(struct swift **out, const struct swift_input *in, struct err *err);
void swift_free(struct swift *s); /* NULL is fine */

/* A site of one row, in the order of the base's [compare] sites. */
struct swift_site {
    const struct site_estimate *site; /* the base's: texts, status, has_totals, has_list */
    uint64_t list;                    /* minor units of list_currency */
    struct minor_money m;             /* minor units of the budget currency */
    dec_t npv, vs_best;               /* with SWIFT_NPV */
    int rank;
    bool has_vs_best;
    struct date oldest_price;
    size_t version; /* which of swift_versions() `site` is */
};

struct swift_scratch; /* one per thread */
int swift_scratch_make(struct swift_scratch **out, const struct swift *s, struct err *err);
void swift_scratch_free(struct swift_scratch *t);

size_t swift_sites(const struct swift *s);
/* Every site_estimate that a row's sites may point at, numbered: a place in several regions, with other notes. */
size_t swift_versions(const struct swift *s);
const struct site_estimate *swift_version(const struct swift *s, size_t i);
const struct scenario *swift_scenario(const struct swift *s); /* the base's */
int swift_list_places(const struct swift *s, size_t site);    /* of list_currency */
int swift_places(const struct swift *s);                      /* of the budget currency */
/* 1: the row's sites are in *out, borrowed until the next call; 0: estimate_run() is to be asked (a cell that is
 * wrong, amounts too large, a price that contradicts another); -1: no memory. */
int swift_row(const struct swift *s, struct swift_scratch *t, const struct batch_row *row,
              const struct swift_site **out, struct err *err);

#endif
