/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cheapest of the offers that fit: the lowest cost of the line over the horizon in the budget
 * currency, found without pricing them all. Within offers that differ in price only, cost never
 * falls as the price rises, so the search stops at the first price that is dearer already.
 */
#ifndef TCO_RANK_H
#define TCO_RANK_H

#include "calc/match.h"

/* Fills the line from the best of v[0..n), n >= 1; reorders v. With `charge = best` the lowest NPV
 * among the cheapest of each charge. */
int rank_offers(const struct match_input *in, const struct resource *r, const struct offer **v, size_t n,
                struct line *out, struct err *err);

/* The cheapest of each way of buying (charge, term, offering) among v[0..n), by cost, to out (room for n), in the
 * order of rank_by_terms; reorders v. A way of which nothing can be priced is left out. */
int rank_ways(const struct match_input *in, const struct resource *r, const struct offer **v, size_t n,
              const struct offer **out, size_t *nout, struct err *err);

/* The orders it goes by. Offers that are alike but for the price: 0; charge, term, offering, currency, basis, unit. */
int rank_by_terms(const struct offer *a, const struct offer *b);
/* Of equal cost: fewer vCPU, less memory, SKU name; then the newer price, then the source's name. */
int rank_by_merit(const struct offer *a, const struct offer *b);
dec_t rank_lowest_price(const struct offer *o);

#endif
