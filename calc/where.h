/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a scenario stands at a site: the region chosen with region.SITE, else every region of the
 * site in the city that is asked for.
 */
#ifndef TCO_WHERE_H
#define TCO_WHERE_H

#include "calc/arena.h"
#include "calc/err.h"
#include "calc/rules.h"
#include "calc/scenario.h"

/* The regions that fit, in the order of the rules; the array is in the arena, the regions belong to
 * the rules. None: *n 0 and *why_none says why, with the regions there are (in the arena, in the
 * language text() takes); else
 * *why_none is NULL. */
int where_regions(const struct scenario *s, const struct rules *r, const struct site *site, struct arena *a,
                  const char *lang, const struct region *const **out, size_t *n, const char **why_none,
                  struct err *err);

#endif
