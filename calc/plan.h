/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan of an estimate: what would be priced, for whom, where, and how each SKU would be found.
 * Plain text within 100 columns, for `tco check`. No price is looked at.
 */
#ifndef TCO_PLAN_H
#define TCO_PLAN_H

#include "calc/buf.h"
#include "calc/catalogue.h"
#include "calc/rules.h"
#include "calc/scenario.h"

/* The catalogue is asked for the SKUs of classes only; NULL: they are left out. */
int plan_write(const struct scenario *s, const struct rules *r, struct catalogue *c, struct buf *out, struct err *err);

#endif
