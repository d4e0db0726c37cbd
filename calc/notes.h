/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a reader must know beside the figures: conditions of a site, duties of the buyer, filings
 * of a region, sources that are not sure. Facts come from the rules, in their own
 * language; the sentences from texts.def.
 */
#ifndef TCO_NOTES_H
#define TCO_NOTES_H

#include "calc/price.h"

/* Fills notes of the site and of its lines, after all lines are priced. */
int notes_add(const struct pricing *p, struct arena *arena, struct site_estimate *e, struct err *err);

#endif
