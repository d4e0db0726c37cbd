/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * LANES paths at a time, month by month, so that what a month needs stays in the nearest cache.
 */
#include "models/normal.h"
#include "models/sim_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Each member points to rows of lanes; how many is said in brackets. All of one allocation. */
struct sim_desk {
    struct draws_cursor *cursor;
    lanes *draw;       /* [dimensions] */
    lanes *normal;     /* [months x currencies], step by step */
    lanes *motion;     /* [months] */
    lanes *fx;         /* [currencies x months] */
    lanes *demand;     /* [ndemands] this month */
    lanes *growth;     /* [ndemands] from month to month */
    lanes *price;      /* [nprices x years] */
    lanes *quantity;   /* [nbents x months] */
    lanes *value;      /* [nvalues] */
    lanes *cost, *npv; /* [offers] */
    lanes room[];
};

enum { DESK_ROWS = 11 };

/* How many rows each member has, in their order. */
static void count_rows(const struct sim_model *m, size_t n[DESK_ROWS])
{
    const struct sim_spec *s = m->spec;
    size_t months = (size_t)s->months, fx = (size_t)m->fx.currencies * months, offers = (size_t)s->offers;
    const size_t rows[DESK_ROWS] = {
        (size_t)m->draws.dimensions, fx,         months, fx,    s->ndemands, s->ndemands, s->nprices * (size_t)m->years,
        s->nbents * months,          s->nvalues, offers, offers};
    memcpy(n, rows, sizeof rows);
}

static void lay_out(struct sim_desk *d, const size_t n[DESK_ROWS])
{
    lanes **members[DESK_ROWS] = {&d->draw,  &d->normal,   &d->motion, &d->fx,   &d->demand, &d->growth,
                                  &d->price, &d->quantity, &d->value,  &d->cost, &d->npv};
    lanes *at = d->room;
    for (int i = 0; i < DESK_ROWS; i++) {
        *members[i] = at;
        at += n[i];
    }
}

int sim_desk_make(const struct sim_model *m, struct sim_desk **out, struct err *err)
{
    size_t n[DESK_ROWS], total = 0;
    count_rows(m, n);
    for (int i = 0; i < DESK_ROWS; i++)
        total += n[i];
    struct sim_desk *d = malloc(sizeof *d + total * sizeof(lanes));
    if (!d)
        return err_nomem(err);
    lay_out(d, n);
    if (draws_open(&m->draws, &d->cursor, err)) {
        free(d);
        return -1;
    }
    *out = d;
    return 0;
}

void sim_desk_free(struct sim_desk *d)
{
    if (d)
        draws_close(d->cursor);
    free(d);
}

/* ---- drivers ---- */

static void fill(double *v, double x)
{
    for (int l = 0; l < LANES; l++)
        v[l] = x;
}

/* What is fixed has no dimension; it is put there first. */
static void fixed_drivers(const struct sim_model *m, struct sim_desk *d)
{
    for (size_t i = 0; i < m->spec->ndemands; i++) {
        fill(d->demand[i], m->spec->demands[i].count.a);
        fill(d->growth[i], m->spec->demands[i].growth.a);
    }
    for (size_t i = 0; i < m->spec->nprices; i++)
        fill(d->price[i * (size_t)m->years], m->spec->prices[i].step.a);
    for (size_t i = 0; i < m->spec->nvalues; i++)
        fill(d->value[i], m->spec->values[i].is.a);
}

static void drawn_drivers(const struct sim_model *m, struct sim_desk *d)
{
    for (int i = 0; i < m->draws.dimensions; i++) {
        int of = m->dimensions[i].of;
        switch (m->dimensions[i].drawn) {
        case SIM_DRAWN_FX:
            normal_lanes(d->draw[i], d->normal[of]);
            break;
        case SIM_DRAWN_GROWTH:
            distribution_lanes(&m->spec->demands[of].growth, d->draw[i], d->growth[of]);
            break;
        case SIM_DRAWN_COUNT:
            distribution_lanes(&m->spec->demands[of].count, d->draw[i], d->demand[of]);
            break;
        case SIM_DRAWN_STEP:
            distribution_lanes(&m->spec->prices[of].step, d->draw[i], d->price[of * m->years]);
            break;
        case SIM_DRAWN_VALUE:
            distribution_lanes(&m->spec->values[of].is, d->draw[i], d->value[of]);
            break;
        }
    }
}

WIDE_LANES static void against_base(double base_count, double base_growth, double *restrict demand,
                                    double *restrict growth)
{
    for (int l = 0; l < LANES; l++) {
        demand[l] /= base_count;
        growth[l] = (1 + growth[l]) / (1 + base_growth);
    }
}

/* From count and growth as drawn to the factor of month 0 and that from month to month. */
static void start_demand(const struct sim_demand *s, double *demand, double *growth)
{
    against_base(s->base_count, s->base_growth, demand, growth);
    for (int l = 0; s->per_year && l < LANES; l++)
        growth[l] = pow(growth[l], 1 / 12.0);
}

/* From the yearly step as drawn, in the first year's place, to the factors of all years. */
static void start_price(const struct sim_price *s, int years, lanes *price)
{
    lanes one, step;
    fill(one, 1);
    memcpy(step, price[0], sizeof step);
    against_base(1, s->base_step, one, step);
    memcpy(price[0], one, sizeof one);
    for (int y = 1; y < years; y++) {
        memcpy(price[y], price[y - 1], sizeof one);
        sim_multiply(price[y], step);
    }
}

static void keep_within(const struct sim_value *s, double *value)
{
    for (int l = 0; l < LANES; l++)
        value[l] = value[l] < s->low ? s->low : value[l] > s->high ? s->high : value[l];
}

static void start(const struct sim_model *m, struct sim_desk *d)
{
    fixed_drivers(m, d);
    drawn_drivers(m, d);
    for (size_t i = 0; i < m->spec->ndemands; i++)
        start_demand(&m->spec->demands[i], d->demand[i], d->growth[i]);
    for (size_t i = 0; i < m->spec->nprices; i++)
        start_price(&m->spec->prices[i], m->years, d->price + i * (size_t)m->years);
    for (size_t i = 0; i < m->spec->nvalues; i++)
        keep_within(&m->spec->values[i], d->value[i]);
    if (m->fx.currencies > 0)
        fx_process_paths(&m->fx, d->normal, d->motion, d->fx);
}

/* Exchange rate times price of a month. */
static void weigh(const struct sim_model *m, const struct sim_desk *d, int currency, int price, int month, double *w)
{
    if (currency == SIM_NONE)
        fill(w, 1);
    else
        memcpy(w, d->fx[currency * m->spec->months + month], sizeof(lanes));
    if (price != SIM_NONE)
        sim_multiply(w, d->price[price * m->years + month / 12]);
}

/* ---- linear flows ---- */

static void linear_month(const struct sim_model *m, struct sim_desk *d, int month)
{
    for (size_t g = 0; g < m->ngroups; g++) {
        lanes w;
        const struct sim_group *group = &m->groups[g];
        weigh(m, d, group->currency, group->price, month, w);
        for (size_t i = 0; i < group->nrows; i++) {
            const struct sim_row *row = &group->rows[i];
            sim_row_month(row, month, d->demand, w, d->cost[row->offer], d->npv[row->offer]);
        }
    }
}

/* ---- bent flows ---- */

static void quantities(const struct sim_bent *b, struct sim_desk *d, int month, double *q)
{
    lanes one;
    fill(one, 1);
    fill(q, 0);
    for (size_t i = 0; i < b->nparts; i++) {
        const struct sim_part *p = &b->parts[i];
        sim_add_scaled(p->quantity[month], p->demand == SIM_NONE ? one : d->demand[p->demand], q);
    }
}

/* A curve is applied at once; a function wants all months and waits. */
static void bent_month(const struct sim_model *m, struct sim_desk *d, size_t i, int month)
{
    const struct sim_bent *b = &m->spec->bents[i];
    double *q = d->quantity[i * (size_t)m->spec->months + (size_t)month];
    lanes w, amount;
    quantities(b, d, month, q);
    if (!b->curve)
        return;
    weigh(m, d, b->currency, b->price, month, w);
    sim_on_curve(b->curve, q, amount);
    sim_add_weighted(b->cost[month], b->npv[month], w, amount, d->cost[b->offer], d->npv[b->offer]);
}

static void bent_lane(const struct sim_model *m, struct sim_desk *d, size_t i, int l)
{
    const struct sim_bent *b = &m->spec->bents[i];
    double quantity[SIM_MONTHS_MAX] = {0}, amount[SIM_MONTHS_MAX] = {0};
    int months = m->spec->months;
    for (int t = 0; t < months; t++)
        quantity[t] = d->quantity[i * (size_t)months + (size_t)t][l];
    bool known = b->amounts(b->data, months, quantity, amount);
    for (int t = 0; t < months; t++) {
        double w = b->currency == SIM_NONE ? 1 : d->fx[b->currency * months + t][l];
        if (b->price != SIM_NONE)
            w *= d->price[b->price * m->years + t / 12][l];
        d->cost[b->offer][l] += known ? b->cost[t] * (amount[t] * w) : NAN;
        d->npv[b->offer][l] += known ? b->npv[t] * (amount[t] * w) : NAN;
    }
}

/* ---- flows of another form ---- */

static void other_flows(const struct sim_model *m, struct sim_desk *d)
{
    const struct sim_spec *s = m->spec;
    const struct sim_seen seen = {s->months, m->years, s->offers, d->fx, d->price, d->value, d->cost, d->npv};
    if (s->more)
        s->more(s->more_data, &seen);
}

/* ---- a block ---- */

static void all_months(const struct sim_model *m, struct sim_desk *d)
{
    const struct sim_spec *s = m->spec;
    for (int month = 0; month < s->months; month++) {
        if (month > 0 && s->ndemands > 0)
            sim_grow(*d->demand, *d->growth, s->ndemands);
        linear_month(m, d, month);
        for (size_t i = 0; i < s->nbents; i++)
            bent_month(m, d, i, month);
    }
    for (size_t i = 0; i < s->nbents; i++)
        for (int l = 0; !s->bents[i].curve && l < LANES; l++)
            bent_lane(m, d, i, l);
}

int sim_block(const struct sim_model *m, struct sim_desk *d, uint64_t first, struct sim_result *out, struct err *err)
{
    uint64_t left = out->paths - first;
    size_t n = left < LANES ? (size_t)left : LANES;
    if (draws_block(&m->draws, d->cursor, first, d->draw, err))
        return -1;
    start(m, d);
    for (int o = 0; o < out->offers; o++) {
        fill(d->cost[o], 0);
        fill(d->npv[o], 0);
    }
    all_months(m, d);
    other_flows(m, d);
    for (int o = 0; o < out->offers; o++) {
        memcpy(out->cost + (uint64_t)o * out->paths + first, d->cost[o], n * sizeof(double));
        memcpy(out->npv + (uint64_t)o * out->paths + first, d->npv[o], n * sizeof(double));
    }
    return 0;
}
