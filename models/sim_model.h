/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A simulation made ready: what is certain is multiplied into the amounts, flows that share their
 * drivers are added up, and every uncertain number has its dimension of the draws. Nothing here
 * changes while paths are computed, so threads share it. Used by simulate.c and sim_block.c only.
 */
#ifndef TCO_SIM_MODEL_H
#define TCO_SIM_MODEL_H

#include "models/simulate.h"

/* Amounts of one offer in one currency under one price: by month a pair (cost, npv) that no demand changes, then a
 * pair for each of n demands. */
struct sim_row {
    int offer;
    size_t n;
    int *demand;  /* [n] ascending */
    double *pair; /* [months x (n + 1) x 2] */
};

/* Rows that are multiplied with the same factors. */
struct sim_group {
    int currency, price;
    struct sim_row *rows;
    size_t nrows;
};

/* What a dimension of the draws is for. */
struct sim_dimension {
    enum sim_drawn { SIM_DRAWN_FX, SIM_DRAWN_GROWTH, SIM_DRAWN_COUNT, SIM_DRAWN_STEP } drawn;
    int of; /* currency + step x currencies, a demand, a price */
};

struct sim_model {
    const struct sim_spec *spec;
    int years;
    struct fx_process fx; /* of 0 currencies, when there are none */
    struct draws draws;
    struct sim_dimension *dimensions;
    struct sim_group *groups;
    size_t ngroups;
    bool *moves; /* [ndemands] some row or part needs its factors */

    /* what the above point into */
    struct sim_row *rows;
    int *demands;
    double *pairs;
};

/* Checks the spec, which must outlive the model. Free with sim_model_free(). */
int sim_model_make(struct sim_model *m, const struct sim_spec *spec, struct err *err);
void sim_model_free(struct sim_model *m);

/* ---- sim_rows.c ---- */

/* Fills in groups, rows and moves. */
int sim_rows_make(struct sim_model *m, struct err *err);

/* ---- sim_check.c ---- */

/* Everything of a spec but draws and exchange rates, which have checks of their own. */
int sim_check(const struct sim_spec *spec, struct err *err);

/* ---- sim_block.c ---- */

/* The working memory of one thread. */
struct sim_desk;
int sim_desk_make(const struct sim_model *m, struct sim_desk **out, struct err *err);
void sim_desk_free(struct sim_desk *d);

/* Paths first .. first + LANES - 1 (as far as there are paths) into the result. */
int sim_block(const struct sim_model *m, struct sim_desk *d, uint64_t first, struct sim_result *out, struct err *err);

#endif
