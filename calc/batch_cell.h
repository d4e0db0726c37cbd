/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of an inventory as people write them, brought to the form of the configuration: "4核" is 4, "16G" is "16 GiB",
 * "CentOS 7.9" is linux, "包年" is "prepaid 12 months". Only what the table of words says.
 */
#ifndef TCO_BATCH_CELL_H
#define TCO_BATCH_CELL_H

#include "calc/batch_words.h"

/* Without blanks around it, inner ones and line ends folded to one blank; NULL when there is no memory. */
char *batch_cell_spaced(struct arena *a, const char *text);

/* *out: NULL when the cell is empty, or says that nothing is wanted. Errors say what is allowed. */
int batch_cell_read(const struct inventory_words *w, const struct inventory_header *h, const char *text,
                    struct arena *a, const char **out, struct err *err);

#endif
