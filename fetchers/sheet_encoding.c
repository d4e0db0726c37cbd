/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GB18030 gives a meaning to nearly any pair of bytes above 0x80, so that a text in Latin-1, in Big5, or in
 * UTF-8 with one broken byte would read as Chinese of no sense. Hence two questions before: is most of it UTF-8
 * after all, and are its characters those of everyday Chinese (GB 2312), as they nearly all are in real texts?
 */
#include "fetchers/sheet_encoding.h"

#include "calc/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <string.h>

enum { CHUNK = 64 << 10 };

/* Where a body stops being UTF-8 without NUL; len when it does not. */
static size_t utf8_until(const char *body, size_t len)
{
    uint32_t code;
    size_t at = 0, n;

    while (at < len && body[at] != '\0' && (n = utf8_step(body + at, len - at, &code)) > 0)
        at += n;
    return at;
}

static int line_at(const char *body, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at; i++)
        line += body[i] == '\n' || (body[i] == '\r' && body[i + 1] != '\n');
    return line;
}

/* Do whole characters of UTF-8 outnumber the bytes that are none? In GB18030 about one pair in six looks like one. */
static bool mostly_utf8(const char *body, size_t len)
{
    size_t whole = 0, none = 0, n;
    uint32_t code;

    for (size_t at = 0; at<len; at += n> 0 ? n : 1) {
        n = utf8_step(body + at, len - at, &code);
        whole += n > 1;
        none += n == 0;
    }
    return whole > none;
}

static size_t gb18030_step(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    if (s[0] == 0x80 || s[0] == 0xFF || left < 2)
        return 0;
    if (s[1] >= 0x40 && s[1] != 0x7F && s[1] != 0xFF)
        return 2;
    bool four = left >= 4 && s[1] >= '0' && s[1] <= '9' && s[2] > 0x80 && s[2] < 0xFF && s[3] >= '0' && s[3] <= '9';
    return four ? 4 : 0;
}

/* A character of GB 2312: rows 1 to 9 and 16 to 87. */
static bool everyday(const unsigned char *s, size_t n)
{
    bool row = (s[0] >= 0xA1 && s[0] <= 0xA9) || (s[0] >= 0xB0 && s[0] <= 0xF7);

    return n == 2 && row && s[1] >= 0xA1 && s[1] != 0xFF;
}

/* Up to a quarter may be rare: names, old characters. *bad is where a byte fits nowhere. */
static bool plausible_gb18030(const char *body, size_t len, size_t *bad)
{
    const unsigned char *s = (const unsigned char *)body;
    size_t all = 0, rare = 0;

    for (size_t at = 0, n; at < len; at += n) {
        n = gb18030_step(s + at, len - at);
        if (n == 0) {
            *bad = at;
            return false;
        }
        all += n > 1;
        rare += n > 1 && !everyday(s + at, n);
    }
    return rare * 4 <= all;
}

static int unknown(const char *name, const char *body, size_t at, const char *what, struct err *err)
{
    return err_set(err, ERR_USAGE, "%s:%d: %s (known: UTF-8, UTF-16 with a byte order mark, GB18030)", name,
                   line_at(body, at), what);
}

int sheet_encoding_find(const char *name, const char *body, size_t len, struct sheet_encoding *out, struct err *err)
{
    static const struct {
        const char *mark;
        size_t n;
        struct sheet_encoding is;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, {"UTF-8 with BOM", NULL, 3}},
        {"\xFF\xFE", 2, {"UTF-16LE", "UTF-16LE", 2}},
        {"\xFE\xFF", 2, {"UTF-16BE", "UTF-16BE", 2}},
    };

    *out = (struct sheet_encoding){"UTF-8", NULL, 0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= marks[i].n && memcmp(body, marks[i].mark, marks[i].n) == 0)
            *out = marks[i].is;
    if (out->from != NULL)
        return 0;
    const char *zero = memchr(body, '\0', len);
    if (zero != NULL)
        return unknown(name, body, (size_t)(zero - body), "a NUL byte", err);
    size_t good = out->mark + utf8_until(body + out->mark, len - out->mark);
    if (good == len)
        return 0;
    if (out->mark > 0 || mostly_utf8(body, len))
        return unknown(name, body, good, "a byte that is not UTF-8", err);
    if (!plausible_gb18030(body, len, &good))
        return unknown(name, body, good, "text in an unknown encoding", err);
    *out = (struct sheet_encoding){"GB18030", "GB18030", 0};
    return 0;
}

/* iconv over the whole body, a chunk of output at a time. A character cut at the end is as bad as a wrong one. */
static int convert(iconv_t with, const char *body, size_t len, sheet_taker *take, void *ctx, struct err *err)
{
    char chunk[CHUNK];
    char *at = (char *)(uintptr_t)body; /* iconv() only reads what its type does not call const */
    size_t left = len;
    int rc = 0;

    while (rc == 0 && left > 0) {
        char *to = chunk;
        size_t room = sizeof chunk;
        bool whole = iconv(with, &at, &left, &to, &room) != (size_t)-1 || errno == E2BIG;
        rc = take(ctx, chunk, sizeof chunk - room, err);
        if (rc == 0 && !whole)
            return take(ctx, NULL, 0, err);
    }
    return rc;
}

int sheet_decode(const struct sheet_encoding *e, const char *body, size_t len, sheet_taker *take, void *ctx,
                 struct err *err)
{
    if (e->from == NULL)
        return take(ctx, body + e->mark, len - e->mark, err);
    iconv_t with = iconv_open("UTF-8", e->from);
    if (with == (iconv_t)-1)
        return err_set(err, ERR_INTERNAL, "this system cannot convert %s (save the file as UTF-8)", e->said);
    int rc = convert(with, body + e->mark, len - e->mark, take, ctx, err);
    iconv_close(with);
    return rc;
}
