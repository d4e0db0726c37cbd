/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ladder of marginal prices: each unit pays the price of the tier it falls into. Tiers are half
 * open [from, to), ascending, without gaps, the first from 0; the last may be open.
 */
#ifndef TCO_LADDER_H
#define TCO_LADDER_H

#include "calc/decimal.h"

#include <stdbool.h>
#include <stddef.h>

struct tier {
    dec_t from, to; /* to is meaningless when open */
    bool open;
    dec_t price; /* > 0, or 0 for a published free tier */
};

/* The price of the units from `from` up to `to` (0 <= from <= to), exact to 12 decimals
 * (half-up where a product needs more). *beyond becomes true when the ladder ends below `to`:
 * nothing is published there, and the amount is not to be used. */
dec_t ladder_amount(const struct tier *tiers, size_t n, dec_t from, dec_t to, bool *beyond);

#endif
