/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses, as far as deciding where a question may go needs them taken apart.
 */
#ifndef TCO_URL_H
#define TCO_URL_H

#include "calc/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Points into the text it was split from. */
struct url {
    bool is_https;
    const char *host; /* without the brackets of an IPv6 literal */
    size_t host_len;
    int port;         /* the scheme's own when none is given */
    const char *rest; /* from the slash of the path on; "" when there is none */
};

/* false: not http:// or https:// with a host; with a user, a blank, a control character or a broken port. */
bool url_split(const char *text, struct url *out);
/* The same scheme, host (letter case aside) and port? */
bool url_same_origin(const struct url *a, const struct url *b);
/* Does the host fit "prices.example.com" or "*.example.com" (at least one label in place of the star)? */
bool url_host_fits(const struct url *u, const char *pattern);
/* A literal of 127.0.0.0/8, or ::1. Names are not looked up: "localhost" is none. */
bool url_is_loopback(const struct url *u);
/* Without query and fragment, for messages: what may be secret stands behind the question mark. */
const char *url_plain(const char *text, struct arena *a);

#endif
