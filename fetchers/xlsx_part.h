/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part of a workbook, element by element: those of its own namespace (transitional or strict, under any
 * prefix) with their depth, 1 for the root. Elements of others, and extension lists, are passed over with all
 * that is in them.
 */
#ifndef TCO_XLSX_PART_H
#define TCO_XLSX_PART_H

#include "fetchers/markup_stream.h"
#include "fetchers/xlsx_zip.h"

#include <stdbool.h>
#include <stdint.h>

enum xlsx_family {
    XLSX_MAIN,   /* SpreadsheetML */
    XLSX_PACKAGE /* relationships */
};

/* Anything but 0 stops and is returned. */
struct xlsx_events {
    int (*start)(void *ctx, const struct markup_tag *tag, int depth, struct err *err);
    int (*end)(void *ctx, int depth, struct err *err);                                   /* NULL: of no interest */
    int (*text)(void *ctx, const char *text, size_t len, struct err *err);               /* NULL: of no interest */
    int (*foreign)(void *ctx, const struct markup_tag *tag, int depth, struct err *err); /* before it is passed over */
};

/* Messages say where in the part, not which part it is. */
int xlsx_part_read(struct xlsx_zip *zip, long part, enum xlsx_family family, const struct xlsx_events *events,
                   void *ctx, struct err *err);

/* The value of an attribute in the namespace of relationships (r:id), transitional or strict. */
struct markup_value xlsx_relation_value(const struct markup_tag *tag, const char *name);

bool xlsx_is(struct markup_value v, const char *text);
bool xlsx_true(struct markup_value v); /* "1", "true" */
/* A plain whole number up to `most`; false for anything else. */
bool xlsx_whole(struct markup_value v, uint32_t most, uint32_t *out);
/* "AB12": both from 1, columns up to 16,384, rows up to 1,048,576. Returns the bytes read, 0 when it is none. */
size_t xlsx_reference(const char *text, size_t len, uint32_t *row, uint32_t *column);

#endif
