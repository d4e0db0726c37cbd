/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An arena: memory that is given back all at once. What belongs together (a scenario, the
 * rules, an estimate) lives in one arena and dies with it. A zeroed struct is an empty arena.
 */
#ifndef TCO_ARENA_H
#define TCO_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *head;
};

/* Zeroed, aligned for any type; NULL when there is no memory (also when n x size overflows). */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t n, size_t size);
/* A grown copy of an array (old may be NULL); the old place stays until the arena is freed. */
void *arena_grow(struct arena *a, const void *old, size_t old_n, size_t new_n, size_t size);
char *arena_strndup(struct arena *a, const char *text, size_t len);
char *arena_strdup(struct arena *a, const char *text);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);
/* Gives everything back but keeps one block for what comes next: for work done over and over. */
void arena_clear(struct arena *a);
/* What it holds of the system's memory, about. */
size_t arena_bytes(const struct arena *a);

#endif
