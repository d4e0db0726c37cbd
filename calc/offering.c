/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of offerings.
 */
#include "calc/offering.h"

#include <assert.h>
#include <string.h>

static const struct offering table[] = {
#define OFFERING(charge, name, upfront, rate) {CHARGE_##charge, name, upfront, rate},
#include "calc/offerings.def"
#undef OFFERING
};
enum { OFFERINGS = sizeof table / sizeof *table };
static_assert((int)OFFERINGS <= (int)OFFERINGS_MAX, "offering_names() has room for all");

const struct offering *offering_find(enum charge_kind charge, const char *name)
{
    for (size_t i = 0; i < OFFERINGS; i++)
        if (table[i].charge == charge && !strcmp(table[i].name, name))
            return &table[i];
    return NULL;
}

size_t offering_names(enum charge_kind charge, const char *names[OFFERINGS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < OFFERINGS; i++)
        if (table[i].charge == charge)
            names[n++] = table[i].name;
    return n;
}

const char *offering_parts(const struct offering *o)
{
    if (!o->upfront)
        return "a rate by the hour or month and no sum for the term";
    return o->rate ? "a sum for the term and a rate by the hour or month" : "a sum for the term and no rate";
}
