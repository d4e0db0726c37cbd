/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A growing byte buffer with a ceiling; `failed` sticks, so a writer checks once at its end.
 */
#include "calc/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 64 };
#define DEFAULT_CEILING ((size_t)1 << 30)

bool buf_reserve(struct buf *b, size_t more)
{
    size_t ceiling = b->ceiling != 0 ? b->ceiling : DEFAULT_CEILING;

    if (b->failed)
        return false;
    if (ceiling > PTRDIFF_MAX - 1)
        ceiling = PTRDIFF_MAX - 1;
    if (more < b->cap - b->n) /* one byte is always left for the NUL */
        return true;
    if (b->n > ceiling || more > ceiling - b->n) {
        b->failed = true;
        return false;
    }
    size_t want = b->n + more + 1, cap = b->cap != 0 ? b->cap : FIRST_BYTES;
    while (cap < want)
        cap += cap;
    if (cap > ceiling)
        cap = ceiling + 1;
    char *v = realloc(b->v, cap);
    if (v == NULL) {
        b->failed = true;
        return false;
    }
    b->v = v;
    b->cap = cap;
    b->v[b->n] = '\0';
    return true;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    if (!buf_reserve(b, n))
        return;
    if (n > 0)
        memcpy(b->v + b->n, bytes, n);
    b->n += n;
    b->v[b->n] = '\0';
}

void buf_puts(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_putc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        b->failed = true;
    else if (buf_reserve(b, (size_t)n)) {
        vsnprintf(b->v + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void buf_free(struct buf *b)
{
    free(b->v);
    *b = (struct buf){.ceiling = b->ceiling};
}
