/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ladders of scope `month` count everything used of an SKU together: the quantities of all lines on
 * one offer are pooled, priced and rounded once, and shared to the lines by quantity (largest
 * remainder in minor units, ties by line name).
 */
#ifndef TCO_POOL_H
#define TCO_POOL_H

#include "calc/price.h"

/* Prices the lines of each pool again, together. Lines that stand alone on their ladder stay as
 * they are. A ladder that ends below the pooled quantity leaves all its lines unpriced. */
int pool_lines(const struct pricing *p, struct arena *arena, struct line *lines, size_t n, struct err *err);

/* Shares `total` minor-unit-exactly by weight: out[i] sums to total. Ties go to the earlier index.
 * All weights >= 0, their sum > 0. */
void pool_share(dec_t total, int places, const dec_t *weights, size_t n, dec_t *out);

#endif
