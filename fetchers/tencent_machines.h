/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A type of machine in a zone of Tencent Cloud, and the two ways to read its price.
 */
#ifndef TCO_TENCENT_MACHINES_H
#define TCO_TENCENT_MACHINES_H

#include "fetchers/tencent_parts.h"

enum { TENCENT_SLOTS = 4 };

/* A type in a zone. Slots are the steps of an hour or the terms of a prepaid period; 0: not filled. */
struct tencent_machine {
    const char *sku; /* of the document */
    size_t order;
    dec_t list[TENCENT_SLOTS], own[TENCENT_SLOTS];
    const struct json *item;
};

/* The same list price in a slot? */
bool tencent_same(const struct tencent_machine *a, const struct tencent_machine *b, size_t slot);

/* NULL, or why the item's price is none; *rc is -1 when it cannot be read. */
const char *tencent_read_hour(struct tencent_machine *m, const struct json *price, struct err *err, int *rc);
const char *tencent_read_terms(struct tencent_machine *m, const struct json *price, struct err *err, int *rc);
/* Hands over the n zones of one type; `like` has all that is common. */
int tencent_put_hours(const struct fetch_price *like, const struct tencent_machine *v, size_t n, struct harvest *h,
                      struct err *err);
int tencent_put_terms(const struct fetch_price *like, const struct tencent_machine *v, size_t n, struct harvest *h,
                      struct err *err);

#endif
