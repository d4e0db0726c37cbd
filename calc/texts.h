/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every fixed phrase of the outputs people read, in each language they may ask for, from
 * texts.def. CSV headers and JSON keys are not among them: those are the same everywhere.
 */
#ifndef TCO_TEXTS_H
#define TCO_TEXTS_H

enum text_id {
#define TEXT(id, en, zh) TEXT_##id,
#include "calc/texts.def"
#undef TEXT
    TEXT_COUNT
};

/* The phrase in "zh", or in English for any other language and NULL. {1} to {9} stand for what
 * say() of phrase.h puts there. */
const char *text(const char *lang, enum text_id id);

#endif
