/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The user's own costs: an amount once, every month or every year from its first month on.
 */
#include "models/component.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    if (dec_sign(in->amount) == 0 || in->first >= in->months)
        return COMPONENT_DONE;
    int every = in->every > 0 ? in->every : in->months;
    for (int m = in->first; m < in->months; m += every) {
        struct charge_run run = {m, 1, in->at, DEC_ONE, in->amount};
        if (charge_add(out, run, err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

const struct component component_extra = {
    .name = "extra",
    .about = "an amount once, monthly or yearly",
    .charges = charges,
};
