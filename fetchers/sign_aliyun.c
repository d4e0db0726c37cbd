/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/sign_aliyun.h"

#include "calc/buf.h"
#include "calc/date.h"
#include "calc/hash.h"
#include "fetchers/percent.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS_MAX = 128, DAY_SECONDS = 86400 };

struct parameters {
    const char *v[PARAMETERS_MAX]; /* "Name=value", encoded */
    size_t n;
};

static int too_many(struct err *err)
{
    return err_set(err, ERR_INTERNAL, "a question with too many parameters to sign (known: up to %d)", PARAMETERS_MAX);
}

static int add(struct parameters *p, struct arena *a, const char *name, const char *value, struct err *err)
{
    const char *encoded = percent_encode(a, value);
    const char *pair = encoded != NULL ? arena_printf(a, "%s=%s", name, encoded) : NULL;

    if (pair == NULL)
        return err_nomem(err);
    if (p->n == PARAMETERS_MAX)
        return too_many(err);
    p->v[p->n++] = pair;
    return 0;
}

static int split(struct parameters *p, struct arena *a, const char *query, struct err *err)
{
    while (*query != '\0') {
        size_t len = strcspn(query, "&");
        if (len > 0) {
            if (p->n == PARAMETERS_MAX)
                return too_many(err);
            if ((p->v[p->n++] = arena_strndup(a, query, len)) == NULL)
                return err_nomem(err);
        }
        query += len + (query[len] == '&');
    }
    return 0;
}

/* "2016-02-23T12:46:24Z" */
static const char *timestamp(struct arena *a, int64_t now)
{
    int64_t day = now / DAY_SECONDS, second = now % DAY_SECONDS;
    char text[DATE_TEXT];

    date_format((struct date){(int32_t)day}, text);
    return arena_printf(a, "%sT%02" PRId64 ":%02" PRId64 ":%02" PRId64 "Z", text, second / 3600, second / 60 % 60,
                        second % 60);
}

static int add_common(struct parameters *p, struct arena *a, const struct fetch_signing *with, struct err *err)
{
    const char *when = timestamp(a, with->now);

    if (when == NULL)
        return err_nomem(err);
    const char *const common[][2] = {
        {"AccessKeyId", with->key->id},
        {"SignatureMethod", "HMAC-SHA1"},
        {"SignatureNonce", with->nonce},
        {"SignatureVersion", "1.0"},
        {"Timestamp", when},
    };
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (add(p, a, common[i][0], common[i][1], err) != 0)
            return -1;
    return with->key->token[0] != '\0' ? add(p, a, "SecurityToken", with->key->token, err) : 0;
}

/* By name: of "A=1" and "A.B=1" the shorter name comes first, though '.' is less than '='. */
static int by_name(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    size_t nx = strcspn(x, "="), ny = strcspn(y, "=");
    int c = memcmp(x, y, nx < ny ? nx : ny);

    return c != 0 ? c : nx < ny ? -1 : nx > ny;
}

static char *joined(struct arena *a, const struct parameters *p)
{
    struct buf b = {0};

    for (size_t i = 0; i < p->n; i++) {
        if (i > 0)
            buf_putc(&b, '&');
        buf_puts(&b, p->v[i]);
    }
    char *out = b.failed ? NULL : arena_strndup(a, b.n > 0 ? b.v : "", b.n);
    buf_free(&b);
    return out;
}

/* The query's values are encoded for the second time here. */
char *sign_aliyun_text(struct arena *a, const char *method, const char *query)
{
    const char *twice = percent_encode(a, query);

    return twice != NULL ? arena_printf(a, "%s&%%2F&%s", method, twice) : NULL;
}

/* Base64 of the digest, encoded for the URL: its + / = would be read as something else there. */
static int digest(struct arena *a, const char *secret, const char *text, const char **out, struct err *err)
{
    unsigned char mac[SHA1_BYTES];
    char base64[BASE64_TEXT];
    const char *key = arena_printf(a, "%s&", secret);

    if (key == NULL || text == NULL)
        return err_nomem(err);
    if (hash_hmac_sha1(key, strlen(key), text, strlen(text), mac, err) != 0)
        return -1;
    hash_base64(mac, sizeof mac, base64);
    *out = percent_encode(a, base64);
    return *out != NULL ? 0 : err_nomem(err);
}

int sign_aliyun(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err)
{
    struct parameters p = {.n = 0};
    size_t head = strcspn(io->url, "?");
    const char *signature;

    if (split(&p, io->arena, io->url + head + (io->url[head] == '?'), err) != 0 ||
        add_common(&p, io->arena, with, err) != 0)
        return -1;
    qsort(p.v, p.n, sizeof p.v[0], by_name);
    const char *query = joined(io->arena, &p);
    if (query == NULL)
        return err_nomem(err);
    const char *text = sign_aliyun_text(io->arena, io->method, query);
    if (digest(io->arena, with->key->secret, text, &signature, err) != 0)
        return -1;
    io->url = arena_printf(io->arena, "%.*s?%s&Signature=%s", (int)head, io->url, query, signature);
    return io->url != NULL ? 0 : err_nomem(err);
}
