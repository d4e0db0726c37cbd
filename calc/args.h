/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Command-line words read by an option table: `--name value`, `--name=value`, `-o FILE`, `--` ends
 * the options. Unknown options and missing values are errors that list what is known.
 */
#ifndef TCO_ARGS_H
#define TCO_ARGS_H

#include "calc/arena.h"
#include "calc/command.h"

/* Options every command has. Ends in a row whose name is NULL. */
extern const struct option common_options[];

struct args {
    const struct command *command;
    struct arg {
        const struct option *option; /* NULL: a word */
        const char *value;           /* "" for a flag */
    } * v;
    size_t n;
};

/* argv without the program's and the command's name. Memory comes from the arena; values are borrowed. */
int args_parse(struct args *out, struct arena *a, const struct command *c, int argc, char **argv, struct err *err);

/* The number an option gives, from low to high, or `otherwise` when it is not given. */
int args_number(const struct args *a, const char *name, int low, int high, int otherwise, int *out, struct err *err);
/* The index of an option's value among known words; 0 when it is not given. */
int args_choice(const struct args *a, const char *name, const char *const *known, size_t n, size_t *out,
                struct err *err);

#endif
