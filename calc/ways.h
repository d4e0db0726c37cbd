/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every way a site sells a resource, side by side: on-demand, prepaid for each term, each commitment. Of each way
 * the cheapest SKU that fits; a way that the price data do not hold is not there. Each is priced for the resource
 * alone: a ladder that several resources share is not climbed together.
 *
 * Amounts are in the budget currency. cost, monthly, npv, break-even and pay-back count the cost (cash out less
 * recoverable tax), as the ranking does; upfront is cash, with its tax.
 */
#ifndef TCO_WAYS_H
#define TCO_WAYS_H

#include "calc/site.h"

/* How much of a demand that varies to commit to, the rest bought on demand (models/newsvendor.h). All costs are
 * expected ones over the horizon. */
struct way_amount {
    dec_t ratio;    /* the critical ratio (p - c) / p, 0 when the commitment is no cheaper */
    dec_t quantity; /* whole items */
    dec_t cost, on_demand;
    bool has_all; /* demand has a most */
    dec_t most, all;
};

struct way {
    const struct offer *offer;
    const char *charge; /* English always: "prepaid 12 months" */
    bool on_demand;
    enum line_status status; /* LINE_AMBIGUOUS: two prices contradict each other, there are no amounts */
    dec_t upfront;           /* cash at the very start */
    dec_t monthly;           /* effective: upfront spread over its term and what is due monthly */
    dec_t cost, npv, unused_cost;
    int renewals;
    bool has_break_even; /* there is an on-demand price to compare with */
    dec_t break_even;    /* share of the project's hours above which it is cheaper than on demand; above 1: never */
    int payback; /* 1-based month from whose end on, up to the horizon's, no more was paid than on demand; 0: none */
    bool best;   /* lowest NPV of the resource's ways */
    const struct way_amount *amount; /* NULL: demand does not vary, or it is no commitment */
};

struct line_ways {
    const struct resource *resource;
    const struct way *v; /* by charge, term, offering */
    size_t n;
};

/* Fills ways and nways of an estimate whose region is known; none where the site has no region. */
int ways_add(const struct site_work *w, const struct pricing *p, struct site_estimate *e, struct err *err);

/* The line of a resource at an offer with what it leaves unused, for all that the line stands for. */
int ways_price(const struct pricing *p, struct arena *arena, const struct resource *r, const struct offer *o,
               struct line *out, struct err *err);
/* ways_amount.c: does the count vary (a profile, a distribution that does not grow)? */
bool ways_vary(const struct resource *r);
/* Of such a resource: how much of it to commit to in a way with a term. */
int ways_amount(const struct pricing *p, struct arena *arena, const struct resource *r, const struct way *way,
                const struct way *on_demand, const struct way_amount **out, struct err *err);
/* Cash due at the very start of a line. */
dec_t ways_upfront(const struct line *line);

#endif
