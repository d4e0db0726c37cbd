/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/fx_estimate.h"

#include "models/gsl_door.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

enum { RETURNS_MIN = 2 }; /* a standard deviation needs two */

static int check(const struct fx_history *h, struct err *err)
{
    if (!(h->days_per_year > 0) || !isfinite(h->days_per_year))
        return err_set(err, ERR_USAGE, "%.12g days per year: not above 0", h->days_per_year);
    size_t returns = h->days > 0 ? h->days - 1 : 0, needed = h->asked > RETURNS_MIN ? h->asked : RETURNS_MIN;
    if (returns < needed)
        return err_set(err, ERR_USAGE, "the history of rates is too short: %zu days, %zu are needed", h->days,
                       needed + 1);
    for (int c = 0; c < h->currencies; c++)
        for (size_t i = 0; i < h->days; i++)
            if (!(h->rate[c][i] > 0) || !isfinite(h->rate[c][i]))
                return err_set(err, ERR_USAGE, "the rate %.12g of %s on day %zu of the history is not above 0",
                               h->rate[c][i], h->names[c], i + 1);
    return 0;
}

static void log_returns(const double *rate, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = log(rate[i + 1] / rate[i]);
}

static void correlate(const double *returns, size_t n, int currencies, const double *volatility, double *correlation)
{
    for (int a = 0; a < currencies; a++)
        for (int b = 0; b <= a; b++) {
            double r = a == b ? 1 : 0;
            if (a != b && volatility[a] > 0 && volatility[b] > 0)
                r = gsl_stats_correlation(returns + (size_t)a * n, 1, returns + (size_t)b * n, 1, n);
            correlation[a * currencies + b] = correlation[b * currencies + a] = r;
        }
}

int fx_estimate(const struct fx_history *h, double *drift, double *volatility, double *correlation, struct err *err)
{
    if (check(h, err))
        return -1;
    size_t n = h->asked > 0 ? h->asked : h->days - 1, first = h->days - 1 - n;
    double *returns = malloc((size_t)h->currencies * n * sizeof *returns);
    if (!returns)
        return err_nomem(err);
    gsl_door_open();
    for (int c = 0; c < h->currencies; c++) {
        double *mine = returns + (size_t)c * n;
        log_returns(h->rate[c] + first, n, mine);
        drift[c] = gsl_stats_mean(mine, 1, n) * h->days_per_year;
        volatility[c] = gsl_stats_sd(mine, 1, n) * sqrt(h->days_per_year);
    }
    correlate(returns, n, h->currencies, volatility, correlation);
    free(returns);
    return 0;
}
