/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256. The only file that includes OpenSSL's headers.
 */
#ifndef TCO_HASH_H
#define TCO_HASH_H

#include "calc/err.h"

#include <stddef.h>

enum { SHA256_TEXT = 65 };

/* The digest of n bytes in lower case hexadecimal. */
int hash_sha256(const void *bytes, size_t n, char out[SHA256_TEXT], struct err *err);

#endif
