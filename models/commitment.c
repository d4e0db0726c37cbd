/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recurring part of a commitment: due every month of every term begun, used or not, to the
 * end of the last term even when that lies beyond the horizon. Post-paid.
 */
#include "models/component.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    return component_terms(in, AT_END, out, err);
}

const struct component component_commitment = {
    .name = "commitment",
    .about = "the recurring part of committed terms, due every month to their end",
    .charges = charges,
};
