/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/url.h"

#include <string.h>
#include <strings.h>

enum { HTTP_PORT = 80, HTTPS_PORT = 443, PORT_MAX = 65535 };

static bool plain(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text <= ' ' || *text == 0x7f || *text == '\\' || *text == '"')
            return false;
    return true;
}

static bool read_port(const char *at, const char *end, int *out)
{
    int port = 0;

    if (at == end)
        return false;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9' || port > PORT_MAX)
            return false;
        port = port * 10 + (*at - '0');
    }
    *out = port;
    return port > 0 && port <= PORT_MAX;
}

/* "host", "host:port", "[v6]:port" */
static bool read_authority(const char *at, const char *end, struct url *u)
{
    const char *stop;

    if (memchr(at, '@', (size_t)(end - at)) != NULL)
        return false;
    if (at < end && *at == '[') {
        at++;
        stop = memchr(at, ']', (size_t)(end - at));
        if (stop == NULL || (stop + 1 < end && stop[1] != ':'))
            return false;
        u->host = at;
        u->host_len = (size_t)(stop - at);
        stop++;
    } else {
        stop = memchr(at, ':', (size_t)(end - at));
        stop = stop != NULL ? stop : end;
        u->host = at;
        u->host_len = (size_t)(stop - at);
    }
    return u->host_len > 0 && (stop == end || read_port(stop + 1, end, &u->port));
}

bool url_split(const char *text, struct url *out)
{
    struct url u = {.is_https = strncasecmp(text, "https://", 8) == 0};

    if (!plain(text) || (!u.is_https && strncasecmp(text, "http://", 7) != 0))
        return false;
    const char *at = strchr(text, ':') + 3;
    u.port = u.is_https ? HTTPS_PORT : HTTP_PORT;
    u.rest = at + strcspn(at, "/?#");
    if (!read_authority(at, u.rest, &u))
        return false;
    *out = u;
    return true;
}

bool url_same_origin(const struct url *a, const struct url *b)
{
    return a->is_https == b->is_https && a->port == b->port && a->host_len == b->host_len &&
           strncasecmp(a->host, b->host, a->host_len) == 0;
}

bool url_host_fits(const struct url *u, const char *pattern)
{
    size_t n = strlen(pattern);

    if (strncmp(pattern, "*.", 2) != 0)
        return u->host_len == n && strncasecmp(u->host, pattern, n) == 0;
    n--; /* ".example.com" */
    return u->host_len > n && strncasecmp(u->host + u->host_len - n, pattern + 1, n) == 0;
}

/* "127.0.0.1": four numbers, all of them there. */
static bool is_ipv4_loopback(const char *host, size_t len)
{
    size_t dots = 0, digits = 0;

    if (len < 4 || strncmp(host, "127.", 4) != 0)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (host[i] == '.') {
            if (digits == 0 || digits > 3)
                return false;
            dots++;
            digits = 0;
        } else if (host[i] >= '0' && host[i] <= '9') {
            digits++;
        } else {
            return false;
        }
    }
    return dots == 3 && digits > 0 && digits <= 3;
}

bool url_is_loopback(const struct url *u)
{
    return is_ipv4_loopback(u->host, u->host_len) || (u->host_len == 3 && strncmp(u->host, "::1", 3) == 0);
}

const char *url_plain(const char *text, struct arena *a)
{
    return arena_strndup(a, text, strcspn(text, "?#"));
}
