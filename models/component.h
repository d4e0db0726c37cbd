/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cost component: one file, one line in components.def. Numbers in, runs of charges out; no
 * input or output, no clock. All share one input; each names in its `about` what it reads of it.
 */
#ifndef TCO_COMPONENT_H
#define TCO_COMPONENT_H

#include "models/charge.h"
#include "models/growth.h"
#include "models/ladder.h"

struct component_input {
    int months; /* of the horizon */

    /* what is used */
    const struct quantity_run *items; /* items by month */
    size_t nitems;
    dec_t size;           /* of one item, in the price's unit before time (1 for a machine) */
    dec_t time, time_div; /* a month (or a term) is time / time_div of the price's time unit */

    /* what it costs */
    const struct tier *tiers;
    size_t ntiers;
    int term; /* months of a prepaid or committed term */

    /* a plain amount: `first` is 0-based; every 0 = once, 1 = monthly, 12 = yearly */
    dec_t amount;
    int first, every;
    enum timing at;

    /* a fee on what is paid in each month */
    const dec_t *paid;          /* by month, 0 = no payment */
    const enum timing *paid_at; /* by month */
    int npaid;
    dec_t percent, min, max, fixed; /* fee = clamp(round(paid x percent), min, max) + fixed */
    bool has_min, has_max;
    int places; /* of the fee's currency */
};

enum component_result {
    COMPONENT_FAILED = -1, /* *err says why */
    COMPONENT_DONE = 0,
    COMPONENT_BEYOND = 1 /* the ladder of prices ends below the quantity */
};

struct component {
    const char *name;
    const char *about;
    /* Appends its charges, ascending by month. Nothing wanted appends nothing. */
    enum component_result (*charges)(const struct component_input *in, struct charge_list *out, struct err *err);
};

/* The run of `items` items at `one` for the size of one item: quantity and list over the input's time. */
struct charge_run component_run(const struct component_input *in, int first, int months, enum timing at, dec_t items,
                                dec_t one);

/* Whole terms bought to cover the items: a charge at the start of each (AT_START), or one for every month
 * under a term, to the end of the last (AT_END). */
enum component_result component_terms(const struct component_input *in, enum timing at, struct charge_list *out,
                                      struct err *err);

#define COMPONENT(name) extern const struct component component_##name;
#include "models/components.def"
#undef COMPONENT

/* All of them, from components.def, ends in NULL: what every component promises is tested over this table.
 * Who needs a component names it, as component_prepaid.charges(). */
extern const struct component *const component_table[];

#endif
