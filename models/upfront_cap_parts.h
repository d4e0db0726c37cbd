/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the two halves of upfront_cap: the problem made ready (choices nobody would make left out,
 * cash priced, resources in the order they are decided), and the search.
 */
#ifndef TCO_UPFRONT_CAP_PARTS_H
#define TCO_UPFRONT_CAP_PARTS_H

#include "models/upfront_cap.h"

/* An option, upfront ascending and NPV descending among those of its resource. */
struct cap_way {
    dec_t upfront, npv;
    size_t option;
};

struct cap_item {
    const struct cap_way *ways;
    size_t n;
    size_t pick;  /* the way with the least npv + price x upfront */
    dec_t regret; /* what the next best costs more, in these terms */
    size_t resource;
};

/* Sums over the items from one on to the last. */
struct cap_rest {
    dec_t least;        /* upfront, at least */
    dec_t upfront, npv; /* of the picks */
    dec_t priced;       /* npv + price x upfront of the picks, rounded down */
};

struct cap_problem {
    struct cap_item *items;
    size_t n;
    struct cap_rest *rest;        /* n + 1 */
    dec_t cap, price, priced_cap; /* price x cap, rounded up */
    int places;                   /* decimals that NPVs have */
};

/* npv + price x upfront, rounded down: what bounds from below stays below. */
dec_t cap_priced(const struct cap_problem *p, dec_t upfront, dec_t npv);

/* way[i] (by item) is a mix within the cap of NPV *best; both are replaced when the search finds a better one. No mix has a
 * lower NPV than *bound, which is *best when the search was complete. */
int cap_search(const struct cap_problem *p, size_t *way, dec_t *best, dec_t *bound, struct err *err);

#endif
