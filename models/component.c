/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of components, and the arithmetic most of them share.
 */
#include "models/component.h"

#include "models/terms.h"

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

static enum component_result add_terms(const struct component_input *in, enum timing at, const struct terms *t,
                                       struct charge_list *out, struct err *err)
{
    const dec_t *items = at == AT_START ? t->bought : t->active;
    bool beyond = false;
    dec_t one = ladder_amount(in->tiers, in->ntiers, DEC_ZERO, in->size, &beyond);
    for (int m = 0; m < t->end; m++) {
        if (dec_sign(items[m]) == 0)
            continue;
        if (beyond)
            return COMPONENT_BEYOND;
        if (charge_add(out, component_run(in, m, 1, at, items[m], one), err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

enum component_result component_terms(const struct component_input *in, enum timing at, struct charge_list *out,
                                      struct err *err)
{
    struct terms t;
    if (terms_cover(in->items, in->nitems, in->months, in->term, &t, err))
        return COMPONENT_FAILED;
    enum component_result r = add_terms(in, at, &t, out, err);
    terms_free(&t);
    return r;
}
