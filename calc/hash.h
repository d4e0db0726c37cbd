/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests and what signing a request needs of them. The only file that includes OpenSSL's headers.
 */
#ifndef TCO_HASH_H
#define TCO_HASH_H

#include "calc/err.h"

#include <stddef.h>

enum { SHA256_TEXT = 65, HASH_MAX = 32, SHA1_BYTES = 20, SHA256_BYTES = 32 };

/* The digest of n bytes in lower case hexadecimal. */
int hash_sha256(const void *bytes, size_t n, char out[SHA256_TEXT], struct err *err);

/* The same over bytes that come in pieces. */
struct hashing;
int hashing_open(struct hashing **out, struct err *err);
int hashing_add(struct hashing *h, const void *bytes, size_t n, struct err *err);
int hashing_finish(struct hashing *h, char out[SHA256_TEXT], struct err *err); /* frees it */
void hashing_free(struct hashing *h);                                          /* NULL is fine */

/* HMAC (RFC 2104): SHA256_BYTES or SHA1_BYTES bytes of digest. */
int hash_hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t n, unsigned char out[SHA256_BYTES],
                     struct err *err);
int hash_hmac_sha1(const void *key, size_t key_len, const void *bytes, size_t n, unsigned char out[SHA1_BYTES],
                   struct err *err);

/* 2n lower case hexadecimal digits and a NUL. */
void hash_hex(const unsigned char *bytes, size_t n, char *out);
/* Base64 (RFC 4648, with padding) of at most HASH_MAX bytes, and a NUL. */
enum { BASE64_TEXT = (HASH_MAX + 2) / 3 * 4 + 1 };
void hash_base64(const unsigned char *bytes, size_t n, char out[BASE64_TEXT]);

#endif
