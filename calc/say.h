/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences of texts.def with their places filled: what an estimate says of itself is made with
 * these. Only texts go in, so a sentence can neither read past its arguments nor misread one.
 */
#ifndef TCO_SAY_H
#define TCO_SAY_H

#include "calc/arena.h"
#include "calc/buf.h"
#include "calc/texts.h"

#define SAY_COUNT(...) (sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* The phrase with {1} .. {9} replaced by the texts given, in the arena. NULL when there is no memory, and
 * when one of the texts is NULL: sentences made of sentences are checked once. */
#define say_in(a, lang, id, ...)                                                                                       \
    say_in_filled((a), (lang), (id), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
/* The same behind what the buffer holds; no text may be NULL. */
#define say_to(out, lang, id, ...)                                                                                     \
    say_to_filled((out), (lang), (id), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
const char *say_in_filled(struct arena *a, const char *lang, enum text_id id, size_t n, const char *const *with);
void say_to_filled(struct buf *out, const char *lang, enum text_id id, size_t n, const char *const *with);

/* How sure a source is, as the rules and packs say it: "high", "medium", "low"; any other word stays as it is. */
const char *say_confidence(const char *lang, const char *word);

#endif
