/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a row: what a thread goes over again and again. what the steps of it hand on.
 */
#ifndef TCO_SWIFT_ROW_H
#define TCO_SWIFT_ROW_H

#include "calc/swift_parts.h"
#include "models/terms.h"

/* Equal months with so many items. */
struct swift_run {
    int first, months;
    uint64_t items; /* units of 10^-12 */
    struct short_number n;
};

/* A resource as the row has it. */
struct swift_amounts {
    struct resource resource;
    bool resized, retimed, ready, terms_ready, has_factors;
    struct swift_run *runs, *terms; /* items by month; terms of `term` months begun */
    size_t nruns, nterms;
    int term;
    uint64_t time; /* the last one priced with, and the same cut short */
    struct short_number time_n;
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
    const struct swift_price *price;
    bool full; /* more is known than the net */
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
    bool full;      /* taxes are wanted */
    uint64_t *paid; /* by month, those of terms beyond the horizon too: what one payment comes to */
    enum timing *paid_at;
    uint64_t *limit; /* by month: billed in the currency of the filing limit */
    struct swift_site *sites, **order;
};

/* swift_cells.c. 1 taken, 0 not to be had this way, -1 no memory. */
int swift_take_cells(const struct swift *s, struct swift_scratch *t, const struct batch_row *row);

/* swift_amounts.c: the runs of a resource; the terms of so many months begun to cover them. False: not this way. */
bool swift_amounts_ready(const struct swift *s, struct swift_amounts *a);
bool swift_amounts_terms(const struct swift *s, struct swift_amounts *a, int term);

/* swift_bill.c. The line at the offer that is taken. False: not to be had this way. */
bool swift_line_price(const struct swift *s, struct swift_scratch *t, const struct swift_line *l,
                      const struct swift_bills **out);
/* swift_stand.c. All lines of a place, its fees and what else is wanted of it. */
bool swift_stand_price(const struct swift *s, struct swift_scratch *t, const struct swift_stand *stand, unsigned wanted,
                       struct swift_site *out);

#endif
