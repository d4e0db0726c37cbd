/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/hash.h"

#include <openssl/evp.h>

int hash_sha256(const void *bytes, size_t n, char out[SHA256_TEXT], struct err *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int len = 0;

    if (EVP_Digest(n > 0 ? bytes : "", n, digest, &len, EVP_sha256(), NULL) != 1 || len * 2 + 1 != SHA256_TEXT)
        return err_set(err, ERR_INTERNAL, "cannot compute a SHA-256 digest");
    for (unsigned int i = 0; i < len; i++) {
        out[i * 2] = digits[digest[i] >> 4];
        out[i * 2 + 1] = digits[digest[i] & 15];
    }
    out[len * 2] = '\0';
    return 0;
}
