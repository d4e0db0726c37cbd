/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw: "Parallel random numbers:
 * as easy as 1, 2, 3", SC11, 2011): 128 random bits are a function of a counter and a key, so any
 * draw can be had without those before it.
 */
#ifndef TCO_PHILOX_H
#define TCO_PHILOX_H

#include "models/lanes.h"

#include <stdint.h>

/* A word of every lane; in: the counters, out: the random bits. */
struct philox {
    uint32_t word[4][LANES];
};
void philox_lanes(struct philox *p, uint64_t key);

/* One counter. */
void philox_one(uint32_t word[4], uint64_t key);

#endif
