/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tencent Cloud's signature of API 3.0 calls, TC3-HMAC-SHA256: an HMAC with a key that is derived from
 * the secret, the day (UTC) and the service.
 */
#ifndef TCO_SIGN_TENCENT_H
#define TCO_SIGN_TENCENT_H

#include "calc/hash.h"
#include "fetchers/fetcher.h"

/* The sign() of fetchers. The endpoint's name is the service: "cvm". Content-Type must be among the headers;
 * it, the host and X-TC-Action are signed. Adds X-TC-Timestamp, X-TC-Token and Authorization. */
int sign_tencent(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err);

/* What goes into it, step by step. */
const char *sign_tencent_request(const struct fetch_outgoing *io, const char **names, struct err *err);
struct tencent_keys {
    unsigned char date[SHA256_BYTES], service[SHA256_BYTES], signing[SHA256_BYTES];
};
int sign_tencent_keys(struct tencent_keys *out, const char *secret, const char *date, const char *service,
                      struct err *err);

#endif
