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

/* FNV-1a: good enough for names, and the comparison that follows is exact. */
static size_t hash(const char *text, size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ (h >> 32));
}

static struct intern_slot *slot_of(const struct intern *t, const char *text, size_t len)
{
    size_t i = hash(text, len) & (t->cap - 1);

    while (t->slots[i].text != NULL && (t->slots[i].len != len || memcmp(t->slots[i].text, text, len) != 0))
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
        if (t->slots[i].text != NULL)
            *slot_of(&wider, t->slots[i].text, t->slots[i].len) = t->slots[i];
    free(t->slots);
    *t = wider;
    return true;
}

static struct intern_slot *find(struct intern *t, const char *text, size_t len)
{
    if (t->n * 2 >= t->cap && !grow(t))
        return NULL;
    struct intern_slot *slot = slot_of(t, text, len);
    if (slot->text == NULL) {
        const char *copy = arena_strndup(t->arena, text, len);
        if (copy == NULL)
            return NULL;
        *slot = (struct intern_slot){copy, len, 0};
        t->n++;
    }
    return slot;
}

const char *intern(struct intern *t, const char *text, size_t len)
{
    const struct intern_slot *slot = find(t, text, len);

    return slot != NULL ? slot->text : NULL;
}

int *intern_number(struct intern *t, const char *text, size_t len)
{
    struct intern_slot *slot = find(t, text, len);

    return slot != NULL ? &slot->number : NULL;
}

void intern_free(struct intern *t)
{
    free(t->slots);
    *t = (struct intern){.arena = t->arena};
}
