/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files in, read under a ceiling or mapped.
 */
#include "calc/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, REASON = 128 };

int file_refuse(struct err *err, const char *verb, const char *path)
{
    char reason[REASON];

    if (errno == ENOMEM)
        return err_nomem(err);
    if (strerror_r(errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", errno);
    return err_set(err, ERR_USAGE, "cannot %s '%s': %s", verb, path, reason);
}

/* A regular file opened for reading, or -1. O_NONBLOCK: a FIFO must not hold us up before it is refused. */
static int open_regular(const char *path, struct stat *st, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0)
        return file_refuse(err, "read", path);
    if (fstat(fd, st) != 0) {
        file_refuse(err, "read", path);
    } else if (S_ISREG(st->st_mode)) {
        return fd;
    } else {
        const char *what = S_ISDIR(st->st_mode) ? "a directory" : "not a regular file";
        err_set(err, ERR_USAGE, "cannot read '%s': it is %s", path, what);
    }
    close(fd);
    return -1;
}

static int too_large(struct err *err, const char *path, size_t ceiling)
{
    return err_set(err, ERR_USAGE, "cannot read '%s': it is larger than %zu bytes", path, ceiling);
}

/* Reads to the end; one byte over the ceiling is enough to refuse. */
static int read_all(int fd, const char *path, size_t ceiling, struct buf *out, struct err *err)
{
    for (;;) {
        size_t left = ceiling - out->n, room = out->cap > out->n ? out->cap - out->n - 1 : 0;
        size_t want = room > left ? left + 1 : room;
        if (want == 0) {
            if (!buf_reserve(out, left < CHUNK ? left + 1 : CHUNK))
                return err_nomem(err);
            continue;
        }
        ssize_t n = read(fd, out->v + out->n, want);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_refuse(err, "read", path);
        if (n == 0)
            return 0;
        out->n += (size_t)n;
        out->v[out->n] = '\0';
        if (out->n > ceiling)
            return too_large(err, path, ceiling);
    }
}

int file_read(const char *path, size_t ceiling, struct buf *out, struct err *err)
{
    bool standard = strcmp(path, "-") == 0;
    struct stat st = {0};
    int fd = standard ? STDIN_FILENO : open_regular(path, &st, err);

    if (fd < 0)
        return -1;
    int got = 0;
    out->ceiling = ceiling < SIZE_MAX ? ceiling + 1 : ceiling;
    if (!standard && st.st_size > 0 && (uintmax_t)st.st_size > ceiling)
        got = too_large(err, path, ceiling);
    else if (!standard && !buf_reserve(out, (size_t)st.st_size + 1))
        got = err_nomem(err);
    else
        got = read_all(fd, standard ? "standard input" : path, ceiling, out, err);
    if (!standard)
        close(fd);
    if (got != 0)
        buf_free(out);
    return got;
}

bool file_exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

int file_map(const char *path, const char **at, size_t *len, struct err *err)
{
    struct stat st;
    int fd = open_regular(path, &st, err), got = 0;

    if (fd < 0)
        return -1;
    if (st.st_size == 0) {
        *at = NULL;
        *len = 0;
    } else {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED) {
            got = file_refuse(err, "read", path);
        } else {
            *at = p;
            *len = (size_t)st.st_size;
        }
    }
    close(fd);
    return got;
}

void file_unmap(const char *at, size_t len)
{
    union {
        const char *in;
        void *out;
    } p = {at}; /* munmap() takes the memory back, so it wants it without const */

    if (at != NULL)
        munmap(p.out, len);
}
