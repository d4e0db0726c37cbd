/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON objects that are too large for one tree: the members one after another over the bytes.
 *
 *     json_members_split(body, len, "pricingInfo", &head, &m, err);
 *     while ((rc = json_members_next(&m, err)) == 1)
 *         json_members_read(&m, &value, err) ...
 *
 * A member that is read is checked as json_read() does; of one that is left out only its end is looked
 * for. Nothing is copied: the bytes must stay.
 */
#ifndef TCO_JSON_MEMBERS_H
#define TCO_JSON_MEMBERS_H

#include "fetchers/json_read.h"

struct json_members {
    const char *body;
    size_t len, at;
    size_t begun; /* members so far */
    /* The member at hand: its name, plain UTF-8 (one with escapes is refused), not NUL-terminated; its value. */
    const char *key, *value;
    size_t key_len, value_len;
};

/* A document that is an object; a byte order mark may stand before it. */
int json_members_open(struct json_members *m, const char *body, size_t len, struct err *err);
/* 1: a member is at hand; 0: the object has ended, and nothing is behind it; -1 */
int json_members_next(struct json_members *m, struct err *err);
bool json_members_is(const struct json_members *m, const char *key);
/* The value at hand as a tree; an object or a list. Free what *out gets. */
int json_members_read(const struct json_members *m, struct json **out, struct err *err);

/* The document without its one large member: that is opened in *big, the others are a tree, free it. */
int json_members_split(const char *body, size_t len, const char *large, struct json **rest, struct json_members *big,
                       struct err *err);

#endif
