/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of quotes: a table of rows set, word, meaning, reason. Words are compared folded: letters
 * small, full-width forms as ASCII.
 */
#ifndef TCO_QUOTE_WORDS_H
#define TCO_QUOTE_WORDS_H

#include "fetchers/quote.h"

enum quote_role {
    ROLE_NONE,
#define ROLE(id, name, en, zh) ROLE_##id,
#include "fetchers/quote_roles.def"
#undef ROLE
    ROLE_COUNT
};
struct quote_role_info {
    const char *name;    /* in the table of words */
    const char *en, *zh; /* in a report */
};
extern const struct quote_role_info quote_roles[ROLE_COUNT];

enum quote_time { TIME_NONE, TIME_MINUTE, TIME_HOUR, TIME_DAY, TIME_WEEK, TIME_MONTH, TIME_QUARTER, TIME_YEAR };

struct quote_word {
    const char *set, *word, *meaning, *reason;
    const char *folded;
    size_t len; /* of it */
    int line;
};

/* The meaning of a whole folded text; NULL: unknown. */
const char *quote_word(const struct quote_words *w, const char *set, const char *text);
/* The longest word a folded text begins with, or holds; letters and digits stand alone. NULL: none. */
const struct quote_word *quote_word_first(const struct quote_words *w, const char *set, const char *text);
const struct quote_word *quote_word_in(const struct quote_words *w, const char *set, const char *text);
/* The time of a meaning of set "time". */
enum quote_time quote_time_of(const char *meaning);

#endif
