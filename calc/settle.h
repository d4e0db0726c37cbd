/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From ladders as they were published to offers as they are chosen from: in order, the parts of a
 * reservation together, contradictions linked.
 */
#ifndef TCO_SETTLE_H
#define TCO_SETTLE_H

#include "calc/offer.h"

/* Takes offers of one part each, of one site, region and service; returns how many remain, sorted by
 * sku, os, charge, term, offering, basis, unit, source. Parts of one reservation (same source and
 * snapshot) become one offer, the sum for the term first; of offers that say the same one stays;
 * those of one identity that differ point to each other in a ring. */
size_t offers_settle(struct offer *v, size_t n);

#endif
