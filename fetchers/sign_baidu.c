/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/sign_baidu.h"

#include "calc/buf.h"
#include "fetchers/canonical.h"
#include "fetchers/percent.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 2 * FETCH_HEADERS + 1, SECONDS_VALID = 1800 };

/* ---- headers ---- */

static const char *name_of(struct arena *a, const char *header)
{
    char *name = arena_strndup(a, header, strcspn(header, ":"));

    for (char *c = name; c != NULL && *c != '\0'; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    return name;
}

/* The set that is signed when no names are given. */
static bool in_default_set(const char *name)
{
    static const char *const names[] = {"host", "content-length", "content-type", "content-md5"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i]))
            return true;
    return strncmp(name, "x-bce-", 6) == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct canonical_line *)a)->name, ((const struct canonical_line *)b)->name);
}

/* Names and encoded values, sorted. */
static int signed_lines(const struct fetch_outgoing *io, const char *host, struct canonical_line lines[LINES_MAX],
                        size_t *n, struct err *err)
{
    *n = 0;
    lines[(*n)++] = (struct canonical_line){"host", percent_encode(io->arena, host)};
    for (size_t i = 0; i < io->nheaders; i++) {
        const char *name = name_of(io->arena, io->headers[i]);
        const char *value = name != NULL ? canonical_header(io, name) : NULL;
        if (value == NULL)
            return err_nomem(err);
        if (in_default_set(name) && strcmp(name, "host") != 0)
            lines[(*n)++] = (struct canonical_line){name, percent_encode(io->arena, value)};
    }
    for (size_t i = 0; i < *n; i++)
        if (lines[i].value == NULL)
            return err_nomem(err);
    qsort(lines, *n, sizeof *lines, by_name);
    return 0;
}

/* ---- the text ---- */

/* No line break behind the last header. */
static const char *joined(struct arena *a, const char *head, const struct canonical_line *lines, size_t n)
{
    struct buf out = {0};

    buf_puts(&out, head);
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%s%s:%s", i > 0 ? "\n" : "", lines[i].name, lines[i].value);
    const char *text = out.failed ? NULL : arena_strndup(a, out.v, out.n);
    buf_free(&out);
    return text;
}

const char *sign_baidu_request(const struct fetch_outgoing *io, const char **names, struct err *err)
{
    struct canonical_line lines[LINES_MAX];
    struct canonical_url url;
    size_t n;

    if (canonical_url(io->arena, io->url, &url, err) != 0 || signed_lines(io, url.host, lines, &n, err) != 0)
        return NULL;
    *names = canonical_names(io->arena, lines, n);
    const char *head = arena_printf(io->arena, "%s\n%s\n%s\n", io->method, url.path, url.query);
    const char *text = head != NULL && *names != NULL ? joined(io->arena, head, lines, n) : NULL;
    if (text == NULL)
        err_nomem(err);
    return text;
}

static const char *time_text(struct arena *a, int64_t now)
{
    struct canonical_time t = canonical_time(now);

    return arena_printf(a, "%sT%02d:%02d:%02dZ", t.date, t.hour, t.minute, t.second);
}

const char *sign_baidu_prefix(struct arena *a, const char *id, int64_t now, int seconds)
{
    const char *time = time_text(a, now);

    return time != NULL ? arena_printf(a, "bce-auth-v1/%s/%s/%d", id, time, seconds) : NULL;
}

int sign_baidu_hmac(const char *key, const char *text, char out[SHA256_TEXT], struct err *err)
{
    unsigned char mac[SHA256_BYTES];

    if (hash_hmac_sha256(key, strlen(key), text, strlen(text), mac, err) != 0)
        return -1;
    hash_hex(mac, sizeof mac, out);
    return 0;
}

int sign_baidu(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err)
{
    const char *time = time_text(io->arena, with->now), *names;
    const char *prefix = sign_baidu_prefix(io->arena, with->key->id, with->now, SECONDS_VALID);
    char key[SHA256_TEXT], signature[SHA256_TEXT];

    if (time == NULL || prefix == NULL)
        return err_nomem(err);
    if (fetch_header(io, err, "x-bce-date: %s", time) != 0 ||
        (*with->key->token != '\0' && fetch_header(io, err, "x-bce-security-token: %s", with->key->token) != 0))
        return -1;
    const char *request = sign_baidu_request(io, &names, err);
    if (request == NULL || sign_baidu_hmac(with->key->secret, prefix, key, err) != 0 ||
        sign_baidu_hmac(key, request, signature, err) != 0)
        return -1;
    return fetch_header(io, err, "Authorization: %s/%s/%s", prefix, names, signature);
}
