/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Breaking text into lines of a terminal: at blanks, and between Chinese characters, whose widths
 * count double. A word longer than a line is cut, after a slash where it has one.
 */
#ifndef TCO_WRAP_H
#define TCO_WRAP_H

#include "calc/buf.h"

#include <stddef.h>

/* How many bytes of a non-empty valid UTF-8 text go on a line of so many columns: at least one
 * character, without blanks at the end. The rest begins after the blanks that follow. */
size_t wrap_line(const char *text, size_t columns);

/* Appends text as lines of at most `columns` columns, each ending in LF: the first after `first`, the
 * others after `indent` blanks. `first` should be as wide as `indent`. Empty text: `first` alone. */
void wrap_text(struct buf *out, const char *text, const char *first, size_t indent, size_t columns);

#endif
