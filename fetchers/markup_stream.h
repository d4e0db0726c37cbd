/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * XML as it goes by: the same door to libxml2 as markup.h, and as strict (UTF-8 only, no document type, no
 * entities but the five, at most 64 levels), for documents that are too large to hold. Memory does not
 * grow with the document. Nothing but what the source gives is ever read.
 */
#ifndef TCO_MARKUP_STREAM_H
#define TCO_MARKUP_STREAM_H

#include "calc/err.h"

#include <stddef.h>

struct markup_tag {
    const char *name, *ns; /* without prefix; "" when none; the same pointers for the same texts throughout */
    size_t nattributes;    /* 64 at most */
    const unsigned char *const *raw;
};

struct markup_value {
    const char *name, *ns; /* "" when none */
    const char *text;      /* not NUL-terminated; good until the event returns */
    size_t len;
};
struct markup_value markup_tag_value(const struct markup_tag *tag, size_t i);
/* The attribute of that name and no namespace; text NULL when there is none. */
struct markup_value markup_tag_find(const struct markup_tag *tag, const char *name);

/* Anything but 0 stops and is returned; -1 with *err. Texts come in pieces. */
struct markup_events {
    int (*start)(void *ctx, const struct markup_tag *tag, struct err *err);
    int (*end)(void *ctx, struct err *err);
    int (*text)(void *ctx, const char *text, size_t len, struct err *err);
};

/* Up to n bytes; 0: the end; -1: *err says why. */
typedef long markup_source(void *from, char *to, size_t n, struct err *err);

/* Kind ERR_USAGE: "line 3: not XML: ..."; a tag, comment or the like over 256 KiB is refused. ERR_FETCH when
 * libxml2 cannot be loaded. */
int markup_stream(markup_source *source, void *from, const struct markup_events *events, void *ctx, struct err *err);

#endif
