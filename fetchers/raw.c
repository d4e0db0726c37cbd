/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raw answers: written and hashed as they come in, packed with gzip when they are done with. Nothing
 * is believed of a packed file: it must be gzip from its first byte to its last, within the ceiling,
 * and have the digest it had when it came in.
 */
#include "fetchers/raw.h"

#include "calc/buf.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

enum {
    CHUNK = 64 * 1024,
    REASON = 128,
    GZIP = 15 + 16, /* zlib's way to say: the largest window, gzip and nothing else */
    LEVEL = 4,      /* prices.csv: 7 % larger than with level 6, in half the time */
    MEMORY = 8      /* zlib's usual */
};

/* "cannot <verb> 'path': reason", from errno. */
static int refuse(struct err *err, const char *verb, const char *path)
{
    char reason[REASON];

    if (errno == ENOMEM)
        return err_nomem(err);
    if (strerror_r(errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", errno);
    return err_set(err, ERR_FETCH, "cannot %s '%s': %s", verb, path, reason);
}

/* ---- as it comes in ---- */

int raw_open(struct raw *r, const char *path, uint64_t ceiling, struct err *err)
{
    struct hashing *hashing = NULL;

    if (hashing_open(&hashing, err) != 0)
        return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) {
        hashing_free(hashing);
        return refuse(err, "create", path);
    }
    *r = (struct raw){.fd = fd, .ceiling = ceiling, .hashing = hashing};
    return 0;
}

static int write_all(int fd, const unsigned char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(fd, bytes, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return -1;
        bytes += wrote;
        n -= (size_t)wrote;
    }
    return 0;
}

bool raw_write(struct raw *r, const void *bytes, size_t n)
{
    struct err err;

    if (n > r->ceiling - r->n) {
        r->full = true;
        return false;
    }
    if (write_all(r->fd, bytes, n) != 0 || hashing_add(r->hashing, bytes, n, &err) != 0)
        return false;
    r->n += n;
    return true;
}

int raw_restart(struct raw *r, struct err *err)
{
    struct hashing *anew = NULL;

    if (hashing_open(&anew, err) != 0)
        return -1;
    hashing_free(r->hashing);
    r->hashing = anew;
    r->n = 0;
    r->full = false;
    return ftruncate(r->fd, 0) == 0 && lseek(r->fd, 0, SEEK_SET) == 0 ? 0 : refuse(err, "empty", "the raw answer");
}

int raw_finish(struct raw *r, char sha256[SHA256_TEXT], struct err *err)
{
    struct hashing *hashing = r->hashing;
    int fd = r->fd;

    *r = (struct raw){.fd = -1, .n = r->n, .ceiling = r->ceiling, .full = r->full};
    int got = hashing_finish(hashing, sha256, err);
    if (close(fd) != 0 && got == 0)
        got = refuse(err, "close", "the raw answer");
    return got;
}

void raw_abandon(struct raw *r)
{
    if (r->hashing == NULL)
        return;
    hashing_free(r->hashing);
    close(r->fd);
    *r = (struct raw){.fd = -1};
}

/* ---- packed ---- */

/* A file being read. */
struct reading {
    const char *path;
    int fd;
    unsigned char in[CHUNK];
};

static int open_reading(struct reading *f, const char *path, struct err *err)
{
    f->path = path;
    f->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return f->fd >= 0 ? 0 : refuse(err, "read", path);
}

/* *n 0 at the end. */
static int read_some(struct reading *f, size_t *n, struct err *err)
{
    ssize_t got;

    do
        got = read(f->fd, f->in, sizeof f->in);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return refuse(err, "read", f->path);
    *n = (size_t)got;
    return 0;
}

/* What deflate makes of its input so far, written. */
static int deflate_all(z_stream *z, bool end, int to, const char *to_path, struct err *err)
{
    unsigned char out[CHUNK / 4];

    do {
        z->next_out = out;
        z->avail_out = sizeof out;
        deflate(z, end ? Z_FINISH : Z_NO_FLUSH);
        if (write_all(to, out, sizeof out - z->avail_out) != 0)
            return refuse(err, "write", to_path);
    } while (z->avail_out == 0);
    return 0;
}

static int pack_bytes(struct reading *f, z_stream *z, int to, const char *to_path, struct err *err)
{
    size_t n = 0;

    do {
        if (read_some(f, &n, err) != 0)
            return -1;
        z->next_in = f->in;
        z->avail_in = (uInt)n;
        if (deflate_all(z, n == 0, to, to_path, err) != 0)
            return -1;
    } while (n > 0);
    return fsync(to) == 0 ? 0 : refuse(err, "write", to_path);
}

/* Packs into the new file `temp`. */
static int pack_into(struct reading *f, const char *temp, struct err *err)
{
    unlink(temp); /* of a process that died */
    int to = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0)
        return refuse(err, "create", temp);
    z_stream z = {0};
    int got = -1;
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        err_nomem(err);
    } else {
        got = pack_bytes(f, &z, to, temp, err);
        deflateEnd(&z);
    }
    if (close(to) != 0 && got == 0)
        got = refuse(err, "write", temp);
    return got;
}

/* The plain file goes only when the directory has the packed one for good. */
static int sync_directory_of(const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    struct buf dir = {0};

    buf_add(&dir, path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
    buf_puts(&dir, slash != NULL ? "" : ".");
    if (dir.failed) {
        buf_free(&dir);
        return err_nomem(err);
    }
    int got = 0, fd = open(dir.v, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL)) /* some file systems know no fsync of a directory */
        got = refuse(err, "write", dir.v);
    if (fd >= 0)
        close(fd);
    buf_free(&dir);
    return got;
}

static int pack_as(const char *path, const char *packed, const char *temp, struct err *err)
{
    struct reading f;

    if (open_reading(&f, path, err) != 0)
        return -1;
    int got = pack_into(&f, temp, err);
    close(f.fd);
    if (got == 0 && rename(temp, packed) != 0)
        got = refuse(err, "write", packed);
    if (got != 0)
        unlink(temp);
    if (got == 0)
        got = sync_directory_of(path, err);
    if (got == 0 && unlink(path) != 0)
        got = refuse(err, "remove", path);
    return got;
}

int raw_pack(const char *path, struct err *err)
{
    struct buf packed = {0}, temp = {0};

    buf_printf(&packed, "%s.gz", path);
    buf_printf(&temp, "%s.gz.part", path);
    int got = packed.failed || temp.failed ? err_nomem(err) : pack_as(path, packed.v, temp.v, err);
    buf_free(&packed);
    buf_free(&temp);
    return got;
}

/* ---- unpacked ---- */

struct raw_unzip {
    z_stream z;
    bool inside; /* a stream has begun and not ended */
    unsigned char out[CHUNK];
};

int raw_unzip_open(struct raw_unzip **out, struct err *err)
{
    struct raw_unzip *u = calloc(1, sizeof *u);

    if (u == NULL || inflateInit2(&u->z, GZIP) != Z_OK) {
        free(u);
        return err_nomem(err);
    }
    *out = u;
    return 0;
}

/* One step of inflate. Behind the end of a stream another may follow: RFC 1952 calls them members. */
static enum raw_taken inflate_some(struct raw_unzip *u, struct raw *into)
{
    u->inside = true;
    u->z.next_out = u->out;
    u->z.avail_out = sizeof u->out;
    int state = inflate(&u->z, Z_NO_FLUSH);
    if (!raw_write(into, u->out, sizeof u->out - u->z.avail_out))
        return RAW_REFUSED;
    if (state == Z_STREAM_END) {
        u->inside = false;
        state = inflateReset(&u->z);
    }
    return state == Z_OK ? RAW_TAKEN : RAW_DAMAGED;
}

/* What is still to come out when the input is used up comes with the next: behind it stands the checksum. */
enum raw_taken raw_unzip_write(struct raw_unzip *u, struct raw *into, const void *bytes, size_t n)
{
    enum raw_taken got = RAW_TAKEN;
    const unsigned char *at = bytes;

    assert(n <= UINT_MAX);
    u->z.next_in = at;
    u->z.avail_in = (uInt)n;
    while (got == RAW_TAKEN && u->z.avail_in > 0)
        got = inflate_some(u, into);
    return got;
}

enum raw_taken raw_unzip_read(struct raw_unzip *u, const void *bytes, size_t n, size_t *used, void *out, size_t room,
                              size_t *got)
{
    assert(n <= UINT_MAX && room <= UINT_MAX);
    u->inside = u->inside || n > 0;
    u->z.next_in = bytes;
    u->z.avail_in = (uInt)n;
    u->z.next_out = out;
    u->z.avail_out = (uInt)room;
    int state = inflate(&u->z, Z_NO_FLUSH);
    *used = n - u->z.avail_in;
    *got = room - u->z.avail_out;
    if (state == Z_STREAM_END) {
        u->inside = false;
        state = inflateReset(&u->z);
    }
    /* no progress is no damage: there was nothing to take, or no room */
    return state == Z_OK || state == Z_BUF_ERROR ? RAW_TAKEN : RAW_DAMAGED;
}

bool raw_unzip_whole(const struct raw_unzip *u)
{
    return !u->inside;
}

void raw_unzip_free(struct raw_unzip *u)
{
    if (u == NULL)
        return;
    inflateEnd(&u->z);
    free(u);
}

static int damaged(struct err *err, const char *path, const char *how)
{
    return err_set(err, ERR_FETCH, "the packed answer '%s' is damaged: %s", path, how);
}

static int not_taken(const struct reading *f, const struct raw *to, enum raw_taken how, struct err *err)
{
    if (how == RAW_DAMAGED)
        return damaged(err, f->path, "it is not gzip");
    if (!to->full)
        return refuse(err, "write", "the unpacked answer");
    return err_set(err, ERR_FETCH, "the packed answer '%s' holds more than %llu bytes", f->path,
                   (unsigned long long)to->ceiling);
}

static int unpack_bytes(struct reading *f, struct raw_unzip *u, struct raw *to, struct err *err)
{
    size_t n = 0;

    do {
        if (read_some(f, &n, err) != 0)
            return -1;
        enum raw_taken how = raw_unzip_write(u, to, f->in, n);
        if (how != RAW_TAKEN)
            return not_taken(f, to, how, err);
    } while (n > 0);
    return raw_unzip_whole(u) ? 0 : damaged(err, f->path, "it ends too early");
}

static int unpack_into(struct reading *f, struct raw *to, const char *sha256, struct err *err)
{
    char digest[SHA256_TEXT];
    struct raw_unzip *u = NULL;

    if (raw_unzip_open(&u, err) != 0)
        return -1;
    int got = unpack_bytes(f, u, to, err);
    raw_unzip_free(u);
    if (got == 0)
        got = raw_finish(to, digest, err);
    if (got == 0 && strcmp(digest, sha256) != 0)
        got = damaged(err, f->path, "it is not what was received");
    return got;
}

int raw_unpack(const char *path, const char *to, uint64_t ceiling, const char *sha256, struct err *err)
{
    struct reading f;
    struct raw raw = {0};

    if (open_reading(&f, path, err) != 0)
        return -1;
    int got = raw_open(&raw, to, ceiling, err);
    if (got == 0) {
        got = unpack_into(&f, &raw, sha256, err);
        raw_abandon(&raw);
        if (got != 0)
            unlink(to);
    }
    close(f.fd);
    return got;
}
