/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small services for messages and tables: near misses, lists of allowed words, display width.
 */
#ifndef TCO_WORDS_H
#define TCO_WORDS_H

#include "calc/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* The known word nearest to `word` by edit distance (letter case and - _ ignored), or NULL when
 * none is near (distance over a third of the length, at least 1). */
const char *words_near(const char *word, const char *const *known, size_t n);
/* Appends "a, b, c" and, beyond `limit` words, ", ... (n in all)". */
void words_list(struct buf *out, const char *const *known, size_t n, size_t limit);
/* Columns a UTF-8 text takes on a terminal: East Asian wide characters count 2, combining marks 0. */
size_t words_width(const char *text);
/* Appends text cut or padded to `columns`; right aligns to the right. A cut ends in one character '~'. */
void words_pad(struct buf *out, const char *text, size_t columns, bool right);
bool words_utf8(const char *text, size_t len); /* valid UTF-8 without NUL */
bool words_same(const char *a, const char *b); /* equal but for ASCII letter case */

#endif
