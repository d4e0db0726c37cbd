/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/quantile.h"

#include <assert.h>
#include <math.h>

static void swap(double *a, double *b)
{
    double t = *a;
    *a = *b;
    *b = t;
}

static void find(double *v, size_t low, size_t high, size_t k);

/* Puts something close to the value of rank k at v[k]: what is there after a small part around k, in which its rank
 * is about the same, was put in order. The part is moved a little so that the next cut leaves k on its short side. */
static void guess(double *v, size_t low, size_t high, size_t k)
{
    double n = (double)(high - low + 1), rank = (double)(k - low + 1), z = log(n), size = exp(2 * z / 3) / 2;
    double shift = sqrt(z * size * (n - size) / n) / 2 * (rank < n / 2 ? -1 : 1);
    double from = (double)k - rank * size / n + shift, to = (double)k + (n - rank) * size / n + shift;
    find(v, from > (double)low ? (size_t)from : low, to < (double)high ? (size_t)to : high, k);
}

/* Divides v[low .. high] by the value at v[k]; returns where that has come to lie. */
static size_t divide(double *v, size_t low, size_t high, size_t k)
{
    double at = v[k];
    size_t i = low, j = high;
    swap(&v[low], &v[k]);
    if (v[high] > at)
        swap(&v[high], &v[low]);
    while (i < j) {
        swap(&v[i++], &v[j--]);
        while (v[i] < at)
            i++;
        while (v[j] > at)
            j--;
    }
    if (v[low] == at)
        swap(&v[low], &v[j]);
    else
        swap(&v[++j], &v[high]);
    return j;
}

/* Reorders v[low .. high] so that v[k] is where sorting would put it, none before it is larger and none after it
 * smaller: Floyd and Rivest's SELECT (Communications of the ACM 18 (1975) 173, algorithm 489). */
static void find(double *v, size_t low, size_t high, size_t k)
{
    enum { WORTH_A_GUESS = 600 };
    while (low < high) {
        if (high - low > WORTH_A_GUESS)
            guess(v, low, high, k);
        size_t at = divide(v, low, high, k);
        if (at <= k)
            low = at + 1;
        if (k <= at) {
            if (at == 0)
                break;
            high = at - 1;
        }
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
