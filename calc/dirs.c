/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A data directory is known by its rules/sites.csv. The two built-in places come from the Makefile.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "calc/dirs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef TCO_SOURCE_DATA
#define TCO_SOURCE_DATA ""
#endif
#ifndef TCO_SHARE
#define TCO_SHARE "/usr/local/share/tco"
#endif

int dirs_real(const char *dir, struct arena *a, const char **out, struct err *err)
{
    struct stat st;
    char *real = realpath(dir, NULL);

    if (real == NULL || stat(real, &st) != 0) {
        int cause = errno;
        free(real);
        return err_set(err, ERR_USAGE, "cannot open directory '%s': %s", dir, strerror(cause));
    }
    *out = arena_strdup(a, real);
    free(real);
    if (*out == NULL)
        return err_nomem(err);
    return S_ISDIR(st.st_mode) ? 0 : err_set(err, ERR_USAGE, "'%s' is not a directory", dir);
}

static bool holds_data(const char *dir, struct arena *a)
{
    struct stat st;
    const char *mark = arena_printf(a, "%s/rules/sites.csv", dir);

    return mark != NULL && stat(mark, &st) == 0;
}

int dirs_data(const char *given, struct arena *a, const char **out, struct err *err)
{
    static const char *const built_in[] = {TCO_SOURCE_DATA, TCO_SHARE};

    if (given != NULL) {
        if (dirs_real(given, a, out, err) != 0)
            return err_prefix(err, "data directory");
        return holds_data(*out, a)
                   ? 0
                   : err_set(err, ERR_USAGE, "'%s' is no data directory: it has no rules/sites.csv", given);
    }
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (*built_in[i] != '\0' && holds_data(built_in[i], a))
            return dirs_real(built_in[i], a, out, err);
    return err_set(err, ERR_USAGE, "no data directory (looked at: %s%s%s; give one by --data or TCO_DATA)",
                   TCO_SOURCE_DATA, *TCO_SOURCE_DATA != '\0' ? ", " : "", TCO_SHARE);
}

/* mkdir -p; `path` is changed on the way and put back. */
static int make_all(char *path)
{
    for (char *slash = path + 1;; slash++) {
        slash += strcspn(slash, "/");
        char kept = *slash;
        *slash = '\0';
        int rc = mkdir(path, 0700);
        int cause = errno;
        *slash = kept;
        if (rc != 0 && cause != EEXIST && cause != EISDIR && (cause != EROFS || kept == '\0'))
            return cause;
        if (kept == '\0')
            return 0;
    }
}

int dirs_cache(const char *given, struct arena *a, const char **out, struct err *err)
{
    const char *home = getenv("HOME");
    struct stat st;

    if (given == NULL && (home == NULL || *home == '\0'))
        return err_set(err, ERR_USAGE,
                       "no place for the catalogue: HOME is not set (set TCO_CACHE to a writable directory)");
    if (given != NULL && *given == '\0')
        return err_set(err, ERR_USAGE, "TCO_CACHE is empty (set TCO_CACHE to a writable directory)");
    char *path = given != NULL ? arena_strdup(a, given) : arena_printf(a, "%s/.cache/tco", home);
    if (path == NULL)
        return err_nomem(err);
    int cause = stat(path, &st) == 0 ? 0 : make_all(path);
    if (cause == 0 && (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)))
        cause = ENOTDIR;
    if (cause != 0)
        return err_set(err, ERR_USAGE, "cannot make directory '%s': %s (set TCO_CACHE to a writable directory)", path,
                       strerror(cause));
    *out = path;
    return 0;
}

/* ---- away with a directory ---- */

enum { DEPTH_MAX = 32 };

static int remove_at(int parent, const char *name, int depth);

static int empty_directory(DIR *d, int depth)
{
    const struct dirent *e;
    int cause = 0;

    while ((e = readdir(d)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
            int one = remove_at(dirfd(d), e->d_name, depth + 1);
            cause = cause != 0 ? cause : one;
        }
    return cause;
}

static int remove_at(int parent, const char *name, int depth)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return 0;
    if ((errno != EISDIR && errno != EPERM) || depth > DEPTH_MAX)
        return errno;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    if (d == NULL) {
        int cause = errno;
        if (fd >= 0)
            close(fd);
        return cause;
    }
    int cause = empty_directory(d, depth);
    closedir(d);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : cause != 0 ? cause : errno;
}

int dirs_remove(const char *path)
{
    return remove_at(AT_FDCWD, path, 0);
}
