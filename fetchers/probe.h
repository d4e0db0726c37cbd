/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ladder of marginal tiers read off totals, for providers that only answer "what do n of it cost". Where
 * tiers may begin is known from the provider's documents; whether the totals really make such a ladder is
 * checked, as totals may be rounded and steps may lie elsewhere.
 */
#ifndef TCO_PROBE_H
#define TCO_PROBE_H

#include "calc/decimal.h"
#include "fetchers/harvest.h"

#include <stdbool.h>
#include <stddef.h>

enum { PROBE_STEPS = 4, PROBE_POINTS = 2 * PROBE_STEPS };

struct probe_plan {
    int starts[PROBE_STEPS]; /* quantities at which a tier may begin: the first is 0 */
    size_t nsteps;
    int width;  /* a tier's price is the total's growth over so much of it, divided by it */
    int beyond; /* in the open tier, to check it */
};
/* The quantities to ask about, ascending, each once; how many they are. */
size_t probe_points(const struct probe_plan *p, int out[PROBE_POINTS]);

struct probe_tier {
    dec_t from, price;
};
/* `totals` of probe_points() in their order. true with the tiers, equal neighbours made one; false when
 * the totals are no such ladder. */
bool probe_ladder(const struct probe_plan *p, const dec_t *totals, struct probe_tier out[PROBE_STEPS], size_t *n);

/* A ladder as prices: all of them like `like`, tier by tier, the last one open. */
int probe_deliver(const struct fetch_price *like, const struct probe_tier *tiers, size_t n, struct harvest *h,
                  struct err *err);

#endif
