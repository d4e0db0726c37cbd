/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members of a JSON document that must be as we write them, one call each. The first that is not sets the
 * error, with its place in the document: "sites[0].lines[2].runs[1].cost: 'abc' is no number". From then on
 * every call gives an empty value and leaves the error alone: read plainly, check `failed` once. Lists are
 * walked by field_count(), which is 0 then.
 */
#ifndef TCO_FIELD_H
#define TCO_FIELD_H

#include "calc/arena.h"
#include "calc/date.h"
#include "calc/scenario.h"
#include "fetchers/json_read.h"

struct fields {
    struct arena *arena; /* of every text given out */
    struct err *err;     /* kind ERR_USAGE, or ERR_INTERNAL without memory */
    bool failed;
};

/* A value and how it was reached; `up` must live as long. */
struct field {
    struct fields *all;
    const struct json *v; /* NULL: null, or not there */
    const struct field *up;
    const char *key; /* NULL: a member of a list */
    size_t index;
};

struct field field_root(struct fields *all, const struct json *document);
struct field field_at(const struct field *up, const char *key);
struct field field_item(const struct field *up, size_t i);
size_t field_count(const struct field *list); /* a list is required */
bool field_is_null(const struct field *up, const char *key);
void field_object(const struct field *f); /* refuses what is no object */

/* Refuses the document because of this value. */
void field_refuse(const struct field *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same without memory: "out of memory". */
void field_nomem(struct fields *all);

/* Required members; "" or 0 when failed. A choice is the index of the word. */
const char *field_text(const struct field *up, const char *key);
bool field_truth(const struct field *up, const char *key);
int field_whole(const struct field *up, const char *key, int low, int high);
int field_choice(const struct field *up, const char *key, const char *const *names, size_t n);
void field_currency(const struct field *up, const char *key, char out[CURRENCY_TEXT]);
struct date field_day(const struct field *up, const char *key); /* null: DATE_NONE */
/* A decimal in a text; places: how many decimals are written, may be NULL. */
dec_t field_amount(const struct field *up, const char *key, int *places);
/* Of at most so many decimals. */
dec_t field_money(const struct field *up, const char *key, int places);
/* null: *known false. */
dec_t field_amount_known(const struct field *up, const char *key, bool *known);

#endif
