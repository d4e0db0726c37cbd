/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions about many items at once, to a provider that refuses a whole question for one item it does not
 * know. The item it names is left out; when it names none, the batch is halved until the item is found. A
 * half whose other half was fine need not be asked again: it holds the bad one.
 */
#ifndef TCO_HUAWEI_BATCH_H
#define TCO_HUAWEI_BATCH_H

#include "calc/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct batch {
    size_t from, to;  /* items, those left out among them */
    bool is_bad;      /* holds a bad item for sure */
    bool has_partner; /* if this one is fine, the one below it on the stack is bad */
    const char *why;  /* of a bad one; lent */
};

/* Of n items; the arena keeps both arrays. */
struct batches {
    struct batch *stack; /* the one on top is to be asked */
    size_t depth;
    const char **out; /* by item: NULL, or why it was left out */
};

/* Batches of at most `size` items. -1 when there is no memory. */
int batches_open(struct batches *b, struct arena *a, size_t n, size_t size);
/* The batch to ask about; NULL when all is asked. Bad items that are found without asking are left out. */
const struct batch *batches_next(struct batches *b);
/* What became of it. */
void batches_answered(struct batches *b);
/* `item` is the one that was named; SIZE_MAX: none was. */
void batches_refused(struct batches *b, size_t item, const char *why);

#endif
