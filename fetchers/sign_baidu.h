/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Baidu AI Cloud's signature, bce-auth-v1: an HMAC whose key is the hexadecimal text (not the bytes) of
 * another HMAC over who asks, when, and for how long it holds.
 */
#ifndef TCO_SIGN_BAIDU_H
#define TCO_SIGN_BAIDU_H

#include "calc/hash.h"
#include "fetchers/fetcher.h"

/* The sign() of fetchers. Adds x-bce-date, x-bce-security-token and Authorization; signs the host and, of the
 * headers there are, the default set by name, as the length is set on the way out. */
int sign_baidu(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err);

/* What goes into it, step by step. */
/* Method, path, query and the default set of headers; *names gets theirs: "content-type;host". */
const char *sign_baidu_request(const struct fetch_outgoing *io, const char **names, struct err *err);
/* "bce-auth-v1/ID/2015-04-27T08:23:49Z/1800"; NULL: no memory. */
const char *sign_baidu_prefix(struct arena *a, const char *id, int64_t now, int seconds);
int sign_baidu_hmac(const char *key, const char *text, char out[SHA256_TEXT], struct err *err);

#endif
