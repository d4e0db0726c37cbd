/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cutting the user's text for messages.
 */
#include "calc/shown.h"

#include <string.h>

const char *shown(const char *text, char buf[SHOWN_MAX])
{
    if (strlen(text) < SHOWN_MAX)
        return text;
    size_t n = SHOWN_MAX - sizeof "...";
    while (n > 0 && ((unsigned char)text[n] & 0xC0u) == 0x80u) /* not inside a UTF-8 character */
        n--;
    memcpy(buf, text, n);
    memcpy(buf + n, "...", sizeof "...");
    return buf;
}
