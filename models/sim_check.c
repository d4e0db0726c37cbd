/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/sim_model.h"

#include <assert.h>
#include <math.h>

/* A factor that a month's or year's step of at most `most` against `base` leaves finite. */
static int check_growth(const struct distribution *d, double base, int times, const char *what, const char *name,
                        struct err *err)
{
    if (distribution_check(d, err))
        return err_prefix(err, "%s of %s", what, name);
    double least = distribution_least(d);
    if (!(least > -1))
        return err_set(err, ERR_USAGE, "%s of %s: %s reaches %.6g, but nothing shrinks by 100%% or more", what, name,
                       distribution_name(d->kind), least);
    if (!(base > -1) || !isfinite(pow((1 + distribution_most(d)) / (1 + base), times)))
        return err_set(err, ERR_USAGE, "%s of %s: what it comes to is too large to compute with", what, name);
    return 0;
}

static int check_demand(const struct sim_demand *d, int months, struct err *err)
{
    if (distribution_check(&d->count, err))
        return err_prefix(err, "count of %s", d->name);
    double least = distribution_least(&d->count);
    if (!(least >= 0))
        return err_set(err, ERR_USAGE, "count of %s: %s reaches %.6g, below 0 (lognormal and triangular stay above)",
                       d->name, distribution_name(d->count.kind), least);
    if (!(d->base_count > 0))
        return err_set(err, ERR_USAGE, "count of %s: the base %.12g is not above 0", d->name, d->base_count);
    return check_growth(&d->growth, d->base_growth, d->per_year ? months / 12 + 1 : months, "growth", d->name, err);
}

static int check_amounts(const double *v, int months, int offer, struct err *err)
{
    for (int m = 0; m < months; m++)
        if (!isfinite(v[m]))
            return err_set(err, ERR_INTERNAL, "offer %d, month %d: an amount is not a finite number", offer + 1, m + 1);
    return 0;
}

static bool within(int index, size_t n)
{
    return index == SIM_NONE || (index >= 0 && (size_t)index < n);
}

static int check_flow(const struct sim_spec *s, const struct sim_flow *f, struct err *err)
{
    assert(f->offer >= 0 && f->offer < s->offers);
    assert(within(f->currency, s->fx ? (size_t)s->fx->currencies : 0));
    assert(within(f->demand, s->ndemands) && within(f->price, s->nprices));
    if (check_amounts(f->cost, s->months, f->offer, err))
        return -1;
    return check_amounts(f->npv, s->months, f->offer, err);
}

static int check_curve(const struct sim_curve *c, int offer, struct err *err)
{
    bool good = c->n > 0 && c->steps[0].from <= 0 && c->end > c->steps[c->n - 1].from;
    for (size_t i = 0; good && i < c->n; i++) {
        const struct sim_step *s = &c->steps[i];
        good = isfinite(s->from) && isfinite(s->at_from) && isfinite(s->slope) &&
               (i == 0 || c->steps[i - 1].from < s->from);
    }
    return good ? 0
                : err_set(err, ERR_INTERNAL, "offer %d: a curve does not start at 0 or its steps do not ascend",
                          offer + 1);
}

static int check_bent(const struct sim_spec *s, const struct sim_bent *b, struct err *err)
{
    struct sim_flow as_flow = {b->offer, b->currency, SIM_NONE, b->price, b->cost, b->npv};
    assert(!b->curve != !b->amounts);
    if (check_flow(s, &as_flow, err) || (b->curve && check_curve(b->curve, b->offer, err)))
        return -1;
    for (size_t i = 0; i < b->nparts; i++) {
        assert(within(b->parts[i].demand, s->ndemands));
        if (check_amounts(b->parts[i].quantity, s->months, b->offer, err))
            return -1;
    }
    return 0;
}

int sim_check(const struct sim_spec *s, struct err *err)
{
    assert(s->months >= 1 && s->months <= SIM_MONTHS_MAX && s->offers >= 1 && s->threads >= 1);
    assert(!s->fx || s->fx->ntimes == s->months);
    for (size_t i = 0; i < s->ndemands; i++)
        if (check_demand(&s->demands[i], s->months, err))
            return -1;
    for (size_t i = 0; i < s->nprices; i++)
        if (check_growth(&s->prices[i].step, s->prices[i].base_step, s->months / 12 + 1, "yearly step",
                         s->prices[i].name, err))
            return -1;
    for (size_t i = 0; i < s->nvalues; i++) {
        assert(s->values[i].low <= s->values[i].high);
        if (distribution_check(&s->values[i].is, err))
            return err_prefix(err, "%s", s->values[i].name);
    }
    for (size_t i = 0; i < s->nflows; i++)
        if (check_flow(s, &s->flows[i], err))
            return -1;
    for (size_t i = 0; i < s->nbents; i++)
        if (check_bent(s, &s->bents[i], err))
            return -1;
    return 0;
}
