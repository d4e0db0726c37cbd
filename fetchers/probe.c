/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/probe.h"

#include <assert.h>

/* Where a tier ends, or is looked at last. */
static int end_of(const struct probe_plan *p, size_t step)
{
    return step + 1 < p->nsteps ? p->starts[step + 1] : p->beyond;
}

size_t probe_points(const struct probe_plan *p, int out[PROBE_POINTS])
{
    size_t n = 0;

    assert(p->nsteps >= 1 && p->nsteps <= PROBE_STEPS && p->starts[0] == 0);
    for (size_t i = 0; i < p->nsteps; i++) {
        int inside = p->starts[i] + p->width, end = end_of(p, i);
        assert(inside <= end);
        out[n++] = inside;
        if (end != inside)
            out[n++] = end;
    }
    return n;
}

/* The total of a quantity that was asked for; of 0 it is 0. */
static dec_t total_of(const struct probe_plan *p, const dec_t *totals, int quantity)
{
    int points[PROBE_POINTS];
    size_t n = probe_points(p, points);

    for (size_t i = 0; i < n; i++)
        if (points[i] == quantity)
            return totals[i];
    assert(quantity == 0);
    return DEC_ZERO;
}

static bool same(dec_t a, dec_t b)
{
    return !dec_bad(a) && !dec_bad(b) && dec_cmp(a, b) == 0;
}

bool probe_ladder(const struct probe_plan *p, const dec_t *totals, struct probe_tier out[PROBE_STEPS], size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < p->nsteps; i++) {
        int start = p->starts[i], end = end_of(p, i);
        dec_t below = total_of(p, totals, start);
        dec_t grown = dec_sub(total_of(p, totals, start + p->width), below);
        dec_t price = dec_div(grown, dec_int64(p->width), DEC_EXACT);
        if (dec_bad(price) || dec_sign(price) <= 0 ||
            !same(dec_add(below, dec_muln(price, end - start)), total_of(p, totals, end)))
            return false;
        if (*n == 0 || dec_cmp(out[*n - 1].price, price) != 0)
            out[(*n)++] = (struct probe_tier){dec_int64(start), price};
    }
    return true;
}

int probe_deliver(const struct fetch_price *like, const struct probe_tier *tiers, size_t n, struct harvest *h,
                  struct err *err)
{
    struct fetch_price p = *like;

    for (size_t i = 0; i < n; i++) {
        p.price = tiers[i].price;
        p.tier_from = tiers[i].from;
        p.bounded = i + 1 < n;
        p.tier_to = p.bounded ? tiers[i + 1].from : DEC_ZERO;
        if (harvest_price(h, &p, err) != 0)
            return -1;
    }
    return 0;
}
