/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers side by side: the price lists of the sites and received quotes, line by line of the workload. Made from one
 * estimate whose sites are those offers (compare_sites()), so every figure in it is the estimate's own. What decides is
 * the NPV, which is the cost where nothing is discounted.
 */
#ifndef TCO_COMPARE_H
#define TCO_COMPARE_H

#include "calc/estimate.h"
#include "fetchers/quote.h"

/* A line of the workload, a cost of the buyer's own, or a fee. */
struct compare_row {
    const char *label, *kind;
    const struct resource *resource; /* NULL for costs and fees */
    const struct cost *cost;
    const struct compare_offer *winner; /* NULL when no offer can be taken, and for costs and fees */
};

struct compare_cell {
    const struct line *line; /* NULL: not asked of this offer */
    bool priced;             /* npv of the line is known */
    bool counts;             /* priced, not too old, and the site accepts the buyer: it may win */
    bool has_vs_list;
    dec_t vs_list; /* share above the same line of the site's list price; of a quote's line of the workload */
};

enum compare_need { NEED_UNKNOWN, NEED_NOTHING, NEED_DISCOUNT, NEED_TOO_MUCH };
extern const char *const compare_need_names[]; /* "unknown", "none", "discount", "unreachable" */

enum compare_spare_why { SPARE_REGION, SPARE_SERVICE, SPARE_UNFIT };
extern const char *const compare_spare_names[]; /* "other-region", "not-asked", "no-line" */
/* A row of a quote that no line of the workload is bought by. */
struct compare_spare {
    const struct quote_item *item;
    enum compare_spare_why why;
};

struct compare_offer {
    const struct site_estimate *site;
    const struct compare_offer
        *list; /* of a quote: the list price of the same site and buyer, NULL when there is none */
    bool expired;
    struct compare_cell *cells; /* by row */
    bool has_vs_list;
    dec_t vs_list; /* share above the list price in total */
    const struct compare_spare *spare;
    size_t nspare;
    enum compare_need need; /* of a target */
    dec_t discount;         /* on all it bills, share rounded up to 4 decimals */
};

struct compare {
    const struct estimate *e;
    struct compare_offer *offers; /* in the order of the scenario's sites */
    size_t noffers;
    struct compare_row *rows; /* resources, costs, fees */
    size_t nrows;
    const struct compare_offer *winner; /* in total; NULL when none is ranked */
    /* The best of each line, each chosen by itself: own costs once, the fees of every offer it buys from in full. */
    bool has_mix;
    dec_t mix_cost, mix_npv;
    bool has_target;
    dec_t target;
};

/* The offers to compare: each site of the scenario, after it its quotes for the same buyer; a quote of a site that is
 * not compared brings the site's list price with it, for the default buyer. */
int compare_sites(const struct scenario *s, const struct quote *quotes, size_t n, struct arena *a,
                  const struct site_ref **out, size_t *nout, struct err *err);

/* compare_mix.c: the best of each line; its winners are known. */
int compare_mix(struct compare *c, struct err *err);

/* target NULL: none. Borrows the estimate. */
int compare_make(const struct estimate *e, bool allow_stale, const dec_t *target, struct arena *a, struct compare *out,
                 struct err *err);

#endif
