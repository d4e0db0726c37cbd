/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The buyer's own cost of handling one invoice, in every month that has a payment.
 */
#include "models/component.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    for (int m = 0; m < in->npaid; m++) {
        if (dec_sign(in->paid[m]) == 0 || dec_sign(in->amount) == 0)
            continue;
        struct charge_run run = {m, 1, in->paid_at[m], DEC_ONE, in->amount};
        if (charge_add(out, run, err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

const struct component component_handling = {
    .name = "handling",
    .about = "the cost of handling one invoice a month",
    .charges = charges,
};
