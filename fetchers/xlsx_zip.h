/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libzip: the parts of a workbook, read from the bytes given and as they unpack. When it is open,
 * every name is relative, clean and there once (whatever its case), nothing is encrypted, only stored or deflated,
 * and all parts together unpack to no more than the limit. libzip is loaded when it is first needed.
 */
#ifndef TCO_XLSX_ZIP_H
#define TCO_XLSX_ZIP_H

#include "calc/err.h"

#include <stddef.h>
#include <stdint.h>

struct xlsx_zip;

/* body must stay until xlsx_zip_free(). Kind ERR_USAGE; ERR_FETCH when libzip cannot be loaded. */
int xlsx_zip_open(struct xlsx_zip **out, const char *body, size_t len, uint64_t bytes, struct err *err);
void xlsx_zip_free(struct xlsx_zip *z); /* NULL is fine */

/* The part of a name ("xl/workbook.xml"), upper or lower case; -1 when there is none. */
long xlsx_zip_find(const struct xlsx_zip *z, const char *name, size_t len);
const char *xlsx_zip_name(const struct xlsx_zip *z, long part);

/* One part at a time. A part over 1 MiB that unpacks to more than 200 times its size is refused. */
int xlsx_zip_enter(struct xlsx_zip *z, long part, struct err *err);
/* A markup_source: up to n bytes; 0 only when the part is whole and its checksum right; -1. */
long xlsx_zip_read(void *z, char *to, size_t n, struct err *err);
void xlsx_zip_leave(struct xlsx_zip *z); /* also when none was entered */

#endif
