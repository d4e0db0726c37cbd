/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quantiles of the standard normal distribution: Wichura's algorithm AS 241 (PPND16), Applied
 * Statistics 37 (1988) 477-484, relative accuracy about 1 in 10^16.
 */
#ifndef TCO_NORMAL_H
#define TCO_NORMAL_H

#include "models/lanes.h"

/* The value a standard normal variable stays below with probability u, 0 < u < 1. That of 1 - u is exactly the
 * negative one of u. */
double normal_quantile(double u);

/* The same for all lanes; not the same array. */
void normal_lanes(const double *restrict u, double *restrict z);

#endif
