/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quantiles of the standard normal distribution, many at a time: Wichura's algorithm AS 241
 * (PPND16), Applied Statistics 37 (1988) 477-484, relative accuracy about 1 in 10^16.
 */
#ifndef TCO_NORMAL_H
#define TCO_NORMAL_H

#include <stddef.h>

/* z[i] = the value a standard normal variable stays below with probability u[i]; 0 < u[i] < 1. u and z may be
 * the same array. The quantile of 1 - u is exactly the negative one of u. */
void normal_quantiles(const double *u, double *z, size_t n);

double normal_quantile(double u);

#endif
