/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the header of a batch means. A cell of it is one of
 *   scenario, name        names the row's scenario (also in Chinese)
 *   compute.web.count     a key of the configuration, as --set names it; the name of the section may stand behind a
 *                         blank or a dot
 *   a word of inventories (batch_words)
 *   anything else         a label, carried for --group-by
 */
#ifndef TCO_BATCH_COLUMNS_H
#define TCO_BATCH_COLUMNS_H

#include "calc/batch.h"

/* Lives in the arena; file and cells are borrowed while reading, the names are copied. words: NULL for none. Errors
 * begin with "file:line: ": a key that does not exist, a section that base does not have, one thing named twice,
 * nothing known at all. */
int batch_columns_read(struct batch_columns *out, struct arena *a, const char *file, long line,
                       const struct batch_cell *cells, size_t n, const struct config *base,
                       const struct batch_words *words, struct err *err);

/* The labels but `used` (may be NULL), as "a, b"; nothing when there are none. */
void batch_columns_unused(const struct batch_columns *c, const char *used, struct buf *out);

#endif
