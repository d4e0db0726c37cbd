/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A variance bridge as text. Sites: those given, in that order.
 */
#ifndef TCO_BRIDGE_VIEW_H
#define TCO_BRIDGE_VIEW_H

#include "calc/bridge.h"
#include "calc/phrase.h"

/* Sites, then of each compared site its parts, with the lines that moved and what changed in them. */
void bridge_table(const struct bridge *b, struct phrases *p, bool color, struct buf *out);
/* One row per line; of a site that is not compared one without a line. */
void bridge_csv(const struct bridge *b, struct buf *out);
void bridge_json(const struct bridge *b, struct buf *out);

/* What changed in a line that made this part of it, in the reader's words; "" when there is nothing to say. */
const char *bridge_fact(struct phrases *p, const struct bridge *b, const struct bridge_line *l, enum bridge_part part);

#endif
