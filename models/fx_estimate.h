/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drift, volatility and correlation of exchange rates from their history: the mean, the standard
 * deviation (divisor n - 1) and the correlation of daily logarithmic returns, the first two made
 * yearly by days_per_year and its root.
 */
#ifndef TCO_FX_ESTIMATE_H
#define TCO_FX_ESTIMATE_H

#include "calc/err.h"

#include <stddef.h>

struct fx_history {
    int currencies;
    size_t days;               /* rates of each currency, on the same dates, ascending */
    const char *const *names;  /* [currencies], for messages */
    const double *const *rate; /* [currencies][days], budget currency per unit, > 0 */
    size_t asked;              /* returns to use: the last ones; 0 = all. Needs asked + 1 rates */
    double days_per_year;      /* dates of the history in a year: 365 for daily, about 255 for ECB rates */
};

/* All arrays are the caller's: drift and volatility [currencies], correlation [currencies x currencies], row by
 * row. drift is the yearly mean of the logarithm's change, so it is what the median grows by, not the mean. A rate
 * that never moves has volatility 0 and correlation 0 with all others. Kind ERR_USAGE: a history that is shorter
 * than asked or than two returns, a rate that is not above 0. */
int fx_estimate(const struct fx_history *h, double *drift, double *volatility, double *correlation, struct err *err);

#endif
