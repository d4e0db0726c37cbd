/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/quantile.h"

#include <assert.h>

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

void quantiles(double *v, size_t n, const double *p, size_t k, double *out)
{
    size_t low = 0;
    assert(n >= 1);
    for (size_t i = 0; i < k; i++) {
        assert(p[i] >= (i > 0 ? p[i - 1] : 0) && p[i] <= 1);
        out[i] = quantile_from(v, n, p[i], low);
        low = (size_t)((double)(n - 1) * p[i]); /* from there on nothing is smaller than what is before */
    }
}
