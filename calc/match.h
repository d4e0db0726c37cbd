/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Choosing a price: first the charge, then the SKU (pinned, by class, or by shape), then the lowest
 * cost of the line over the horizon in the budget currency; ties go to fewer vCPU, less memory,
 * the SKU's name. Works on the offers of a shelf, wherever they came from.
 */
#ifndef TCO_MATCH_H
#define TCO_MATCH_H

#include "calc/price.h"
#include "calc/shelf.h"

struct match_input {
    const struct pricing *pricing;
    struct arena *arena; /* of the estimate: the line lives here */
    const struct shelves *shelves;
    const struct shelf *shelf;     /* one of them */
    const char *const *class_skus; /* of the class asked for, sorted; unused for pins and shapes */
    size_t nclass_skus;
    bool only_class;       /* the site sells the service in no other class than the one asked for */
    int candidates;        /* how many runners-up to keep */
    struct arena *scratch; /* two, used again by every line: what is in them is gone after the call */
};

/* The line of a resource: priced, stale, ambiguous or unpriced with its reason. */
int match_line(const struct match_input *in, const struct resource *r, struct line *out, struct err *err);

/* The offers of the shelf that fit the resource, to v (room for all of the shelf); returns how many. */
size_t match_offers(const struct match_input *in, const struct resource *r, const struct offer **v);

/* The same however they are bought: every charge but spot, whose price may change at any time. */
size_t match_ways(const struct match_input *in, const struct resource *r, const struct offer **v);

/* Does an offer's charge answer the one asked for? Not for CHARGE_BEST. */
bool match_charge(const struct shelf *s, const struct offer *o, const struct charge_choice *asked);

/* Why an offer does not fit a resource by shape; FIT when it does. */
enum fit {
    FIT,
    FIT_TOO_SMALL,
    FIT_ARCH,
    FIT_BURSTABLE,
    FIT_GPU,
    FIT_METAL,
    FIT_LEGACY,
    FIT_CLASS,
    FIT_LOW_CONFIDENCE,
    FIT_NO_SHAPE,
    FIT_REASONS
};
enum fit match_shape(const struct resource *r, const struct offer *o);

#endif
