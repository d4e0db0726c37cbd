/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes back: the head decides where the body goes. Nothing is taken for a whole answer that is
 * only a part of one, or a part of another.
 */
#include "fetchers/transport_parts.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { /* of HTTP */
       PARTIAL = 206,
       TIMEOUT = 408,
       RANGE_OUT = 416,
       TOO_MANY = 429
};

/* It may quote what the other side said, and must still be one line that is safe to print. */
bool transport_end(struct exchange *x, enum transport_end end, const char *fmt, ...)
{
    va_list ap;

    if (x->ended)
        return false;
    x->ended = true;
    x->result.end = end;
    va_start(ap, fmt);
    vsnprintf(x->result.why, sizeof x->result.why, fmt, ap);
    va_end(ap);
    for (char *c = x->result.why; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
    return false;
}

static bool too_large(struct exchange *x)
{
    return transport_end(x, TRANSPORT_REFUSED, "the answer is larger than %llu bytes",
                         (unsigned long long)x->ask.into->ceiling);
}

/* ---- the head ---- */

/* libcurl takes a connection that closes within the head for an answer without a body. So look for the
 * blank line, of the last of several heads. */
size_t transport_see_line(char *line, size_t one, size_t n, void *exchange)
{
    struct exchange *x = exchange;

    if (n * one >= 5 && memcmp(line, "HTTP/", 5) == 0)
        x->whole_head = false;
    else if (n * one <= 2 && n > 0 && (*line == '\r' || *line == '\n'))
        x->whole_head = true;
    return n * one;
}

/* NULL when the answer has no such header. */
static const char *header(const struct exchange *x, const char *name)
{
    struct curl_header *h = NULL;

    return x->t->curl.curl_easy_header(x->easy, name, 0, CURLH_HEADER, -1, &h) == CURLHE_OK ? h->value : NULL;
}

/* A number that is there whole, with *at moved behind it. */
static bool read_number(const char **at, uint64_t *out)
{
    uint64_t n = 0;
    const char *c = *at;

    for (; *c >= '0' && *c <= '9'; c++) {
        unsigned digit = (unsigned)(*c - '0');
        if (n > (UINT64_MAX - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    bool any = c != *at;
    *at = c;
    *out = n;
    return any;
}

static bool read_char(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

struct content_range {
    uint64_t first, last, whole;
    bool known_whole;
};

/* "bytes 5-9/10", or "bytes 5-9" and a star for a whole that the other side does not know. */
static bool read_content_range(const char *text, struct content_range *out)
{
    static const char unit[] = "bytes ";
    size_t len = sizeof unit - 1;

    if (text == NULL || strncasecmp(text, unit, len) != 0)
        return false;
    text += len;
    if (!read_number(&text, &out->first) || !read_char(&text, '-') || !read_number(&text, &out->last) ||
        !read_char(&text, '/'))
        return false;
    out->known_whole = !read_char(&text, '*');
    if (out->known_whole && !read_number(&text, &out->whole))
        return false;
    return *text == '\0' && out->first <= out->last && (!out->known_whole || out->last < out->whole);
}

/* ---- where the body goes ---- */

static bool holds_part(const struct exchange *x)
{
    return x->ask.resume != NULL && x->ask.into->n > 0;
}

static bool empty(struct exchange *x)
{
    struct err err;

    if (x->ask.into->n == 0 || raw_restart(x->ask.into, &err) == 0)
        return true;
    return transport_end(x, TRANSPORT_REFUSED, "%s", err.text);
}

/* What is held is of no use any more: the whole has to be asked for. */
static bool begin_anew(struct exchange *x, const char *why)
{
    return empty(x) && transport_end(x, TRANSPORT_CUT, "%s", why);
}

static bool begin_rest(struct exchange *x)
{
    struct content_range range = {0};

    if (!holds_part(x))
        return transport_end(x, TRANSPORT_REFUSED, "the answer is a part, and the whole was asked for");
    if (!read_content_range(header(x, "Content-Range"), &range) || range.first != x->ask.into->n)
        return transport_end(x, TRANSPORT_REFUSED, "the answer is not the part that was asked for");
    if (header(x, "Content-Encoding") != NULL)
        return begin_anew(x, "the part came packed, which does not fit the rest");
    x->known_length = true;
    x->length = range.known_whole ? range.whole : range.last + 1;
    x->result.resumed = true;
    return true;
}

static bool begin_whole(struct exchange *x)
{
    const char *packed = header(x, "Content-Encoding");
    struct err err;

    if (!empty(x))
        return false;
    if (packed == NULL || *packed == '\0' || strcasecmp(packed, "identity") == 0)
        return true;
    if (strcasecmp(packed, "gzip") != 0 && strcasecmp(packed, "x-gzip") != 0)
        return transport_end(x, TRANSPORT_REFUSED, "the answer is packed as '%.40s' (asked for: gzip)", packed);
    return raw_unzip_open(&x->unzip, &err) == 0 || transport_end(x, TRANSPORT_REFUSED, "%s", err.text);
}

/* Answers that say nothing of the thing itself: come later, or go elsewhere. */
static bool says_nothing(int status)
{
    return status == TIMEOUT || status == TOO_MANY || status >= 500 || (status >= 300 && status < 400);
}

/* The head is there: decides once. False when the exchange has ended. */
static bool begin(struct exchange *x)
{
    long status = 0;

    if (x->begun)
        return !x->ended;
    x->begun = true;
    x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
    x->result.status = (int)status;
    if (status == PARTIAL)
        return begin_rest(x);
    if (holds_part(x) && status == RANGE_OUT)
        return begin_anew(x, "what is held is not a part of it any more");
    x->unwanted = holds_part(x) && says_nothing((int)status);
    return x->unwanted || begin_whole(x);
}

/* ---- the body ---- */

/* The length is of what comes now, packed or not: packed it is hardly ever longer. */
static bool fits(struct exchange *x)
{
    const struct raw *into = x->ask.into;
    curl_off_t length = -1;

    x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    return length < 0 || (uint64_t)length <= into->ceiling - into->n || too_large(x);
}

static bool keep(struct exchange *x, const char *bytes, size_t n)
{
    enum raw_taken how = RAW_TAKEN;
    char reason[128];

    if (x->unzip != NULL)
        how = raw_unzip_write(x->unzip, x->ask.into, bytes, n);
    else if (!raw_write(x->ask.into, bytes, n))
        how = RAW_REFUSED;
    if (how == RAW_TAKEN)
        return true;
    if (how == RAW_DAMAGED)
        return transport_end(x, TRANSPORT_REFUSED, "the answer says it is gzip, and is not");
    if (x->ask.into->full)
        return too_large(x);
    if (strerror_r(errno, reason, sizeof reason) != 0)
        *reason = '\0';
    return transport_end(x, TRANSPORT_REFUSED, "cannot keep the answer: %s", reason);
}

size_t transport_take(char *bytes, size_t one, size_t n, void *exchange)
{
    struct exchange *x = exchange;
    bool first = !x->begun;

    if (!begin(x))
        return 0; /* fewer than came: libcurl stops */
    if (x->unwanted)
        return n * one;
    return (!first || fits(x)) && keep(x, bytes, n * one) ? n * one : 0;
}

/* ---- the result ---- */

/* A validator or an address cut short would be another one: rather none. */
static void copy_whole(char *to, size_t size, const char *text)
{
    if (text != NULL && strlen(text) < size)
        snprintf(to, size, "%s", text);
}

static void conclude_redirect(struct exchange *x)
{
    char *url = NULL;

    x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_REDIRECT_URL, &url);
    if (url == NULL)
        return;
    copy_whole(x->result.location, sizeof x->result.location, url);
    if (x->result.location[0] == '\0')
        transport_end(x, TRANSPORT_REFUSED, "the answer leads to an address over %zu bytes",
                      sizeof x->result.location - 1);
}

/* Seconds, or a date that libcurl has made into seconds from now; what is neither is 0 there. */
static int retry_after(const struct exchange *x)
{
    const char *text = header(x, "Retry-After");
    curl_off_t seconds = 0;

    if (text == NULL || x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_RETRY_AFTER, &seconds) != CURLE_OK)
        return -1;
    if (seconds <= 0)
        return *text == '0' ? 0 : -1;
    return seconds < INT_MAX ? (int)seconds : INT_MAX;
}

static void conclude_head(struct exchange *x)
{
    struct transport_result *r = &x->result;
    const char *type = header(x, "Content-Type");

    snprintf(r->type, sizeof r->type, "%s", type != NULL ? type : "");
    copy_whole(r->etag, sizeof r->etag, header(x, "ETag"));
    copy_whole(r->last_modified, sizeof r->last_modified, header(x, "Last-Modified"));
    r->retry_after = retry_after(x);
    conclude_redirect(x);
}

static void conclude_body(struct exchange *x)
{
    if (x->unzip != NULL && !raw_unzip_whole(x->unzip))
        transport_end(x, TRANSPORT_CUT, "the packed answer was cut short");
    else if (x->known_length && x->ask.into->n != x->length)
        transport_end(x, TRANSPORT_CUT, "the answer was cut short");
    else
        transport_end(x, TRANSPORT_ANSWERED, "%s", "");
}

/* A head that is not whole is none: status 0. */
void transport_conclude(struct exchange *x, CURLcode code)
{
    if (x->whole_head) {
        begin(x);
        conclude_head(x);
    }
    if (code != CURLE_OK)
        transport_fail(x, code);
    else if (!x->whole_head)
        transport_end(x, TRANSPORT_CUT, "the answer was cut short");
    else
        conclude_body(x);
    x->over = true;
}
