/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files out. A file is written beside its place, flushed to the disk and renamed over the old one; a device or a
 * pipe is written as it stands, since it cannot be replaced.
 */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "calc/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEMP_TRIES = 100 };

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

/* Where the file will stand: a symbolic link stays, what it points to is replaced. */
static int find_place(struct file_out *f, bool exists)
{
    f->target = exists ? realpath(f->path, NULL) : strdup(f->path);
    return f->target != NULL ? 0 : -1;
}

static int open_new(struct file_out *f, bool exists, struct err *err)
{
    if (find_place(f, exists) == 0)
        f->fd = open_beside(f->target, &f->temp);
    if (f->fd >= 0)
        return 0;
    file_refuse(err, "write", f->path);
    f->temp.n = 0; /* nothing to remove */
    file_out_drop(f);
    return -1;
}

/* A device, a pipe or a terminal: written as it is. */
static int open_through(struct file_out *f, struct err *err)
{
    f->through = true;
    f->fd = open(f->path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
    return f->fd >= 0 ? 0 : file_refuse(err, "write", f->path);
}

int file_out_open(struct file_out *f, const char *path, struct err *err)
{
    struct stat st;

    *f = (struct file_out){.path = path, .fd = -1};
    if (stat(path, &st) != 0)
        return errno == ENOENT && path[0] != '\0' ? open_new(f, false, err) : file_refuse(err, "write", path);
    if (S_ISDIR(st.st_mode))
        return err_set(err, ERR_USAGE, "cannot write '%s': it is a directory", path);
    if (!S_ISREG(st.st_mode) || names_descriptor(path))
        return open_through(f, err);
    if (access(path, W_OK) != 0)
        return file_refuse(err, "write", path);
    f->has_mode = true;
    f->mode = st.st_mode & 07777;
    return open_new(f, true, err);
}

int file_out_add(struct file_out *f, const void *bytes, size_t len, struct err *err)
{
    return write_all(f->fd, bytes, len) == 0 ? 0 : file_refuse(err, "write", f->path);
}

/* Flushes and closes; errno is of the first thing that went wrong. */
static int finish(struct file_out *f)
{
    int got = 0;

    if (f->has_mode)
        got = fchmod(f->fd, f->mode);
    if (got == 0 && !f->through)
        got = fsync(f->fd);
    int why = errno;
    if (close(f->fd) != 0 && got == 0) {
        got = -1;
        why = errno;
    }
    f->fd = -1;
    errno = why;
    return got;
}

int file_out_commit(struct file_out *f, struct err *err)
{
    int got = finish(f);

    if (got == 0 && !f->through) {
        got = rename(f->temp.v, f->target);
        if (got == 0) {
            got = sync_directory(&f->temp, f->target);
            f->temp.n = 0; /* it is in its place: nothing to remove */
        }
    }
    if (got != 0)
        file_refuse(err, "write", f->path);
    file_out_drop(f);
    return got;
}

void file_out_drop(struct file_out *f)
{
    if (f->fd >= 0)
        close(f->fd);
    if (f->temp.n > 0)
        unlink(f->temp.v);
    buf_free(&f->temp);
    free(f->target);
    *f = (struct file_out){.fd = -1};
}

int file_write(const char *path, const void *bytes, size_t len, struct err *err)
{
    struct file_out f;

    if (file_out_open(&f, path, err) != 0)
        return -1;
    if (file_out_add(&f, bytes, len, err) == 0)
        return file_out_commit(&f, err);
    file_out_drop(&f);
    return -1;
}
