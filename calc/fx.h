/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exchange rates as a scenario uses them. The path: a budget rate for the pair; its inverse (half-up to
 * 8 decimals); else the source's table through its base (EUR at the ECB, CNY at CFETS). Budget and table
 * rates are never mixed. A cross or inverse rate is rounded half-up to 8 decimals, to 12 when it
 * is below 0.01, and that number is the one used.
 */
#ifndef TCO_FX_H
#define TCO_FX_H

#include "calc/estimate.h"
#include "calc/kept.h"

struct fx {
    struct catalogue *catalogue;
    struct kept *kept;   /* asked in its place; may be NULL */
    struct arena *arena; /* rates found live here; each pair is found once */
    const char *source;  /* "ecb", "cfets" */
    struct date on;
    struct duration max_age; /* not given: a rate never grows stale */
    const struct budget_rate *budget;
    size_t nbudget;
    const struct fx_used **found; /* starts NULL, grown by fx_find */
    size_t nfound;
};

/* The rate from one currency to another. No path: an error naming the pair, the source and the day. */
int fx_find(struct fx *fx, const char *from, const char *to, const struct fx_used **out, struct err *err);

#endif
