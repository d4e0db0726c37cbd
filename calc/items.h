/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many items of a resource there are in each month: its count that grows, or its profile.
 */
#ifndef TCO_ITEMS_H
#define TCO_ITEMS_H

#include "calc/scenario.h"
#include "models/growth.h"

/* Of the whole horizon. A value that is a distribution counts with its mean. Free with quantity_free(). */
int items_runs(const struct resource *r, int months, struct quantity_list *out, struct err *err);

#endif
