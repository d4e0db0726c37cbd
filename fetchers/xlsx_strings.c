/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_strings.h"

#include "fetchers/xlsx_part.h"

#include <stdlib.h>
#include <string.h>

enum { ALL_MAX = 256 << 20, STRINGS_MAX = 8000000, ESCAPE = sizeof "_x000D_" - 1 };

/* ---- one text ---- */

void xlsx_rich_clear(struct xlsx_rich *r)
{
    r->text.n = 0;
    if (r->text.v != NULL)
        r->text.v[0] = '\0';
    r->collecting = r->run = false;
}

void xlsx_rich_start(struct xlsx_rich *r, const char *name, int level)
{
    if (level == 1 && !strcmp(name, "r"))
        r->run = true;
    else if ((level == 1 || (level == 2 && r->run)) && !strcmp(name, "t"))
        r->collecting = true;
}

void xlsx_rich_end(struct xlsx_rich *r, int level)
{
    if (level <= 2)
        r->collecting = false;
    if (level == 1)
        r->run = false;
}

int xlsx_rich_text(struct xlsx_rich *r, const char *text, size_t len, struct err *err)
{
    if (!r->collecting)
        return 0;
    if (r->text.n + len > r->most)
        return err_set(err, ERR_USAGE, "a cell of more than %zu bytes", r->most);
    buf_add(&r->text, text, len);
    return r->text.failed ? err_nomem(err) : 0;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The code in _xHHHH_; 0 when it is none. */
static unsigned escaped(const char *at, size_t left)
{
    unsigned code = 0;

    if (left < ESCAPE || at[1] != 'x' || at[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex(at[i]);
        if (digit < 0)
            return 0;
        code = code * 16 + (unsigned)digit;
    }
    return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

static size_t put_utf8(char *to, unsigned code)
{
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;

    if (n == 1)
        to[0] = (char)code;
    else if (n == 2)
        to[0] = (char)(0xC0 | code >> 6);
    else
        to[0] = (char)(0xE0 | code >> 12);
    if (n == 3)
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
    if (n > 1)
        to[n - 1] = (char)(0x80 | (code & 0x3F));
    return n;
}

size_t xlsx_unescape(char *text, size_t len)
{
    char *found = len > 0 ? memchr(text, '_', len) : NULL;
    size_t from = found != NULL ? (size_t)(found - text) : len, to = from;

    while (from < len) {
        unsigned code = text[from] == '_' ? escaped(text + from, len - from) : 0;
        if (code != 0) {
            to += put_utf8(text + to, code);
            from += ESCAPE;
        } else {
            text[to++] = text[from++];
        }
    }
    return to;
}

/* ---- those that cells share ---- */

struct reading {
    struct xlsx_strings *strings;
    struct xlsx_rich rich;
};

static int on_start(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    struct reading *r = ctx;

    if (depth == 1 && strcmp(tag->name, "sst") != 0)
        return err_set(err, ERR_USAGE, "its root element is '%.60s' (allowed: sst)", tag->name);
    if (depth == 2 && strcmp(tag->name, "si") != 0)
        return err_set(err, ERR_USAGE, "an element '%.60s' among the texts (allowed: si)", tag->name);
    if (depth == 2)
        xlsx_rich_clear(&r->rich);
    else
        xlsx_rich_start(&r->rich, tag->name, depth - 2);
    return 0;
}

static int on_text(void *ctx, const char *text, size_t len, struct err *err)
{
    struct reading *r = ctx;

    return xlsx_rich_text(&r->rich, text, len, err);
}

static bool room(struct xlsx_strings *s)
{
    if (s->n + 1 < s->cap)
        return true;
    size_t cap = s->cap > 0 ? s->cap * 2 : 1024;
    size_t *grown = realloc(s->at, cap * sizeof *grown);
    if (grown == NULL)
        return false;
    s->at = grown;
    s->cap = cap;
    return true;
}

static int keep(struct reading *r, struct err *err)
{
    struct xlsx_strings *s = r->strings;
    struct buf *text = &r->rich.text;

    if (s->n == STRINGS_MAX || s->all.n + text->n + 1 > ALL_MAX)
        return err_set(err, ERR_USAGE, "more than %d texts or %d MiB of them", STRINGS_MAX, ALL_MAX >> 20);
    if (!room(s))
        return err_nomem(err);
    s->at[s->n++] = s->all.n;
    if (text->n > 0)
        buf_add(&s->all, text->v, xlsx_unescape(text->v, text->n));
    buf_putc(&s->all, '\0');
    s->at[s->n] = s->all.n;
    return s->all.failed ? err_nomem(err) : 0;
}

static int on_end(void *ctx, int depth, struct err *err)
{
    struct reading *r = ctx;

    if (depth == 2)
        return keep(r, err);
    xlsx_rich_end(&r->rich, depth - 2);
    return 0;
}

int xlsx_strings_read(struct xlsx_strings *s, struct xlsx_zip *zip, long part, size_t most, struct err *err)
{
    static const struct xlsx_events events = {.start = on_start, .end = on_end, .text = on_text};
    struct reading r = {.strings = s, .rich.most = most};
    int rc = xlsx_part_read(zip, part, XLSX_MAIN, &events, &r, err);

    buf_free(&r.rich.text);
    return rc;
}

void xlsx_strings_free(struct xlsx_strings *s)
{
    buf_free(&s->all);
    free(s->at);
    *s = (struct xlsx_strings){0};
}

const char *xlsx_string(const struct xlsx_strings *s, size_t i, size_t *len)
{
    if (i >= s->n)
        return NULL;
    *len = s->at[i + 1] - s->at[i] - 1;
    return s->all.v + s->at[i];
}
