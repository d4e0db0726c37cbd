/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/percent.h"

#include <stdbool.h>
#include <string.h>

/* Not isalnum(): it would ask the locale. */
static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

void percent_add_but(struct buf *b, const char *text, size_t len, const char *keep)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (unreserved(text[i]) || (c != '\0' && strchr(keep, c) != NULL)) {
            buf_putc(b, text[i]);
            continue;
        }
        buf_putc(b, '%');
        buf_putc(b, digits[c >> 4]);
        buf_putc(b, digits[c & 15]);
    }
}

void percent_add(struct buf *b, const char *text, size_t len)
{
    percent_add_but(b, text, len, "");
}

char *percent_encode(struct arena *a, const char *text)
{
    struct buf b = {0};

    percent_add(&b, text, strlen(text));
    char *out = b.failed ? NULL : arena_strndup(a, b.n > 0 ? b.v : "", b.n);
    buf_free(&b);
    return out;
}
