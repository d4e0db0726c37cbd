/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The derivation of a figure as a tree: operands, rule, source, date. Reads the estimate only.
 */
#ifndef TCO_EXPLAIN_H
#define TCO_EXPLAIN_H

#include "calc/buf.h"
#include "calc/estimate.h"

struct explain_options {
    const char *site; /* column: "site" or "site@buyer" */
    const char *line; /* NULL: the site's totals and each line's result; else one line */
    int month;        /* 1-based; 0: every run of months */
    const char *lang;
};

/* An unknown site, line or month is an error listing the known ones. */
int explain_write(const struct estimate *e, const struct explain_options *opt, struct buf *out, struct err *err);

#endif
