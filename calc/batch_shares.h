/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bill of an inventory by groups of its rows: what the lines of a group's rows come to, to the minor unit, and in
 * a sum of its own what is the whole bill's: fees, costs, lines of the base. Together they are the bill exactly. Rows
 * with a line that has no price are not added but counted.
 */
#ifndef TCO_BATCH_SHARES_H
#define TCO_BATCH_SHARES_H

#include "calc/batch_groups.h"
#include "calc/batch_inventory.h"

/* whole: every row is in the bill; else what is the whole bill's is not known. */
int batch_shares(struct batch_groups *g, const struct inventory_bill *bill, const struct estimate *e,
                 const struct estimate_options *opt, bool whole, struct err *err);

#endif
