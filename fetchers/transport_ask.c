/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a question is put: where it may go, and all that libcurl has to be told. What is not said here
 * is left as libcurl has it: no cookies, no netrc, no login, redirects not followed.
 */
#include "fetchers/transport_parts.h"

#include "calc/buf.h"
#include "calc/tco.h"

#include <arpa/inet.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { CONNECT_SECONDS = 20, STALL_SECONDS = 30, STALL_BYTES = 100 };

/* ---- where to ---- */

/* Written as libcurl understood it, "127.1" as 127.0.0.1, so that there are no two opinions of it. */
static bool loopback_literal(const char *host)
{
    unsigned char address[4];

    return strcmp(host, "[::1]") == 0 || (inet_pton(AF_INET, host, address) == 1 && address[0] == 127);
}

/* A part of the URL, "" when it has none; free it with curl_free(). */
static char *part(struct exchange *x, CURLUPart which)
{
    char *text = NULL;

    return x->t->curl.curl_url_get(x->url, which, &text, 0) == CURLUE_OK ? text : NULL;
}

static void judge_url(struct exchange *x, const char *scheme, const char *host, bool login)
{
    x->loopback = loopback_literal(host);
    if (login)
        transport_end(x, TRANSPORT_REFUSED, "a login stands in the address");
    else if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0)
        transport_end(x, TRANSPORT_REFUSED, "cannot fetch over '%.20s' (known: https, http to loopback)", scheme);
    else if (strcmp(scheme, "http") == 0 && !x->loopback)
        transport_end(x, TRANSPORT_REFUSED, "plain http goes only to 127.0.0.0/8 and [::1], not to '%.80s' (use https)",
                      host);
}

int transport_read_url(struct exchange *x, const char *url, struct err *err)
{
    const struct curl_functions *curl = &x->t->curl;

    x->url = curl->curl_url();
    if (x->url == NULL)
        return err_nomem(err);
    CURLUcode code = curl->curl_url_set(x->url, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS);
    if (code == CURLUE_OUT_OF_MEMORY)
        return err_nomem(err);
    char *scheme = part(x, CURLUPART_SCHEME), *host = part(x, CURLUPART_HOST);
    char *user = part(x, CURLUPART_USER), *password = part(x, CURLUPART_PASSWORD);
    if (code != CURLUE_OK || scheme == NULL)
        transport_end(x, TRANSPORT_REFUSED, "the address is no URL");
    else
        judge_url(x, scheme, host != NULL ? host : "", user != NULL || password != NULL);
    curl->curl_free(scheme);
    curl->curl_free(host);
    curl->curl_free(user);
    curl->curl_free(password);
    return 0;
}

/* ---- header lines ---- */

static int add_header(struct exchange *x, const char *name, const char *value, struct err *err)
{
    struct buf line = {0};

    buf_printf(&line, "%s%s", name, value);
    struct curl_slist *longer = line.failed ? NULL : x->t->curl.curl_slist_append(x->headers, line.v);
    buf_free(&line);
    if (longer == NULL)
        return err_nomem(err);
    x->headers = longer;
    return 0;
}

static bool has_header(const struct transport_request *ask, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < ask->nheaders; i++)
        if (strncasecmp(ask->headers[i], name, len) == 0 && ask->headers[i][len] == ':')
            return true;
    return false;
}

static int add_given(struct exchange *x, struct err *err)
{
    for (size_t i = 0; i < x->ask.nheaders; i++) {
        const char *line = x->ask.headers[i];
        if (line[strcspn(line, "\r\n")] != '\0') {
            transport_end(x, TRANSPORT_REFUSED, "a line break stands in a header line");
            return 0;
        }
        if (add_header(x, "", line, err) != 0)
            return -1;
    }
    return 0;
}

/* The rest of what is held, if it is still the same there. */
static int add_range(struct exchange *x, struct err *err)
{
    char range[48];

    if (x->ask.resume == NULL || x->ask.into->n == 0)
        return 0;
    snprintf(range, sizeof range, "bytes=%llu-", (unsigned long long)x->ask.into->n);
    return add_header(x, "Range: ", range, err) != 0 ? -1 : add_header(x, "If-Range: ", x->ask.resume, err);
}

static int add_validators(struct exchange *x, struct err *err)
{
    const char *etag = x->ask.etag, *date = x->ask.last_modified;

    if (etag != NULL && *etag != '\0' && add_header(x, "If-None-Match: ", etag, err) != 0)
        return -1;
    if (date != NULL && *date != '\0' && add_header(x, "If-Modified-Since: ", date, err) != 0)
        return -1;
    return 0;
}

/* libcurl would add these on its own; "Name:" keeps it from that. */
static int add_silence(struct exchange *x, struct err *err)
{
    if (add_header(x, "Expect:", "", err) != 0) /* nobody here is asked before a body is sent */
        return -1;
    return has_header(&x->ask, "Content-Type") ? 0 : add_header(x, "Content-Type:", "", err);
}

static int add_headers(struct exchange *x, struct err *err)
{
    if (add_given(x, err) != 0 || add_range(x, err) != 0 || add_validators(x, err) != 0 || add_silence(x, err) != 0)
        return -1;
    return add_header(x, "Accept-Encoding: ", x->ask.plain ? "identity" : "gzip", err);
}

/* ---- options ---- */

static const struct {
    CURLoption option;
    long value;
} always[] = {
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_HTTP_CONTENT_DECODING, 0}, /* raw.h unpacks, and sees where it ends */
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_LOW_SPEED_LIMIT, STALL_BYTES},
};

/* An easy handle being filled in; the first thing that goes wrong sticks. */
struct setting {
    const struct curl_functions *curl;
    CURL *easy;
    CURLcode code;
};

/* curl_easy_setopt() takes its last argument for whatever the option says: each kind has one way here. */
static void set_long(struct setting *s, CURLoption option, long value)
{
    CURLcode code = s->curl->curl_easy_setopt(s->easy, option, value);

    s->code = s->code == CURLE_OK ? code : s->code;
}

static void set_object(struct setting *s, CURLoption option, const void *value)
{
    CURLcode code = s->curl->curl_easy_setopt(s->easy, option, value);

    s->code = s->code == CURLE_OK ? code : s->code;
}

static void set_taker(struct setting *s, CURLoption option, curl_write_callback take)
{
    CURLcode code = s->curl->curl_easy_setopt(s->easy, option, take);

    s->code = s->code == CURLE_OK ? code : s->code;
}

static void set_length(struct setting *s, size_t len)
{
    CURLcode code = s->curl->curl_easy_setopt(s->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);

    s->code = s->code == CURLE_OK ? code : s->code;
}

static void set_question(struct setting *s, const struct transport_request *ask)
{
    bool post = strcmp(ask->method, "POST") == 0;

    if (ask->body != NULL || post) {
        set_length(s, ask->body != NULL ? ask->body_len : 0);
        set_object(s, CURLOPT_POSTFIELDS, ask->body != NULL ? ask->body : "");
    }
    if (strcmp(ask->method, "HEAD") == 0)
        set_long(s, CURLOPT_NOBODY, 1);
    else if (!post && (ask->body != NULL || strcmp(ask->method, "GET") != 0))
        set_object(s, CURLOPT_CUSTOMREQUEST, ask->method);
}

/* Whom to believe, and the way there. "" is libcurl's word for: none, and do not ask the environment. */
static void set_way(struct setting *s, const struct exchange *x)
{
    const struct transport_options *opt = &x->t->opt;

    set_object(s, CURLOPT_PROTOCOLS_STR, "http,https");
    set_object(s, CURLOPT_PROXY, opt->proxy != NULL && !x->loopback ? opt->proxy : "");
    set_object(s, CURLOPT_NOPROXY, "");
    if (opt->ca_bundle != NULL) {
        set_object(s, CURLOPT_CAINFO, opt->ca_bundle);
        set_object(s, CURLOPT_CAPATH, NULL); /* not the system's besides */
    }
    set_long(s, CURLOPT_CONNECTTIMEOUT, opt->connect_seconds > 0 ? opt->connect_seconds : CONNECT_SECONDS);
    set_long(s, CURLOPT_LOW_SPEED_TIME, opt->stall_seconds > 0 ? opt->stall_seconds : STALL_SECONDS);
}

static void set_exchange(struct setting *s, struct exchange *x)
{
    set_object(s, CURLOPT_CURLU, x->url);
    set_object(s, CURLOPT_USERAGENT, "tco/" TCO_VERSION);
    set_object(s, CURLOPT_HTTPHEADER, x->headers);
    set_object(s, CURLOPT_PRIVATE, x);
    set_object(s, CURLOPT_ERRORBUFFER, x->detail);
    set_object(s, CURLOPT_WRITEDATA, x);
    set_taker(s, CURLOPT_WRITEFUNCTION, transport_take);
    set_object(s, CURLOPT_HEADERDATA, x);
    set_taker(s, CURLOPT_HEADERFUNCTION, transport_see_line);
}

int transport_set_up(struct exchange *x, struct err *err)
{
    const struct transport_request *ask = &x->ask;

    assert(ask->resume == NULL || ask->plain);
    x->easy = x->t->curl.curl_easy_init();
    if (x->easy == NULL)
        return err_nomem(err);
    if (add_headers(x, err) != 0)
        return -1;
    struct setting s = {.curl = &x->t->curl, .easy = x->easy};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        set_long(&s, always[i].option, always[i].value);
    set_way(&s, x);
    set_question(&s, ask);
    set_exchange(&s, x);
    if (s.code == CURLE_OK)
        return 0;
    if (s.code == CURLE_OUT_OF_MEMORY)
        return err_nomem(err);
    return err_set(err, ERR_FETCH, "cannot use libcurl: it does not know what it is told (code %d)", (int)s.code);
}
