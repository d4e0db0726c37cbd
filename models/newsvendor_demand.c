/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/newsvendor_demand.h"

#include "models/newsvendor.h"
#include "models/newsvendor_curve.h"

#include <math.h>
#include <stdlib.h>

enum { PLACES = 9, PERIODS = 1000000000 };

struct bounded {
    const struct distribution *d;
    double low, high;
};

static double within(const struct bounded *b, double x)
{
    return fmin(fmax(x, b->low), b->high);
}

static int quantile(void *ctx, double u, double *x, struct err *err)
{
    const struct bounded *b = ctx;
    (void)err;
    *x = within(b, distribution_quantile(b->d, u));
    return 0;
}

/* Each value as so many of 10^9 periods: weights that are alike get alike. */
static int64_t fill_levels(const struct bounded *b, struct demand_level *v)
{
    double sum = 0;
    int64_t all = 0;
    for (size_t i = 0; i < b->d->nvalues; i++)
        sum += b->d->values[i].weight;
    for (size_t i = 0; i < b->d->nvalues; i++) {
        int64_t periods = llround(b->d->values[i].weight / sum * PERIODS);
        v[i] =
            (struct demand_level){dec_from_double(within(b, b->d->values[i].value), PLACES), periods > 0 ? periods : 1};
        all += v[i].periods;
    }
    return all;
}

static int by_levels(const struct bounded *b, dec_t commit, dec_t price, struct newsvendor_demand *out, struct err *err)
{
    struct demand_level *v = calloc(b->d->nvalues, sizeof *v);
    struct newsvendor best;
    if (!v)
        return err_nomem(err);
    dec_t periods = dec_int64(fill_levels(b, v));
    int failed = newsvendor_commit(v, b->d->nvalues, commit, price, true, &best, err);
    free(v);
    if (failed)
        return -1;
    out->quantity = best.quantity;
    out->cost = dec_div_round(best.cost, periods, PLACES, DEC_HALF_UP);
    out->on_demand = dec_div_round(best.on_demand, periods, PLACES, DEC_HALF_UP);
    return 0;
}

static int by_quantiles(struct bounded *b, dec_t commit, dec_t price, struct newsvendor_demand *out, struct err *err)
{
    const struct demand_curve curve = {quantile, b};
    struct newsvendor_curve best;
    if (newsvendor_curve_commit(&curve, dec_to_double(commit), dec_to_double(price), true, &best, err))
        return -1;
    out->quantity = dec_from_double(best.quantity, 0);
    out->cost = dec_from_double(best.cost, PLACES);
    out->on_demand = dec_from_double(best.on_demand, PLACES);
    return 0;
}

int newsvendor_demand(const struct distribution *d, dec_t low, dec_t high, dec_t commit, dec_t price,
                      struct newsvendor_demand *out, struct err *err)
{
    struct bounded b = {d, dec_to_double(low), dec_to_double(high)};
    struct newsvendor_demand made = {.has_most = d->kind != DISTRIBUTION_NORMAL && d->kind != DISTRIBUTION_LOGNORMAL};
    bool discrete = d->kind == DISTRIBUTION_DISCRETE;
    if (discrete ? by_levels(&b, commit, price, &made, err) : by_quantiles(&b, commit, price, &made, err))
        return -1;
    if (made.has_most) {
        made.most = dec_round(dec_from_double(within(&b, distribution_most(d)), 6), 0, DEC_CEIL);
        made.all = dec_mul(made.most, commit, DEC_HALF_UP);
    }
    if (dec_check(made.quantity, "amount to commit", err) || dec_check(made.cost, "expected cost", err) ||
        dec_check(made.on_demand, "expected cost", err) || dec_check(made.all, "expected cost", err))
        return -1;
    *out = made;
    return 0;
}
