/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco check config.ini`: is the configuration sound, and what would be priced?
 */
#include "calc/plan.h"
#include "calc/run.h"

static const struct option options[] = {
    RUN_OPTIONS,
    {NULL, NULL, NULL, false},
};

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct run r;
    int status = run_open(&r, app, args, err);
    if (status == 0)
        status = plan_write(&r.scenario, &r.rules, r.catalogue, &app->out, err);
    run_close(&r);
    return status;
}

const struct command cmd_check = {
    .name = "check",
    .words = "config.ini",
    .min_words = 1,
    .max_words = 1,
    .about = "what would be priced; what is wrong, with file and line",
    .options = options,
    .run = run,
};
