/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From runs of months to single months: what a line, or a whole site, comes to in each month. Sums
 * only; nothing is rounded here.
 */
#ifndef TCO_MONTH_SUMS_H
#define TCO_MONTH_SUMS_H

#include "calc/estimate.h"

struct month_sum {
    bool any; /* a run covers the month */
    struct money m;
};

/* How many months a site's money takes: the horizon, or more where a committed term is paid to its end. */
int site_months(const struct scenario *s, const struct site_estimate *site);

/* Zeroed sums for so many months; NULL without memory. The caller frees them with free(). */
struct month_sum *month_sums_new(int months);
/* Adds a line's runs, none of which may end after `months`. A line without amounts adds nothing. A sum that overflows is an error. */
int month_sums_add(struct month_sum *sums, int months, const struct line *l, struct err *err);

bool money_same(const struct money *a, const struct money *b);

#endif
