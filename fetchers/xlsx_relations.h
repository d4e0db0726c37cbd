/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the parts of a workbook belong together: the relationships that stand beside a part. What a
 * relationship points at is a part of the same archive, or it is refused when it is asked for.
 */
#ifndef TCO_XLSX_RELATIONS_H
#define TCO_XLSX_RELATIONS_H

#include "calc/arena.h"
#include "fetchers/xlsx_zip.h"

#include <stdbool.h>

struct xlsx_relation {
    const char *id, *type, *target; /* type: its last word, "worksheet" */
    bool outside;                   /* points out of the file */
};

struct xlsx_relations {
    const char *base; /* name of the part whose they are, "" for the whole archive */
    const struct xlsx_relation *list;
    size_t n;
};

/* All in the arena. A part without relationships has none. */
int xlsx_relations_read(struct xlsx_zip *zip, const char *base, struct arena *a, struct xlsx_relations *out,
                        struct err *err);
/* The first of a type or of an id (the other NULL); NULL when there is none. */
const struct xlsx_relation *xlsx_relation_find(const struct xlsx_relations *r, const char *id, const char *type);
/* The part it points at; -1 (*err): out of the workbook, or at nothing. */
long xlsx_relation_part(const struct xlsx_zip *zip, const struct xlsx_relations *r, const struct xlsx_relation *one,
                        struct err *err);

#endif
