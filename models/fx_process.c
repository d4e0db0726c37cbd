/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/fx_process.h"

#include "models/exponential.h"
#include "models/gsl_door.h"
#include "models/normal.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this an eigenvalue of a correlation is taken for 0: rates that are combinations of each other. */
static const double eigenvalue_min = 1e-10;

double fx_martingale(double volatility)
{
    return -volatility * volatility / 2;
}

double fx_mean(double drift, double volatility, double t)
{
    return exp((drift + volatility * volatility / 2) * t);
}

double fx_quantile(double drift, double volatility, double t, double u)
{
    return exp(drift * t + volatility * sqrt(t) * normal_quantile(u));
}

void fx_month_times(double first, int months, double *times)
{
    for (int m = 0; m < months; m++)
        times[m] = (first + m) / 12;
}

/* ---- the correlation ---- */

static int check_pair(const struct fx_spec *s, int a, int b, struct err *err)
{
    double r = s->correlation[a * s->currencies + b], back = s->correlation[b * s->currencies + a];
    const char *x = s->names[a], *y = s->names[b];
    if (!(fabs(r - back) <= 1e-12))
        return err_set(err, ERR_USAGE, "the correlation of %s and %s is %.12g, that of %s and %s is %.12g", x, y, r, y,
                       x, back);
    if (a == b && fabs(r - 1) > 1e-12)
        return err_set(err, ERR_USAGE, "the correlation of %s with itself is %.12g, not 1", x, r);
    if (a != b && !(fabs(r) < 1 - 1e-12))
        return err_set(err, ERR_USAGE, "the correlation of %s and %s is %.12g, not between -1 and 1", x, y, r);
    return 0;
}

static int least_eigenvalue(const gsl_matrix *m, double *least, struct err *err)
{
    int status = GSL_ENOMEM;
    gsl_matrix *copy = gsl_matrix_alloc(m->size1, m->size1);
    gsl_vector *values = gsl_vector_alloc(m->size1);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(m->size1);
    if (copy && values && work) {
        gsl_matrix_memcpy(copy, m);
        status = gsl_eigen_symm(copy, values, work);
    }
    if (status == GSL_SUCCESS)
        *least = gsl_vector_min(values);
    gsl_matrix_free(copy);
    gsl_vector_free(values);
    if (work)
        gsl_eigen_symm_free(work);
    return gsl_door_check(status, "eigenvalues of the correlation", err);
}

static int decompose(gsl_matrix *m, struct err *err)
{
    double least = 0;
    if (least_eigenvalue(m, &least, err))
        return -1;
    if (!(least > eigenvalue_min))
        return err_set(
            err, ERR_USAGE,
            "the correlations contradict each other: the matrix is not positive definite (least eigenvalue %.6g)",
            least);
    return gsl_door_check(gsl_linalg_cholesky_decomp1(m), "Cholesky decomposition of the correlation", err);
}

static int cholesky(const struct fx_spec *s, double *root, struct err *err)
{
    size_t n = (size_t)s->currencies;
    gsl_door_open();
    gsl_matrix *m = gsl_matrix_alloc(n, n);
    if (!m)
        return err_nomem(err);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            gsl_matrix_set(m, a, b, s->correlation ? s->correlation[a * n + b] : a == b);
    int status = decompose(m, err);
    for (size_t a = 0; status == 0 && a < n; a++)
        for (size_t b = 0; b <= a; b++)
            root[a * n + b] = gsl_matrix_get(m, a, b);
    gsl_matrix_free(m);
    return status;
}

/* ---- the process ---- */

/* The logarithm of a factor stays far from where exp() overflows (709), even 40 deviations out. */
static bool too_wild(const struct fx_spec *s, int c)
{
    double t = s->times[s->ntimes - 1];
    return fabs(s->drift[c]) * t + 40 * s->volatility[c] * sqrt(t) > 700;
}

static int check(const struct fx_spec *s, struct err *err)
{
    for (int c = 0; c < s->currencies; c++) {
        if (!(s->volatility[c] >= 0) || !isfinite(s->volatility[c]))
            return err_set(err, ERR_USAGE, "the volatility of %s, %.12g, is not 0 or above", s->names[c],
                           s->volatility[c]);
        if (!isfinite(s->drift[c]))
            return err_set(err, ERR_USAGE, "the drift of %s is not a finite number", s->names[c]);
        if (too_wild(s, c))
            return err_set(err, ERR_USAGE,
                           "the drift %.12g and the volatility %.12g of %s are too large for %.3g years", s->drift[c],
                           s->volatility[c], s->names[c], s->times[s->ntimes - 1]);
    }
    for (int a = 0; s->correlation && a < s->currencies; a++)
        for (int b = 0; b <= a; b++)
            if (check_pair(s, a, b, err))
                return -1;
    return 0;
}

static double *copy(const double *from, int n)
{
    double *to = malloc((size_t)n * sizeof *to);
    if (to)
        memcpy(to, from, (size_t)n * sizeof *to);
    return to;
}

static int fill(struct fx_process *p, const struct fx_spec *s, struct err *err)
{
    p->drift = copy(s->drift, s->currencies);
    p->volatility = copy(s->volatility, s->currencies);
    p->times = copy(s->times, s->ntimes);
    p->root = calloc((size_t)s->currencies * (size_t)s->currencies, sizeof *p->root);
    if (!p->drift || !p->volatility || !p->times || !p->root)
        return err_nomem(err);
    if (brownian_make(&p->motion, s->times, s->ntimes, s->bridge, err))
        return -1;
    return cholesky(s, p->root, err);
}

int fx_process_make(struct fx_process *p, const struct fx_spec *s, struct err *err)
{
    struct fx_process made = {.currencies = s->currencies};
    if (check(s, err))
        return -1;
    if (fill(&made, s, err)) {
        fx_process_free(&made);
        return -1;
    }
    *p = made;
    return 0;
}

void fx_process_free(struct fx_process *p)
{
    free(p->drift);
    free(p->volatility);
    free(p->root);
    free(p->times);
    brownian_free(&p->motion);
    *p = (struct fx_process){0};
}

/* ---- paths ---- */

WIDE_LANES static void add_scaled(double scale, const double *restrict from, double *restrict to)
{
    for (int l = 0; l < LANES; l++)
        to[l] += scale * from[l];
}

/* Correlates the draws of each step in place, the last currency first: row a of the root reaches back only. */
static void correlate(const struct fx_process *p, double (*z)[LANES])
{
    int n = p->currencies;
    for (int step = 0; step < p->motion.n; step++)
        for (int a = n - 1; a >= 0; a--) {
            double *mine = z[step * n + a];
            for (int l = 0; l < LANES; l++)
                mine[l] *= p->root[a * n + a];
            for (int b = 0; b < a; b++)
                add_scaled(p->root[a * n + b], z[step * n + b], mine);
        }
}

/* The exponents of the factors. */
WIDE_LANES static void scale_and_shift(double shift, double scale, double *w)
{
    for (int l = 0; l < LANES; l++)
        w[l] = shift + scale * w[l];
}

void fx_process_paths(const struct fx_process *p, double (*z)[LANES], double (*scratch)[LANES], double (*factor)[LANES])
{
    int n = p->motion.n;
    correlate(p, z);
    for (int c = 0; c < p->currencies; c++) {
        for (int step = 0; step < n; step++)
            memcpy(scratch[step], z[step * p->currencies + c], sizeof *scratch);
        double(*mine)[LANES] = factor + (size_t)c * (size_t)n;
        brownian_paths(&p->motion, scratch, mine);
        for (int m = 0; m < n; m++) {
            scale_and_shift(p->drift[c] * p->times[m], p->volatility[c], mine[m]);
            exponential_lanes(mine[m]);
        }
    }
}
