/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/sign_tencent.h"

#include "fetchers/canonical.h"

#include <inttypes.h>
#include <string.h>

static int hmac(const void *key, size_t key_len, const char *text, unsigned char out[SHA256_BYTES], struct err *err)
{
    return hash_hmac_sha256(key, key_len, text, strlen(text), out, err);
}

/* The action is lower case in what is signed, and as the provider writes it in what is sent. */
static const char *lowered(struct arena *a, const char *text)
{
    char *out = arena_strdup(a, text);

    for (char *c = out; c != NULL && *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return out;
}

const char *sign_tencent_request(const struct fetch_outgoing *io, const char **names, struct err *err)
{
    const char *type = canonical_header(io, "Content-Type"), *action = canonical_header(io, "X-TC-Action");
    struct canonical_url url;
    struct canonical_line lines[3];
    size_t n = 0;

    if (canonical_url(io->arena, io->url, &url, err) != 0)
        return NULL;
    if (type == NULL) {
        err_set(err, ERR_INTERNAL, "a question without Content-Type cannot be signed");
        return NULL;
    }
    lines[n++] = (struct canonical_line){"content-type", type};
    lines[n++] = (struct canonical_line){"host", url.host};
    if (action != NULL)
        lines[n++] = (struct canonical_line){"x-tc-action", lowered(io->arena, action)};
    *names = canonical_names(io->arena, lines, n);
    if (*names == NULL || lines[n - 1].value == NULL) {
        err_nomem(err);
        return NULL;
    }
    return canonical_request(io, url.path, url.query, lines, n, err);
}

int sign_tencent_keys(struct tencent_keys *out, const char *secret, const char *date, const char *service,
                      struct err *err)
{
    struct arena scratch = {0};
    const char *first = arena_printf(&scratch, "TC3%s", secret);
    int rc = first == NULL ? err_nomem(err) : hmac(first, strlen(first), date, out->date, err);

    arena_free(&scratch);
    if (rc != 0 || hmac(out->date, SHA256_BYTES, service, out->service, err) != 0)
        return -1;
    return hmac(out->service, SHA256_BYTES, "tc3_request", out->signing, err);
}

static int signature(char out[SHA256_TEXT], const char *text, const char *date, const struct fetch_signing *with,
                     struct err *err)
{
    unsigned char mac[SHA256_BYTES];
    struct tencent_keys keys;

    if (sign_tencent_keys(&keys, with->key->secret, date, with->endpoint, err) != 0 ||
        hmac(keys.signing, SHA256_BYTES, text, mac, err) != 0)
        return -1;
    hash_hex(mac, SHA256_BYTES, out);
    return 0;
}

int sign_tencent(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err)
{
    struct canonical_time now = canonical_time(with->now);
    char digest[SHA256_TEXT], mac[SHA256_TEXT];
    const char *names, *request = sign_tencent_request(io, &names, err);

    if (request == NULL || canonical_digest(request, digest, err) != 0)
        return -1;
    const char *scope = arena_printf(io->arena, "%s/%s/tc3_request", now.date, with->endpoint);
    const char *text = scope == NULL
                           ? NULL
                           : arena_printf(io->arena, "TC3-HMAC-SHA256\n%" PRId64 "\n%s\n%s", with->now, scope, digest);
    if (text == NULL)
        return err_nomem(err);
    if (signature(mac, text, now.date, with, err) != 0 ||
        fetch_header(io, err, "X-TC-Timestamp: %" PRId64, with->now) != 0 ||
        (with->key->token[0] != '\0' && fetch_header(io, err, "X-TC-Token: %s", with->key->token) != 0))
        return -1;
    return fetch_header(io, err, "Authorization: TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s",
                        with->key->id, scope, names, mac);
}
