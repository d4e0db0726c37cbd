/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The expected excess of demand D over Q is the integral of quantile(u) - Q over those u where it is
 * positive, so a distribution is known by its quantiles alone.
 */
#include "models/newsvendor_curve.h"

#include "models/gsl_door.h"

#include <float.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <math.h>

enum { INTERVALS = 1000, HALVINGS = 60 };

#define RELATIVE 1e-10 /* asked of an integral */
#define ALLOWED 1e-6   /* of the cost on demand, in its result */

struct tail {
    const struct demand_curve *demand;
    double quantity;
    struct err *err;
    bool failed;
};

/* 1 itself may be infinite: the last number before it instead. */
static int quantile(const struct demand_curve *d, double u, double *x, struct err *err)
{
    double inside = fmin(fmax(u, DBL_MIN), 1 - DBL_EPSILON / 2);
    if (d->quantile(d->ctx, inside, x, err))
        return -1;
    return isfinite(*x) ? 0 : err_set(err, ERR_INTERNAL, "the quantile %.12g of demand is not finite", u);
}

static double excess(double u, void *ctx)
{
    struct tail *t = ctx;
    double x;
    if (t->failed || quantile(t->demand, u, &x, t->err)) {
        t->failed = true;
        return GSL_NAN;
    }
    return x - t->quantity; /* from share_within() on never below 0 */
}

/* The share of the time that demand stays within the quantity, from below. */
static int share_within(const struct demand_curve *d, double quantity, double *out, struct err *err)
{
    double low = 0, high = 1, x;
    if (quantile(d, high, &x, err))
        return -1;
    if (x <= quantity) {
        *out = 1;
        return 0;
    }
    for (int i = 0; i < HALVINGS; i++) {
        double middle = low + (high - low) / 2;
        if (quantile(d, middle, &x, err))
            return -1;
        *(x > quantity ? &high : &low) = middle;
    }
    *out = low;
    return 0;
}

static int integrate(struct tail *t, double from, double *value, double *error, struct err *err)
{
    gsl_door_open();
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(INTERVALS);
    if (!w)
        return err_nomem(err);
    gsl_function f = {.function = excess, .params = t};
    /* what it says of rounding or slow progress shows in the error it estimates, which is looked at in weigh() */
    gsl_integration_qags(&f, from, 1, 0, RELATIVE, INTERVALS, w, value, error);
    gsl_integration_workspace_free(w);
    if (t->failed)
        return -1;
    if (!isfinite(*value) || !isfinite(*error))
        return err_set(err, ERR_INTERNAL, "the expected demand is not finite");
    return 0;
}

/* E[(D - quantity)+] */
static int above(const struct demand_curve *d, double quantity, double *value, double *error, struct err *err)
{
    struct tail t = {.demand = d, .quantity = quantity, .err = err};
    double within;
    if (share_within(d, quantity, &within, err))
        return -1;
    if (within < 1)
        return integrate(&t, within, value, error, err);
    *value = *error = 0;
    return 0;
}

static int check(double commit, double price, struct err *err)
{
    if (!isfinite(commit) || commit <= 0)
        return err_set(err, ERR_USAGE, "the price of a committed unit is not above 0");
    if (!isfinite(price) || price < 0)
        return err_set(err, ERR_USAGE, "the on-demand price is not 0 or above");
    return 0;
}

static int weigh(const struct demand_curve *d, double commit, double price, double quantity,
                 struct newsvendor_curve *out, struct err *err)
{
    double all, all_error, more, more_error;
    if (above(d, 0, &all, &all_error, err) || above(d, quantity, &more, &more_error, err))
        return -1;
    struct newsvendor_curve f = {
        .quantity = quantity,
        .ratio = price > commit ? (price - commit) / price : 0,
        .cost = commit * quantity + price * more,
        .on_demand = price * all,
        .used = fmax(all - more, 0),
        .error = price * fmax(all_error, more_error),
    };
    if (f.error > ALLOWED * f.on_demand)
        return err_set(err, ERR_INTERNAL, "the expected cost %.12g is only known to %.3g", f.cost, f.error);
    *out = f;
    return 0;
}

int newsvendor_curve_at(const struct demand_curve *demand, double commit, double price, double quantity,
                        struct newsvendor_curve *out, struct err *err)
{
    if (check(commit, price, err))
        return -1;
    if (!isfinite(quantity) || quantity < 0)
        return err_set(err, ERR_USAGE, "a committed quantity is not 0 or above");
    return weigh(demand, commit, price, quantity, out, err);
}

/* Cost is convex: the best whole quantity is next to the best of all. */
static int whole_quantity(const struct demand_curve *d, double commit, double price, double best,
                          struct newsvendor_curve *out, struct err *err)
{
    struct newsvendor_curve lower, upper;
    if (weigh(d, commit, price, floor(best), &lower, err) || weigh(d, commit, price, ceil(best), &upper, err))
        return -1;
    *out = upper.cost < lower.cost - fmax(lower.error, upper.error) ? upper : lower;
    return 0;
}

int newsvendor_curve_commit(const struct demand_curve *demand, double commit, double price, bool whole,
                            struct newsvendor_curve *out, struct err *err)
{
    double best = 0;
    if (check(commit, price, err))
        return -1;
    if (price > commit && quantile(demand, (price - commit) / price, &best, err))
        return -1;
    best = fmax(best, 0);
    if (whole)
        return whole_quantity(demand, commit, price, best, out, err);
    return weigh(demand, commit, price, best, out, err);
}
