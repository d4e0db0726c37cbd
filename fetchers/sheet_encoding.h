/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In which encoding a text came, and its characters as UTF-8. A byte order mark decides; else what is
 * UTF-8 is UTF-8, and what can only be Chinese as spreadsheets in China save it is GB18030. Texts that
 * are neither, or nearly UTF-8, are refused rather than read as other characters. The only door to iconv.
 */
#ifndef TCO_SHEET_ENCODING_H
#define TCO_SHEET_ENCODING_H

#include "calc/err.h"

#include <stddef.h>

struct sheet_encoding {
    const char *said; /* "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "GB18030" */
    const char *from; /* as iconv calls it; NULL: it is UTF-8 already */
    size_t mark;      /* bytes of the byte order mark */
};

/* Errors begin with "name:line: ". */
int sheet_encoding_find(const char *name, const char *body, size_t len, struct sheet_encoding *out, struct err *err);

/* Takes whole characters of UTF-8; text NULL stands for bytes that are no character, after which nothing comes.
 * Anything but 0 stops and is returned. */
typedef int sheet_taker(void *ctx, const char *text, size_t len, struct err *err);
int sheet_decode(const struct sheet_encoding *e, const char *body, size_t len, sheet_taker *take, void *ctx,
                 struct err *err);

#endif
