/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A growing byte buffer with a ceiling. A failed append (no memory, ceiling reached) sets
 * `failed` and every later append does nothing: write plainly, check once. Contents are always
 * followed by a NUL that does not count. A zeroed struct is empty, with a ceiling of 1 GiB.
 */
#ifndef TCO_BUF_H
#define TCO_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *v;
    size_t n, cap, ceiling;
    bool failed;
};

/* Room for `more` bytes behind the n there are; false (and failed) when there is none. */
bool buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *text);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_free(struct buf *b);

#endif
