/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes of a bill go through a window: what is left of it moves to its front when less than the longest record
 * remains, so that the reader of CSV always finds a whole record, or one that is too long.
 */
#include "calc/bill_parts.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_MOST = 1024 * 1024 + 4, WINDOW = 4 * 1024 * 1024, PACKED = 256 * 1024, LINES_MOST = INT_MAX - WINDOW };

int bill_cannot_read(const struct bill *b, struct err *err)
{
    char reason[128];

    if (strerror_r(errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", errno);
    return err_set(err, ERR_USAGE, "%s: cannot be read: %s", b->name, reason);
}

static int read_plain(struct bill *b, void *into, size_t room, size_t *got, struct err *err)
{
    ssize_t n;

    do
        n = b->source(b->ctx, into, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return bill_cannot_read(b, err);
    *got = (size_t)n;
    return 0;
}

static int refill_packed(struct bill *b, struct err *err)
{
    b->packed_at = 0;
    if (read_plain(b, b->packed, PACKED, &b->packed_n, err) != 0)
        return -1;
    if (b->packed_n == 0 && !raw_unzip_whole(b->unzip))
        return err_set(err, ERR_USAGE, "%s: the gzip data ends too early", b->name);
    return 0;
}

/* *got 0: the end. */
static int read_unpacked(struct bill *b, void *into, size_t room, size_t *got, struct err *err)
{
    size_t used;

    for (;;) {
        if (b->packed_at == b->packed_n && refill_packed(b, err) != 0)
            return -1;
        *got = 0;
        if (b->packed_n == 0)
            return 0;
        if (raw_unzip_read(b->unzip, b->packed + b->packed_at, b->packed_n - b->packed_at, &used, into, room, got) !=
            RAW_TAKEN)
            return err_set(err, ERR_USAGE, "%s: damaged gzip data", b->name);
        b->packed_at += used;
        if (*got > 0)
            return 0;
    }
}

/* Fills the window behind its first `held` bytes; returns how many it holds, or -1. */
static ssize_t fill(struct bill *b, size_t held, struct err *err)
{
    size_t got;

    while (!b->ended && held < WINDOW) {
        int failed = b->unzip != NULL ? read_unpacked(b, b->window + held, WINDOW - held, &got, err)
                                      : read_plain(b, b->window + held, WINDOW - held, &got, err);
        if (failed)
            return -1;
        b->ended = got == 0;
        held += got;
    }
    return (ssize_t)held;
}

/* At least one longest record in the window, or all that is left. */
static int provide(struct bill *b, struct err *err)
{
    size_t left = (size_t)(b->csv.end - b->csv.at);

    if (b->ended || left >= RECORD_MOST)
        return 0;
    if (b->csv.next_line > LINES_MOST)
        return err_set(err, ERR_USAGE, "%s: more than %d lines", b->name, LINES_MOST);
    memmove(b->window, b->csv.at, left);
    ssize_t held = fill(b, left, err);
    if (held < 0)
        return -1;
    b->csv.at = b->window;
    b->csv.end = b->window + held;
    return 0;
}

/* A first look tells gzip from text. */
int bill_begin(struct bill *b, struct err *err)
{
    ssize_t held = 0;
    size_t got = 1;

    b->window = malloc(WINDOW);
    if (b->window == NULL)
        return err_nomem(err);
    while (held < 2 && got > 0) {
        if (read_plain(b, b->window + held, PACKED - (size_t)held, &got, err) != 0)
            return -1;
        held += (ssize_t)got;
    }
    b->ended = got == 0;
    if (held >= 2 && !memcmp(b->window, "\x1f\x8b", 2)) {
        b->packed = malloc(PACKED);
        if (b->packed == NULL || raw_unzip_open(&b->unzip, err) != 0)
            return err_nomem(err);
        memcpy(b->packed, b->window, (size_t)held);
        b->packed_n = (size_t)held;
        b->ended = false;
        held = 0;
    }
    held = fill(b, (size_t)held, err);
    if (held < 0)
        return -1;
    csv_open(&b->csv, b->name, b->window, (size_t)held, ',');
    return 0;
}

/* The reader of CSV passes over empty lines, and could so come to a record that the window cuts: they go first. */
static int skip_empty(struct bill *b, struct err *err)
{
    struct csv *c = &b->csv;
    const char *before;

    do {
        if (provide(b, err) != 0)
            return -1;
        for (before = c->at; c->at < c->end; c->next_line++) {
            size_t n = *c->at == '\n' ? 1 : c->end - c->at > 1 && !memcmp(c->at, "\r\n", 2) ? 2 : 0;
            if (n == 0)
                break;
            c->at += n;
        }
    } while (c->at > before);
    return 0;
}

int bill_record(struct bill *b, struct err *err)
{
    if (skip_empty(b, err) != 0)
        return -1;
    int got = csv_next(&b->csv, err);
    if (got < 0 && strstr(err->text, "a record over 1 MiB") != NULL)
        return err_set(err, ERR_USAGE, "%s:%d: a record over 1 MiB (is a quote never closed?)", b->name, b->csv.line);
    return got;
}
