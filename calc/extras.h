/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a site that are no resources: the user's own costs (compliance, staff,
 * migration), the fee of each payment, and the handling of each invoice.
 */
#ifndef TCO_EXTRAS_H
#define TCO_EXTRAS_H

#include "calc/price.h"
#include "models/component.h"

/* Do the conditions of a cost hold for this site, buyer and region? region NULL: no region condition holds. */
bool cost_applies(const struct pricing *p, const struct cost *c);

/* The line of a cost. */
int cost_line(const struct pricing *p, struct arena *arena, const struct cost *c, struct line *out, struct err *err);

/* The fee lines due for the payments of `lines`; none when nothing is due. Appends to *out (room for 2). */
int fee_lines(const struct pricing *p, struct arena *arena, const struct line *lines, size_t n, struct line *out,
              size_t *nout, struct err *err);

/* How the site is paid: a method of rules/fees.csv; "none": no payment is charged for. */
const char *fee_method(const struct pricing *p);
/* The terms of a payment's fee into *in, their currency to the line: 1; not known, as the line says then: 0; -1. */
int fee_terms(const struct pricing *p, struct arena *arena, const char *method, struct component_input *in,
              struct line *out, struct err *err);

#endif
