/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rest of a spend commitment: what a site's discounted spending in a contract year falls short of the amount
 * committed is due at the year's end. Contract years are of twelve months and begin with the horizon.
 *
 * What counts is what the site's resources are billed for in the price's own currency and basis, so where prices
 * contain tax the amount does too. Costs and fees of paying do not count. The seller invoices the rest as it does its
 * services: it is settled and taxed as the first of the site's resources is, and the payment's fee is due on it.
 */
#ifndef TCO_SHORTFALL_H
#define TCO_SHORTFALL_H

#include "calc/price.h"

/* The line of what falls short, when there is a contract with the site and anything does: *nout is 1. A received quote
 * has its own terms, and none. Where the spending is not known the line has no price. */
int shortfall_line(const struct pricing *p, struct arena *arena, const struct line *lines, size_t n, struct line *out,
                   size_t *nout, struct err *err);

#endif
