/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/simulate.h"

#include "models/sim_model.h"

#include <pthread.h>
#include <stdlib.h>

/* ---- how much it would take ---- */

/* Nanoseconds of one core for a path, measured on a server of 2024: a draw with its quantile and exponential 10,
 * a product of an amount and a factor 0.1, a month of a bent flow 10. Good to a factor of two. */
static double path_ns(const struct sim_model *m)
{
    double products = 0;
    for (size_t g = 0; g < m->ngroups; g++)
        for (size_t i = 0; i < m->groups[g].nrows; i++)
            products += (double)(m->groups[g].rows[i].n + 3);
    return m->spec->more_ns + 10.0 * m->draws.dimensions +
           m->spec->months * (0.1 * products + 10.0 * (double)m->spec->nbents);
}

static int too_large(const struct sim_model *m, double bytes, uint64_t most, struct err *err)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = {{86400, "days"}, {3600, "hours"}, {60, "minutes"}, {0, "seconds"}};
    double seconds = path_ns(m) * 1e-9 * (double)m->spec->paths;
    size_t u = 0;
    while (seconds < 2 * units[u].seconds)
        u++;
    return err_set(
        err, ERR_USAGE,
        "%llu paths of %d offers need %.1f GiB of memory and about %.2g %s of one core (at most 1 GiB: %llu paths)",
        (unsigned long long)m->spec->paths, m->spec->offers, bytes / 0x1p30,
        units[u].seconds > 0 ? seconds / units[u].seconds : seconds, units[u].name, (unsigned long long)most);
}

static int make_result(const struct sim_model *m, struct sim_result *r, struct err *err)
{
    uint64_t each = 2 * sizeof(double) * (uint64_t)m->spec->offers, most = SIM_MEMORY_MAX / each;
    if (m->spec->paths > most)
        return too_large(m, (double)each * (double)m->spec->paths, most, err);
    size_t n = (size_t)m->spec->paths * (size_t)m->spec->offers;
    *r = (struct sim_result){m->spec->paths, m->spec->offers, malloc(n * sizeof(double)), malloc(n * sizeof(double))};
    return r->cost && r->npv ? 0 : err_nomem(err);
}

/* ---- threads ---- */

/* Blocks are handed out in order to whoever is free. Each writes to its own place, so who computes what does not
 * show. */
struct work {
    const struct sim_model *model;
    struct sim_result *result;
    pthread_mutex_t lock; /* of what follows */
    uint64_t next;
    bool failed;
    struct err err; /* the first one */
};

static bool take(struct work *w, uint64_t *first)
{
    pthread_mutex_lock(&w->lock);
    bool more = !w->failed && w->next < w->result->paths;
    *first = w->next;
    w->next += more ? LANES : 0;
    pthread_mutex_unlock(&w->lock);
    return more;
}

static void fail(struct work *w, const struct err *err)
{
    pthread_mutex_lock(&w->lock);
    if (!w->failed)
        w->err = *err;
    w->failed = true;
    pthread_mutex_unlock(&w->lock);
}

static void *worker(void *data)
{
    struct work *w = data;
    struct sim_desk *desk = NULL;
    struct err err;
    uint64_t first;
    int status = sim_desk_make(w->model, &desk, &err);
    while (status == 0 && take(w, &first))
        status = sim_block(w->model, desk, first, w->result, &err);
    if (status)
        fail(w, &err);
    sim_desk_free(desk);
    return NULL;
}

static int run(struct work *w, struct err *err)
{
    enum { THREADS_MAX = 64 };
    pthread_t thread[THREADS_MAX];
    int n = 0;
    while (n < THREADS_MAX && n < w->model->spec->threads - 1 && pthread_create(&thread[n], NULL, worker, w) == 0)
        n++;
    worker(w);
    for (int i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
    if (w->failed)
        *err = w->err;
    return w->failed ? -1 : 0;
}

int simulate(const struct sim_spec *spec, struct sim_result *out, struct err *err)
{
    struct sim_model model;
    struct sim_result result = {0};
    if (sim_model_make(&model, spec, err))
        return -1;
    struct work work = {.model = &model, .result = &result, .lock = PTHREAD_MUTEX_INITIALIZER};
    int status = make_result(&model, &result, err);
    if (status == 0)
        status = run(&work, err);
    sim_model_free(&model);
    if (status)
        sim_result_free(&result);
    else
        *out = result;
    return status;
}

void sim_result_free(struct sim_result *r)
{
    free(r->cost);
    free(r->npv);
    *r = (struct sim_result){0};
}
