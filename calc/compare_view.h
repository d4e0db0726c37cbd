/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a comparison is shown: one file per format. The CSV is one row per offer and line (matrix), or one per offer
 * (offers); the JSON holds both. The names of columns and members are a promise: they are only ever appended to.
 */
#ifndef TCO_COMPARE_VIEW_H
#define TCO_COMPARE_VIEW_H

#include "calc/buf.h"
#include "calc/compare.h"
#include "calc/phrase.h"

enum compare_part { COMPARE_MATRIX, COMPARE_OFFERS }; /* with its lines; the offers alone */

/* Check p->failed and out->failed afterwards. */
void compare_table(const struct compare *c, enum compare_part part, struct phrases *p, bool color, struct buf *out);
void compare_csv(const struct compare *c, enum compare_part part, struct buf *out);
void compare_json(const struct compare *c, struct buf *out);

/* The price of a unit; false for a ladder and for what is paid in parts: they have no single one. */
bool compare_unit_price(const struct line *l, dec_t *out);
/* Rate of the tax in a line: the first run's. False when it bears none. */
bool compare_tax_rate(const struct line *l, dec_t *out);

#endif
