/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of exchange rates, for a simulation: of each currency the budget currency's price of
 * one unit, on the days on which the source has a rate of all of them.
 */
#ifndef TCO_RISK_RATES_H
#define TCO_RISK_RATES_H

#include "calc/catalogue.h"
#include "calc/scenario.h"

struct rate_history {
    const dec_t *const *rate; /* [currencies][days] */
    size_t days;
    struct date from, to;
    dec_t years; /* between them */
};

/* Of the years up to the newest day of the scenario's source, not after its as_of. Kind ERR_USAGE: no rate of a currency, or a history
 * that is shorter than asked, with what there is. */
int risk_rates(struct catalogue *c, const struct scenario *s, const char *const *currencies, size_t n, struct arena *a,
               struct rate_history *out, struct err *err);

#endif
