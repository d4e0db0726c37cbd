/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One workload over several offers. A plan says for each resource where it is bought; its part at an offer is
 * the estimate of that site for those resources alone, so that conditions, ladders, fees and costs are those of
 * what stands there; the plan is the sum of its parts, and is ranked as a site is.
 */
#ifndef TCO_PLANS_H
#define TCO_PLANS_H

#include "calc/site.h"

/* Every [plan NAME] of the scenario, and the best of breed when it is asked for, appended to the estimate's sites, of
 * which there is one for each compared offer so far, in the order of the scenario, and room for plans_count() more. */
int plans_run(const struct site_work *w, struct estimate *e, struct err *err);
size_t plans_count(const struct scenario *s, const struct estimate_options *opt);

/* The parts of an assignment: where[i] is the offer of resource i. In the arena of w. */
int plans_parts(const struct site_work *w, const struct site_ref *where, struct site_estimate **parts, size_t *n,
                struct err *err);
/* The plan of these parts. */
int plans_sum(const struct site_work *w, const char *name, const struct site_estimate *parts, size_t n,
              struct site_estimate *out, struct err *err);

/* A plan that there is none of: incomplete, for this reason. */
int plans_none(const struct site_work *w, const char *name, const char *reason, struct site_estimate *out,
               struct err *err);

/* The part that a line of a plan is of. */
const struct site_estimate *plan_part_of(const struct site_estimate *plan, const struct line *line);

/* What each plan costs more or less than the best single site, once all are ranked. */
int plans_compare(struct estimate *e, struct err *err);

#endif
