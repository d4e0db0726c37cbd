/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a configuration file: refused with a place and a text, or sections whose entries
 * have keys, values and lines that exist.
 */
#include "calc/ini.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

static void look(const struct ini *ini, size_t size)
{
    for (size_t i = 0; i < ini->n; i++) {
        const struct ini_section *s = &ini->sections[i];
        assert(s->name[0] && s->line >= 1 && (size_t)s->line <= size);
        for (size_t k = 0; k < s->n; k++)
            assert(s->entries[k].key[0] && s->entries[k].value && s->entries[k].line > s->line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct ini ini;
    struct err err = {0};
    if (ini_parse(&ini, &arena, "fuzz.ini", (const char *)data, size, &err) == 0)
        look(&ini, size);
    else
        assert(err.kind != ERR_NONE && strncmp(err.text, "fuzz.ini", 8) == 0 && !strchr(err.text, '\n'));
    arena_free(&arena);
    return 0;
}
