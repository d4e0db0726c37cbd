/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files in, whole files out. A file is written beside its place, flushed to the disk and
 * renamed over the old one; a device or a pipe is written as it stands, since it cannot be
 * replaced.
 */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "calc/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, TEMP_TRIES = 100, REASON = 128 };

/* "cannot <verb> 'path': reason", from errno. */
static int refuse(struct err *err, const char *verb, const char *path)
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
        return refuse(err, "read", path);
    if (fstat(fd, st) != 0) {
        refuse(err, "read", path);
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
            return refuse(err, "read", path);
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
            got = refuse(err, "read", path);
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

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes += n;
        len -= (size_t)n;
    }
    return 0;
}

/* Names of descriptors that are open already; a file behind one is the caller's, to add to. */
static bool names_descriptor(const char *path)
{
    return strcmp(path, "/dev/stdout") == 0 || strcmp(path, "/dev/stderr") == 0 || strncmp(path, "/dev/fd/", 8) == 0 ||
           strncmp(path, "/proc/", 6) == 0;
}

/* A device, a pipe or a terminal: written as it is. */
static int write_through(const char *path, const void *bytes, size_t len, struct err *err)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return refuse(err, "write", path);
    int got = write_all(fd, bytes, len);
    if (got != 0)
        refuse(err, "write", path);
    if (close(fd) != 0 && got == 0)
        got = refuse(err, "write", path);
    return got;
}

/* The length of the directory part of a path, its slash included; 0 when it has none. */
static size_t directory_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* Opens a new file in the directory of path; its name goes to *temp. The name is short, so that
 * one that fits the file fits here. */
static int open_beside(const char *path, struct buf *temp)
{
    for (int i = 0; i < TEMP_TRIES; i++) {
        temp->n = 0;
        buf_add(temp, path, directory_part(path));
        buf_printf(temp, ".tco-%ld-%d.tmp", (long)getpid(), i);
        if (temp->failed) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open(temp->v, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Makes a rename last: it is the directory that holds the name. Some file systems know no fsync
 * of a directory and say EINVAL. */
static int sync_directory(struct buf *name, const char *path)
{
    name->n = 0;
    buf_add(name, path, directory_part(path));
    buf_puts(name, name->n == 0 ? "." : "");
    if (name->failed) {
        errno = ENOMEM;
        return -1;
    }
    int fd = open(name->v, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES ? 0 : -1; /* a directory one may write in but not list */
    int got = fsync(fd) != 0 && errno != EINVAL ? -1 : 0;
    close(fd);
    return got;
}

/* Writes, flushes and closes the new file; old is the file to be replaced, or NULL. */
static int fill(int fd, const void *bytes, size_t len, const struct stat *old)
{
    int got = write_all(fd, bytes, len);

    if (got == 0 && old != NULL)
        got = fchmod(fd, old->st_mode & 07777);
    if (got == 0)
        got = fsync(fd);
    int why = errno;
    if (close(fd) != 0 && got == 0)
        return -1;
    errno = why;
    return got;
}

static int replace(const char *path, const void *bytes, size_t len, const struct stat *old, struct err *err)
{
    struct buf temp = {0};
    int got = -1, fd = open_beside(path, &temp);

    if (fd >= 0) {
        got = fill(fd, bytes, len, old);
        if (got == 0)
            got = rename(temp.v, path);
        if (got != 0) {
            int why = errno;
            unlink(temp.v);
            errno = why;
        } else {
            got = sync_directory(&temp, path);
        }
    }
    if (got != 0)
        refuse(err, "write", path);
    buf_free(&temp);
    return got;
}

int file_write(const char *path, const void *bytes, size_t len, struct err *err)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return errno == ENOENT && path[0] != '\0' ? replace(path, bytes, len, NULL, err) : refuse(err, "write", path);
    if (S_ISDIR(st.st_mode))
        return err_set(err, ERR_USAGE, "cannot write '%s': it is a directory", path);
    if (!S_ISREG(st.st_mode) || names_descriptor(path))
        return write_through(path, bytes, len, err);
    if (access(path, W_OK) != 0)
        return refuse(err, "write", path);

    char *target = realpath(path, NULL); /* a symbolic link stays, what it points to is replaced */
    if (target == NULL)
        return refuse(err, "write", path);
    int got = replace(target, bytes, len, &st, err);
    free(target);
    return got;
}
