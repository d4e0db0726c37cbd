/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `tco fetch` and `tco doctor` begin with: catalogue, rules, settings, the list of what is held.
 */
#include "calc/fetch.h"

#include "calc/args.h"

static int load_settings(struct fetch_run *run, const struct args *args, struct err *err)
{
    const char *file = args_get(args, "config");
    size_t n = args_count(args, "set");
    const char **sets = arena_array(&run->arena, n + 1, sizeof *sets);
    struct config config;

    if (sets == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        sets[i] = args_nth(args, "set", i);
    if (config_load(&config, file, sets, n, NULL, run->app->today, err) != 0)
        return -1;
    int rc = config_fetch(&config, &run->rules, &run->settings, err);
    config_free(&config);
    return rc;
}

int fetch_open(struct fetch_run *run, struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    size_t format;

    *run = (struct fetch_run){.app = app, .since = DATE_NONE};
    if (args_choice(args, "format", formats, 2, &format, err) != 0 ||
        app_catalogue(app, NULL, &run->catalogue, err) != 0 ||
        catalogue_rules(run->catalogue, &run->arena, &run->rules, err) != 0)
        return -1;
    run->csv = format == 1;
    if (load_settings(run, args, err) != 0)
        return -1;
    return fetched_list(catalogue_cache_dir(run->catalogue), &run->arena, &run->list, err);
}

void fetch_close(struct fetch_run *run)
{
    for (size_t i = 0; i < run->ntasks; i++) {
        struct fetch_task *t = &run->tasks[i];
        harvest_free(t->harvest);
        fetched_work_drop(&t->work);
        if (t->credentials != NULL)
            credentials_wipe(t->credentials);
    }
    scenario_free(&run->settings);
    catalogue_close(run->catalogue);
    arena_free(&run->arena);
}
