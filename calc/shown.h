/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text of the user in messages: short texts as they are, long ones cut at a whole character, so
 * that what is allowed is never pushed out of the message.
 */
#ifndef TCO_SHOWN_H
#define TCO_SHOWN_H

enum { SHOWN_MAX = 72 };

/* Returns text itself, or its beginning and "..." in buf. */
const char *shown(const char *text, char buf[SHOWN_MAX]);

#endif
