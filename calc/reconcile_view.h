/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the comparison of a bill is shown: one file per format. The names of the columns of the CSV are a promise: they
 * are only ever appended to.
 */
#ifndef TCO_RECONCILE_VIEW_H
#define TCO_RECONCILE_VIEW_H

#include "calc/phrase.h"
#include "calc/reconcile.h"

struct reconcile_view {
    struct phrases *p; /* check p->failed and out->failed afterwards */
    const struct reconcile_input *in;
    const struct reconciliation *r;
    const char *bill; /* its name */
    long rows, rounded;
    bool color;
};

void reconcile_csv(const struct reconcile_view *a, struct buf *out);
void reconcile_table(const struct reconcile_view *a, struct buf *out);

#endif
