/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco init [FILE]`: a commented configuration to start from. A FILE that is there already is
 * somebody's work and is left alone.
 */
#include "calc/command.h"
#include "calc/config.h"
#include "calc/file.h"
#include "calc/shown.h"

#include <sys/stat.h>

static int write_new(struct app *app, const char *path, const struct buf *text, struct err *err)
{
    struct stat st;
    char cut[SHOWN_MAX];
    if (lstat(path, &st) == 0)
        return err_set(err, ERR_USAGE, "%s is there already (give another name)", shown(path, cut));
    if (file_write(path, text->v, text->n, err) != 0)
        return -1;
    app_say(app, "wrote %s; now: tco check %s", path, path);
    return 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    if (args_words(args) == 0) {
        config_template(&app->out);
        return app->out.failed ? err_nomem(err) : 0;
    }
    struct buf text = {0};
    config_template(&text);
    int status = text.failed ? err_nomem(err) : write_new(app, args_word(args, 0), &text, err);
    buf_free(&text);
    return status;
}

const struct command cmd_init = {
    .name = "init",
    .words = "[FILE]",
    .max_words = 1,
    .about = "a commented configuration to start from",
    .run = run,
};
