/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of --vary, and which section and key each stands for.
 */
#ifndef TCO_VARY_WORDS_H
#define TCO_VARY_WORDS_H

#include "calc/vary.h"

/* Where a number stands. name NULL: none. */
struct vary_place {
    const char *name, *section, *key;
};

/* The place a word names; unknown words, resources, buyers and sites are errors with the nearest known ones. */
int vary_place_of(const char *word, const struct vary_from *from, struct arena *a, struct vary_place *out,
                  struct err *err);
/* The word for a place: "count:web" for [compute web] count, "compute web.memory" where there is no other. NULL when
 * there is no memory. */
const char *vary_word_for(const char *section, const char *key, const struct vary_from *from, struct arena *a);

#endif
