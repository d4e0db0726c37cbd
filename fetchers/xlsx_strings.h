/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts of a workbook: those that cells share, and how a text is put together from its runs. Readings
 * (phonetic runs) are no part of a text. _x000D_ stands for the character of that code, as is the custom there.
 */
#ifndef TCO_XLSX_STRINGS_H
#define TCO_XLSX_STRINGS_H

#include "calc/buf.h"
#include "fetchers/xlsx_zip.h"

#include <stdbool.h>

/* A text as its elements go by: those below <si> or <is>, level 1 for its children. */
struct xlsx_rich {
    struct buf text;
    size_t most; /* bytes */
    bool collecting, run;
};
void xlsx_rich_clear(struct xlsx_rich *r);
void xlsx_rich_start(struct xlsx_rich *r, const char *name, int level);
void xlsx_rich_end(struct xlsx_rich *r, int level);
int xlsx_rich_text(struct xlsx_rich *r, const char *text, size_t len, struct err *err); /* -1: over the limit */

/* Puts characters in the place of _xHHHH_; returns the new length. NUL and halves of pairs stay as they stand. */
size_t xlsx_unescape(char *text, size_t len);

struct xlsx_strings {
    struct buf all; /* each with its NUL */
    size_t *at;     /* n + 1 of them */
    size_t n, cap;
};

/* 256 MiB and 8,000,000 texts at most, each of `most` bytes. */
int xlsx_strings_read(struct xlsx_strings *s, struct xlsx_zip *zip, long part, size_t most, struct err *err);
void xlsx_strings_free(struct xlsx_strings *s);                               /* zeroed is fine */
const char *xlsx_string(const struct xlsx_strings *s, size_t i, size_t *len); /* NULL when there is none */

#endif
