/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a reader must know beside the figures: conditions of a site, duties of the buyer, filings
 * of a region, sources that are not sure. Facts come from the rules, in their own
 * language; the sentences from texts.def.
 */
#ifndef TCO_NOTES_H
#define TCO_NOTES_H

#include "calc/price.h"

/* The notes of a site, whether or not its bill is above the limit, after all lines are priced. */
int notes_of_site(const struct pricing *p, struct arena *arena, const struct site_estimate *e, bool above,
                  const char *const **out, size_t *n, struct err *err);
/* Fills notes of the site and of its lines. */
int notes_add(const struct pricing *p, struct arena *arena, struct site_estimate *e, struct err *err);

/* A payment abroad above this sum needs a filing: a note of its own. */
extern const struct notes_limit {
    const char *currency;
    int64_t sum;
} notes_filing_limit;
/* May a site's notes have it? Where the buyer is of the mainland and the seller is not. */
bool notes_watch_limit(const struct pricing *p);
/* Is any month's bill of the site above it? */
int notes_above_limit(const struct pricing *p, struct arena *arena, const struct site_estimate *e, bool *above,
                      struct err *err);

#endif
