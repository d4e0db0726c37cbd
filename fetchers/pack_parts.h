/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the files that read a pack: pack.c (prices), pack_tables.c (the small tables),
 * pack_check.c (rows among each other).
 */
#ifndef TCO_PACK_PARTS_H
#define TCO_PACK_PARTS_H

#include "fetchers/pack.h"

int pack_service_check(const char *service, struct err *err);
int pack_read_tables(struct pack *p, const struct pack_body in[PACK_TABLES], const struct rules *rules,
                     struct err *err);
/* Sorts the prices, refuses what contradicts itself, collects the warnings. `name` is prices.csv's. */
int pack_check(struct pack *p, const char *name, const struct rules *rules, struct err *err);

#endif
