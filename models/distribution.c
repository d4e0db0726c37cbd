/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/distribution.h"

#include "models/normal.h"

#include <math.h>

const char *distribution_name(enum distribution_kind kind)
{
    static const char *const names[] = {"fixed", "uniform", "triangular", "normal", "lognormal", "discrete"};
    return names[kind];
}

/* ---- what may be asked for ---- */

static int check_triangular(const struct distribution *d, struct err *err)
{
    if (!(d->a < d->c))
        return err_set(err, ERR_USAGE, "triangular: the lowest value %.12g is not below the highest, %.12g", d->a,
                       d->c);
    if (!(d->a <= d->b && d->b <= d->c))
        return err_set(err, ERR_USAGE, "triangular: the mode %.12g is not between %.12g and %.12g", d->b, d->a, d->c);
    return 0;
}

static int check_lognormal(const struct distribution *d, struct err *err)
{
    if (!(d->a > 0))
        return err_set(err, ERR_USAGE, "lognormal: the mean %.12g is not above 0", d->a);
    if (!(d->b > 0))
        return err_set(err, ERR_USAGE, "lognormal: the standard deviation %.12g is not above 0", d->b);
    if (d->b / d->a > 1e100)
        return err_set(err, ERR_USAGE, "lognormal: the standard deviation %.12g is too large for a mean of %.12g", d->b,
                       d->a);
    return 0;
}

static int check_discrete(const struct distribution *d, struct err *err)
{
    double total = 0;
    if (d->nvalues == 0)
        return err_set(err, ERR_USAGE, "discrete: no values");
    for (size_t i = 0; i < d->nvalues; i++) {
        const struct weighted *v = &d->values[i];
        if (!isfinite(v->value))
            return err_set(err, ERR_USAGE, "discrete: value %zu is not a finite number", i + 1);
        if (!(v->weight > 0) || !isfinite(v->weight))
            return err_set(err, ERR_USAGE, "discrete: the weight of %.12g is %.12g, not above 0", v->value, v->weight);
        if (i > 0 && !(d->values[i - 1].value < v->value))
            return err_set(err, ERR_USAGE, "discrete: %.12g comes after %.12g (values ascend, each once)", v->value,
                           d->values[i - 1].value);
        total += v->weight;
    }
    return isfinite(total) ? 0 : err_set(err, ERR_USAGE, "discrete: the weights are too large to add up");
}

/* The moments must be numbers too: a mean of 1e300 has no variance. */
static int check_moments(const struct distribution *d, struct err *err)
{
    if (isfinite(distribution_mean(d)) && isfinite(distribution_variance(d)))
        return 0;
    return err_set(err, ERR_USAGE, "%s: the parameters are too large to compute with", distribution_name(d->kind));
}

static int check_shape(const struct distribution *d, struct err *err)
{
    switch (d->kind) {
    case DISTRIBUTION_FIXED:
        return 0;
    case DISTRIBUTION_UNIFORM:
        if (d->a < d->b)
            return 0;
        return err_set(err, ERR_USAGE, "uniform: the lowest value %.12g is not below the highest, %.12g", d->a, d->b);
    case DISTRIBUTION_TRIANGULAR:
        return check_triangular(d, err);
    case DISTRIBUTION_NORMAL:
        if (d->b > 0)
            return 0;
        return err_set(err, ERR_USAGE, "normal: the standard deviation %.12g is not above 0", d->b);
    case DISTRIBUTION_LOGNORMAL:
        return check_lognormal(d, err);
    case DISTRIBUTION_DISCRETE:
        break;
    }
    return check_discrete(d, err);
}

int distribution_check(const struct distribution *d, struct err *err)
{
    if (d->kind != DISTRIBUTION_DISCRETE && !(isfinite(d->a) && isfinite(d->b) && isfinite(d->c)))
        return err_set(err, ERR_USAGE, "%s: a parameter is not a finite number", distribution_name(d->kind));
    if (check_shape(d, err))
        return -1;
    return check_moments(d, err);
}

/* ---- moments ---- */

static double discrete_moment(const struct distribution *d, double about, int power)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < d->nvalues; i++) {
        sum += d->values[i].weight * pow(d->values[i].value - about, power);
        weights += d->values[i].weight;
    }
    return sum / weights;
}

double distribution_mean(const struct distribution *d)
{
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM:
        return d->a / 2 + d->b / 2;
    case DISTRIBUTION_TRIANGULAR:
        return d->a / 3 + d->b / 3 + d->c / 3;
    case DISTRIBUTION_DISCRETE:
        return discrete_moment(d, 0, 1);
    case DISTRIBUTION_FIXED:
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_LOGNORMAL:
        break;
    }
    return d->a;
}

double distribution_variance(const struct distribution *d)
{
    double ab = d->b - d->a, ac = d->c - d->a;
    switch (d->kind) {
    case DISTRIBUTION_FIXED:
        return 0;
    case DISTRIBUTION_UNIFORM:
        return ab * ab / 12;
    case DISTRIBUTION_TRIANGULAR: /* (a^2 + b^2 + c^2 - ab - ac - bc) / 18, from a on */
        return (ab * ab + ac * ac - ab * ac) / 18;
    case DISTRIBUTION_DISCRETE:
        return discrete_moment(d, discrete_moment(d, 0, 1), 2);
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_LOGNORMAL:
        break;
    }
    return d->b * d->b;
}

/* ---- quantiles ---- */

/* Of the logarithm: variance ln(1 + (sd / mean)^2), mean ln(mean) - variance / 2. */
static void lognormal_parameters(const struct distribution *d, double *mu, double *sigma)
{
    double ratio = d->b / d->a, variance = log1p(ratio * ratio);
    *mu = log(d->a) - variance / 2;
    *sigma = sqrt(variance);
}

/* Both sides for all, so that there is no branch. */
WIDE_LANES static void triangulars(const struct distribution *d, const double *restrict u, double *restrict x)
{
    double a = d->a, c = d->c, left = (c - a) * (d->b - a), right = (c - a) * (c - d->b), below = (d->b - a) / (c - a);
    for (int l = 0; l < LANES; l++) {
        double rising = a + sqrt(u[l] * left), falling = c - sqrt((1 - u[l]) * right);
        x[l] = u[l] < below ? rising : falling;
    }
}

/* The first value whose cumulative weight reaches u of the whole. */
static double discrete_quantile(const struct distribution *d, double total, double u)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < d->nvalues; i++) {
        sum += d->values[i].weight;
        if (u * total <= sum)
            return d->values[i].value;
    }
    return d->values[d->nvalues - 1].value;
}

static void discretes(const struct distribution *d, const double *restrict u, double *restrict x)
{
    double total = 0;
    for (size_t i = 0; i < d->nvalues; i++)
        total += d->values[i].weight;
    for (int l = 0; l < LANES; l++)
        x[l] = discrete_quantile(d, total, u[l]);
}

static void normals(double mean, double sd, const double *restrict u, double *restrict x)
{
    normal_lanes(u, x);
    for (int l = 0; l < LANES; l++)
        x[l] = mean + sd * x[l];
}

static void lognormals(const struct distribution *d, const double *restrict u, double *restrict x)
{
    double mu, sigma;
    lognormal_parameters(d, &mu, &sigma);
    normals(mu, sigma, u, x);
    for (int l = 0; l < LANES; l++)
        x[l] = exp(x[l]);
}

void distribution_lanes(const struct distribution *d, const double *restrict u, double *restrict x)
{
    switch (d->kind) {
    case DISTRIBUTION_FIXED:
        for (int l = 0; l < LANES; l++)
            x[l] = d->a;
        break;
    case DISTRIBUTION_UNIFORM:
        for (int l = 0; l < LANES; l++)
            x[l] = d->a + u[l] * (d->b - d->a);
        break;
    case DISTRIBUTION_TRIANGULAR:
        triangulars(d, u, x);
        break;
    case DISTRIBUTION_NORMAL:
        normals(d->a, d->b, u, x);
        break;
    case DISTRIBUTION_LOGNORMAL:
        lognormals(d, u, x);
        break;
    case DISTRIBUTION_DISCRETE:
        discretes(d, u, x);
        break;
    }
}

double distribution_quantile(const struct distribution *d, double u)
{
    double all[LANES], x[LANES];
    for (int l = 0; l < LANES; l++)
        all[l] = u;
    distribution_lanes(d, all, x);
    return x[0];
}

double distribution_least(const struct distribution *d)
{
    return distribution_quantile(d, 0x1p-53);
}

double distribution_most(const struct distribution *d)
{
    return distribution_quantile(d, 1 - 0x1p-53);
}
