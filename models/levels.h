/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The levels at which what depends on an uncertain number is worked out exactly, to be joined by
 * straight lines. A discrete number has its values; a continuous one levels at equal steps and at
 * equal shares of probability, from one end to the other; of a normal or lognormal one the ends
 * are passed once in two million draws on either side, and draws beyond are set to them.
 */
#ifndef TCO_LEVELS_H
#define TCO_LEVELS_H

#include "calc/decimal.h"
#include "models/distribution.h"

#include <stddef.h>

enum { LEVELS_MAX = 65 };

/* Ascending, within low .. high, which are the ends of what the number may be, to 12 decimals. Returns how many:
 * 2 .. LEVELS_MAX, or 1 when nothing of the distribution is within. */
size_t levels_of(const struct distribution *d, dec_t low, dec_t high, dec_t levels[LEVELS_MAX]);

#endif
