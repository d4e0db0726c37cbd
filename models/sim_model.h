/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A simulation made ready: what is certain is multiplied into the amounts, flows that share their
 * drivers are added up, and every uncertain number has its dimension of the draws. Nothing here
 * changes while paths are computed, so threads share it. Used by simulate.c and sim_block.c only.
 */
#ifndef TCO_SIM_MODEL_H
#define TCO_SIM_MODEL_H

#include "models/simulate.h"

typedef double lanes[LANES];

/* Amounts of one offer in one currency under one price: by month an amount that no demand changes, then one for
 * each of n demands. An amount counts as cost and as net present value with the month's shares. */
struct sim_row {
    int offer;
    size_t n;
    int *demand;                          /* [n] ascending */
    double *amount;                       /* [months x (n + 1)] */
    const double *cost_share, *npv_share; /* [months] */
};

/* Rows that are multiplied with the same factors. */
struct sim_group {
    int currency, price;
    struct sim_row *rows;
    size_t nrows;
};

/* What a dimension of the draws is for. */
struct sim_dimension {
    enum sim_drawn { SIM_DRAWN_FX, SIM_DRAWN_GROWTH, SIM_DRAWN_COUNT, SIM_DRAWN_STEP, SIM_DRAWN_VALUE } drawn;
    int of; /* currency + step x currencies, a demand, a price, a value */
};

struct sim_model {
    const struct sim_spec *spec;
    int years;
    struct fx_process fx; /* of 0 currencies, when there are none */
    struct draws draws;
    struct sim_dimension *dimensions;
    struct sim_group *groups;
    size_t ngroups;

    /* what the above point into */
    struct sim_row *rows;
    int *demands;
    double *amounts;
    double *shares;
};

/* Checks the spec, which must outlive the model. Free with sim_model_free(). */
int sim_model_make(struct sim_model *m, const struct sim_spec *spec, struct err *err);
void sim_model_free(struct sim_model *m);

/* ---- sim_rows.c ---- */

/* Fills in groups and rows. */
int sim_rows_make(struct sim_model *m, struct err *err);

/* ---- sim_check.c ---- */

/* Everything of a spec but draws and exchange rates, which have checks of their own. */
int sim_check(const struct sim_spec *spec, struct err *err);

/* ---- sim_kernel.c ---- */

/* A month of growth for n demands. */
void sim_grow(double *restrict demand, const double *restrict growth, size_t n);

/* v x by, lane by lane. */
void sim_multiply(double *restrict v, const double *restrict by);

/* sum + scale x. */
void sim_add_scaled(double scale, const double *restrict x, double *restrict sum);

/* The amount at each quantity, NAN where none is known. */
void sim_on_curve(const struct sim_curve *c, const double *restrict quantity, double *restrict amount);

/* cost + cost_share w amount, and the same of npv. */
void sim_add_weighted(double cost_share, double npv_share, const double *restrict w, const double *restrict amount,
                      double *restrict cost, double *restrict npv);

/* Adds what a row comes to in a month under the factor w. */
void sim_row_month(const struct sim_row *row, int month, lanes *demand, const double *w, double *cost, double *npv);

/* ---- sim_block.c ---- */

/* The working memory of one thread. */
struct sim_desk;
int sim_desk_make(const struct sim_model *m, struct sim_desk **out, struct err *err);
void sim_desk_free(struct sim_desk *d);

/* Paths first .. first + LANES - 1 (as far as there are paths) into the result. */
int sim_block(const struct sim_model *m, struct sim_desk *d, uint64_t first, struct sim_result *out, struct err *err);

#endif
