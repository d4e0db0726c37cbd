/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/levels.h"

#include <math.h>
#include <stdlib.h>

/* Levels of a continuous number: so many equal steps, so many shares of probability. 33 + 32 are LEVELS_MAX. */
enum { STEPS = 32, SHARES = 32 };

static const double end_share = 5e-7; /* of the draws, beyond either end of a normal number */

static int ascending(const void *a, const void *b)
{
    return dec_cmp(*(const dec_t *)a, *(const dec_t *)b);
}

static size_t each_once(dec_t *v, size_t n)
{
    size_t kept = 0;
    qsort(v, n, sizeof *v, ascending);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || dec_cmp(v[kept - 1], v[i]) != 0)
            v[kept++] = v[i];
    return kept;
}

static dec_t within(double x, dec_t low, dec_t high)
{
    dec_t d = dec_from_double(x, DEC_PLACES);
    return dec_bad(d) ? (x < 0 ? low : high) : dec_max(low, dec_min(high, d));
}

static size_t of_values(const struct distribution *d, dec_t low, dec_t high, dec_t *v)
{
    size_t n = d->nvalues < LEVELS_MAX ? d->nvalues : LEVELS_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t at = n > 1 ? i * (d->nvalues - 1) / (n - 1) : 0;
        v[i] = within(d->values[at].value, low, high);
    }
    return each_once(v, n);
}

size_t levels_of(const struct distribution *d, dec_t low, dec_t high, dec_t v[LEVELS_MAX])
{
    bool endless = d->kind == DISTRIBUTION_NORMAL || d->kind == DISTRIBUTION_LOGNORMAL;
    size_t n = 0;
    if (d->kind == DISTRIBUTION_DISCRETE)
        return of_values(d, low, high, v);
    double from = endless ? distribution_quantile(d, end_share) : distribution_least(d);
    double to = endless ? distribution_quantile(d, 1 - end_share) : distribution_most(d);
    from = fmax(from, dec_to_double(low));
    to = fmax(from, fmin(to, dec_to_double(high)));
    for (int i = 0; i <= STEPS; i++)
        v[n++] = within(i == STEPS ? to : from + (to - from) * i / STEPS, low, high);
    for (int i = 0; i < SHARES; i++)
        v[n++] = within(fmax(from, fmin(to, distribution_quantile(d, (i + 0.5) / SHARES))), low, high);
    return each_once(v, n);
}
