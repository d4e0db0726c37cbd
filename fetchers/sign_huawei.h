/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Huawei Cloud's signature of calls with an access key, SDK-HMAC-SHA256: one HMAC with the secret itself.
 */
#ifndef TCO_SIGN_HUAWEI_H
#define TCO_SIGN_HUAWEI_H

#include "fetchers/fetcher.h"

/* The sign() of fetchers. Signs Content-Type (when sent), the host and the X-Sdk-Date it adds; adds
 * Authorization and, for temporary keys, X-Security-Token. */
int sign_huawei(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err);

/* What is signed at a time written as "20191115T033655Z". */
const char *sign_huawei_request(const struct fetch_outgoing *io, const char *when, const char **names, struct err *err);

#endif
