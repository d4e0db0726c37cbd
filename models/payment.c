/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fee of paying: one payment a month of all that is due in it, clamp(share of the amount, min,
 * max) plus a fixed sum; none in a month without a payment. Each fee is rounded to its currency.
 */
#include "models/component.h"

static dec_t fee(const struct component_input *in, dec_t paid)
{
    dec_t part = dec_mul_round(paid, in->percent, in->places, DEC_HALF_UP);
    if (dec_bad(part))
        return part;
    if (in->has_min)
        part = dec_max(part, in->min);
    if (in->has_max)
        part = dec_min(part, in->max);
    return dec_add(part, in->fixed);
}

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    for (int m = 0; m < in->npaid; m++) {
        if (dec_sign(in->paid[m]) == 0)
            continue;
        struct charge_run run = {m, 1, in->paid_at[m], DEC_ONE, fee(in, in->paid[m])};
        if (dec_check(run.list, "payment fee", err))
            return COMPONENT_FAILED;
        if (dec_sign(run.list) != 0 && charge_add(out, run, err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

const struct component component_payment = {
    .name = "payment",
    .about = "the fee of one payment a month",
    .charges = charges,
};
