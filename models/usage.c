/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pay as you go: every month the items there are, at the price of one item for the time it runs.
 * A ladder counts the size of one item (the Mbps of one line). Post-paid.
 */
#include "models/component.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    bool beyond = false;
    dec_t one = ladder_amount(in->tiers, in->ntiers, DEC_ZERO, in->size, &beyond);
    for (size_t i = 0; i < in->nitems; i++) {
        const struct quantity_run *q = &in->items[i];
        if (dec_sign(q->quantity) == 0)
            continue;
        if (beyond)
            return COMPONENT_BEYOND;
        struct charge_run run = component_run(in, q->first, q->months, AT_END, q->quantity, one);
        if (charge_add(out, run, err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

const struct component component_usage = {
    .name = "usage",
    .about = "items x price x time, post-paid; a ladder counts the size of one item",
    .charges = charges,
};
