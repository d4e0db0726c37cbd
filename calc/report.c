/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of reports, from reports.def. The order is that of the list; the last entry is NULL.
 */
#include "calc/report.h"

#include <string.h>

#define REPORT(name) extern const struct report name##_report;
#include "calc/reports.def"
#undef REPORT

const struct report *const report_table[] = {
#define REPORT(name) &name##_report,
#include "calc/reports.def"
#undef REPORT
    NULL};

const struct report *report_find(const char *name)
{
    for (const struct report *const *r = report_table; *r != NULL; r++)
        if (strcmp((*r)->name, name) == 0)
            return *r;
    return NULL;
}

bool report_takes(const struct report_options *opt, const struct site_estimate *s)
{
    return !opt->site || strcmp(opt->site, s->site->id) == 0 || strcmp(opt->site, s->column) == 0;
}
