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

/* Eight bytes at a time: a price list has a hundred thousand names. The comparison that follows is exact. */
static uint32_t hash(const char *text, size_t len)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t h = len * odd, word;

    for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
        memcpy(&word, text, sizeof word);
        h = (h ^ word) * odd;
        h ^= h >> 32;
    }
    word = 0;
    memcpy(&word, text, len);
    h = (h ^ word) * odd;
    return (uint32_t)(h >> 32);
}

static struct intern_slot *slot_of(const struct intern *t, const char *text, size_t len, uint32_t mark)
{
    size_t i = mark & (t->cap - 1);

    while (t->slots[i].text != NULL &&
           (t->slots[i].hash != mark || t->slots[i].len != len || memcmp(t->slots[i].text, text, len) != 0))
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
            *slot_of(&wider, t->slots[i].text, t->slots[i].len, t->slots[i].hash) = t->slots[i];
    free(t->slots);
    *t = wider;
    return true;
}

static struct intern_slot *find(struct intern *t, const char *text, size_t len)
{
    if (t->n * 2 >= t->cap && !grow(t))
        return NULL;
    uint32_t mark = hash(text, len);
    struct intern_slot *slot = slot_of(t, text, len, mark);
    if (slot->text == NULL) {
        const char *copy = arena_strndup(t->arena, text, len);
        if (copy == NULL)
            return NULL;
        *slot = (struct intern_slot){copy, len, 0, mark};
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

int intern_known(const struct intern *t, const char *text, size_t len)
{
    return t->cap > 0 ? slot_of(t, text, len, hash(text, len))->number : 0;
}

void intern_free(struct intern *t)
{
    free(t->slots);
    *t = (struct intern){.arena = t->arena};
}
