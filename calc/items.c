/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/items.h"

int items_runs(const struct resource *r, int months, struct quantity_list *out, struct err *err)
{
    dec_t rate = r->growth.rate.kind == VALUE_NONE ? DEC_ZERO : r->growth.rate.fixed;
    if (r->profile)
        return profile_runs(r->profile->counts, months, out, err);
    return growth_runs(r->count.fixed, rate, r->growth.per_year, months, out, err);
}
