/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hash table with open addressing; texts are few (thousands) and short.
 */
#include "calc/intern.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

/* FNV-1a: the words of a price list are short, and their spread is checked by the full comparison. */
static size_t hash(const char *text, size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ (h >> 32));
}

static const char **slot_of(const struct intern *t, const char *text, size_t len)
{
    size_t i = hash(text, len) & (t->cap - 1);

    while (t->slots[i] != NULL && (strncmp(t->slots[i], text, len) != 0 || t->slots[i][len] != '\0'))
        i = (i + 1) & (t->cap - 1);
    return &t->slots[i];
}

static bool grow(struct intern *t)
{
    struct intern wider = *t;

    wider.cap = t->cap == 0 ? FIRST_SLOTS : t->cap * 2;
    wider.slots = calloc(wider.cap, sizeof *wider.slots);
    if (wider.slots == NULL)
        return false;
    for (size_t i = 0; i < t->cap; i++)
        if (t->slots[i] != NULL)
            *slot_of(&wider, t->slots[i], strlen(t->slots[i])) = t->slots[i];
    free(t->slots);
    *t = wider;
    return true;
}

const char *intern(struct intern *t, const char *text, size_t len)
{
    if (t->n * 2 >= t->cap && !grow(t))
        return NULL;
    const char **slot = slot_of(t, text, len);
    if (*slot == NULL) {
        *slot = arena_strndup(t->arena, text, len);
        t->n += *slot != NULL;
    }
    return *slot;
}

void intern_free(struct intern *t)
{
    free(t->slots);
    *t = (struct intern){.arena = t->arena};
}
