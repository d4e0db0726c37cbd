/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One resource bought in different ways: what a commitment costs a month, ties up, pays back and
 * leaves over, beside on-demand. Paid in advance is never free: an upfront payment is spread straight
 * over its term.
 */
#ifndef TCO_COMMITMENTS_H
#define TCO_COMMITMENTS_H

#include "models/npv.h"

#include <stdbool.h>

struct buying_way {
    const dec_t *at_start; /* by month, paid at its start: what buys `term` months from then on; NULL: nothing */
    const dec_t *at_end;   /* by month, paid at its end, used or not; NULL: nothing */
    int end;               /* months listed: the horizon, or more when a term ends beyond it */
    int term;              /* months; 0 without a commitment, and then nothing is paid at_start */
};

struct buying_facts {
    dec_t upfront;     /* at the very start */
    dec_t upfront_all; /* at the start of any month */
    dec_t cash;        /* everything paid, also beyond the horizon */
    dec_t monthly;     /* effective: upfront spread over its term and what is due monthly, a month of the horizon */
    dec_t npv;         /* of everything paid */
    dec_t unused; /* bought and not used by the horizon's end: the rest of what was spread, and what is still due */
    int renewals; /* of the first term within the horizon */
    bool has_break_even;
    dec_t
        break_even; /* utilisation: the share of the hours above which this is cheaper than on-demand; above 1: never */
    int payback;    /* first month (0-based) at whose end no more was paid than on demand; -1: none */
    int payback_stays; /* first month from which on that holds to the horizon's end (renewals may undo it); -1: none */
};

/* Weighs `way` against on-demand used every hour; `on_demand` may be the same way. The break-even takes on-demand to cost
 * in proportion to its hours. months >= 1 is the horizon, both ends <= t->months. Amounts a month, NPV and unused
 * are rounded half-up to `places`, break_even to 6 decimals. */
int commitments_weigh(const struct buying_way *way, const struct buying_way *on_demand, int months,
                      const struct npv_table *t, int places, struct buying_facts *out, struct err *err);

#endif
