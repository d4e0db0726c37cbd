/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canonical request that signatures of the AWS kind begin with: method, path, query, signed headers
 * and digest of the body, a line each, over what is sent. What differs between providers is the caller's.
 */
#ifndef TCO_CANONICAL_H
#define TCO_CANONICAL_H

#include "fetchers/fetcher.h"

/* An address taken apart; every text lives in the arena. */
struct canonical_url {
    const char *host;  /* as the Host header has it: lower case, with the port unless it is the scheme's own */
    const char *path;  /* "/" at least */
    const char *query; /* sorted by name, then value; a name without "=" gets one; "" */
};
int canonical_url(struct arena *a, const char *url, struct canonical_url *out, struct err *err);

/* The value of a header of the question, without blanks at its ends; NULL when it is not sent. */
const char *canonical_header(const struct fetch_outgoing *io, const char *name);

/* A header that is signed: name in lower case, value as it is to stand there. */
struct canonical_line {
    const char *name, *value;
};
/* "content-type;host", of lines sorted by name. */
const char *canonical_names(struct arena *a, const struct canonical_line *lines, size_t n);
/* The whole text; NULL when there is no memory. */
const char *canonical_request(const struct fetch_outgoing *io, const char *path, const char *query,
                              const struct canonical_line *lines, size_t n, struct err *err);

/* The digest of a text, and of HMAC, in hexadecimal. */
int canonical_digest(const char *text, char out[65], struct err *err);
/* The time as date and seconds of its day, UTC. */
struct canonical_time {
    char date[16]; /* "2019-02-25" */
    int hour, minute, second;
};
struct canonical_time canonical_time(int64_t now);

#endif
