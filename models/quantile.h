/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quantiles of a sample, Hyndman and Fan's definition 7 (The American Statistician 50 (1996)
 * 361-365), which R, NumPy and spreadsheets use: with h = (n - 1) p, the sorted value of rank
 * floor(h), counted from 0, and a fraction h - floor(h) of the way to the next one.
 */
#ifndef TCO_QUANTILE_H
#define TCO_QUANTILE_H

#include <stddef.h>

/* The quantiles p[0] <= p[1] ... (0 <= p <= 1) of n >= 1 numbers, none of them NAN. Reorders v; the time it takes
 * grows with n, not with n log n. */
void quantiles(double *v, size_t n, const double *p, size_t k, double *out);

#endif
