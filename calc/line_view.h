/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every report asks of a line and none may answer differently. Reads the estimate only.
 */
#ifndef TCO_LINE_VIEW_H
#define TCO_LINE_VIEW_H

#include "calc/buf.h"
#include "calc/estimate.h"

/* Are its amounts known? An unpriced or ambiguous line has none; a stale one has. */
bool line_has_amounts(const struct line *l);

/* The tax of the line when all its runs agree on rate and payer; else NULL (also when it bears none). */
const struct tax_used *line_one_tax(const struct line *l);

/* Its one price, when the offer is a single price without tiers. */
bool line_unit_price(const struct line *l, dec_t *price);

/* Budget currency per price currency, a settlement currency between them included, rounded as a
 * cross rate is: half-up to 8 decimals, to 12 below 0.01. False when the line has no rate. */
bool line_fx_rate(const struct line *l, dec_t *rate);
/* Where that rate comes from: "ecb", "budget", "vendor+ecb"; nothing for one and the same currency. */
void line_fx_source(const struct line *l, struct buf *out);
/* The day of the published rate; DATE_NONE for budget rates and the same currency. */
struct date line_fx_date(const struct line *l);

/* What vouches for its price: the source's id, the text of the fee rule, or "config". "" when there is no price. */
const char *line_source(const struct line *l);

#endif
