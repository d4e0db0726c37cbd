/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the loopback provider share.
 */
#ifndef TCO_LOOPBACK_PARTS_H
#define TCO_LOOPBACK_PARTS_H

#include "calc/arena.h"
#include "tests/support/loopback.h"

#include <stdint.h>

/* ---- answers.csv (loopback_answers.c) ---- */

struct loopback_row {
    const char *name, *method, *path, *match, *status, *type, *file;
    char *body; /* of the file; NULL without one */
    size_t len;
};
struct loopback_rows {
    struct arena arena;
    struct loopback_row *v;
    size_t n;
};

void loopback_rows_read(struct loopback_rows *out, const char *dir);
void loopback_rows_free(struct loopback_rows *rows);
/* NULL: none. */
const struct loopback_row *loopback_rows_find(const struct loopback_rows *rows, const struct loopback_seen *seen);

/* ---- what is sent (loopback_reply.c) ---- */

enum loopback_ending { WHOLE, CLOSED, SILENT, DRIPPING };
enum { REPLY_HEADERS = 8, REPLY_VALUE = 512 };

struct loopback_reply {
    int status;
    char type[128];
    char *body; /* malloc'd */
    size_t len;
    struct {
        const char *name;
        char value[REPLY_VALUE];
    } headers[REPLY_HEADERS];
    size_t nheaders;
    uint64_t claimed; /* Content-Length; UINT64_MAX: none */
    size_t ready;     /* so many bytes of the body go out before the ending */
    enum loopback_ending ending;
    bool hangup, mute;
    struct loopback *lb;
};

/* A reply with a copy of these bytes. */
bool loopback_reply_fill(struct loopback_reply *r, int status, const char *type, const char *bytes, size_t len);
/* What a server of these flags makes of it, with the order (NULL: none) that this request meets. False
 * without memory. */
bool loopback_reply_shape(struct loopback_reply *r, unsigned flags, const struct loopback_seen *seen,
                          const struct loopback_order *order);

/* ---- certificates (loopback_tls.c) ---- */

struct loopback_tls {
    char ca[256];      /* path of the CA's certificate */
    char *key, *chain; /* PEM */
};
/* Days may be negative; address: "127.0.0.1". */
void loopback_tls_make(struct loopback_tls *out, int days, const char *address);
void loopback_tls_free(struct loopback_tls *tls);

#endif
