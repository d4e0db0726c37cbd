/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker hands us every call of malloc, calloc and realloc of the objects it was told to wrap.
 */
#include "tests/support/failing_malloc.h"

#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

const char *__lsan_default_suppressions(void);

/* GSL forgets the first part of what it makes when memory for the second is refused: its leak, not ours. */
const char *__lsan_default_suppressions(void)
{
    return "leak:^gsl_";
}

static struct {
    bool on;
    long calls, nth;
} counter;

static bool fails(void)
{
    return counter.on && ++counter.calls == counter.nth;
}

void failing_malloc_start(long nth)
{
    counter.on = true;
    counter.calls = 0;
    counter.nth = nth;
}

long failing_malloc_stop(void)
{
    counter.on = false;
    return counter.calls;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}
