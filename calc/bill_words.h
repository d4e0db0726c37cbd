/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the words of a bill mean: its services and units.
 */
#ifndef TCO_BILL_WORDS_H
#define TCO_BILL_WORDS_H

#include "calc/bill_sums.h"
#include "calc/offer.h"

/* The kind of service, "compute", "database", "storage", "network", of a service of the price packs or a
 * ServiceCategory of FOCUS; "" of any other word. */
const char *bill_kind(const char *name);
const char *bill_sum_kind(const struct bill_sum *s);

/* "Hours" is "hour", "GB-Months" is "GB-month". */
bool bill_same_unit(const char *a, const char *b);
/* The unit of prices a bill's word means ("Hours", "GB-Mo"), or -1. */
int bill_unit(const char *word);

#endif
