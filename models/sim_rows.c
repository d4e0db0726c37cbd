/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/sim_model.h"

#include <math.h>
#include <stdlib.h>

/* A flow by what it is multiplied with; drivers that hold no chance are left out, they go into the amounts. */
struct keyed {
    int currency, price, offer, demand;
    size_t flow;
};

static bool certain_demand(const struct sim_demand *d)
{
    return d->count.kind == DISTRIBUTION_FIXED && d->growth.kind == DISTRIBUTION_FIXED;
}

static struct keyed key_of(const struct sim_spec *s, size_t i)
{
    const struct sim_flow *f = &s->flows[i];
    struct keyed k = {f->currency, f->price, f->offer, f->demand, i};
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
    return same_group(a, b) && a->offer == b->offer;
}

static int by_key(const void *x, const void *y)
{
    const struct keyed *a = x, *b = y;
    if (!same_group(a, b))
        return a->currency != b->currency ? (a->currency > b->currency) - (a->currency < b->currency)
                                          : (a->price > b->price) - (a->price < b->price);
    if (a->offer != b->offer)
        return (a->offer > b->offer) - (a->offer < b->offer);
    if (a->demand != b->demand)
        return (a->demand > b->demand) - (a->demand < b->demand);
    return (a->flow > b->flow) - (a->flow < b->flow); /* so that sums have one order */
}

/* Adds a flow to column `at` of its row: 0 = no demand, i + 1 = the row's demand i. */
static void add_flow(const struct sim_spec *s, const struct sim_flow *f, const struct sim_row *row, size_t at)
{
    for (int m = 0; m < s->months; m++) {
        double *pair = row->pair + ((size_t)m * (row->n + 1) + at) * 2, factor = certain_factor(s, f, m);
        pair[0] += f->cost[m] * factor;
        pair[1] += f->npv[m] * factor;
    }
}

/* Makes the row of v[0 .. n - 1], all of one group and offer; demands and pairs are where there is room. */
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
        add_flow(s, &s->flows[v[i].flow], row, at);
    }
}

/* Sorted flows into rows, rows into groups. */
static void make_groups(struct sim_model *m, const struct keyed *v, size_t n)
{
    struct sim_row *row = m->rows;
    int *demand = m->demands;
    double *pair = m->pairs;
    for (size_t i = 0, len; i < n; i += len, row++) {
        for (len = 1; i + len < n && same_row(&v[i], &v[i + len]);)
            len++;
        if (i == 0 || !same_group(&v[i - 1], &v[i]))
            m->groups[m->ngroups++] = (struct sim_group){v[i].currency, v[i].price, row, 0};
        m->groups[m->ngroups - 1].nrows++;
        row->demand = demand;
        row->pair = pair;
        make_row(m->spec, v + i, len, row);
        demand += row->n;
        pair += (row->n + 1) * 2 * (size_t)m->spec->months;
    }
}

static void mark_moving(struct sim_model *m, const struct keyed *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].demand != SIM_NONE)
            m->moves[v[i].demand] = true;
    for (size_t i = 0; i < m->spec->nbents; i++)
        for (size_t j = 0; j < m->spec->bents[i].nparts; j++)
            if (m->spec->bents[i].parts[j].demand != SIM_NONE)
                m->moves[m->spec->bents[i].parts[j].demand] = true;
}

/* Room for the worst: no two flows share a row. */
static int make_room(struct sim_model *m, struct err *err)
{
    size_t n = m->spec->nflows + 1; /* never nothing */
    m->groups = calloc(n, sizeof *m->groups);
    m->rows = calloc(n, sizeof *m->rows);
    m->demands = calloc(n, sizeof *m->demands);
    m->pairs = calloc(n * (size_t)m->spec->months, 4 * sizeof *m->pairs);
    m->moves = calloc(m->spec->ndemands + 1, sizeof *m->moves);
    return m->groups && m->rows && m->demands && m->pairs && m->moves ? 0 : err_nomem(err);
}

int sim_rows_make(struct sim_model *m, struct err *err)
{
    size_t n = m->spec->nflows;
    if (make_room(m, err))
        return -1;
    struct keyed *v = malloc((n + 1) * sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        v[i] = key_of(m->spec, i);
    qsort(v, n, sizeof *v, by_key);
    make_groups(m, v, n);
    mark_moving(m, v, n);
    free(v);
    return 0;
}
