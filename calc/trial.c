/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/trial.h"

#include <string.h>

void trials_open(struct trials *v, const struct config *base, const struct rules *rules, struct catalogue *catalogue,
                 const struct estimate_options *opt)
{
    *v = (struct trials){.base = base, .rules = rules, .catalogue = catalogue, .options = *opt};
    v->kept = (struct kept){.catalogue = catalogue, .rules = rules, .arena = &v->arena};
    v->options.kept = &v->kept;
    v->options.candidates = 0;
}

void trials_close(struct trials *v)
{
    arena_free(&v->arena);
}

int trial_make(struct trials *v, const struct override *over, size_t n, struct trial *out, struct err *err)
{
    *out = (struct trial){0};
    if (config_over(v->base, over, n, &out->config, err))
        return -1;
    if (config_scenario(&out->config, v->rules, &out->scenario, err)) {
        config_free(&out->config);
        return -1;
    }
    if (estimate_run(&out->scenario, v->rules, v->catalogue, &v->options, &out->estimate, err)) {
        scenario_free(&out->scenario);
        config_free(&out->config);
        return -1;
    }
    return 0;
}

void trial_free(struct trial *v)
{
    estimate_free(&v->estimate);
    scenario_free(&v->scenario);
    config_free(&v->config);
    *v = (struct trial){0};
}

const struct site_estimate *trial_site(const struct estimate *e, const char *column)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (!strcmp(e->sites[i].column, column))
            return &e->sites[i];
    return NULL;
}

const char *trial_unfit(const struct site_estimate *s, bool allow_stale)
{
    bool fits = s->status == SITE_COMPLETE || (s->status == SITE_STALE && allow_stale);
    return fits ? NULL : s->nreasons > 0 ? s->reasons[0] : "";
}
