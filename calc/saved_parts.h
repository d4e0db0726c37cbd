/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of reading a saved estimate: saved_offer.c reads what was published, saved.c what it came to;
 * saved_check.c sees that it adds up.
 */
#ifndef TCO_SAVED_PARTS_H
#define TCO_SAVED_PARTS_H

#include "calc/field.h"
#include "calc/saved.h"

/* NULL for null, and when failed. */
const struct fx_used *saved_rate(const struct field *up, const char *key);
const struct offer *saved_offer(const struct field *up, const char *key);
/* Members of a list. */
void saved_rate_fill(const struct field *f, struct fx_used *out);
void saved_tax_fill(const struct field *f, struct tax_used *out);
/* n + 1 of size bytes, zeroed; NULL when failed. */
void *saved_room(struct fields *all, size_t n, size_t size);

/* At the line's and site's own place in the document. */
void saved_check_line(const struct field *f, const struct saved *s, const struct saved_line *l);
void saved_check_site(const struct field *f, const struct saved_site *s);

#endif
