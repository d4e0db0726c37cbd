/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a row of an inventory asks for, in the words of the configuration: a line of its own ([compute NAME] unless
 * the kind says otherwise) and, beside a machine, one for each disk, the traffic and the bandwidth. Amounts are of
 * one item; count and growth are those of the row for all its lines. Texts are brought to the form that a
 * configuration has ("16G" is "16 GiB"); whether they are in range is the configuration's to say.
 */
#ifndef TCO_BATCH_FIELDS_H
#define TCO_BATCH_FIELDS_H

#include "calc/batch.h"
#include "calc/batch_words.h"

/* Made once, then shared by threads. */
struct batch_fields {
    struct inventory_words words;
    const struct rules *rules;
    bool nomem;            /* find() had no memory for a header, and so did not know it */
    const char *only_site; /* of the columns `sku` and `region`; "" when several sites are compared */
};

enum { FIELD_KEYS = 40, FIELD_LINES = 5 };

struct field_value {
    const char *key, *value;
};
struct field_line {
    enum resource_kind kind;
    const char *suffix; /* behind the name of the row: "" or " system" */
    struct field_value v[FIELD_KEYS];
    size_t n;
};
struct field_row {
    const char *name; /* "" when the row has none */
    struct field_line lines[FIELD_LINES];
    size_t nlines;
    struct field_value place[FIELD_KEYS]; /* keys of [compare]: city, region.SITE */
    size_t nplace;
};

/* The words as they are shipped, for a base. Borrows the rules; texts live in the arena. */
int batch_fields_open(struct batch_fields *f, const struct config *base, const struct rules *rules,
                      const char *data_dir, struct arena *a, struct err *err);

/* Texts live in the arena. Errors begin with the header of the column. */
int batch_fields_read(const struct batch_fields *f, const struct batch_row *row, struct arena *a, struct field_row *out,
                      struct err *err);

/* Does the column name the line? */
bool batch_fields_is_name(const struct batch_fields *f, const struct batch_column *c);

/* The words as the columns of a batch: find() and overrides() of struct batch_words. A line without a name is called
 * by the number of its row. */
struct batch_words batch_fields_words(struct batch_fields *f);

#endif
