/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/hash.h"

#include <assert.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

static int no_digest(struct err *err)
{
    return err_set(err, ERR_INTERNAL, "cannot compute a digest");
}

void hash_hex(const unsigned char *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        out[i * 2] = digits[bytes[i] >> 4];
        out[i * 2 + 1] = digits[bytes[i] & 15];
    }
    out[n * 2] = '\0';
}

int hash_sha256(const void *bytes, size_t n, char out[SHA256_TEXT], struct err *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int len = 0;

    if (EVP_Digest(n > 0 ? bytes : "", n, digest, &len, EVP_sha256(), NULL) != 1 || len != SHA256_BYTES)
        return no_digest(err);
    hash_hex(digest, len, out);
    return 0;
}

/* ---- in pieces ---- */

static EVP_MD_CTX *context(struct hashing *h)
{
    return (EVP_MD_CTX *)h;
}

int hashing_open(struct hashing **out, struct err *err)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx == NULL)
        return err_nomem(err);
    if (EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(ctx);
        return no_digest(err);
    }
    *out = (struct hashing *)ctx;
    return 0;
}

int hashing_add(struct hashing *h, const void *bytes, size_t n, struct err *err)
{
    return EVP_DigestUpdate(context(h), bytes, n) == 1 ? 0 : no_digest(err);
}

int hashing_finish(struct hashing *h, char out[SHA256_TEXT], struct err *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int len = 0;
    int done = EVP_DigestFinal_ex(context(h), digest, &len);

    hashing_free(h);
    if (done != 1 || len != SHA256_BYTES)
        return no_digest(err);
    hash_hex(digest, len, out);
    return 0;
}

void hashing_free(struct hashing *h)
{
    EVP_MD_CTX_free(context(h));
}

/* ---- keyed ---- */

static int hmac(const EVP_MD *how, const void *key, size_t key_len, const void *bytes, size_t n, unsigned char *out,
                struct err *err)
{
    unsigned int len = 0;

    if (key_len > INT_MAX)
        return no_digest(err);
    return HMAC(how, key, (int)key_len, bytes, n, out, &len) != NULL ? 0 : no_digest(err);
}

int hash_hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t n, unsigned char out[SHA256_BYTES],
                     struct err *err)
{
    return hmac(EVP_sha256(), key, key_len, bytes, n, out, err);
}

int hash_hmac_sha1(const void *key, size_t key_len, const void *bytes, size_t n, unsigned char out[SHA1_BYTES],
                   struct err *err)
{
    return hmac(EVP_sha1(), key, key_len, bytes, n, out, err);
}

void hash_base64(const unsigned char *bytes, size_t n, char out[BASE64_TEXT])
{
    assert(n <= HASH_MAX);
    EVP_EncodeBlock((unsigned char *)out, bytes, (int)n);
}
