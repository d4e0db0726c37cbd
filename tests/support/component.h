/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tests of components share: a plain input, and the sum of what comes out.
 */
#ifndef TCO_TEST_COMPONENT_H
#define TCO_TEST_COMPONENT_H

#include "tests/support/numbers.h"

#include "models/component.h"

/* `items` of size 1 in each of `months` months at one flat price per unit, a month being 1 unit. */
struct plain {
    struct quantity_run items;
    struct tier tier;
    struct component_input in;
};

static inline struct component_input *plain_input(struct plain *p, int months, const char *items, const char *price)
{
    p->items = (struct quantity_run){0, months, D(items)};
    p->tier = (struct tier){.from = DEC_ZERO, .open = true, .price = D(price)};
    p->in = (struct component_input){.months = months,
                                     .items = &p->items,
                                     .nitems = 1,
                                     .size = DEC_ONE,
                                     .time = DEC_ONE,
                                     .time_div = DEC_ONE,
                                     .tiers = &p->tier,
                                     .ntiers = 1,
                                     .term = 1};
    return &p->in;
}

static inline dec_t total(const struct charge_list *l)
{
    dec_t sum = DEC_ZERO;
    for (size_t i = 0; i < l->n; i++)
        sum = dec_add(sum, dec_muln(l->v[i].list, l->v[i].months));
    return sum;
}

static inline void assert_run(const struct charge_run *r, int first, int months, enum timing at, const char *quantity,
                              const char *list)
{
    assert_int_equal(r->first, first);
    assert_int_equal(r->months, months);
    assert_int_equal(r->at, at);
    assert_dec(r->quantity, quantity);
    assert_dec(r->list, list);
}

#endif
