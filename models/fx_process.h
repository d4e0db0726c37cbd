/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exchange rates as correlated geometric Brownian motions: the rate of currency c after t years is
 * today's times
 *     exp(drift_c t + volatility_c W_c(t)),   correlation of W_c and W_d as given.
 * A rate is the budget currency's price of one unit. fx_martingale() is the drift for which the
 * factor's expectation is 1 at all times: "no view on the direction". The inverse rate then has an
 * expectation above 1 (Siegel's paradox), which is no fault of the model.
 */
#ifndef TCO_FX_PROCESS_H
#define TCO_FX_PROCESS_H

#include "calc/err.h"
#include "models/brownian.h"

struct fx_spec {
    int currencies;
    const char *const *names;  /* [currencies], for messages */
    const double *drift;       /* [currencies] yearly, of the logarithm */
    const double *volatility;  /* [currencies] yearly, >= 0 */
    const double *correlation; /* [currencies x currencies]; NULL = independent */
    const double *times;       /* [ntimes] years from today, ascending, >= 0: one a month of the horizon */
    int ntimes;
    bool bridge; /* see brownian.h; the distribution is the same */
};

struct fx_process {
    int currencies;
    double *drift, *volatility;
    double *root; /* [currencies x currencies] lower triangular: Cholesky's root of the correlation */
    double *times;
    struct brownian motion;
};

/* The drift of the logarithm for a mean factor of 1: -volatility^2 / 2. */
double fx_martingale(double volatility);

/* The mean of the factor after t years: exp((drift + volatility^2 / 2) t). */
double fx_mean(double drift, double volatility, double t);

/* The u-quantile of the factor after t years, t > 0. */
double fx_quantile(double drift, double volatility, double t, double u);

/* years from today to the end of each month of the horizon, when month 0 ends `first` months from now. */
void fx_month_times(double first, int months, double *times);

/* Kind ERR_USAGE: a negative volatility; a correlation that is not symmetric, outside -1 .. 1, or not positive
 * definite, with the pair of currencies or the eigenvalue. Copies all it needs. Free with fx_process_free(). */
int fx_process_make(struct fx_process *p, const struct fx_spec *spec, struct err *err);
void fx_process_free(struct fx_process *p);

/* The draws are standard normal: z[step x currencies + currency][lane]; so with a bridge the first steps of all
 * currencies come first. factor[currency x ntimes + time][lane]; scratch[ntimes][lane]. z is used up. */
void fx_process_paths(const struct fx_process *p, double (*z)[LANES], double (*scratch)[LANES],
                      double (*factor)[LANES]);

#endif
