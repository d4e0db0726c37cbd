/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports: one file report_<name>.c and one line in reports.def each. A report only reads the
 * estimate and appends bytes; the same estimate gives the same bytes.
 */
#ifndef TCO_REPORT_H
#define TCO_REPORT_H

#include "calc/buf.h"
#include "calc/estimate.h"

/* The last is of several estimates: no report has it, whatif.h does. */
enum view { VIEW_SUMMARY, VIEW_LINES, VIEW_MONTHLY, VIEW_SENSITIVITY, VIEW_COMMITMENTS, VIEW_RISK, VIEW_SCENARIOS };

struct report_options {
    enum view view;
    const char *lang; /* "en", "zh" */
    bool color;
    bool bom;         /* CSV */
    const char *site; /* VIEW_COMMITMENTS: only the columns of this site; NULL: all */
    int jobs;         /* VIEW_RISK: threads that may be used */
    int candidates;   /* table: how many runners-up to show */
};

struct report {
    const char *name; /* of --format */
    const char *about;
    int (*write)(const struct estimate *e, const struct report_options *opt, struct buf *out, struct err *err);
};

extern const struct report *const report_table[];   /* from reports.def, ends in NULL */
const struct report *report_find(const char *name); /* NULL when unknown */
/* Is the site among those to be shown? */
bool report_takes(const struct report_options *opt, const struct site_estimate *s);

#endif
