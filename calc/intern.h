/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One copy of each text: two texts interned by the same table are equal exactly when their
 * pointers are. A number may be kept with each. Texts may hold any bytes; the copies end in a NUL
 * that does not count and live in the arena given. Zeroed but for the arena it is empty.
 */
#ifndef TCO_INTERN_H
#define TCO_INTERN_H

#include "calc/arena.h"

#include <stddef.h>
#include <stdint.h>

struct intern_slot {
    const char *text; /* NULL: free */
    size_t len;
    int number;
    uint32_t hash;
};

struct intern {
    struct arena *arena;
    struct intern_slot *slots; /* a power of two of them, at most half full */
    size_t cap, n;
};

/* Both NULL when there is no memory. */
const char *intern(struct intern *t, const char *text, size_t len);
/* The number kept with a text, 0 until it is set; valid until the next call. */
int *intern_number(struct intern *t, const char *text, size_t len);
/* The same of a text that is there, else 0. */
int intern_known(const struct intern *t, const char *text, size_t len);
void intern_free(struct intern *t); /* the slots only; the texts are the arena's */

#endif
