/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table for a terminal: cells of any script in aligned columns with two blanks between them. When
 * it is too wide, columns go, the least important first; a figure is never cut. All memory is the
 * arena's; a failed allocation gives an empty grid and sets `failed`.
 */
#ifndef TCO_GRID_H
#define TCO_GRID_H

#include "calc/arena.h"
#include "calc/buf.h"

enum { GRID_WIDTH = 100 }; /* columns of a terminal that every table fits */

enum grid_style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_RED, STYLE_YELLOW };

struct grid_column {
    const char *title;
    bool right;
    int drop;         /* 0: stays; else the highest goes first when the grid is too wide */
    size_t max_width; /* 0: as wide as its text; else longer texts are cut */
    /* set by grid_fit */
    bool empty;   /* no cell has text: not shown */
    bool dropped; /* no room: not shown */
    size_t width;
};

struct grid_row {
    const char **cells;       /* one per column; NULL is empty */
    enum grid_style *styles;  /* one per column, over `style` */
    enum grid_style style;    /* of the whole row */
    const char *const *below; /* paragraphs printed under the row, indented */
    size_t nbelow;
};

struct grid {
    struct grid_column *columns;
    size_t ncolumns;
    struct grid_row *rows;
    size_t nrows, cap;
    size_t indent;
    bool failed;
};

void grid_init(struct grid *g, struct arena *a, const struct grid_column *columns, size_t ncolumns, size_t max_rows);
/* The next empty row; NULL when the grid failed. */
struct grid_row *grid_row(struct grid *g);
/* Finds the widths and which columns are shown. */
void grid_fit(struct grid *g);
/* Header and rows. Without `color` no style is written. */
void grid_write(const struct grid *g, bool color, struct buf *out);
/* One text in a style. */
void style_puts(struct buf *out, enum grid_style style, bool color, const char *text);

#endif
