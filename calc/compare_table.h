/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the comparison's table share.
 */
#ifndef TCO_COMPARE_TABLE_H
#define TCO_COMPARE_TABLE_H

#include "calc/compare_view.h"

struct view {
    const struct compare *c;
    struct phrases *p;
    bool color;
    struct buf *out;
};

const char *compare_name(struct view *v, const struct compare_offer *o);
void compare_heading(struct view *v, const char *title);
/* compare_remarks.c: what is missing where, and what differs, offer by offer. */
void compare_remarks(struct view *v);

#endif
