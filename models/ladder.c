/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ladder.h"

dec_t ladder_amount(const struct tier *tiers, size_t n, dec_t from, dec_t to, bool *beyond)
{
    if (dec_bad(from) || dec_bad(to))
        return dec_add(from, to);
    dec_t sum = DEC_ZERO;
    for (size_t i = 0; i < n; i++) {
        dec_t low = dec_max(from, tiers[i].from);
        dec_t high = tiers[i].open ? to : dec_min(to, tiers[i].to);
        if (dec_cmp(low, high) < 0)
            sum = dec_add(sum, dec_mul(dec_sub(high, low), tiers[i].price, DEC_HALF_UP));
    }
    bool ends = n == 0 || (!tiers[n - 1].open && dec_cmp(to, tiers[n - 1].to) > 0);
    if (ends)
        *beyond = true;
    return sum;
}
