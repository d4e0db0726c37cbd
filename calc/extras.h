/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a site that are no resources: the user's own costs (compliance, staff,
 * migration), the fee of each payment, and the handling of each invoice.
 */
#ifndef TCO_EXTRAS_H
#define TCO_EXTRAS_H

#include "calc/price.h"

/* Do the conditions of a cost hold for this site, buyer and region? region NULL: no region condition holds. */
bool cost_applies(const struct pricing *p, const struct cost *c);

/* The line of a cost. */
int cost_line(const struct pricing *p, struct arena *arena, const struct cost *c, struct line *out, struct err *err);

/* The fee lines due for the payments of `lines`; none when nothing is due. Appends to *out (room for 2). */
int fee_lines(const struct pricing *p, struct arena *arena, const struct line *lines, size_t n, struct line *out,
              size_t *nout, struct err *err);

#endif
