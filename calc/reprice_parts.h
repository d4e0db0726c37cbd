/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside repricing a bill: reprice_sku.c says what an SKU is, reprice_usage.c how much of it was used, reprice_group.c
 * estimates months and regions, reprice_site.c adds up sites; reprice.c does one after the other.
 */
#ifndef TCO_REPRICE_PARTS_H
#define TCO_REPRICE_PARTS_H

#include "calc/reprice.h"
#include "calc/say.h"

/* Each leaves l->why "" or says why the line is not repriced; -1 without memory or catalogue. */
int reprice_sku(struct reprice *r, struct reprice_line *l, struct err *err);
int reprice_usage(struct reprice *r, struct reprice_line *l, struct err *err);

/* Not repriced, because of a phrase. */
#define reprice_why(r, l, err, id, ...)                                                                                \
    reprice_say_why((r), (l), (err), (id), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
int reprice_say_why(struct reprice *r, struct reprice_line *l, struct err *err, enum text_id id, size_t n,
                    const char *const *with);

/* The hours of a month. */
dec_t reprice_hours(const struct reprice *r, struct month month);
/* Puts the lines that are repriced into groups and estimates each. */
int reprice_groups(struct reprice *r, struct err *err);
int reprice_sites(struct reprice *r, struct err *err);

#endif
