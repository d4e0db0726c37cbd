/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of an inventory from texts, with the words as they are shipped: a header "name|内存(GB)" and rows "web|16".
 */
#ifndef TCO_INVENTORY_CASE_H
#define TCO_INVENTORY_CASE_H

#include "calc/batch_fields.h"

struct inventory_case {
    struct arena arena;
    struct batch_fields fields;
    struct batch_columns columns;
};

/* only_site: of plain `sku` and `region`. Fails the test when anything goes wrong; headers of no meaning are labels. */
void inventory_case(struct inventory_case *c, const struct rules *rules, const char *only_site, const char *header);
void inventory_case_free(struct inventory_case *c);
/* A row of it, number 7 on line 8. Lives in the arena of the case. */
struct batch_row inventory_case_row(struct inventory_case *c, const char *cells);

#endif
