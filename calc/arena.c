/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An arena: a chain of zeroed blocks, handed out from the front one. A request too large for a
 * common block gets one of its own behind the front, so the room left in front is not lost.
 */
#include "calc/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024 };
#define ALIGN _Alignof(max_align_t)

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

static struct arena_block *block_new(size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *b = calloc(1, sizeof *b + size);
    if (b != NULL)
        b->size = size;
    return b;
}

static struct arena_block *block_for(struct arena *a, size_t size)
{
    if (a->head != NULL && a->head->size - a->head->used >= size)
        return a->head;

    bool own = size > BLOCK_BYTES / 2;
    struct arena_block *b = block_new(own ? size : BLOCK_BYTES);
    if (b == NULL)
        return NULL;
    if (own && a->head != NULL) {
        b->next = a->head->next;
        a->head->next = b;
    } else {
        b->next = a->head;
        a->head = b;
    }
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > PTRDIFF_MAX - ALIGN)
        return NULL;
    size = size == 0 ? ALIGN : (size + ALIGN - 1) / ALIGN * ALIGN;

    struct arena_block *b = block_for(a, size);
    if (b == NULL)
        return NULL;
    void *p = (char *)b->bytes + b->used;
    b->used += size;
    return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    return arena_alloc(a, n * size);
}

void *arena_grow(struct arena *a, const void *old, size_t old_n, size_t new_n, size_t size)
{
    void *p = arena_array(a, new_n, size);
    size_t kept = old_n < new_n ? old_n : new_n;

    if (p != NULL && old != NULL && kept > 0)
        memcpy(p, old, kept * size);
    return p;
}

char *arena_strndup(struct arena *a, const char *text, size_t len)
{
    char *p = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;

    if (p != NULL && len > 0)
        memcpy(p, text, len);
    return p;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return arena_strndup(a, text, strlen(text));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = n >= 0 ? arena_alloc(a, (size_t)n + 1) : NULL;
    if (p != NULL)
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

void arena_free(struct arena *a)
{
    struct arena_block *next;

    for (struct arena_block *b = a->head; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    a->head = NULL;
}

void arena_clear(struct arena *a)
{
    struct arena_block *keep = a->head;

    if (keep == NULL)
        return;
    struct arena rest = {keep->next};
    arena_free(&rest);
    memset(keep->bytes, 0, keep->used);
    keep->used = 0;
    keep->next = NULL;
}

size_t arena_bytes(const struct arena *a)
{
    size_t n = 0;

    for (const struct arena_block *b = a->head; b != NULL; b = b->next)
        n += sizeof *b + b->size;
    return n;
}
