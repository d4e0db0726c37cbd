/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/cli.h"
#include "calc/config.h"

#include <string.h>

static int run(struct app *app, const struct args *args, struct err *err)
{
    const char *word = args_word(args, 0);
    if (!word) {
        cli_help(&app->out);
        return 0;
    }
    if (!strcmp(word, "config")) {
        config_help(&app->out);
        return 0;
    }
    const struct command *c = command_find(word);
    if (!c)
        return cli_unknown(word, err);
    cli_help_command(c, &app->out);
    return 0;
}

const struct command cmd_help = {
    .name = "help",
    .words = "[COMMAND|config]",
    .max_words = 1,
    .about = "what a command does; every key of a configuration",
    .run = run,
};
