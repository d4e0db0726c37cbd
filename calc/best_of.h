/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Best of breed: each resource bought where the whole is cheapest, from so many providers. models/mixture.h finds
 * the split by what the lines cost at each compared site, with the costs and fees of every site used; as ladders,
 * minimum fees and conditions depend on what stands together, what it finds is priced as a plan, and so are the
 * splits beside it, until none is cheaper. The answer is never dearer than the best single site.
 */
#ifndef TCO_BEST_OF_H
#define TCO_BEST_OF_H

#include "calc/site.h"

/* sites[i] is the estimate of the scenario's i-th offer. *out is plan:best-of-N, incomplete when there is none. */
int best_of_run(const struct site_work *w, const struct site_estimate *sites, size_t n, int providers,
                struct site_estimate *out, struct err *err);

#endif
