/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a saved estimate. Either refused with a text, or: against itself nothing moves, and one site
 * against another has parts that add up (which bridge.c asserts).
 */
#include "calc/bridge.h"
#include "tests/fuzz/target.h"

#include <assert.h>

static void against_itself(const struct saved *s, struct arena *arena)
{
    struct bridge b;
    struct err err = {0};

    if (bridge_make(s, s, arena, &b, &err) != 0) {
        assert(*err.text != '\0');
        return;
    }
    for (size_t i = 0; i < b.nsites; i++)
        for (int part = 0; part < PART_ROUNDING; part++)
            assert(dec_sign(b.sites[i].parts[part]) == 0);
}

/* The first site as it became the second. */
static void against_each_other(const struct saved *s, struct arena *arena)
{
    struct saved old = *s, new = *s;
    struct saved_site site;
    struct bridge b;
    struct err err = {0};

    if (s->nsites < 2)
        return;
    site = s->sites[1];
    site.column = s->sites[0].column;
    old.nsites = new.nsites = 1;
    new.sites = &site;
    if (bridge_make(&old, &new, arena, &b, &err) != 0)
        assert(*err.text != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {NULL};
    struct saved s;
    struct err err = {0};

    if (saved_read((const char *)data, size, &arena, &s, &err) != 0) {
        assert((err.kind == ERR_USAGE || err.kind == ERR_INTERNAL) && *err.text != '\0');
    } else {
        against_itself(&s, &arena);
        against_each_other(&s, &arena);
    }
    arena_free(&arena);
    return 0;
}
