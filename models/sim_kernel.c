/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The innermost loops, where most of the time of a simulation is spent.
 */
#include "models/sim_model.h"

#include <math.h>

WIDE_LANES void sim_grow(double *restrict demand, const double *restrict growth, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (int l = 0; l < LANES; l++)
            demand[i * LANES + (size_t)l] *= growth[i * LANES + (size_t)l];
}

WIDE_LANES void sim_multiply(double *restrict v, const double *restrict by)
{
    for (int l = 0; l < LANES; l++)
        v[l] *= by[l];
}

WIDE_LANES void sim_add_scaled(double scale, const double *restrict x, double *restrict sum)
{
    for (int l = 0; l < LANES; l++)
        sum[l] += scale * x[l];
}

/* Each step for all lanes; the last one that starts at or below a lane's quantity stays. */
WIDE_LANES static void take_step(struct sim_step s, const double *restrict quantity, double *restrict amount)
{
    for (int l = 0; l < LANES; l++) {
        double here = s.at_from + (quantity[l] - s.from) * s.slope;
        amount[l] = quantity[l] >= s.from ? here : amount[l];
    }
}

WIDE_LANES static void forget_beyond(double end, const double *restrict quantity, double *restrict amount)
{
    for (int l = 0; l < LANES; l++)
        amount[l] = quantity[l] > end ? NAN : amount[l];
}

void sim_on_curve(const struct sim_curve *c, const double *restrict quantity, double *restrict amount)
{
    for (int l = 0; l < LANES; l++)
        amount[l] = NAN; /* below the first step, and of what is no number */
    for (size_t i = 0; i < c->n; i++)
        take_step(c->steps[i], quantity, amount);
    forget_beyond(c->end, quantity, amount);
}

/* Four lanes at a time, by name, so that the sums of 32 lanes stay in registers. */
typedef double quad __attribute__((vector_size(32), aligned(8), may_alias));
enum { QUADS = 8, CHUNK = 4 * QUADS };

/* What the demands come to at `at` and the lanes after it. */
WIDE_LANES static void sums(const struct sim_row *row, const double *restrict amount, lanes *demand, int at,
                            double *restrict sum)
{
    quad a = (quad){0} + amount[0], b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (size_t i = 0; i < row->n; i++) {
        const quad *x = (const quad *)(demand[row->demand[i]] + at), y = (quad){0} + amount[i + 1];
        a += y * x[0];
        b += y * x[1];
        c += y * x[2];
        d += y * x[3];
        e += y * x[4];
        f += y * x[5];
        g += y * x[6];
        h += y * x[7];
    }
    quad *out = (quad *)(sum + at);
    out[0] = a;
    out[1] = b;
    out[2] = c;
    out[3] = d;
    out[4] = e;
    out[5] = f;
    out[6] = g;
    out[7] = h;
}

WIDE_LANES void sim_add_weighted(double cost_share, double npv_share, const double *restrict w,
                                 const double *restrict sum, double *restrict cost, double *restrict npv)
{
    for (int l = 0; l < LANES; l++) {
        double x = w[l] * sum[l];
        cost[l] += cost_share * x;
        npv[l] += npv_share * x;
    }
}

void sim_row_month(const struct sim_row *row, int month, lanes *demand, const double *w, double *cost, double *npv)
{
    lanes sum;
    for (int at = 0; at < LANES; at += CHUNK)
        sums(row, row->amount + (size_t)month * (row->n + 1), demand, at, sum);
    sim_add_weighted(row->cost_share[month], row->npv_share[month], w, sum, cost, npv);
}
