/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recurring part of a commitment: due every month of every term begun, used or not, to the
 * end of the last term even when that lies beyond the horizon. Post-paid.
 */
#include "models/component.h"
#include "models/terms.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    struct terms t;
    bool beyond = false;
    if (terms_cover(in->items, in->nitems, in->months, in->term, &t, err))
        return COMPONENT_FAILED;
    dec_t one = ladder_amount(in->tiers, in->ntiers, DEC_ZERO, in->size, &beyond);
    enum component_result r = COMPONENT_DONE;
    for (int m = 0; m < t.end && r == COMPONENT_DONE; m++) {
        if (dec_sign(t.active[m]) == 0)
            continue;
        struct charge_run run = component_run(in, m, 1, AT_END, t.active[m], one);
        if (beyond)
            r = COMPONENT_BEYOND;
        else if (charge_add(out, run, err))
            r = COMPONENT_FAILED;
    }
    terms_free(&t);
    return r;
}

const struct component component_commitment = {
    .name = "commitment",
    .about = "the recurring part of committed terms, due every month to their end",
    .charges = charges,
};
