/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uniform draws in (0, 1) for path p and dimension d: a function of seed, p and d and of nothing
 * else, so paths can be computed in any order, on any number of threads, and come out the same.
 * Draws are odd multiples of 2^-53: never 0, never 1, and 1 - u is exact.
 *   random      Philox4x32-10 with the seed as key and (path, dimension / 2) as counter
 *   antithetic  paths 2k and 2k + 1 are u and 1 - u, u as random path k
 *   sobol       DRAWS_REPLICATES times the first paths / DRAWS_REPLICATES points of a Sobol sequence, each time
 *               shifted digitally (exclusive or) by other bits of the seed; the dimensions from 40 on, for which
 *               GSL has no sequence, are random. Dimensions should come in order of their weight.
 */
#ifndef TCO_DRAWS_H
#define TCO_DRAWS_H

#include "calc/err.h"
#include "models/lanes.h"

#include <stdint.h>

enum draws_method { DRAWS_RANDOM, DRAWS_ANTITHETIC, DRAWS_SOBOL };

/* The spread of the means of the replicates gives the standard error of a Sobol estimate: the points of one
 * sequence are not independent, the replicates are. DRAWS_SOBOL_DIMENSIONS is where gsl_qrng_sobol ends (it
 * returns zeros beyond, without an error). */
enum { DRAWS_REPLICATES = 16, DRAWS_SOBOL_DIMENSIONS = 40 };

struct draws {
    enum draws_method method;
    uint64_t seed;
    uint64_t paths;
    int dimensions;
};

const char *draws_name(enum draws_method method);

/* Kind ERR_USAGE: no paths at all, an odd number of antithetic ones, Sobol paths that are no multiple of
 * DRAWS_REPLICATES or more than 2^30 a replicate. */
int draws_check(const struct draws *d, struct err *err);

/* Where one thread stands in the Sobol sequence. Asking for ascending paths is quick. */
struct draws_cursor;
int draws_open(const struct draws *d, struct draws_cursor **out, struct err *err);
void draws_close(struct draws_cursor *c);

/* u[d][lane] for the paths first .. first + LANES - 1; first is a multiple of LANES. Lanes from d->paths on hold
 * draws too, of no meaning. */
int draws_block(const struct draws *d, struct draws_cursor *c, uint64_t first, double (*u)[LANES], struct err *err);

#endif
