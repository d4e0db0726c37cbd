/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gzip out of memory into memory, as bytes come. The header has no name and no time: the same bytes pack to the
 * same bytes, however they are cut.
 */
#include "fetchers/raw.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

enum {
    PIECE = 64 * 1024,
    GZIP = 15 + 16, /* zlib's way to say: the largest window, gzip and nothing else */
    LEVEL = 4,      /* text of tables: 7 % larger than with level 6, in half the time */
    MEMORY = 8      /* zlib's usual */
};

struct raw_zip {
    z_stream z;
    unsigned char out[PIECE];
};

int raw_zip_open(struct raw_zip **out, struct err *err)
{
    struct raw_zip *p = calloc(1, sizeof *p);

    if (p == NULL || deflateInit2(&p->z, LEVEL, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(p);
        return err_nomem(err);
    }
    *out = p;
    return 0;
}

static int deflate_all(struct raw_zip *p, int how, raw_sink *sink, void *ctx, struct err *err)
{
    do {
        p->z.next_out = p->out;
        p->z.avail_out = sizeof p->out;
        deflate(&p->z, how);
        size_t n = sizeof p->out - p->z.avail_out;
        if (n > 0 && sink(ctx, p->out, n, err) != 0)
            return -1;
    } while (p->z.avail_out == 0);
    return 0;
}

int raw_zip_add(struct raw_zip *p, const void *bytes, size_t n, raw_sink *sink, void *ctx, struct err *err)
{
    assert(n <= UINT_MAX);
    p->z.next_in = bytes;
    p->z.avail_in = (uInt)n;
    return deflate_all(p, Z_NO_FLUSH, sink, ctx, err);
}

int raw_zip_finish(struct raw_zip *p, raw_sink *sink, void *ctx, struct err *err)
{
    p->z.avail_in = 0;
    return deflate_all(p, Z_FINISH, sink, ctx, err);
}

void raw_zip_free(struct raw_zip *p)
{
    if (p == NULL)
        return;
    deflateEnd(&p->z);
    free(p);
}
