/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes of the rows of a batch as they come: a file or standard input, plain or gzip (told by its first bytes).
 * Never more is asked for than there is room, and a pipe that is slow keeps nobody from stopping.
 */
#ifndef TCO_BATCH_BYTES_H
#define TCO_BATCH_BYTES_H

#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Where bytes come from: like read(2), -1 with errno. */
typedef ssize_t batch_source(void *ctx, void *into, size_t room);

struct batch_bytes {
    const char *name;
    batch_source *source;
    void *ctx;
    bool (*stop)(void); /* asked while there is nothing to read; may be NULL */
    bool stopped;       /* it said so: this is not the end */
    int fd;             /* of batch_bytes_path(); else -1 */
    bool owned;         /* fd is to be closed */
    struct raw_unzip *unzip;
    unsigned char *packed; /* taken but not unpacked yet; also the first bytes of plain text */
    size_t at, n;
    uint64_t taken; /* of the source, so far */
    uint64_t size;  /* of the file; 0: not known */
};

/* Looks at the first bytes. Errors (ERR_USAGE) begin with the name. batch_bytes_close() frees in any case. */
int batch_bytes_open(struct batch_bytes *b, const char *name, batch_source *source, void *ctx, struct err *err);
/* A file, or "-" for standard input. */
int batch_bytes_path(struct batch_bytes *b, const char *path, bool (*stop)(void), struct err *err);
/* *got 0: the end. */
int batch_bytes_read(struct batch_bytes *b, void *into, size_t room, size_t *got, struct err *err);
void batch_bytes_close(struct batch_bytes *b);

#endif
