/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Standard Brownian motion at given times, from independent standard normal draws, one draw a
 * step. In steps of time each draw adds an increment; as a bridge the first draw gives the last
 * value and each further one a value midway between two known ones, so that the first draws carry
 * most of the variance (Glasserman, Monte Carlo Methods in Financial Engineering, 2004, 3.1).
 */
#ifndef TCO_BROWNIAN_H
#define TCO_BROWNIAN_H

#include "calc/err.h"
#include "models/lanes.h"

#include <stdbool.h>

struct brownian_step {
    int at;                            /* which time this step gives */
    int left, right;                   /* known times beside it, -1 for the start (value 0) or for none */
    double from_left, from_right, own; /* weights of the two values and of the draw */
};

struct brownian {
    struct brownian_step *steps;
    int n;
};

/* times ascending, in years, the first >= 0 (at 0 the value is 0). Free with brownian_free(). */
int brownian_make(struct brownian *b, const double *times, int n, bool bridge, struct err *err);
void brownian_free(struct brownian *b);

/* z[step][lane] in, w[time][lane] out; not the same array. */
void brownian_paths(const struct brownian *b, double (*z)[LANES], double (*w)[LANES]);

#endif
