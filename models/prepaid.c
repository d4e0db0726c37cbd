/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paid at the start of each term, for the whole term: a prepaid period, or the upfront part of
 * a commitment. Whole terms only; what reaches beyond the horizon is paid all the same.
 */
#include "models/component.h"

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    return component_terms(in, AT_START, out, err);
}

const struct component component_prepaid = {
    .name = "prepaid",
    .about = "whole terms, each paid at its start",
    .charges = charges,
};
