/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One copy of each text: two texts interned by the same table are equal exactly when their
 * pointers are. The copies live in the arena given. A zeroed struct but for the arena is empty.
 */
#ifndef TCO_INTERN_H
#define TCO_INTERN_H

#include "calc/arena.h"

#include <stddef.h>

struct intern {
    struct arena *arena;
    const char **slots; /* a power of two of them, at most half full */
    size_t cap, n;
};

/* NULL when there is no memory. */
const char *intern(struct intern *t, const char *text, size_t len);
void intern_free(struct intern *t); /* the slots only; the texts are the arena's */

#endif
