/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to json-c: reads what providers answer. Strict: UTF-8, nothing behind the document, no NaN,
 * at most 64 levels, no key twice in an object; a byte order mark at the start is passed over. A number keeps its
 * text, so amounts stay exact. Values are lent until json_free().
 */
#ifndef TCO_JSON_READ_H
#define TCO_JSON_READ_H

#include "calc/decimal.h"
#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

struct json; /* a value; NULL stands for one that is absent or null */

/* Messages say where: "not JSON at byte 17: ...". *used (may be NULL, then the document must end with
 * the body) gets how many bytes the document took. Free what *out gets. */
int json_read(const char *body, size_t len, struct json **out, size_t *used, struct err *err);
void json_free(struct json *v);

enum json_kind { JSON_NULL, JSON_TRUTH, JSON_NUMBER, JSON_STRING, JSON_LIST, JSON_OBJECT };
enum json_kind json_kind(const struct json *v);

/* Of an object; NULL when v is no object or has no such key, or null stands there. */
const struct json *json_get(const struct json *v, const char *key);
/* json_get() along a path of keys that hold no slash: "Response/Price/InstancePrice". */
const struct json *json_at(const struct json *v, const char *path);
size_t json_count(const struct json *v); /* of a list; 0 for anything else */
const struct json *json_item(const struct json *v, size_t i);
/* Members of an object in the order of the document:
 * for (struct json_walk w = json_walk(v); json_step(&w);) ... w.key, w.value */
struct json_walk {
    const char *key;
    const struct json *value;
    const void *next;
};
struct json_walk json_walk(const struct json *v);
bool json_step(struct json_walk *w);

/* The text of a text or of a number as it was written; "" for anything else. */
const char *json_string(const struct json *v);
bool json_true(const struct json *v); /* true, "true", "True" */
/* From a number or a text that holds one: 1 read; 0 absent, null or blank; -1 malformed. */
int json_amount(const struct json *v, dec_t *out, struct err *err);

/* The member that must be there: "no 'Price' in the answer". */
int json_need(const struct json *v, const char *path, const struct json **out, struct err *err);

#endif
