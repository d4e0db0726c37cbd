/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every fixed phrase of the outputs people read, from texts.def.
 */
#include "calc/texts.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *en, *zh;
} texts[TEXT_COUNT] = {
#define TEXT(id, en, zh) [TEXT_##id] = {en, zh},
#include "calc/texts.def"
#undef TEXT
};

const char *text(const char *lang, enum text_id id)
{
    assert(id < TEXT_COUNT);
    return lang != NULL && strcmp(lang, "zh") == 0 ? texts[id].zh : texts[id].en;
}
