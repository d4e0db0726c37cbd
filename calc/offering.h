/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offerings: the ways to pay for a commitment, and the parts each is made of.
 */
#ifndef TCO_OFFERING_H
#define TCO_OFFERING_H

#include "calc/scenario.h"

#include <stdbool.h>
#include <stddef.h>

struct offering {
    enum charge_kind charge;
    const char *name;
    bool upfront, rate; /* it has a sum for the term; a rate by the hour or month */
};

enum { OFFERINGS_MAX = 16 };

/* The offering of a name, NULL when the charge has none so called. */
const struct offering *offering_find(enum charge_kind charge, const char *name);
/* The names the charge knows, for messages. */
size_t offering_names(enum charge_kind charge, const char *names[OFFERINGS_MAX]);
/* "a sum for the term and no rate" */
const char *offering_parts(const struct offering *o);

#endif
