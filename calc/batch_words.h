/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of inventories, fixtures/rules/inventory-words.csv: heads of columns and what stands in their cells,
 * English and Chinese. Words are compared folded: letters small, full-width forms as ASCII, "_" as a blank.
 * A word that the table does not have is no word: nothing is guessed. Read once, then only looked at.
 */
#ifndef TCO_BATCH_WORDS_H
#define TCO_BATCH_WORDS_H

#include "calc/arena.h"
#include "calc/buf.h"
#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

enum inventory_field {
#define FIELD(id, name, form, set, optional) FIELD_##id,
#include "calc/batch_fields.def"
#undef FIELD
    FIELD_COUNT_ALL
};

enum field_form {
    FORM_PLAIN,
    FORM_WORD,
    FORM_VERSIONED,
    FORM_PHRASE,
    FORM_COUNTED,
    FORM_MEASURED,
    FORM_HOURS,
    FORM_GROWTH
};
struct field_info {
    const char *name;
    enum field_form form;
    const char *set; /* of the words in its cells */
    bool optional;
};
extern const struct field_info field_table[FIELD_COUNT_ALL];

struct inventory_word {
    const char *set, *word, *meaning, *reason;
    const char *folded;
    size_t len; /* of it */
    int line;
};
struct inventory_words {
    const struct inventory_word *v;
    size_t n;
};

/* Texts live in the arena. Errors have kind ERR_USAGE and name the line. */
int inventory_words_read(const char *name, const char *body, size_t len, struct arena *a, struct inventory_words *out,
                         struct err *err);

/* The table as it is shipped. */
int inventory_words_load(const char *data_dir, struct arena *a, struct inventory_words *out, struct err *err);

/* Folded as the words are; NULL when there is no memory. */
const char *inventory_fold(struct arena *a, const char *text);
/* The row of a whole folded text; NULL: unknown. */
const struct inventory_word *inventory_word(const struct inventory_words *w, const char *set, const char *text);
/* The word a folded text begins with, when what follows is a version or the like and no other word of the set is in
 * it that means something else. NULL: none, or not clear. */
const struct inventory_word *inventory_word_first(const struct inventory_words *w, const char *set, const char *text);
/* "linux, windows": what words of a set mean, each once; as written instead where all of them mean one thing. */
void inventory_known(const struct inventory_words *w, const char *set, struct buf *out);

/* What a header means: a field and perhaps the unit of its cells ("memory_gib", "内存(GB)") or the site they are for
 * ("sku.aliyun-cn", "region.aliyun-cn"). */
struct inventory_header {
    enum inventory_field field;
    const struct inventory_word *unit; /* NULL when the header gives none */
    const char *site;                  /* points into the header; "" when it names none */
};
/* 1: understood; 0: no column of an inventory; -1: no memory. */
int inventory_header(const struct inventory_words *w, const char *header, struct arena *a, struct inventory_header *out,
                     struct err *err);

#endif
