/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ladders of scope `month` count everything used of an SKU together: the quantities of all lines on
 * one offer are pooled, priced and rounded once, and shared to the lines by quantity (largest
 * remainder in minor units, ties by line name). A line that stands for several is counted as so many; in ties they
 * stand next to each other.
 */
#ifndef TCO_POOL_H
#define TCO_POOL_H

#include "calc/price.h"

/* Prices the lines of each pool again, together. Lines that stand alone on their ladder stay as
 * they are. A ladder that ends below the pooled quantity leaves all its lines unpriced. */
int pool_lines(const struct pricing *p, struct arena *arena, struct line *lines, size_t n, struct err *err);

/* One line, or `lines` of them that are alike. Each gets `out`; the first `more` of them get a minor unit more. */
struct pool_share {
    dec_t weight; /* of one, >= 0 */
    int lines;    /* >= 1 */
    dec_t out;
    int more;
    dec_t rest; /* the working of pool_share() */
    size_t place;
};

/* Shares `total` minor-unit-exactly by weight: what all lines get sums to total. Ties go to the earlier one. The sum
 * of the weights is > 0. */
void pool_share(dec_t total, int places, struct pool_share *v, size_t n);

#endif
