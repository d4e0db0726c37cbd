/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paid at the start of each term, for the whole term: a prepaid period, or the upfront part of
 * a commitment. Whole terms only; what reaches beyond the horizon is paid all the same.
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
    for (int m = 0; m < in->months && r == COMPONENT_DONE; m++) {
        if (dec_sign(t.bought[m]) == 0)
            continue;
        struct charge_run run = component_run(in, m, 1, AT_START, t.bought[m], one);
        if (beyond)
            r = COMPONENT_BEYOND;
        else if (charge_add(out, run, err))
            r = COMPONENT_FAILED;
    }
    terms_free(&t);
    return r;
}

const struct component component_prepaid = {
    .name = "prepaid",
    .about = "whole terms, each paid at its start",
    .charges = charges,
};
