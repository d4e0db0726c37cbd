/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Snapshots on the list of what was fetched, for tests: in "cache" beside the "data" of small_data.h.
 */
#ifndef TCO_FETCHED_CASE_H
#define TCO_FETCHED_CASE_H

#include "calc/fetched.h"

/* A work directory; fails the test on an error. */
struct fetched_work fetched_case_open(struct arena *a);
void fetched_case_file(const struct fetched_work *w, const char *name, const char *text);
/* Sums it and puts it on the list. */
struct fetched_entry fetched_case_commit(struct fetched_work *w, struct fetched_entry e, struct arena *a);

/* A snapshot of a site with these rows of prices.csv (without their header, of source `list`), fetched on a
 * day; scopes NULL: no scopes.csv; name NULL: a new one. */
struct fetched_entry fetched_case_put(const char *name, const char *source, const char *site, const char *received,
                                      const char *rows, const char *scopes, struct arena *a);

#endif
