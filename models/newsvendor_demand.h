/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * newsvendor.h for a demand with a distribution (distribution.h), in decimals: a discrete one as its levels, any
 * other by its quantiles. Draws beyond the ends that are allowed count as the end.
 */
#ifndef TCO_NEWSVENDOR_DEMAND_H
#define TCO_NEWSVENDOR_DEMAND_H

#include "calc/decimal.h"
#include "models/distribution.h"

#include <stdbool.h>

struct newsvendor_demand {
    dec_t quantity;  /* to commit: whole units */
    dec_t cost;      /* expected, a period, as are the following; to 9 decimals */
    dec_t on_demand; /* of committing to nothing */
    bool has_most;   /* demand ends: not a normal or lognormal one */
    dec_t most, all; /* the whole units that cover it, and what committing to them costs */
};

/* d has passed distribution_check(); commit > 0 and price >= 0 a unit and period; 0 <= low < high. */
int newsvendor_demand(const struct distribution *d, dec_t low, dec_t high, dec_t commit, dec_t price,
                      struct newsvendor_demand *out, struct err *err);

#endif
