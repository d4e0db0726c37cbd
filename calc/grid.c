/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table for a terminal. Widths are counted in terminal columns, so Chinese aligns with Latin.
 */
#include "calc/grid.h"

#include "calc/words.h"
#include "calc/wrap.h"

#include <assert.h>
#include <string.h>

enum { GAP = 2, BELOW_INDENT = 4 };

static const char *const style_codes[] = {[STYLE_PLAIN] = "",
                                          [STYLE_BOLD] = "\033[1m",
                                          [STYLE_DIM] = "\033[2m",
                                          [STYLE_RED] = "\033[31m",
                                          [STYLE_YELLOW] = "\033[33m"};

void style_puts(struct buf *out, enum grid_style style, bool color, const char *text)
{
    bool styled = color && style != STYLE_PLAIN;
    buf_puts(out, styled ? style_codes[style] : "");
    buf_puts(out, text);
    buf_puts(out, styled ? "\033[0m" : "");
}

void grid_init(struct grid *g, struct arena *a, const struct grid_column *columns, size_t ncolumns, size_t max_rows)
{
    const char **cells = arena_array(a, max_rows * ncolumns + 1, sizeof *cells);
    enum grid_style *styles = arena_array(a, max_rows * ncolumns + 1, sizeof *styles);
    *g = (struct grid){.ncolumns = ncolumns, .cap = max_rows};
    g->columns = arena_grow(a, columns, ncolumns, ncolumns, sizeof *columns);
    g->rows = arena_array(a, max_rows + 1, sizeof *g->rows);
    g->failed = cells == NULL || styles == NULL || g->columns == NULL || g->rows == NULL;
    for (size_t i = 0; !g->failed && i < max_rows; i++) {
        g->rows[i].cells = cells + i * ncolumns;
        g->rows[i].styles = styles + i * ncolumns;
    }
}

struct grid_row *grid_row(struct grid *g)
{
    if (g->failed)
        return NULL;
    assert(g->nrows < g->cap);
    return &g->rows[g->nrows++];
}

/* The widest cell of a column; 0 when all are empty. */
static size_t widest(const struct grid *g, size_t column)
{
    size_t width = 0;
    for (size_t i = 0; i < g->nrows; i++) {
        const char *cell = g->rows[i].cells[column];
        size_t w = cell != NULL ? words_width(cell) : 0;
        width = w > width ? w : width;
    }
    return width;
}

static void measure(struct grid *g)
{
    for (size_t c = 0; c < g->ncolumns; c++) {
        struct grid_column *col = &g->columns[c];
        size_t title = words_width(col->title);
        size_t width = widest(g, c);
        if (width == 0 && g->nrows > 0)
            col->empty = true;
        width = width > title ? width : title;
        col->width = col->max_width > 0 && width > col->max_width ? col->max_width : width;
    }
}

static bool shown(const struct grid_column *col)
{
    return !col->empty && !col->dropped;
}

static size_t total_width(const struct grid *g)
{
    size_t width = g->indent, n = 0;
    for (size_t c = 0; c < g->ncolumns; c++)
        if (shown(&g->columns[c])) {
            width += g->columns[c].width + (n > 0 ? GAP : 0);
            n++;
        }
    return width;
}

/* The column to go next, or NULL when all that are left must stay. */
static struct grid_column *least_important(struct grid *g)
{
    struct grid_column *least = NULL;
    for (size_t c = 0; c < g->ncolumns; c++) {
        struct grid_column *col = &g->columns[c];
        if (shown(col) && col->drop > 0 && (least == NULL || col->drop > least->drop))
            least = col;
    }
    return least;
}

void grid_fit(struct grid *g)
{
    struct grid_column *least;
    if (g->failed)
        return;
    measure(g);
    while (total_width(g) > GRID_WIDTH && (least = least_important(g)) != NULL)
        least->dropped = true;
}

/* A cell in its column; the last of a line is not padded to the right. */
static void write_cell(struct buf *out, const struct grid_column *col, const char *cell, bool last)
{
    size_t width = words_width(cell);
    if (last && !col->right && width <= col->width)
        buf_puts(out, cell);
    else
        words_pad(out, cell, col->width, col->right);
}

static size_t last_shown(const struct grid *g)
{
    size_t last = 0;
    for (size_t c = 0; c < g->ncolumns; c++)
        if (shown(&g->columns[c]))
            last = c;
    return last;
}

/* row NULL: the header. */
static void write_line(const struct grid *g, const struct grid_row *row, bool color, struct buf *out)
{
    size_t last = last_shown(g), n = 0;
    enum grid_style style = row != NULL ? row->style : STYLE_BOLD;
    buf_printf(out, "%*s", (int)g->indent, "");
    for (size_t c = 0; c < g->ncolumns; c++) {
        const struct grid_column *col = &g->columns[c];
        const char *cell = row != NULL ? row->cells[c] : col->title;
        enum grid_style own = row != NULL && row->styles[c] != STYLE_PLAIN ? row->styles[c] : style;
        bool styled = color && own != STYLE_PLAIN;
        if (!shown(col))
            continue;
        buf_printf(out, "%*s", n++ > 0 ? GAP : 0, "");
        buf_puts(out, styled ? style_codes[own] : "");
        write_cell(out, col, cell != NULL ? cell : "", c == last);
        buf_puts(out, styled ? "\033[0m" : "");
    }
    while (out->n > 0 && out->v[out->n - 1] == ' ')
        out->v[--out->n] = '\0';
    buf_putc(out, '\n');
}

static void write_below(const struct grid *g, const struct grid_row *row, struct buf *out)
{
    char blanks[32];
    size_t indent = g->indent + BELOW_INDENT;
    memset(blanks, ' ', sizeof blanks);
    indent = indent < sizeof blanks ? indent : sizeof blanks - 1;
    blanks[indent] = '\0';
    for (size_t i = 0; i < row->nbelow; i++)
        wrap_text(out, row->below[i], blanks, indent, GRID_WIDTH);
}

void grid_write(const struct grid *g, bool color, struct buf *out)
{
    if (g->failed)
        return;
    write_line(g, NULL, color, out);
    for (size_t i = 0; i < g->nrows; i++) {
        write_line(g, &g->rows[i], color, out);
        write_below(g, &g->rows[i], out);
    }
}
