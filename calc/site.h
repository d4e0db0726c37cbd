/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The estimate of one site for one buyer: may it be bought there, in which region, at what total.
 */
#ifndef TCO_SITE_H
#define TCO_SITE_H

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

int site_run(const struct site_work *w, const struct site_ref *ref, struct site_estimate *out, struct err *err);

#endif
