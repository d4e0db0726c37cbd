/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/sim_model.h"

#include <math.h>
#include <stdlib.h>

/* How amounts count: the one figure as cost, the other as net present value. Flows whose net present value is their
 * cost times the same discount factors (paid at the same time of the month, that is) share a way, and one
 * multiplication does for both figures. What fits no way is taken apart into cost and net present value. */
enum { COST_ONLY, NPV_ONLY, DISCOUNTED, WAYS_MAX = 10 };

/* An amount by what it is multiplied with; drivers that hold no
 * chance are left out, they go into the amounts. */
struct keyed {
    int currency, price, offer, way, demand;
    size_t flow;
};

struct ways {
    int n, months;
    double *share; /* [WAYS_MAX x 2 x months] */
};

static double *share_of(const struct ways *w, int way, int npv)
{
    return w->share + (size_t)(2 * way + npv) * (size_t)w->months;
}

/* Of a month: does npv = cost x share hold to thirteen digits? A share of NAN is not settled yet. */
static bool fits(double cost, double npv, double share)
{
    if (cost == 0)
        return npv == 0;
    return isnan(share) || fabs(npv - cost * share) <= 1e-13 * fabs(npv);
}

static bool flow_fits(const struct ways *w, int way, const struct sim_flow *f)
{
    const double *share = share_of(w, way, 1);
    for (int m = 0; m < w->months; m++)
        if (!fits(f->cost[m], f->npv[m], share[m]))
            return false;
    return true;
}

/* The way of a flow, made or completed where needed; COST_ONLY when there is none. */
static int way_of(struct ways *w, const struct sim_flow *f)
{
    int way = DISCOUNTED;
    while (way < w->n && !flow_fits(w, way, f))
        way++;
    if (way == WAYS_MAX || (way == w->n && !flow_fits(w, way, f)))
        return COST_ONLY;
    if (way == w->n)
        w->n++;
    for (int m = 0; m < w->months; m++)
        if (f->cost[m] != 0 && isnan(share_of(w, way, 1)[m]))
            share_of(w, way, 1)[m] = f->npv[m] / f->cost[m];
    return way;
}

static void start_ways(struct ways *w)
{
    for (int way = 0; way < WAYS_MAX; way++)
        for (int m = 0; m < w->months; m++) {
            share_of(w, way, 0)[m] = way == NPV_ONLY ? 0 : 1;
            share_of(w, way, 1)[m] = way == COST_ONLY ? 0 : way == NPV_ONLY ? 1 : NAN;
        }
}

/* Months in which nothing was paid that way. */
static void settle_ways(struct ways *w)
{
    for (size_t i = 0; i < (size_t)WAYS_MAX * 2 * (size_t)w->months; i++)
        if (isnan(w->share[i]))
            w->share[i] = 0;
}

static bool certain_demand(const struct sim_demand *d)
{
    return d->count.kind == DISTRIBUTION_FIXED && d->growth.kind == DISTRIBUTION_FIXED;
}

static struct keyed key_of(const struct sim_spec *s, size_t i)
{
    const struct sim_flow *f = &s->flows[i];
    struct keyed k = {f->currency, f->price, f->offer, COST_ONLY, f->demand, i};
    if (k.demand != SIM_NONE && certain_demand(&s->demands[k.demand]))
        k.demand = SIM_NONE;
    if (k.price != SIM_NONE && s->prices[k.price].step.kind == DISTRIBUTION_FIXED)
        k.price = SIM_NONE;
    return k;
}

/* What the drivers without chance come to in a month. */
static double certain_factor(const struct sim_spec *s, const struct sim_flow *f, int month)
{
    double factor = 1;
    if (f->demand != SIM_NONE && certain_demand(&s->demands[f->demand])) {
        const struct sim_demand *d = &s->demands[f->demand];
        double exponent = d->per_year ? month / 12.0 : month;
        factor *= d->count.a / d->base_count * pow((1 + d->growth.a) / (1 + d->base_growth), exponent);
    }
    if (f->price != SIM_NONE && s->prices[f->price].step.kind == DISTRIBUTION_FIXED)
        factor *= pow((1 + s->prices[f->price].step.a) / (1 + s->prices[f->price].base_step), month / 12);
    return factor;
}

static bool same_group(const struct keyed *a, const struct keyed *b)
{
    return a->currency == b->currency && a->price == b->price;
}

static bool same_row(const struct keyed *a, const struct keyed *b)
{
    return same_group(a, b) && a->offer == b->offer && a->way == b->way;
}

static int order(int a, int b)
{
    return (a > b) - (a < b);
}

/* By group, row and demand, and last by flow, so that sums have one order. */
static int by_key(const void *x, const void *y)
{
    const struct keyed *a = x, *b = y;
    int by[] = {order(a->currency, b->currency), order(a->price, b->price),
                order(a->offer, b->offer),       order(a->way, b->way),
                order(a->demand, b->demand),     (a->flow > b->flow) - (a->flow < b->flow)};
    size_t i = 0;
    while (i + 1 < sizeof by / sizeof by[0] && by[i] == 0)
        i++;
    return by[i];
}

/* Adds a flow to column `at` of its row: 0 = no demand, i + 1 = the row's demand i. */
static void add_flow(const struct sim_spec *s, const struct keyed *k, const struct sim_row *row, size_t at)
{
    const struct sim_flow *f = &s->flows[k->flow];
    const double *amount = k->way == NPV_ONLY ? f->npv : f->cost;
    for (int m = 0; m < s->months; m++)
        row->amount[(size_t)m * (row->n + 1) + at] += amount[m] * certain_factor(s, f, m);
}

/* Makes the row of v[0 .. n - 1], all of one group, offer and way; demands and amounts are where there is room. */
static void make_row(const struct sim_spec *s, const struct keyed *v, size_t n, struct sim_row *row)
{
    row->offer = v[0].offer;
    row->n = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].demand != SIM_NONE && (row->n == 0 || row->demand[row->n - 1] != v[i].demand))
            row->demand[row->n++] = v[i].demand;
    for (size_t i = 0, at = 0; i < n; i++) {
        if (v[i].demand != SIM_NONE && (at == 0 || row->demand[at - 1] != v[i].demand))
            at++;
        add_flow(s, &v[i], row, at);
    }
}

/* Sorted flows into rows, rows into groups. */
static void make_groups(struct sim_model *m, const struct ways *w, const struct keyed *v, size_t n)
{
    struct sim_row *row = m->rows;
    int *demand = m->demands;
    double *amount = m->amounts;
    for (size_t i = 0, len; i < n; i += len, row++) {
        for (len = 1; i + len < n && same_row(&v[i], &v[i + len]);)
            len++;
        if (i == 0 || !same_group(&v[i - 1], &v[i]))
            m->groups[m->ngroups++] = (struct sim_group){v[i].currency, v[i].price, row, 0};
        m->groups[m->ngroups - 1].nrows++;
        *row = (struct sim_row){.demand = demand,
                                .amount = amount,
                                .cost_share = share_of(w, v[i].way, 0),
                                .npv_share = share_of(w, v[i].way, 1)};
        make_row(m->spec, v + i, len, row);
        demand += row->n;
        amount += (row->n + 1) * (size_t)m->spec->months;
    }
}

/* Room for the worst: no two amounts share a row. */
static int make_room(struct sim_model *m, struct err *err)
{
    size_t n = 2 * m->spec->nflows + 1, months = (size_t)m->spec->months;
    m->groups = calloc(n, sizeof *m->groups);
    m->rows = calloc(n, sizeof *m->rows);
    m->demands = calloc(n, sizeof *m->demands);
    m->amounts = calloc(n * months, 2 * sizeof *m->amounts);
    m->shares = calloc(months, sizeof *m->shares * WAYS_MAX * 2);
    return m->groups && m->rows && m->demands && m->amounts && m->shares ? 0 : err_nomem(err);
}

/* Returns how many amounts there are, at most two a flow. */
static size_t make_keys(const struct sim_spec *s, struct ways *w, struct keyed *v)
{
    size_t n = 0;
    for (size_t i = 0; i < s->nflows; i++) {
        v[n] = key_of(s, i);
        v[n].way = way_of(w, &s->flows[i]);
        if (v[n++].way != COST_ONLY)
            continue;
        v[n] = v[n - 1];
        v[n++].way = NPV_ONLY;
    }
    settle_ways(w);
    return n;
}

int sim_rows_make(struct sim_model *m, struct err *err)
{
    if (make_room(m, err))
        return -1;
    struct keyed *v = malloc((2 * m->spec->nflows + 1) * sizeof *v);
    if (!v)
        return err_nomem(err);
    struct ways ways = {DISCOUNTED, m->spec->months, m->shares};
    start_ways(&ways);
    size_t n = make_keys(m->spec, &ways, v);
    qsort(v, n, sizeof *v, by_key);
    make_groups(m, &ways, v, n);
    free(v);
    return 0;
}
