/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * [commitments] upfront_cap: with `charge = best` the best mix whose cash at the very start is within the cap, for each
 * site on its own (models/upfront_cap.h). What is bought in a way of its own counts against the cap and stays.
 * Cash at the start is cash out, with its tax, due at the start of the first month; terms that begin later do not count.
 */
#ifndef TCO_CAP_H
#define TCO_CAP_H

#include "calc/site.h"

/* Over the lines of a site's resources, each priced for itself: those of `charge = best` are bought as the mix has it.
 * Where no mix is within the cap they have no price, and the reason. Fills e->cap. */
int cap_apply(const struct site_work *w, const struct pricing *p, struct site_estimate *e, struct err *err);

#endif
