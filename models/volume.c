/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A monthly volume on a ladder that starts afresh each month and counts everything used of the
 * SKU together (traffic, object storage). Post-paid.
 */
#include "models/component.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    for (size_t i = 0; i < in->nitems; i++) {
        const struct quantity_run *q = &in->items[i];
        if (dec_sign(q->quantity) == 0)
            continue;
        dec_t size = dec_mul(q->quantity, in->size, DEC_HALF_UP);
        dec_t volume = dec_muldiv(size, in->time, in->time_div, DEC_HALF_UP);
        bool beyond = false;
        dec_t list = ladder_amount(in->tiers, in->ntiers, DEC_ZERO, volume, &beyond);
        if (beyond)
            return COMPONENT_BEYOND;
        struct charge_run run = {q->first, q->months, AT_END, volume, list};
        if (charge_add(out, run, err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

const struct component component_volume = {
    .name = "volume",
    .about = "a month's volume on a ladder that starts afresh each month, post-paid",
    .charges = charges,
};
