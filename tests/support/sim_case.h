/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small simulations for tests: distributions in a word, amounts that are the same every month, and
 * specs that are run or refused.
 */
#ifndef TCO_SIM_CASE_H
#define TCO_SIM_CASE_H

#include "models/simulate.h"
#include "tests/support/near.h"

static inline struct distribution fixed(double x)
{
    return (struct distribution){.kind = DISTRIBUTION_FIXED, .a = x};
}

static inline struct distribution uniform(double low, double high)
{
    return (struct distribution){.kind = DISTRIBUTION_UNIFORM, .a = low, .b = high};
}

static inline struct distribution normal(double mean, double sd)
{
    return (struct distribution){.kind = DISTRIBUTION_NORMAL, .a = mean, .b = sd};
}

/* count x growth, at the base 1 and 0. */
static inline struct sim_demand demand(const char *name, struct distribution count, struct distribution growth)
{
    return (struct sim_demand){name, count, growth, 1, 0, false};
}

/* v[0 .. SIM_MONTHS_MAX - 1] = x */
static inline const double *constant(double *v, double x)
{
    for (int m = 0; m < SIM_MONTHS_MAX; m++)
        v[m] = x;
    return v;
}

static inline struct sim_result run(const struct sim_spec *s)
{
    struct sim_result r;
    struct err err;
    if (simulate(s, &r, &err))
        fail_msg("%s", err.text);
    return r;
}

static inline double mean_of(const double *v, uint64_t n)
{
    double sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += v[i];
    return sum / (double)n;
}

static inline double variance_of(const double *v, uint64_t n)
{
    double mean = mean_of(v, n), sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += (v[i] - mean) * (v[i] - mean);
    return sum / (double)(n - 1);
}

static inline double share_below(const double *v, uint64_t n, double x)
{
    uint64_t below = 0;
    for (uint64_t i = 0; i < n; i++)
        below += v[i] < x;
    return (double)below / (double)n;
}

#endif
