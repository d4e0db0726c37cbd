/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Published prices as a table and as CSV, one row per tier.
 */
#ifndef TCO_PRICES_VIEW_H
#define TCO_PRICES_VIEW_H

#include "calc/buf.h"
#include "calc/offer.h"
#include "calc/phrase.h"

/* Offers of one site and region; those of one service stand together. */
struct price_list {
    const struct offer **v;
    size_t n;
};

void prices_csv(const struct price_list *l, struct buf *out);
/* At least one offer. Missing memory is noted in `p`. */
void prices_table(const struct price_list *l, struct phrases *p, bool color, struct buf *out);

#endif
