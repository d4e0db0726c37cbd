/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- quantiles ---- */

static void swap(double *a, double *b)
{
    double t = *a;
    *a = *b;
    *b = t;
}

/* The median of first, middle and last of a part to its middle: sorted and equal figures are divided evenly. */
static double pivot(double *v, size_t low, size_t high)
{
    size_t mid = low + (high - low) / 2;
    if (v[mid] < v[low])
        swap(&v[mid], &v[low]);
    if (v[high] < v[low])
        swap(&v[high], &v[low]);
    if (v[high] < v[mid])
        swap(&v[high], &v[mid]);
    return v[mid];
}

/* Reorders v[low .. high] so that v[k] is where sorting would put it, none before it is larger and none after it
 * smaller (Hoare's FIND, 1961). */
static void find(double *v, size_t low, size_t high, size_t k)
{
    while (low < high) {
        double at = pivot(v, low, high);
        size_t i = low, j = high;
        for (;; i++, j--) {
            while (v[i] < at)
                i++;
            while (at < v[j])
                j--;
            if (i >= j)
                break;
            swap(&v[i], &v[j]);
        }
        if (k <= j)
            high = j;
        else
            low = j + 1;
    }
}

/* Of v[0 .. n - 1], of which those before `low` are known to be the smallest. Definition 7 of Hyndman and Fan: with
 * h = (n - 1) p, the value a fraction of h beyond the one of rank floor(h), counted from 0. */
static double quantile_from(double *v, size_t n, double p, size_t low)
{
    double h = (double)(n - 1) * p;
    size_t k = (size_t)h;
    double fraction = h - (double)k;
    find(v, low, n - 1, k);
    if (k + 1 >= n || fraction <= 0)
        return v[k];
    double next = v[k + 1];
    for (size_t i = k + 2; i < n; i++)
        if (v[i] < next)
            next = v[i];
    return (1 - fraction) * v[k] + fraction * next;
}

double outcome_quantile(double *figure, size_t n, double p)
{
    assert(n >= 1 && p >= 0 && p <= 1);
    return quantile_from(figure, n, p, 0);
}

/* ---- one offer ---- */

enum { PART = 4096 }; /* sums of so many figures are added up: the rounding of a sum grows with its length */

static double sum(const double *v, size_t n)
{
    double total = 0;
    for (size_t at = 0; at < n; at += PART) {
        double part = 0;
        for (size_t i = at; i < n && i < at + PART; i++)
            part += v[i];
        total += part;
    }
    return total;
}

/* Divisor n - 1. */
static double deviation(const double *v, size_t n, double mean)
{
    double total = 0;
    for (size_t at = 0; at < n; at += PART) {
        double part = 0;
        for (size_t i = at; i < n && i < at + PART; i++)
            part += (v[i] - mean) * (v[i] - mean);
        total += part;
    }
    return n > 1 ? sqrt(total / (double)(n - 1)) : NAN;
}

/* The standard error of the mean of n figures, from the means of `groups` independent runs of equal length. */
static int standard_error(const double *v, size_t n, size_t groups, double *out, struct err *err)
{
    size_t each = n / groups;
    double *mean = malloc(groups * sizeof *mean);
    if (!mean)
        return err_nomem(err);
    for (size_t i = 0; i < groups; i++)
        mean[i] = sum(v + i * each, each) / (double)each;
    *out = deviation(mean, groups, sum(mean, groups) / (double)groups) / sqrt((double)groups);
    free(mean);
    return 0;
}

static void extremes(const double *v, size_t n, double *least, double *most)
{
    *least = *most = v[0];
    for (size_t i = 1; i < n; i++) {
        *least = v[i] < *least ? v[i] : *least;
        *most = v[i] > *most ? v[i] : *most;
    }
}

static size_t independent(uint64_t paths, enum draws_method method)
{
    switch (method) {
    case DRAWS_ANTITHETIC:
        return (size_t)paths / 2;
    case DRAWS_SOBOL:
        return DRAWS_REPLICATES;
    case DRAWS_RANDOM:
        break;
    }
    return (size_t)paths;
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
    o->unknown = 0;
    for (size_t i = 0; i < n; i++)
        o->unknown += isnan(v[i]) ? 1 : 0;
    if (o->unknown > 0)
        return 0;
    o->mean = sum(v, n) / (double)n;
    o->deviation = deviation(v, n, o->mean);
    extremes(v, n, &o->least, &o->most);
    memcpy(room, v, n * sizeof *room);
    o->p10 = quantile_from(room, n, 0.1, 0);
    o->p50 = quantile_from(room, n, 0.5, (size_t)((double)(n - 1) * 0.1));
    o->p90 = quantile_from(room, n, 0.9, (size_t)((double)(n - 1) * 0.5));
    o->cheapest = o->regret = 0;
    return standard_error(v, n, independent(n, method), &o->standard_error, err);
}

/* ---- offers against each other ---- */

/* The lowest figure of each path and how many offers have it. */
static void lowest(const struct outcome *out, const double *figure, size_t n, double *low, double *ties)
{
    for (size_t p = 0; p < n; p++) {
        low[p] = INFINITY;
        ties[p] = 0;
    }
    for (int o = 0; o < out->offers; o++) {
        const double *v = figure + (size_t)o * n;
        for (size_t p = 0; out->offer[o].unknown == 0 && p < n; p++) {
            ties[p] = v[p] < low[p] ? 1 : ties[p] + (v[p] == low[p] ? 1 : 0);
            low[p] = v[p] < low[p] ? v[p] : low[p];
        }
    }
}

/* Both arrays are used up: low becomes the distance to it, ties the offer's share of being lowest. */
static void against_lowest(struct outcome_offer *o, const double *v, size_t n, const double *low, const double *ties,
                           double *room)
{
    for (size_t p = 0; p < n; p++)
        room[p] = v[p] == low[p] ? 1 / ties[p] : 0;
    o->cheapest = sum(room, n) / (double)n;
    for (size_t p = 0; p < n; p++)
        room[p] = v[p] - low[p];
    o->regret = sum(room, n) / (double)n;
}

static double below(const double *a, const double *b, size_t n)
{
    size_t count = 0;
    for (size_t p = 0; p < n; p++)
        count += a[p] < b[p];
    return (double)count / (double)n;
}

static void compare(struct outcome *out, const double *figure, size_t n, double *room)
{
    double *low = room + n, *ties = room + 2 * n;
    lowest(out, figure, n, low, ties);
    for (int a = 0; a < out->offers; a++) {
        const double *v = figure + (size_t)a * n;
        bool known = out->offer[a].unknown == 0;
        if (known)
            against_lowest(&out->offer[a], v, n, low, ties, room);
        for (int b = 0; b < out->offers; b++)
            out->below[a * out->offers + b] =
                known && a != b && out->offer[b].unknown == 0 ? below(v, figure + (size_t)b * n, n) : NAN;
    }
}

static int fill(struct outcome *out, const double *figure, size_t n, enum draws_method method, double *room,
                struct err *err)
{
    for (int o = 0; o < out->offers; o++)
        if (describe(&out->offer[o], figure + (size_t)o * n, n, method, room, err))
            return -1;
    compare(out, figure, n, room);
    return 0;
}

int outcome_make(struct outcome *out, const double *figure, int offers, uint64_t paths, enum draws_method method,
                 struct err *err)
{
    assert(offers >= 1 && paths >= 1);
    size_t n = (size_t)paths, k = (size_t)offers;
    struct outcome made = {offers, calloc(k, sizeof *made.offer), calloc(k * k, sizeof *made.below)};
    double *room = malloc(3 * n * sizeof *room);
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
