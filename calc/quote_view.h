/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the intake report of a received quote is shown: a table for people, and a CSV of one row per item, total and
 * remark. The names of the columns are a promise: they are only ever appended to.
 */
#ifndef TCO_QUOTE_VIEW_H
#define TCO_QUOTE_VIEW_H

#include "calc/buf.h"
#include "calc/phrase.h"
#include "fetchers/quote.h"

/* Check p->failed and out->failed afterwards. */
void quote_table(const struct quote *q, const char *file, struct phrases *p, bool color, struct buf *out);
void quote_csv(const struct quote *q, struct buf *out);

#endif
