/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the bill of an inventory stands: what its first row says of city and regions, else what the base does. Every
 * other row must say the same, or nothing where the base says so already: fees and costs of a bill over several places
 * would have to be shared by a rule that nobody gave.
 */
#ifndef TCO_BATCH_PLACE_H
#define TCO_BATCH_PLACE_H

#include "calc/batch_fields.h"

struct batch_place_key {
    const char *key, *value; /* of [compare]; value "": nothing is said */
    const char *origin;      /* of the row that said it */
};
struct batch_place {
    struct batch_place_key v[FIELD_KEYS];
    size_t n;
};

/* What the first row says; texts are copied to the arena. */
int batch_place_take(struct batch_place *place, const struct field_row *row, const char *origin, struct arena *a,
                     struct err *err);
/* Does a row stand there? One that is silent stands where the base says. */
int batch_place_check(const struct batch_place *place, const struct config *base, const struct rules *rules,
                      const struct field_row *row, struct err *err);

#endif
