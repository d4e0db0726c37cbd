/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/cli.h"

#include "calc/args.h"
#include "calc/file.h"
#include "calc/tco.h"
#include "calc/words.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COMMAND(name) extern const struct command cmd_##name;
#include "calc/commands.def"
#undef COMMAND

const struct command *const command_table[] = {
#define COMMAND(name) &cmd_##name,
#include "calc/commands.def"
#undef COMMAND
    NULL};

const struct command *command_find(const char *name)
{
    for (const struct command *const *c = command_table; *c; c++)
        if (!strcmp((*c)->name, name))
            return *c;
    return NULL;
}

int cli_unknown(const char *name, struct err *err)
{
    const char *known[32];
    size_t n = 0;
    for (const struct command *const *c = command_table; *c && n < 32; c++)
        known[n++] = (*c)->name;
    const char *near = words_near(name, known, n);
    if (near)
        return err_set(err, ERR_USAGE, "unknown command '%s' (did you mean '%s'?)", name, near);
    struct buf list = {0};
    words_list(&list, known, n, 32);
    if (list.failed)
        err_nomem(err);
    else
        err_set(err, ERR_USAGE, "unknown command '%s' (known: %s)", name, list.v);
    buf_free(&list);
    return -1;
}

/* ---- help */

/* "  name words      about": name and words in a column of their own. */
static void put_row(struct buf *out, int columns, const char *name, const char *words, const char *about)
{
    char left[128];
    snprintf(left, sizeof left, "%s%s%s", name, *words ? " " : "", words);
    buf_printf(out, "  %-*s %s\n", columns, left, about);
}

void cli_help(struct buf *out)
{
    buf_puts(out, "usage: tco COMMAND ...\n\n"
                  "What does this workload really cost us at each cloud provider and site, in our own currency,\n"
                  "and how sure are we?\n\n");
    for (const struct command *const *c = command_table; *c; c++)
        put_row(out, 30, (*c)->name, (*c)->words, (*c)->about);
    buf_puts(out, "\ntco help COMMAND tells the options; tco help config every key of a configuration.\n"
                  "Exit status: 0 done, 1 internal fault, 2 usage or configuration error, 3 incomplete,\n"
                  "4 stale, 5 a threshold was crossed, 6 fetching failed.\n");
}

static void help_options(const struct option *table, struct buf *out)
{
    for (; table && table->name; table++) {
        char name[64];
        snprintf(name, sizeof name, "--%s", table->name);
        put_row(out, 34, name, table->value ? table->value : "", table->help);
    }
}

void cli_help_command(const struct command *c, struct buf *out)
{
    buf_printf(out, "usage: tco %s%s%s [OPTIONS]\n\n%s\n\n", c->name, *c->words ? " " : "", c->words, c->about);
    help_options(c->options, out);
    help_options(common_options, out);
}

/* ---- the app */

void app_say(struct app *app, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    buf_printf(&app->messages, "tco: %s\n", text);
}

static int write_all(int fd, const char *v, size_t n, struct err *err)
{
    while (n) {
        ssize_t got = write(fd, v, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(err, ERR_INTERNAL, "cannot write standard output: %s", strerror(errno));
        v += got;
        n -= (size_t)got;
    }
    return 0;
}

void app_show(struct app *app, const char *text)
{
    struct err unheard;

    (void)write_all(app->world->err_fd, app->messages.v, app->messages.n, &unheard);
    app->messages.n = 0;
    (void)write_all(app->world->err_fd, text, strlen(text), &unheard);
}

static void say_line(void *ctx, const char *text)
{
    app_say(ctx, "%s", text);
}

int app_catalogue(struct app *app, const char *pack, struct catalogue **out, struct err *err)
{
    struct catalogue_options opt = {
        .data_dir = app->data_dir, .cache_dir = app->cache_dir, .pack = pack, .say = say_line, .say_ctx = app};
    return catalogue_open(out, &opt, err);
}

static int apply_common(struct app *app, const struct args *args, struct err *err)
{
    static const char *const langs[] = {"en", "zh"};
    size_t lang;
    if (args_choice(args, "lang", langs, 2, &lang, err))
        return -1;
    app->lang = langs[lang];
    if (args_get(args, "data"))
        app->data_dir = args_get(args, "data");
    const char *day = args_get(args, "as-of");
    if (day && !date_parse(day, strlen(day), &app->today))
        return err_set(err, ERR_USAGE, "--as-of '%s' is no date (YYYY-MM-DD)", day);
    return 0;
}

/* Output goes out only when the command is done and all of it fitted. */
static int deliver(struct app *app, const struct args *args, const struct tco_world *world, struct err *err)
{
    const char *path = args_get(args, "output");
    if (app->out.failed)
        return err_nomem(err);
    if (app->delivered)
        return 0;
    if (path && strcmp(path, "-") != 0)
        return file_write(path, app->out.v ? app->out.v : "", app->out.n, err);
    return write_all(world->out_fd, app->out.v, app->out.n, err);
}

static int run_command(struct app *app, const struct command *c, struct args *args, const struct tco_world *world,
                       struct err *err)
{
    int status = 0;
    if (args_get(args, "help")) {
        cli_help_command(c, &app->out);
    } else {
        if (apply_common(app, args, err))
            return -1;
        status = c->run(app, args, err);
    }
    if (status < 0 || deliver(app, args, world, err))
        return -1;
    return status;
}

static int dispatch(struct app *app, struct arena *arena, int argc, char **argv, const struct tco_world *world,
                    struct err *err)
{
    struct args args;
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name)
        return err_set(err, ERR_USAGE, "no command (tco help lists them)");
    if (!strcmp(name, "--version")) {
        static const char version[] = "tco " TCO_VERSION "\n";
        return write_all(world->out_fd, version, sizeof version - 1, err);
    }
    if (!strcmp(name, "--help") || !strcmp(name, "-h"))
        name = "help";
    const struct command *c = command_find(name);
    if (!c)
        return cli_unknown(name, err);
    if (args_parse(&args, arena, c, argc - 2, argv + 2, err))
        return -1;
    return run_command(app, c, &args, world, err);
}

/* The last word needs no memory: it may be that there is none. */
static void write_error(const struct tco_world *world, const struct err *err)
{
    char text[sizeof err->text + 8];
    struct err unheard;
    int n = snprintf(text, sizeof text, "tco: %s\n", err->text);
    (void)write_all(world->err_fd, text, (size_t)n, &unheard);
}

int tco_main(int argc, char **argv, const struct tco_world *world)
{
    struct app app = {.today = world->today,
                      .data_dir = world->data_dir,
                      .cache_dir = world->cache_dir,
                      .color = world->color,
                      .lang = "en",
                      .world = world};
    struct arena arena = {0};
    struct err err = {0};
    int status = dispatch(&app, &arena, argc, argv, world, &err);
    struct err unheard;
    /* nobody is left to hear when standard error cannot be written */
    if (app.messages.n)
        (void)write_all(world->err_fd, app.messages.v, app.messages.n, &unheard);
    if (status < 0) {
        write_error(world, &err);
        status = err.kind ? (int)err.kind : ERR_INTERNAL;
    }
    buf_free(&app.out);
    buf_free(&app.messages);
    arena_free(&arena);
    return status;
}
