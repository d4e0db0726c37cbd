/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the table report share: one struct, one function per view, and the sections
 * below the summary. Each part reads the estimate and appends text.
 */
#ifndef TCO_TABLE_H
#define TCO_TABLE_H

#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/report.h"

enum { SITE_WIDTH_MAX = 28 }; /* a longer name is cut where it stands in a column */

struct table {
    const struct estimate *e;
    const struct report_options *opt;
    struct phrases p;
    struct buf *out;
};

/* A bold line of its own with an empty one before it. */
void table_heading(struct table *t, const char *title);
/* A site as a heading: name, region, status. */
void table_site_heading(struct table *t, const struct site_estimate *s);
/* Fits, writes and indents a grid; its failure becomes the phrases'. */
void table_grid(struct table *t, struct grid *g);

/* A line's status and a site's status in the reader's words. */
const char *table_line_status(struct table *t, const struct line *l);
const char *table_site_status(struct table *t, const struct site_estimate *s);
enum grid_style table_status_style(const struct site_estimate *s);

void table_summary(struct table *t);                /* table_summary.c */
void table_plans(struct table *t);                  /* table_plans.c */
void table_lines(struct table *t);                  /* table_lines.c */
void table_ways(struct table *t);                   /* table_ways.c */
int table_months(struct table *t, struct err *err); /* table_months.c */
/* What stands below the summary: why a site is not ranked, conditions and notes, rates, ages. */
void table_notes(struct table *t); /* table_notes.c */

#endif
