/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What offers cost when rates, demand and prices are uncertain: cost and net present value of each
 * offer on each of many paths. On one path all offers meet the same rates, demand and prices, so
 * differences between offers are not blurred by chance. The result depends on the spec and the
 * seed alone: not on the number of threads, not on the order paths are computed in.
 *
 * Linear flows, on one path:   sum over months m of  amount[m] x fx[m] x demand[m] x price[m].
 * Bent flows (tiers, shortfalls, whole terms): a curve or function of the month's quantities instead.
 * Flows with the same offer, currency, price and demand are added up beforehand and cost no more than one.
 */
#ifndef TCO_SIMULATE_H
#define TCO_SIMULATE_H

#include "models/distribution.h"
#include "models/draws.h"
#include "models/fx_process.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_NONE = -1 };                    /* no such driver: a factor of 1 */
enum { SIM_MONTHS_MAX = 600 };             /* as long as a horizon may be */
#define SIM_MEMORY_MAX (UINT64_C(1) << 30) /* bytes of results: 1 GiB */

/* How much is used: drawn once a path. The factor of month m against the base is
 *     count / base_count x ((1 + growth) / (1 + base_growth)) ^ m,   or ^ (m / 12) when growth is per year. */
struct sim_demand {
    const char *name;                  /* for messages */
    struct distribution count, growth; /* count >= 0, growth > -1, whatever is drawn */
    double base_count, base_growth;    /* what the amounts of the flows were computed with: > 0, > -1 */
    bool per_year;
};

/* A price that is set anew each year: the step is drawn once a path, and the factor of month m against the base
 * is ((1 + step) / (1 + base_step)) ^ (m / 12, whole years): it changes in months 13, 25, ... */
struct sim_price {
    const char *name;         /* for messages */
    struct distribution step; /* > -1, whatever is drawn */
    double base_step;
};

/* Amounts by month in the budget currency, at the base of all drivers. */
struct sim_flow {
    int offer;
    int currency, demand, price; /* indices, or SIM_NONE */
    const double *cost, *npv;    /* [months]; npv discounted */
};

/* A part of the quantity that a bent flow is priced by. */
struct sim_part {
    int demand;             /* or SIM_NONE */
    const double *quantity; /* [months] at the base */
};

/* From `from` on (up to the next step) a month's amount is at_from + (quantity - from) x slope. */
struct sim_step {
    double from, at_from, slope;
};

/* The first step is from 0; steps ascend. Nothing is known at quantities above `end`; an open end is INFINITY. */
struct sim_curve {
    const struct sim_step *steps;
    size_t n;
    double end;
};

/* Amounts of all months from the quantities of all months, for what has a memory (whole terms). Returns false when
 * nothing is known for these quantities. Called from several threads at once. */
typedef bool (*sim_amounts_fn)(const void *data, int months, const double *quantity, double *amount);

struct sim_bent {
    int offer;
    int currency, price;
    const struct sim_part *parts;
    size_t nparts;
    const struct sim_curve *curve; /* the same for every month, or NULL: */
    sim_amounts_fn amounts;
    const void *data;
    const double *cost, *npv; /* [months] what an amount of 1 comes to in the budget currency */
};

/* A number of any other meaning, drawn once a path for what reads it by itself. */
struct sim_value {
    const char *name; /* for messages */
    struct distribution is;
    double low, high; /* draws beyond are set to these; low <= high */
};

/* What LANES paths have drawn, for flows of a form that is none of the above. */
struct sim_seen {
    int months, years, offers;
    double (*fx)[LANES];    /* [currencies x months] */
    double (*price)[LANES]; /* [nprices x years] */
    double (*value)[LANES]; /* [nvalues]; may be written over */
    double (*cost)[LANES];  /* [offers] what there is so far: to be added to */
    double (*npv)[LANES];   /* [offers] */
};

/* Called once for each LANES paths, from several threads at once. */
typedef void (*sim_more_fn)(const void *data, const struct sim_seen *seen);

struct sim_spec {
    int months, offers;
    const struct fx_spec *fx; /* a time for each month; NULL without currencies. `bridge` is set here, by method */
    const struct sim_demand *demands;
    size_t ndemands;
    const struct sim_price *prices;
    size_t nprices;
    const struct sim_flow *flows;
    size_t nflows;
    const struct sim_bent *bents;
    size_t nbents;
    const struct sim_value *values;
    size_t nvalues;
    sim_more_fn more; /* NULL: nothing else */
    const void *more_data;
    double more_ns; /* about how long it takes, nanoseconds a path */
    enum draws_method method;
    uint64_t seed, paths;
    int threads; /* >= 1, this one included; what cannot be started is done without */
};

/* Of offer o on path p: cost[o x paths + p]. NAN where a bent flow knew no price. */
struct sim_result {
    uint64_t paths;
    int offers;
    double *cost, *npv;
};

/* Kind ERR_USAGE for what a user can ask for and not have: distributions (with the name of the driver), paths,
 * memory (with the memory and the time it would take), correlations. Free with sim_result_free(). */
int simulate(const struct sim_spec *spec, struct sim_result *out, struct err *err);
void sim_result_free(struct sim_result *r);

#endif
