/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/sign_huawei.h"

#include "calc/hash.h"
#include "fetchers/canonical.h"

#include <string.h>

/* "20191115T033655Z" */
static const char *timestamp(struct arena *a, int64_t now)
{
    struct canonical_time t = canonical_time(now);

    return arena_printf(a, "%.4s%.2s%.2sT%02d%02d%02dZ", t.date, t.date + 5, t.date + 8, t.hour, t.minute, t.second);
}

/* The provider signs a path that ends in a slash, whether or not the one asked does. */
static const char *with_slash(struct arena *a, const char *path)
{
    size_t n = strlen(path);

    return path[n - 1] == '/' ? path : arena_printf(a, "%s/", path);
}

const char *sign_huawei_request(const struct fetch_outgoing *io, const char *when, const char **names, struct err *err)
{
    const char *type = canonical_header(io, "Content-Type");
    struct canonical_url url;
    struct canonical_line lines[3];
    size_t n = 0;

    if (canonical_url(io->arena, io->url, &url, err) != 0)
        return NULL;
    const char *path = with_slash(io->arena, url.path);
    if (type != NULL)
        lines[n++] = (struct canonical_line){"content-type", type};
    lines[n++] = (struct canonical_line){"host", url.host};
    lines[n++] = (struct canonical_line){"x-sdk-date", when};
    *names = canonical_names(io->arena, lines, n);
    if (path == NULL || *names == NULL) {
        err_nomem(err);
        return NULL;
    }
    return canonical_request(io, path, url.query, lines, n, err);
}

int sign_huawei(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err)
{
    const char *when = timestamp(io->arena, with->now), *names, *secret = with->key->secret;
    unsigned char mac[SHA256_BYTES];
    char digest[SHA256_TEXT], hex[SHA256_TEXT];

    if (when == NULL)
        return err_nomem(err);
    const char *request = sign_huawei_request(io, when, &names, err);
    if (request == NULL || canonical_digest(request, digest, err) != 0)
        return -1;
    const char *text = arena_printf(io->arena, "SDK-HMAC-SHA256\n%s\n%s", when, digest);
    if (text == NULL)
        return err_nomem(err);
    if (hash_hmac_sha256(secret, strlen(secret), text, strlen(text), mac, err) != 0 ||
        fetch_header(io, err, "X-Sdk-Date: %s", when) != 0 ||
        (with->key->token[0] != '\0' && fetch_header(io, err, "X-Security-Token: %s", with->key->token) != 0))
        return -1;
    hash_hex(mac, sizeof mac, hex);
    return fetch_header(io, err, "Authorization: SDK-HMAC-SHA256 Access=%s, SignedHeaders=%s, Signature=%s",
                        with->key->id, names, hex);
}
