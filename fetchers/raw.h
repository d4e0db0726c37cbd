/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raw answers, as received: a plain file while it comes in, hashed on the way, mapped for the parser;
 * after the commit packed with gzip. The only door to zlib (with raw_zip.c).
 */
#ifndef TCO_RAW_H
#define TCO_RAW_H

#include "calc/err.h"
#include "calc/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raw {
    int fd;
    uint64_t n, ceiling;
    struct hashing *hashing;
    bool full; /* something was refused because it went over the ceiling */
};

/* Creates the file (it must not exist), owner only. */
int raw_open(struct raw *r, const char *path, uint64_t ceiling, struct err *err);
/* false over the ceiling (and r->full), or when it cannot be written (errno). */
bool raw_write(struct raw *r, const void *bytes, size_t n);
/* Empties it and begins to count and hash anew. */
int raw_restart(struct raw *r, struct err *err);
/* Closes it; *sha256 gets the digest of all bytes. */
int raw_finish(struct raw *r, char sha256[SHA256_TEXT], struct err *err);
void raw_abandon(struct raw *r); /* closes; of a finished or zeroed one is fine */

/* gzip on the way: unpacked as it comes in. libcurl would unpack too, but takes a stream that ends too
 * early for a whole one. */
struct raw_unzip;
enum raw_taken {
    RAW_TAKEN,
    RAW_DAMAGED, /* it is no gzip */
    RAW_REFUSED  /* raw_write() said false */
};
int raw_unzip_open(struct raw_unzip **out, struct err *err);
enum raw_taken raw_unzip_write(struct raw_unzip *u, struct raw *into, const void *bytes, size_t n);
/* The same into memory: as much as there is room for. *used of the n bytes were taken, *got bytes came out; both 0
 * only when n is 0 and nothing is left inside. Never RAW_REFUSED. */
enum raw_taken raw_unzip_read(struct raw_unzip *u, const void *bytes, size_t n, size_t *used, void *out, size_t room,
                              size_t *got);
bool raw_unzip_whole(const struct raw_unzip *u); /* what began has ended */
void raw_unzip_free(struct raw_unzip *u);        /* NULL is fine */

/* Packed in memory (raw_zip.c): what comes out goes to the sink, piece by piece. */
struct raw_zip;
typedef int raw_sink(void *ctx, const void *bytes, size_t n, struct err *err);
int raw_zip_open(struct raw_zip **out, struct err *err);
int raw_zip_add(struct raw_zip *p, const void *bytes, size_t n, raw_sink *sink, void *ctx, struct err *err);
int raw_zip_finish(struct raw_zip *p, raw_sink *sink, void *ctx, struct err *err);
void raw_zip_free(struct raw_zip *p); /* NULL is fine */

/* Packs a file as `path`.gz beside it (written, fsynced, renamed), then removes the plain one. */
int raw_pack(const char *path, struct err *err);
/* Unpacks the packed file `path` into the new file `to` of at most `ceiling` bytes. Contents that do not
 * have the digest are refused, and `to` is gone again. */
int raw_unpack(const char *path, const char *to, uint64_t ceiling, const char *sha256, struct err *err);

#endif
