/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A directory is made beside its place, filled, and renamed to it: over an empty directory that works as
 * well, over anything else the system refuses.
 */
#include "calc/engine_texts.h"

#include "calc/dirs.h"
#include "calc/file.h"
#include "calc/shown.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(const char *dir, int cause, struct err *err)
{
    char cut[SHOWN_MAX];
    if (cause == EEXIST || cause == ENOTEMPTY)
        return err_set(err, ERR_USAGE, "'%s' is not empty (give a new directory, or an empty one)", shown(dir, cut));
    return err_set(err, ERR_USAGE, "cannot write '%s': %s", shown(dir, cut), strerror(cause));
}

int engine_write_check(const char *dir, struct err *err)
{
    struct stat st;
    if (lstat(dir, &st) != 0)
        return errno == ENOENT && *dir ? 0 : refuse(dir, errno, err);
    DIR *d = opendir(dir);
    if (!d)
        return refuse(dir, errno, err);
    int n = 0;
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n > 2 ? refuse(dir, ENOTEMPTY, err) : 0; /* "." and ".." */
}

static int write_all(struct arena *a, const char *temp, const struct engine_file *v, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *path = arena_printf(a, "%s/%s", temp, v[i].name);
        if (!path)
            return err_nomem(err);
        if (file_write(path, v[i].text.v ? v[i].text.v : "", v[i].text.n, err))
            return -1;
    }
    return 0;
}

int engine_write(const char *dir, const struct engine_file *v, size_t n, struct err *err)
{
    struct arena a = {NULL};
    size_t len = strlen(dir);
    while (len > 1 && dir[len - 1] == '/')
        len--;
    const char *target = arena_strndup(&a, dir, len);
    const char *temp = arena_printf(&a, "%s.tco-%ld.tmp", target ? target : "", (long)getpid());
    int failed = !target || !temp ? err_nomem(err) : 0;
    if (!failed && mkdir(temp, 0777) != 0)
        failed = refuse(dir, errno, err);
    else if (!failed) {
        failed = write_all(&a, temp, v, n, err);
        if (!failed && rename(temp, target) != 0)
            failed = refuse(dir, errno, err);
        if (failed)
            dirs_remove(temp);
    }
    arena_free(&a);
    return failed;
}
