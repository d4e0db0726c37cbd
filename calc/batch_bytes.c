/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_bytes.h"

#include "fetchers/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, WAIT_MS = 200 };

static int cannot_read(const struct batch_bytes *b, struct err *err)
{
    char reason[128];

    if (strerror_r(errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", errno);
    return err_set(err, ERR_USAGE, "%s: cannot be read: %s", b->name, reason);
}

static int read_source(struct batch_bytes *b, void *into, size_t room, size_t *got, struct err *err)
{
    ssize_t n;

    do
        n = b->source(b->ctx, into, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return cannot_read(b, err);
    *got = (size_t)n;
    b->taken += (size_t)n;
    return 0;
}

/* More packed bytes; none are left at the end, which must not be in the middle of a stream. */
static int refill(struct batch_bytes *b, struct err *err)
{
    b->at = 0;
    if (read_source(b, b->packed, PIECE, &b->n, err) != 0)
        return -1;
    if (b->n == 0 && !b->stopped && !raw_unzip_whole(b->unzip))
        return err_set(err, ERR_USAGE, "%s: the gzip data ends too early", b->name);
    return 0;
}

static int read_unpacked(struct batch_bytes *b, void *into, size_t room, size_t *got, struct err *err)
{
    size_t used;

    for (;;) {
        if (b->at == b->n && refill(b, err) != 0)
            return -1;
        *got = 0;
        if (b->n == 0)
            return 0;
        if (raw_unzip_read(b->unzip, b->packed + b->at, b->n - b->at, &used, into, room, got) != RAW_TAKEN)
            return err_set(err, ERR_USAGE, "%s: damaged gzip data", b->name);
        b->at += used;
        if (*got > 0)
            return 0;
    }
}

int batch_bytes_read(struct batch_bytes *b, void *into, size_t room, size_t *got, struct err *err)
{
    if (b->unzip != NULL)
        return read_unpacked(b, into, room, got, err);
    if (b->at == b->n)
        return read_source(b, into, room, got, err);
    *got = b->n - b->at < room ? b->n - b->at : room;
    memcpy(into, b->packed + b->at, *got);
    b->at += *got;
    return 0;
}

int batch_bytes_open(struct batch_bytes *b, const char *name, batch_source *source, void *ctx, struct err *err)
{
    size_t got = 1;

    *b = (struct batch_bytes){.name = name, .source = source, .ctx = ctx, .fd = -1};
    b->packed = malloc(PIECE);
    if (b->packed == NULL)
        return err_nomem(err);
    while (b->n < 2 && got > 0) {
        if (read_source(b, b->packed + b->n, PIECE - b->n, &got, err) != 0)
            return -1;
        b->n += got;
    }
    if (b->n >= 2 && b->packed[0] == 0x1f && b->packed[1] == 0x8b)
        return raw_unzip_open(&b->unzip, err);
    return 0;
}

/* A pipe that says nothing is asked again and again, so that Ctrl-C is heard: a stopped one gives nothing more. */
static ssize_t from_file(void *ctx, void *into, size_t room)
{
    struct batch_bytes *b = ctx;
    struct pollfd one = {.fd = b->fd, .events = POLLIN};

    while (b->stop != NULL && poll(&one, 1, WAIT_MS) <= 0) {
        b->stopped = b->stop();
        if (b->stopped)
            return 0;
    }
    return read(b->fd, into, room);
}

int batch_bytes_path(struct batch_bytes *b, const char *path, bool (*stop)(void), struct err *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat st;

    *b = (struct batch_bytes){.name = standard ? "standard input" : path, .fd = -1};
    if (fd < 0)
        return cannot_read(b, err);
    struct batch_bytes from = {.fd = fd, .stop = stop}; /* what from_file() looks at while the first bytes come */
    int got = batch_bytes_open(b, b->name, from_file, &from, err);
    b->ctx = b;
    b->fd = fd;
    b->owned = !standard;
    b->stop = stop;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        b->size = (uint64_t)st.st_size;
    return got;
}

void batch_bytes_close(struct batch_bytes *b)
{
    raw_unzip_free(b->unzip);
    free(b->packed);
    if (b->owned)
        close(b->fd);
    *b = (struct batch_bytes){.fd = -1};
}
