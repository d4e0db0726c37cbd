/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a bill to its taxes and its cost in the budget currency, in whole minor units: tax_apply() for one tax rule
 * and one exchange, compiled once and applied by the million. What it cannot hold (amounts over MINOR_MOST, a net
 * below zero, rates with too many digits) it leaves to tax_apply().
 */
#ifndef TCO_CHAIN_H
#define TCO_CHAIN_H

#include "calc/ratio.h"
#include "calc/tax.h"

struct minor_money { /* of the budget currency */
    uint64_t net, tax, recoverable, withheld, fees, other;
};

struct chain {
    bool by_buyer, incl, by_supplier, has_wht, has_tax_fx, has_spread;
    struct ratio tax_fx;     /* billed -> tax currency */
    struct ratio ex, v;      /* 1 / (1 + v); v */
    struct ratio gross, wht; /* 1 / (1 - w); w */
    struct ratio fx, back;   /* billed -> budget; tax currency -> budget */
    struct ratio deductible, surcharge, spread;
};

bool chain_make(const struct tax_used *t, const struct tax_money *how, struct chain *out);
/* billed: minor units of the billing currency. False: not to be had this way. */
bool chain_run(const struct chain *c, uint64_t billed, struct minor_money *out);

/* Only `net` of it, the rest is 0: where nothing else is wanted. */
bool chain_net(const struct chain *c, uint64_t billed, struct minor_money *out);

/* Cash out less what is recovered. */
static inline int64_t minor_cost(const struct minor_money *m)
{
    return (int64_t)(m->net + m->tax + m->withheld + m->fees + m->other) - (int64_t)m->recoverable;
}

/* A bill that is greater by this much costs more, whatever is rounded on the way; 0 when none can be named. */
uint64_t chain_surely_dearer(const struct chain *c);

#endif
