/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of making a swift: columns, then places, then the lines that columns change. `simple` becomes false
 * where a row of these columns is left to estimate_run(); nothing else is to be done then.
 */
#ifndef TCO_SWIFT_MAKE_H
#define TCO_SWIFT_MAKE_H

#include "calc/notes.h"
#include "calc/swift_parts.h"
#include "calc/who.h"

/* swift_columns.c */
int swift_compile_columns(struct swift *s, const struct swift_input *in, bool *simple, struct err *err);
/* Does a column change this resource at this place? */
bool swift_touched(const struct swift *s, const struct swift_stand *t, const struct resource *r);
/* The place among the row's discounts of the one for a site and kind (NULL: for the site as a whole), -1. */
int swift_discount(const struct swift *s, const char *site, const char *kind);

/* swift_line.c. Appends the place's line of that number to those that are priced for each row. */
int swift_compile_line(struct swift *s, struct swift_stand *t, size_t line, bool *simple, struct err *err);

#endif
