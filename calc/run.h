/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the words of a command line to an estimate: what `estimate` and `explain` share.
 */
#ifndef TCO_RUN_H
#define TCO_RUN_H

#include "calc/command.h"
#include "calc/config.h"
#include "calc/estimate.h"

struct run {
    struct arena arena; /* of the rules */
    struct config config;
    struct catalogue *catalogue;
    struct rules rules;
    struct scenario scenario;
    struct estimate estimate;
};

/* Reads the configuration that is the command's first word, with its --set and --as-of, opens the
 * catalogue and types the scenario. run_close() frees in any case. */
int run_open(struct run *r, struct app *app, const struct args *args, struct err *err);
/* The same of a configuration that need not be (file NULL) and whose resources are left alone, with some keys set by
 * options of the command. */
int run_terms(struct run *r, struct app *app, const struct args *args, const char *file, const struct override *over,
              size_t n, struct err *err);
/* run_open(), then the estimate. */
int run_estimate(struct run *r, struct app *app, const struct args *args, const struct estimate_options *opt,
                 struct err *err);
void run_close(struct run *r);

/* Options of every command that reads a configuration. */
#define RUN_OPTIONS                                                                                                    \
    {"scenario", "NAME", "the configuration as its [scenario NAME] has it", false},                                    \
        {"set", "'SECTION.KEY=VALUE'", "override one value (repeatable); the section ends at the first dot", true},    \
    {                                                                                                                  \
        "as-of", "DATE", "what was known that day (YYYY-MM-DD)", false                                                 \
    }

#endif
