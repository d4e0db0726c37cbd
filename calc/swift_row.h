/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a row: what a thread goes over again and again. swift_row.c reads cells and chooses offers, swift_stand.c
 * adds a place up.
 */
#ifndef TCO_SWIFT_ROW_H
#define TCO_SWIFT_ROW_H

#include "calc/swift_parts.h"
#include "models/terms.h"

/* Equal months with so many items (units of 10^-12); whole: their number, 0 when there is a fraction. */
struct swift_run {
    int first, months;
    uint64_t items, whole;
};

/* A resource as the row has it. */
struct swift_amounts {
    struct resource resource;
    bool resized, retimed, ready, terms_ready, has_factors;
    struct swift_run *runs, *terms; /* items by month; terms of `term` months begun */
    size_t nruns, nterms;
    int term;
    struct growth grown; /* what the factors are of */
    dec_t *factors;
};

/* Equal months of a line: what is billed in each, and what becomes of it. */
struct swift_bill {
    int first, months;
    uint64_t list, billed;
    struct minor_money m;
    const struct chain *chain;
};
struct swift_bills { /* of a line at one offer */
    const struct offer *offer;
    const struct swift_group *group;
    struct swift_bill *v;
    size_t n;
    int64_t cost;
};

struct swift_cell {
    char *text;
    size_t n, room;
    struct growth value; /* numbers have it in `rate` */
};

struct swift_scratch {
    struct arena arena, cell_arena;
    struct swift_amounts *amounts; /* by resource */
    struct swift_keep *discounts;
    struct swift_cell *cells; /* by column: the last one read */
    size_t ncells;
    struct swift_bills bills[2]; /* the best so far, and the one on trial */
    int best;
    uint64_t *paid; /* by month: what one payment comes to */
    enum timing *paid_at;
    uint64_t *limit; /* by month: billed in the currency of the filing limit */
    struct swift_site *sites, **order;
};

/* The line at the offer that is taken. False: not to be had this way. */
bool swift_line_price(const struct swift *s, struct swift_scratch *t, const struct swift_line *l,
                      const struct swift_bills **out);
/* All lines of a place, its fees and what else is wanted of it. */
bool swift_stand_price(const struct swift *s, struct swift_scratch *t, const struct swift_stand *stand, unsigned wanted,
                       struct swift_site *out);

#endif
