/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command of the program: one file cmd_<name>.c, one line in commands.def. The driver (cli.c)
 * reads the arguments by the command's own option table, opens what it needs, and writes its
 * output only when the command is done: to standard output, or with -o beside, fsync, rename.
 */
#ifndef TCO_COMMAND_H
#define TCO_COMMAND_H

#include "calc/buf.h"
#include "calc/catalogue.h"
#include "calc/date.h"
#include "calc/err.h"

#include <stdbool.h>

struct option {
    const char *name;  /* "format", used as --format */
    const char *value; /* "table|csv|json" as help shows it; NULL for a flag */
    const char *help;
    bool repeat; /* may be given several times */
};

struct tco_world; /* tco.h */
struct args;      /* parsed by the table; see below */
/* The value of an option (the last one given), NULL when not given; "" for a flag that is given. */
const char *args_get(const struct args *a, const char *name);
size_t args_count(const struct args *a, const char *name);
const char *args_nth(const struct args *a, const char *name, size_t i);
size_t args_words(const struct args *a); /* words that are no options */
const char *args_word(const struct args *a, size_t i);

struct app {
    struct date today;     /* the day of the clock, or --as-of for commands without a configuration */
    const char *data_dir;  /* --data or $TCO_DATA, else NULL */
    const char *cache_dir; /* $TCO_CACHE, else NULL */
    bool color;            /* standard output is a terminal and NO_COLOR is not set */
    const char *lang;      /* "en", "zh" */
    struct buf out;        /* what goes to standard output or -o */
    bool delivered;        /* the command has written its output there by itself, piece by piece */
    struct buf messages;   /* what goes to standard error, lines "tco: ..." */
    const struct tco_world *world;
};

/* Appends "tco: " + text + "\n" to messages. */
void app_say(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The messages so far, and then this text as it is, to standard error at once: for what takes long. */
void app_show(struct app *app, const char *text);
/* catalogue_open with the app's directories; `pack` as in catalogue_options, or NULL. */
int app_catalogue(struct app *app, const char *pack, struct catalogue **out, struct err *err);

struct command {
    const char *name;
    const char *words; /* "config.ini" as usage shows it; "" for none */
    size_t min_words, max_words;
    const char *about;            /* one line */
    const struct option *options; /* ends in a row whose name is NULL; may be NULL */
    /* Returns the exit status of a done command (0, or 3, 4, 5 after its output is complete), or -1 with *err. */
    int (*run)(struct app *app, const struct args *args, struct err *err);
};

#endif
