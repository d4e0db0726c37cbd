/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/canonical.h"

#include "calc/buf.h"
#include "calc/hash.h"
#include "fetchers/url.h"

#include <stdlib.h>
#include <string.h>

enum { PARAMETERS_MAX = 64, DAY_SECONDS = 86400 };

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* ---- addresses ---- */

static const char *host_of(struct arena *a, const struct url *u)
{
    bool is_literal = memchr(u->host, ':', u->host_len) != NULL; /* IPv6 */
    char *host = arena_printf(a, is_literal ? "[%.*s]" : "%.*s", (int)u->host_len, u->host);

    for (char *c = host; c != NULL && *c != '\0'; c++)
        *c = lower(*c);
    return host == NULL || u->port == (u->is_https ? 443 : 80) ? host : arena_printf(a, "%s:%d", host, u->port);
}

/* By name and then by value; "a-b=1" would stand before "a=1" if the texts were compared whole. */
static int by_name(const void *pa, const void *pb)
{
    const char *a = *(const char *const *)pa, *b = *(const char *const *)pb;
    size_t na = strcspn(a, "="), nb = strcspn(b, "=");
    int order = strncmp(a, b, na < nb ? na : nb);

    if (order == 0)
        order = (na > nb) - (na < nb);
    return order != 0 ? order : strcmp(a, b);
}

static const char *joined(struct arena *a, const char *const *v, size_t n)
{
    struct buf out = {0};

    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%s%s%s", i > 0 ? "&" : "", v[i], strchr(v[i], '=') != NULL ? "" : "=");
    const char *text = out.failed ? NULL : arena_strndup(a, n > 0 ? out.v : "", out.n);
    buf_free(&out);
    return text;
}

static int sorted_query(struct arena *a, const char *query, const char **out, struct err *err)
{
    const char *v[PARAMETERS_MAX];
    size_t n = 0;

    while (*query != '\0') {
        size_t len = strcspn(query, "&");
        if (n == PARAMETERS_MAX)
            return err_set(err, ERR_INTERNAL, "a question with too many parameters to sign (known: up to %d)",
                           PARAMETERS_MAX);
        if (len > 0 && (v[n++] = arena_strndup(a, query, len)) == NULL)
            return err_nomem(err);
        query += len + (query[len] == '&');
    }
    if (n > 1)
        qsort(v, n, sizeof *v, by_name);
    *out = joined(a, v, n);
    return *out != NULL ? 0 : err_nomem(err);
}

int canonical_url(struct arena *a, const char *url, struct canonical_url *out, struct err *err)
{
    struct url u;

    if (!url_split(url, &u))
        return err_set(err, ERR_INTERNAL, "an address that cannot be signed");
    size_t path = strcspn(u.rest, "?#");
    const char *query = u.rest[path] == '?' ? u.rest + path + 1 : "";
    out->host = host_of(a, &u);
    out->path = path > 0 ? arena_strndup(a, u.rest, path) : "/";
    if (out->host == NULL || out->path == NULL)
        return err_nomem(err);
    return sorted_query(a, query, &out->query, err);
}

/* ---- headers ---- */

static bool is_name(const char *header, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (lower(header[i]) != lower(name[i]))
            return false;
    return header[len] == ':';
}

const char *canonical_header(const struct fetch_outgoing *io, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < io->nheaders; i++) {
        const char *header = io->headers[i];
        if (strlen(header) <= len || !is_name(header, name, len))
            continue;
        const char *value = header + len + 1;
        while (*value == ' ')
            value++;
        len = strlen(value);
        while (len > 0 && value[len - 1] == ' ')
            len--;
        return arena_strndup(io->arena, value, len);
    }
    return NULL;
}

const char *canonical_names(struct arena *a, const struct canonical_line *lines, size_t n)
{
    const char *out = lines[0].name;

    for (size_t i = 1; out != NULL && i < n; i++)
        out = arena_printf(a, "%s;%s", out, lines[i].name);
    return out;
}

/* ---- the text ---- */

int canonical_digest(const char *text, char out[65], struct err *err)
{
    return hash_sha256(text, strlen(text), out, err);
}

const char *canonical_request(const struct fetch_outgoing *io, const char *path, const char *query,
                              const struct canonical_line *lines, size_t n, struct err *err)
{
    const char *names = canonical_names(io->arena, lines, n), *headers = "";
    char digest[SHA256_TEXT];

    if (hash_sha256(io->body, io->body != NULL ? io->body_len : 0, digest, err) != 0)
        return NULL;
    for (size_t i = 0; headers != NULL && i < n; i++)
        headers = arena_printf(io->arena, "%s%s:%s\n", headers, lines[i].name, lines[i].value);
    const char *text = names != NULL && headers != NULL ? arena_printf(io->arena, "%s\n%s\n%s\n%s\n%s\n%s", io->method,
                                                                       path, query, headers, names, digest)
                                                        : NULL;
    if (text == NULL)
        err_nomem(err);
    return text;
}

struct canonical_time canonical_time(int64_t now)
{
    int second = (int)(now % DAY_SECONDS);
    struct canonical_time t = {.hour = second / 3600, .minute = second / 60 % 60, .second = second % 60};

    date_format((struct date){(int32_t)(now / DAY_SECONDS)}, t.date);
    return t;
}
