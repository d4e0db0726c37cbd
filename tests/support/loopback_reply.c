/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes out for a request: a good answer, shaped by what the server can and by what it was ordered
 * to do wrong.
 */
#include "tests/support/loopback_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MODIFIED "Sat, 21 Nov 2026 08:00:00 GMT"

bool loopback_reply_fill(struct loopback_reply *r, int status, const char *type, const char *bytes, size_t len)
{
    char *copy = malloc(len + 1);

    if (copy == NULL)
        return false;
    if (len > 0)
        memcpy(copy, bytes, len);
    copy[len] = '\0';
    free(r->body);
    r->body = copy;
    r->len = len;
    r->status = status;
    snprintf(r->type, sizeof r->type, "%s", type);
    return true;
}

static void add(struct loopback_reply *r, const char *name, const char *value)
{
    if (r->nheaders == REPLY_HEADERS)
        return;
    r->headers[r->nheaders].name = name;
    snprintf(r->headers[r->nheaders].value, REPLY_VALUE, "%s", value);
    r->nheaders++;
}

static bool sent(const struct loopback_seen *seen, const char *header, const char *value)
{
    const char *text = loopback_header(seen, header);

    return text != NULL && strcmp(text, value) == 0;
}

/* ---- gzip ---- */

static char *gzip(const char *bytes, size_t n, size_t *len)
{
    z_stream z = {0};

    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    uLong room = deflateBound(&z, (uLong)n);
    char *out = malloc(room);
    if (out != NULL) {
        union {
            const char *in;
            unsigned char *out;
        } from = {bytes}; /* zlib does not write there */
        z.next_in = from.out;
        z.avail_in = (uInt)n;
        z.next_out = (unsigned char *)out;
        z.avail_out = (uInt)room;
        deflate(&z, Z_FINISH);
        *len = z.total_out;
    }
    deflateEnd(&z);
    return out;
}

static bool pack(struct loopback_reply *r)
{
    size_t len = 0;
    char *packed = gzip(r->body, r->len, &len);

    if (packed == NULL)
        return false;
    free(r->body);
    r->body = packed;
    r->len = len;
    add(r, "Content-Encoding", "gzip");
    return true;
}

/* A member of a mebibyte of blanks, 256 times. */
static bool bomb(struct loopback_reply *r)
{
    enum { MEMBER = 1 << 20, MEMBERS = 256 };
    char *blanks = malloc(MEMBER);
    size_t len = 0;

    if (blanks == NULL)
        return false;
    memset(blanks, ' ', MEMBER);
    char *member = gzip(blanks, MEMBER, &len), *all = member != NULL ? malloc(len * MEMBERS) : NULL;
    for (size_t i = 0; all != NULL && i < MEMBERS; i++)
        memcpy(all + i * len, member, len);
    free(blanks);
    free(member);
    if (all == NULL)
        return false;
    free(r->body);
    r->body = all;
    r->len = len * MEMBERS;
    add(r, "Content-Encoding", "gzip");
    return true;
}

/* ---- validators and ranges ---- */

/* FNV-1a: the same bytes, the same tag. */
static void etag(const struct loopback_reply *r, char out[40])
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < r->len; i++)
        h = (h ^ (unsigned char)r->body[i]) * 1099511628211u;
    snprintf(out, 40, "\"%016llx\"", (unsigned long long)h);
}

static bool part(struct loopback_reply *r, unsigned long long first, enum loopback_deed deed)
{
    unsigned long long whole = r->len, last = whole - 1;
    char range[96];

    if (first >= whole || deed == LOOPBACK_RANGE_OUT) {
        snprintf(range, sizeof range, "bytes */%llu", whole);
        add(r, "Content-Range", range);
        return loopback_reply_fill(r, 416, "text/plain", "no such range\n", 14);
    }
    if (deed == LOOPBACK_RANGE_LATE)
        first++;
    if (deed == LOOPBACK_RANGE_PART)
        last = first + (last - first) / 2;
    snprintf(range, sizeof range, "bytes %llu-%llu/%llu", first, last, whole);
    if (deed != LOOPBACK_RANGE_BLANK)
        add(r, "Content-Range", range);
    memmove(r->body, r->body + first, (size_t)(last - first + 1));
    r->len = (size_t)(last - first + 1);
    r->status = 206;
    return true;
}

/* Range, when what is held is still the same. */
static bool ranges(struct loopback_reply *r, const struct loopback_seen *seen, const char *tag, enum loopback_deed deed)
{
    const char *range = loopback_header(seen, "Range"), *held = loopback_header(seen, "If-Range");

    if (range == NULL || strncmp(range, "bytes=", 6) != 0 || deed == LOOPBACK_RANGE_NONE)
        return true;
    if (held != NULL && strcmp(held, tag) != 0 && strcmp(held, MODIFIED) != 0)
        return true;
    return part(r, strtoull(range + 6, NULL, 10), deed);
}

static bool validate(struct loopback_reply *r, unsigned flags, const struct loopback_seen *seen,
                     enum loopback_deed deed)
{
    char tag[40];

    etag(r, tag);
    if ((flags & LOOPBACK_ETAG) != 0)
        add(r, "ETag", tag);
    if ((flags & LOOPBACK_DATED) != 0)
        add(r, "Last-Modified", MODIFIED);
    if (((flags & LOOPBACK_ETAG) != 0 && sent(seen, "If-None-Match", tag)) ||
        ((flags & LOOPBACK_DATED) != 0 && sent(seen, "If-Modified-Since", MODIFIED)))
        return loopback_reply_fill(r, 304, "", "", 0);
    return (flags & LOOPBACK_RANGES) == 0 || ranges(r, seen, tag, deed);
}

/* ---- deeds ---- */

static bool status_only(struct loopback_reply *r, const struct loopback_order *order)
{
    if (order->retry_after != NULL)
        add(r, "Retry-After", order->retry_after);
    return loopback_reply_fill(r, order->status != 0 ? order->status : 500, "text/plain", "not now\n", 8);
}

static bool redirect(struct loopback_reply *r, const struct loopback_order *order, const struct loopback_seen *seen)
{
    add(r, "Location", order->location != NULL ? order->location : seen->path);
    return loopback_reply_fill(r, order->status != 0 ? order->status : 302, "text/html", "<a>moved</a>\n", 13);
}

static bool mark(struct loopback_reply *r)
{
    char *longer = realloc(r->body, r->len + 4);

    if (longer == NULL)
        return false;
    memmove(longer + 3, longer, r->len + 1);
    memcpy(longer, "\xEF\xBB\xBF", 3);
    r->body = longer;
    r->len += 3;
    return true;
}

static bool replace(struct loopback_reply *r, const char *type, const char *text, size_t len)
{
    char kept[sizeof r->type];

    snprintf(kept, sizeof kept, "%s", type != NULL ? type : r->type);
    return loopback_reply_fill(r, 200, kept, text, len);
}

static bool damaged_gzip(struct loopback_reply *r, bool cut)
{
    if (!pack(r))
        return false;
    if (cut)
        r->len /= 2;
    else
        r->body[r->len - 8] ^= 1; /* of the checksum, which stands before the length */
    return true;
}

/* What changes the answer itself: *done when nothing else is to be done to it. */
static bool change(struct loopback_reply *r, const struct loopback_order *order, const struct loopback_seen *seen,
                   bool *done)
{
    static const char page[] = "<!DOCTYPE html><html><body>Please log in</body></html>\n";

    *done = true;
    switch (order->deed) {
    case LOOPBACK_STATUS:
        return status_only(r, order);
    case LOOPBACK_REDIRECT:
        return redirect(r, order, seen);
    case LOOPBACK_HTML:
        return replace(r, "text/html; charset=utf-8", page, sizeof page - 1);
    case LOOPBACK_BYTES:
        return replace(r, NULL, order->bytes, order->len);
    case LOOPBACK_BOM:
        return mark(r);
    case LOOPBACK_GZIP_BAD:
        add(r, "Content-Encoding", "gzip");
        return true;
    case LOOPBACK_BROTLI:
        add(r, "Content-Encoding", "br");
        return true;
    case LOOPBACK_GZIP_CUT:
    case LOOPBACK_GZIP_CRC:
        return damaged_gzip(r, order->deed == LOOPBACK_GZIP_CUT);
    case LOOPBACK_GZIP_BOMB:
        return bomb(r);
    case LOOPBACK_HANGUP:
        r->hangup = true;
        return true;
    case LOOPBACK_MUTE:
        r->mute = true;
        return true;
    default:
        *done = false;
        return true;
    }
}

/* How much of it goes out, and what then. */
static void send_badly(struct loopback_reply *r, const struct loopback_order *order)
{
    switch (order->deed) {
    case LOOPBACK_CUT:
        r->ending = CLOSED;
        r->ready = r->len / 2;
        break;
    case LOOPBACK_SILENT:
        r->ending = SILENT;
        r->ready = r->len / 2;
        break;
    case LOOPBACK_DRIP:
        r->ending = DRIPPING;
        r->ready = r->len / 2;
        break;
    case LOOPBACK_HALF:
        r->len /= 2;
        r->ready = r->len;
        r->claimed = r->len;
        break;
    case LOOPBACK_LONG_LENGTH:
        r->ending = CLOSED;
        r->claimed = r->len + 100;
        break;
    case LOOPBACK_HUGE_LENGTH:
        r->ending = CLOSED;
        r->claimed = (uint64_t)1 << 40;
        break;
    default:
        break;
    }
}

bool loopback_reply_shape(struct loopback_reply *r, unsigned flags, const struct loopback_seen *seen,
                          const struct loopback_order *order)
{
    const char *accepted = loopback_header(seen, "Accept-Encoding");
    enum loopback_deed deed = order != NULL ? order->deed : LOOPBACK_WELL;
    bool done = false;

    if (order != NULL && !change(r, order, seen, &done))
        return false;
    if (!done && r->status == 200 && !validate(r, flags, seen, deed))
        return false;
    bool packs = (flags & LOOPBACK_GZIP) != 0 && accepted != NULL && strstr(accepted, "gzip") != NULL;
    if (!done && r->status == 200 && packs && !pack(r))
        return false;
    r->ready = r->len;
    r->claimed = r->len;
    if (order != NULL)
        send_badly(r, order);
    if ((flags & LOOPBACK_CHUNKED) != 0)
        r->claimed = UINT64_MAX;
    return true;
}
