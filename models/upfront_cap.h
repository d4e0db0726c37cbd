/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The best mix of ways to buy when cash upfront is limited: one option for each resource, least total
 * NPV, total upfront within the cap. (The multiple-choice knapsack; dynamic programming over the
 * choices that no other beats, pruned by the Lagrangian bound: Kellerer, Pferschy, Pisinger: Knapsack
 * Problems, 2004, chapter 11.)
 */
#ifndef TCO_UPFRONT_CAP_H
#define TCO_UPFRONT_CAP_H

#include "calc/decimal.h"

#include <stdbool.h>
#include <stddef.h>

struct cap_option {
    dec_t upfront; /* >= 0 */
    dec_t npv;
};

struct cap_resource {
    const struct cap_option *options;
    size_t n; /* 1 .. CAP_OPTIONS_MOST */
};

enum { CAP_OPTIONS_MOST = 64 };

struct cap_mix {
    dec_t upfront, npv;
    /* No mix within the cap has a lower NPV than this. The mix is the best when it equals npv; otherwise the search was cut
     * short and the mix is at most npv - bound from the best. */
    dec_t bound;
    bool exact;
};

/* choice[i] becomes the option of resource i. The same input gives the same mix; of options alike in both amounts the first
 * is taken. Any cap is allowed, as large as there are. Without a mix within it: an error that names the least upfront there is. */
int upfront_cap(const struct cap_resource *resources, size_t n, dec_t cap, size_t *choice, struct cap_mix *out,
                struct err *err);

#endif
