/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The estimate of one site for one buyer: may it be bought there, in which region, at what total.
 */
#ifndef TCO_SITE_H
#define TCO_SITE_H

#include "calc/match.h"
#include "calc/price.h"
#include "calc/shelf.h"

/* What all sites of an estimate share. */
struct site_work {
    const struct scenario *scenario;
    const struct rules *rules;
    struct kept *kept;
    const struct estimate_options *options;
    struct arena *arena;
    struct fx *fx;
    struct shelves *shelves;
    const struct npv_table *npv;
    const struct quantity_list *items; /* by resource */
    int budget_places;
    struct arena *scratch; /* two, for trials */
};

/* What pricing at one site needs, and what of it lives as long: not to be moved. */
struct site_context {
    struct tax_context tax;
    struct payment payment;
    struct pricing pricing;
};
/* For the site, buyer, quote and region of an estimate. */
void site_context(const struct site_work *w, const struct site_estimate *e, struct site_context *out);
/* The offers of the place that a resource is matched with. */
int site_match(const struct site_work *w, const struct pricing *p, const struct resource *r, struct match_input *out,
               struct err *err);

int site_run(const struct site_work *w, const struct site_ref *ref, struct site_estimate *out, struct err *err);
/* The regions of a site that the scenario leaves to be compared; n is 0 when there is none. */
int site_regions(const struct site_work *w, const struct site *site, const struct region *const **out, size_t *n,
                 struct err *err);
/* site_run() in one of them. */
int site_run_in(const struct site_work *w, const struct site_ref *ref, const struct region *region,
                struct site_estimate *out, struct err *err);
/* Of two regions of a site: where more lines are priced, then the cheaper. */
bool site_better(const struct site_estimate *a, const struct site_estimate *b);

#endif
