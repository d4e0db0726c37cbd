/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files in, whole files out. Reading has a ceiling; writing is beside, fsync, rename, so a
 * file is either the old one or the new one.
 */
#ifndef TCO_FILE_H
#define TCO_FILE_H

#include "calc/buf.h"
#include "calc/err.h"

#include <sys/stat.h>

/* "cannot <verb> 'path': reason", from errno; kind ERR_USAGE, or out of memory. Returns -1. */
int file_refuse(struct err *err, const char *verb, const char *path);

/* Reads a regular file (or "-": standard input) of at most `ceiling` bytes into an empty buf. A
 * directory, a missing or unreadable file, one that is too large: an error naming the path and
 * the system's reason. Kind ERR_USAGE. */
int file_read(const char *path, size_t ceiling, struct buf *out, struct err *err);

/* Is there anything of that name? */
bool file_exists(const char *path);

/* Maps a regular file read-only. *len 0 and *at NULL for an empty one. */
int file_map(const char *path, const char **at, size_t *len, struct err *err);
void file_unmap(const char *at, size_t len);

/* Writes the file whole or leaves what was there; kind ERR_USAGE for a path that cannot be written
 * (no such directory, read-only, full disk), nothing left beside. */
int file_write(const char *path, const void *bytes, size_t len, struct err *err);

/* The same piece by piece. A file is at its path only after file_out_commit(); a device or a pipe has every piece
 * at once. Ends with commit, which frees in any case, or drop; drop of one that failed to open is fine. */
struct file_out {
    const char *path; /* as given */
    char *target;     /* what will be replaced */
    struct buf temp;  /* the name beside it */
    int fd;           /* -1: none */
    bool through;     /* written as it stands */
    bool has_mode;    /* of the file that was there */
    mode_t mode;
};
int file_out_open(struct file_out *f, const char *path, struct err *err);
int file_out_add(struct file_out *f, const void *bytes, size_t len, struct err *err);
int file_out_commit(struct file_out *f, struct err *err);
void file_out_drop(struct file_out *f);

#endif
