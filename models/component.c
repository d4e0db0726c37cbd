/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of components, and the arithmetic most of them share.
 */
#include "models/component.h"

const struct component *const component_table[] = {
#define COMPONENT(name) &component_##name,
#include "models/components.def"
#undef COMPONENT
    NULL};

struct charge_run component_run(const struct component_input *in, int first, int months, enum timing at, dec_t items,
                                dec_t one)
{
    dec_t size = dec_mul(items, in->size, DEC_HALF_UP), list = dec_mul(items, one, DEC_HALF_UP);
    return (struct charge_run){first, months, at, dec_muldiv(size, in->time, in->time_div, DEC_HALF_UP),
                               dec_muldiv(list, in->time, in->time_div, DEC_HALF_UP)};
}
