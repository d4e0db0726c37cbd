/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A component to copy from: it is compiled, so it cannot rot, but not listed in components.def.
 *
 *  1. Copy this file to models/NAME.c, name the struct component_NAME, add COMPONENT(NAME) to
 *     components.def and tests to tests/test_NAME.c.
 *  2. Say in `about` what one charge is. Read from `in` only what you need; add a member there
 *     (with its unit) when you need a new one.
 *  3. Append runs in ascending months. charge_add() folds equal neighbours and refuses amounts
 *     that overflow, so pass bad decimals on without looking.
 *  4. Return COMPONENT_BEYOND when nothing is published for the quantity asked; never a guess.
 */
#include "models/component.h"

extern const struct component component_skel;

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    if (dec_sign(in->amount) == 0)
        return COMPONENT_DONE;
    struct charge_run run = {.first = 0, .months = in->months, .at = AT_END, .quantity = DEC_ONE, .list = in->amount};
    return charge_add(out, run, err) ? COMPONENT_FAILED : COMPONENT_DONE;
}

const struct component component_skel = {
    .name = "skel",
    .about = "the same amount every month",
    .charges = charges,
};
