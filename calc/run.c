/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/run.h"

static int load(struct run *r, struct app *app, const struct args *args, const char *file, struct err *err)
{
    size_t n = args_count(args, "set");
    const char **sets = arena_array(&r->arena, n + 1, sizeof *sets);
    if (!sets)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        sets[i] = args_nth(args, "set", i);
    if (config_load(&r->config, file, sets, n, args_get(args, "as-of"), app->today, err))
        return -1;
    return config_choose(&r->config, args_get(args, "scenario"), err);
}

static int open_file(struct run *r, struct app *app, const struct args *args, const char *file, struct err *err)
{
    *r = (struct run){0};
    if (load(r, app, args, file, err))
        return -1;
    err->kind = ERR_NONE;
    const char *pack = config_pack(&r->config, err);
    if (err->kind != ERR_NONE || app_catalogue(app, pack, &r->catalogue, err))
        return -1;
    return catalogue_rules(r->catalogue, &r->arena, &r->rules, err);
}

int run_open(struct run *r, struct app *app, const struct args *args, struct err *err)
{
    if (open_file(r, app, args, args_word(args, 0), err))
        return -1;
    if (config_scenario(&r->config, &r->rules, &r->scenario, err))
        return -1;
    return config_check_variants(&r->config, &r->rules, err);
}

int run_terms(struct run *r, struct app *app, const struct args *args, const char *file, const struct override *over,
              size_t n, struct err *err)
{
    struct config laid;
    if (open_file(r, app, args, file, err) || config_over(&r->config, over, n, &laid, err))
        return -1;
    int failed = config_terms(&laid, &r->rules, &r->scenario, err);
    config_free(&laid);
    return failed;
}

int run_estimate(struct run *r, struct app *app, const struct args *args, const struct estimate_options *opt,
                 struct err *err)
{
    if (run_open(r, app, args, err))
        return -1;
    return estimate_run(&r->scenario, &r->rules, r->catalogue, opt, &r->estimate, err);
}

void run_close(struct run *r)
{
    estimate_free(&r->estimate);
    scenario_free(&r->scenario);
    catalogue_close(r->catalogue);
    config_free(&r->config);
    arena_free(&r->arena);
}
