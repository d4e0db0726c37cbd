/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alibaba Cloud's signature of RPC calls, version 1.0: HMAC-SHA1 over the sorted query, which takes
 * the parameters of the signature in.
 */
#ifndef TCO_SIGN_ALIYUN_H
#define TCO_SIGN_ALIYUN_H

#include "fetchers/fetcher.h"

/* The sign() of fetchers. The question's parameters stand percent-encoded in its URL, their names of
 * unreserved characters; the common ones (AccessKeyId, Timestamp ...) are added here. */
int sign_aliyun(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err);

/* What is signed: the method and the sorted query, encoded once more. The query is as in the URL. */
char *sign_aliyun_text(struct arena *a, const char *method, const char *query);

#endif
