/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome.h"

#include "models/lanes.h"
#include "models/quantile.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- sums ---- */

/* Sums run by lane: lane l adds figures l, l + LANES, ... in order, and the lanes are added up in the end. */
static double add_up(const double *lane)
{
    double total = 0;
    for (int l = 0; l < LANES; l++)
        total += lane[l];
    return total;
}

/* LANES figures from `at` on; those beyond the last are 0, in `pad`. */
static const double *block(const double *v, size_t n, size_t at, double *pad)
{
    if (n - at >= LANES)
        return v + at;
    memset(pad, 0, LANES * sizeof *pad);
    memcpy(pad, v + at, (n - at) * sizeof *pad);
    return pad;
}

WIDE_LANES static void add_block(const double *restrict v, double *restrict sum)
{
    for (int l = 0; l < LANES; l++)
        sum[l] += v[l];
}

WIDE_LANES static void add_squares(const double *restrict v, double mean, double *restrict sum)
{
    for (int l = 0; l < LANES; l++)
        sum[l] += (v[l] - mean) * (v[l] - mean);
}

static double mean_of(const double *v, size_t n)
{
    double sum[LANES] = {0}, pad[LANES];
    for (size_t at = 0; at < n; at += LANES)
        add_block(block(v, n, at, pad), sum);
    return add_up(sum) / (double)n;
}

/* Divisor n - 1. */
static double deviation(const double *v, size_t n, double mean)
{
    double sum[LANES] = {0};
    size_t at = 0;
    for (; n - at >= LANES; at += LANES)
        add_squares(v + at, mean, sum);
    for (; at < n; at++)
        sum[at % LANES] += (v[at] - mean) * (v[at] - mean);
    return n > 1 ? sqrt(add_up(sum) / (double)(n - 1)) : NAN;
}

/* ---- one offer ---- */

/* The standard error of the mean of n figures, from the means of `groups` independent runs of equal length. */
static int standard_error(const double *v, size_t n, size_t groups, double *out, struct err *err)
{
    size_t each = n / groups;
    double *mean = malloc(groups * sizeof *mean);
    if (!mean)
        return err_nomem(err);
    for (size_t i = 0; i < groups; i++)
        mean[i] = each == 2 ? (v[2 * i] + v[2 * i + 1]) / 2 : mean_of(v + i * each, each);
    *out = deviation(mean, groups, mean_of(mean, groups)) / sqrt((double)groups);
    free(mean);
    return 0;
}

static int error_of(struct outcome_offer *o, const double *v, size_t n, enum draws_method method, struct err *err)
{
    switch (method) {
    case DRAWS_ANTITHETIC:
        return standard_error(v, n, n / 2, &o->standard_error, err);
    case DRAWS_SOBOL:
        return standard_error(v, n, DRAWS_REPLICATES, &o->standard_error, err);
    case DRAWS_RANDOM:
        break;
    }
    o->standard_error = o->deviation / sqrt((double)n);
    return 0;
}

/* Of figures without a NAN. */
static void extremes(const double *v, size_t n, double *least, double *most)
{
    *least = *most = v[0];
    for (size_t i = 1; i < n; i++) {
        *least = v[i] < *least ? v[i] : *least;
        *most = v[i] > *most ? v[i] : *most;
    }
}

static const struct outcome_offer nothing = {.mean = NAN,
                                             .standard_error = NAN,
                                             .deviation = NAN,
                                             .least = NAN,
                                             .most = NAN,
                                             .p10 = NAN,
                                             .p50 = NAN,
                                             .p90 = NAN,
                                             .cheapest = NAN,
                                             .regret = NAN};

/* `room` is for n figures. cheapest and regret come later. */
static int describe(struct outcome_offer *o, const double *v, size_t n, enum draws_method method, double *room,
                    struct err *err)
{
    *o = nothing;
    for (size_t i = 0; i < n; i++)
        o->unknown += isnan(v[i]) ? 1 : 0;
    if (o->unknown > 0)
        return 0;
    o->mean = mean_of(v, n);
    o->deviation = deviation(v, n, o->mean);
    extremes(v, n, &o->least, &o->most);
    memcpy(room, v, n * sizeof *room);
    double q[3];
    quantiles(room, n, (const double[]){0.1, 0.5, 0.9}, 3, q);
    o->p10 = q[0];
    o->p50 = q[1];
    o->p90 = q[2];
    return error_of(o, v, n, method, err);
}

/* ---- offers against each other ---- */

/* The lowest figures of LANES paths and how many offers have each. */
struct lowest {
    double figure[LANES], ties[LANES];
};

WIDE_LANES static void meet(struct lowest *low, const double *restrict v)
{
    for (int l = 0; l < LANES; l++) {
        double tie = v[l] == low->figure[l] ? low->ties[l] + 1 : low->ties[l];
        low->ties[l] = v[l] < low->figure[l] ? 1 : tie;
        low->figure[l] = v[l] < low->figure[l] ? v[l] : low->figure[l];
    }
}

/* Adds to an offer's share of being lowest, and to its distance from the lowest. */
WIDE_LANES static void against(const struct lowest *low, const double *restrict v, double *restrict cheapest,
                               double *restrict regret)
{
    for (int l = 0; l < LANES; l++) {
        cheapest[l] += v[l] == low->figure[l] ? 1 / low->ties[l] : 0;
        regret[l] += v[l] - low->figure[l];
    }
}

static void find_lowest(const struct outcome *out, const double *figure, size_t n, size_t at, struct lowest *low)
{
    double pad[LANES];
    for (int l = 0; l < LANES; l++) {
        low->figure[l] = INFINITY;
        low->ties[l] = 0;
    }
    for (int o = 0; o < out->offers; o++)
        if (out->offer[o].unknown == 0)
            meet(low, block(figure + (size_t)o * n, n, at, pad));
    for (size_t l = n - at; l < LANES; l++)
        low->ties[l] = INFINITY; /* beyond the last path nobody has a share */
}

/* room[2 x offers]. */
static void against_lowest(struct outcome *out, const double *figure, size_t n, double (*room)[LANES])
{
    memset(room, 0, 2 * (size_t)out->offers * sizeof *room);
    for (size_t at = 0; at < n; at += LANES) {
        struct lowest low;
        double pad[LANES];
        find_lowest(out, figure, n, at, &low);
        for (int o = 0; o < out->offers; o++)
            if (out->offer[o].unknown == 0)
                against(&low, block(figure + (size_t)o * n, n, at, pad), room[2 * o], room[2 * o + 1]);
    }
    for (int o = 0; o < out->offers; o++)
        if (out->offer[o].unknown == 0) {
            out->offer[o].cheapest = add_up(room[2 * o]) / (double)n;
            out->offer[o].regret = add_up(room[2 * o + 1]) / (double)n;
        }
}

WIDE_LANES static void count_below(const double *restrict a, const double *restrict b, double *restrict ab,
                                   double *restrict ba)
{
    for (int l = 0; l < LANES; l++) {
        ab[l] += a[l] < b[l] ? 1.0 : 0.0;
        ba[l] += b[l] < a[l] ? 1.0 : 0.0;
    }
}

/* How often a is below b and b below a, of n paths. */
static void below(const double *a, const double *b, size_t n, double *ab, double *ba)
{
    double count_ab[LANES] = {0}, count_ba[LANES] = {0}, pad_a[LANES], pad_b[LANES];
    for (size_t at = 0; at < n; at += LANES)
        count_below(block(a, n, at, pad_a), block(b, n, at, pad_b), count_ab, count_ba);
    *ab = add_up(count_ab) / (double)n;
    *ba = add_up(count_ba) / (double)n;
}

static void in_pairs(struct outcome *out, const double *figure, size_t n)
{
    int k = out->offers;
    for (int i = 0; i < k * k; i++)
        out->below[i] = NAN;
    for (int a = 0; a < k; a++)
        for (int b = 0; b < a; b++)
            if (out->offer[a].unknown == 0 && out->offer[b].unknown == 0)
                below(figure + (size_t)a * n, figure + (size_t)b * n, n, &out->below[a * k + b],
                      &out->below[b * k + a]);
}

static int fill(struct outcome *out, const double *figure, size_t n, enum draws_method method, double *room,
                struct err *err)
{
    for (int o = 0; o < out->offers; o++)
        if (describe(&out->offer[o], figure + (size_t)o * n, n, method, room, err))
            return -1;
    double(*lane)[LANES] = malloc(2 * (size_t)out->offers * sizeof *lane);
    if (!lane)
        return err_nomem(err);
    against_lowest(out, figure, n, lane);
    free(lane);
    in_pairs(out, figure, n);
    return 0;
}

int outcome_make(struct outcome *out, const double *figure, int offers, uint64_t paths, enum draws_method method,
                 struct err *err)
{
    assert(offers >= 1 && paths >= 1);
    size_t n = (size_t)paths, k = (size_t)offers;
    struct outcome made = {offers, calloc(k, sizeof *made.offer), calloc(k * k, sizeof *made.below)};
    double *room = malloc(n * sizeof *room);
    int status = -1;
    if (!made.offer || !made.below || !room)
        err_nomem(err);
    else
        status = fill(&made, figure, n, method, room, err);
    free(room);
    if (status)
        outcome_free(&made);
    else
        *out = made;
    return status;
}

void outcome_free(struct outcome *o)
{
    free(o->offer);
    free(o->below);
    *o = (struct outcome){0};
}

void outcome_histogram(const double *figure, uint64_t paths, double low, double high, int bins, uint64_t *count)
{
    assert(low < high && bins >= 1);
    memset(count, 0, (size_t)bins * sizeof *count);
    for (uint64_t p = 0; p < paths; p++) {
        double x = figure[p];
        if (!(x >= low && x <= high))
            continue;
        int bin = (int)((x - low) / (high - low) * bins);
        count[bin < bins ? bin : bins - 1]++;
    }
}
