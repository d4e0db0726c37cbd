/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Percent-encoding as RFC 3986 has it and as every signature of a request wants it: letters, digits and
 * - . _ ~ stay, any other byte becomes % and two upper case hexadecimal digits (a blank is %20, never +).
 */
#ifndef TCO_PERCENT_H
#define TCO_PERCENT_H

#include "calc/arena.h"
#include "calc/buf.h"

#include <stddef.h>

/* NULL when there is no memory. Encoding twice encodes the % again. */
char *percent_encode(struct arena *a, const char *text);
/* Behind what the buffer holds; a failure shows in the buffer. */
void percent_add(struct buf *b, const char *text, size_t len);
/* The same, but the bytes of `keep` ("/" for a path) stay too. */
void percent_add_but(struct buf *b, const char *text, size_t len, const char *keep);

#endif
