/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/sim_model.h"

#include <stdlib.h>

/* Steps of the bridge that come before all else: the value at the end, at 1/2, at 1/4 and 3/4. Of the variance of a
 * path's average they hold 75, 94 and 98 %, so a Sobol sequence is spent better on the other drivers after them
 * than on the months in between, which come last. */
enum { COARSE_STEPS = 4 };

static bool drawn(const struct distribution *d)
{
    return d->kind != DISTRIBUTION_FIXED;
}

static void add(struct sim_model *m, enum sim_drawn what, int of)
{
    m->dimensions[m->draws.dimensions++] = (struct sim_dimension){what, of};
}

/* The dimensions in the order of their weight. */
static void make_dimensions(struct sim_model *m)
{
    const struct sim_spec *s = m->spec;
    int fx = m->fx.currencies * s->months, coarse = m->fx.currencies * COARSE_STEPS;
    for (int i = 0; i < fx && i < coarse; i++)
        add(m, SIM_DRAWN_FX, i);
    for (int i = 0; i < (int)s->nprices; i++)
        if (drawn(&s->prices[i].step))
            add(m, SIM_DRAWN_STEP, i);
    for (int i = 0; i < (int)s->ndemands; i++)
        if (drawn(&s->demands[i].growth))
            add(m, SIM_DRAWN_GROWTH, i);
    for (int i = 0; i < (int)s->ndemands; i++)
        if (drawn(&s->demands[i].count))
            add(m, SIM_DRAWN_COUNT, i);
    for (int i = 0; i < (int)s->nvalues; i++)
        if (drawn(&s->values[i].is))
            add(m, SIM_DRAWN_VALUE, i);
    for (int i = coarse; i < fx; i++)
        add(m, SIM_DRAWN_FX, i);
}

static int make_fx(struct sim_model *m, struct err *err)
{
    if (!m->spec->fx || m->spec->fx->currencies == 0)
        return 0;
    struct fx_spec fx = *m->spec->fx;
    fx.bridge = m->spec->method == DRAWS_SOBOL; /* else the order of the draws does not matter */
    return fx_process_make(&m->fx, &fx, err);
}

static int make(struct sim_model *m, struct err *err)
{
    const struct sim_spec *s = m->spec;
    m->draws = (struct draws){s->method, s->seed, s->paths, 0};
    if (draws_check(&m->draws, err) || sim_check(s, err) || make_fx(m, err))
        return -1;
    size_t most = (size_t)m->fx.currencies * (size_t)s->months + 2 * s->ndemands + s->nprices + s->nvalues;
    m->dimensions = calloc(most + 1, sizeof *m->dimensions);
    if (!m->dimensions)
        return err_nomem(err);
    make_dimensions(m);
    return sim_rows_make(m, err);
}

int sim_model_make(struct sim_model *out, const struct sim_spec *spec, struct err *err)
{
    struct sim_model m = {.spec = spec, .years = (spec->months + 11) / 12};
    if (make(&m, err)) {
        sim_model_free(&m);
        return -1;
    }
    *out = m;
    return 0;
}

void sim_model_free(struct sim_model *m)
{
    fx_process_free(&m->fx);
    free(m->dimensions);
    free(m->groups);
    free(m->rows);
    free(m->demands);
    free(m->amounts);
    free(m->shares);
    *m = (struct sim_model){0};
}
