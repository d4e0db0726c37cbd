/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An inventory: rows that are lines of one bill. Rows that ask for the same are one line that stands for all of them
 * (repeats of struct resource), so that memory and the work of pricing grow with what is different, not with the
 * rows. A line is called by the name of its first row, else by that row's number; a name that another line of its
 * kind has gets "#2", "#3" and so on behind it, in the order of the rows.
 *
 * One bill stands in one place: every row that names a city or region names the same, and one that names none goes
 * with the base's. Where the ties of a shared ladder go by name, lines that are alike stand behind their first row.
 */
#ifndef TCO_BATCH_INVENTORY_H
#define TCO_BATCH_INVENTORY_H

#include "calc/batch_fields.h"

/* Rows of one text (but for their names) in one group. */
struct inventory_use {
    int entry, group;
    int rows;
};
/* What a text of a row asks for. */
struct inventory_entry {
    int lines[FIELD_LINES]; /* numbers of lines, in the order in which they came */
    int nlines;
};
/* What the rows came to. */
struct inventory_bill {
    struct scenario scenario; /* the base's resources, then a resource for each line */
    size_t nbase;             /* of the base's resources */
    const int *place;         /* by number of a line: its place among the resources */
    const struct inventory_entry *entries;
    const struct inventory_use *uses; /* in the order of their first rows */
    size_t nuses;
    const char *const *groups; /* by number; one, "", when there are none */
    size_t ngroups;
};

struct inventory;
/* Everything given is borrowed. group: the column whose cells name the groups, -1 for none. Refuses columns that set
 * keys of the configuration: a bill has one. */
int inventory_open(struct inventory **out, const struct batch_fields *fields, const struct config *base,
                   const struct batch_columns *columns, int group, struct err *err);
/* 0; 1: the row is wrong, "rows.csv:17: ...", and not in the bill; -1: what ends the work. */
int inventory_row(struct inventory *v, const struct batch_row *row, struct err *err);
/* Of all rows so far; once, at the end. Lives in the inventory. Wrong when no row is in it. */
int inventory_bill(struct inventory *v, struct inventory_bill *out, struct err *err);
void inventory_free(struct inventory *v); /* NULL is fine */

#endif
