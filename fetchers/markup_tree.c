/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking at a tree of markup: elements in order, their text, tables as grids. Nothing here is
 * recursive, however deep the tree.
 */
#include "calc/buf.h"
#include "fetchers/markup.h"

#include <string.h>

enum { CELLS_MAX = 20000, COLSPAN_MAX = 1000 };

const char *markup_attribute(const struct markup *v, const char *name)
{
    for (size_t i = 0; i < v->nattributes; i++)
        if (!strcmp(v->attributes[i].name, name))
            return v->attributes[i].value;
    return NULL;
}

/* The node behind `at` in document order within `top`; into its children only when asked. */
static const struct markup *step(const struct markup *top, const struct markup *at, bool into)
{
    if (into && at->first != NULL)
        return at->first;
    while (at != top && at->next == NULL)
        at = at->parent;
    return at != top ? at->next : NULL;
}

static bool is(const struct markup *v, const char *name)
{
    return v->name != NULL && (name == NULL || !strcmp(v->name, name));
}

const struct markup *markup_next(const struct markup *top, const struct markup *at, const char *name)
{
    const struct markup *v = step(top, at != NULL ? at : top, true);

    while (v != NULL && !is(v, name))
        v = step(top, v, true);
    return v;
}

const struct markup *markup_child(const struct markup *v, const char *name)
{
    const struct markup *child = v->first;

    while (child != NULL && !is(child, name))
        child = child->next;
    return child;
}

/* ---- text ---- */

static bool among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(name, list[i]))
            return true;
    return false;
}

/* What a reader sees parted: numbers of two paragraphs are not one number. */
static bool parts_text(const char *name)
{
    static const char *const blocks[] = {"br", "p",  "div", "li", "ul",    "ol",  "dt",      "dd",
                                         "td", "th", "tr",  "hr", "table", "pre", "section", "option"};

    return among(name, blocks, sizeof blocks / sizeof *blocks);
}

static bool unseen(const char *name)
{
    static const char *const list[] = {"script", "style"};

    return among(name, list, sizeof list / sizeof *list);
}

/* Bytes of the blank at text: ASCII ones, no-break, ideographic; 0 when there is none. */
static size_t blank(const char *text)
{
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    if (!strncmp(text, "\xc2\xa0", 2))
        return 2;
    return !strncmp(text, "\xe3\x80\x80", 3) ? 3 : 0;
}

/* Bytes of a character without any width: zero-width space, byte order mark. */
static size_t invisible(const char *text)
{
    return !strncmp(text, "\xe2\x80\x8b", 3) || !strncmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
}

static void put_folded(struct buf *out, const char *text, bool *pending)
{
    while (*text != '\0') {
        size_t n = blank(text);
        if (n > 0) {
            *pending = true;
        } else if ((n = invisible(text)) == 0) {
            if (*pending && out->n > 0)
                buf_putc(out, ' ');
            *pending = false;
            buf_putc(out, *text);
            n = 1;
        }
        text += n;
    }
}

const char *markup_text(const struct markup *v, struct arena *a)
{
    struct buf out = {0};
    bool pending = false;
    const char *text = NULL;

    for (const struct markup *at = v; at != NULL;) {
        bool seen = at == v || at->name == NULL || !unseen(at->name);
        if (at->text != NULL)
            put_folded(&out, at->text, &pending);
        pending = pending || (at->name != NULL && parts_text(at->name));
        const struct markup *next = step(v, at, seen);
        /* The ends of blocks part as well. */
        for (const struct markup *up = at; next != NULL && up != next->parent; up = up->parent)
            pending = pending || (up->name != NULL && parts_text(up->name));
        at = next;
    }
    if (!out.failed)
        text = arena_strndup(a, out.n > 0 ? out.v : "", out.n);
    buf_free(&out);
    return text;
}

/* ---- tables ---- */

/* The next of a table's own rows or cells: what stands in a table within it is not. */
static const struct markup *own(const struct markup *top, const struct markup *at, const char *const names[2])
{
    const struct markup *v = step(top, at != NULL ? at : top, true);

    while (v != NULL && !is(v, names[0]) && !is(v, names[1]))
        v = step(top, v, !is(v, "table"));
    return v;
}

static const char *const row_names[2] = {"tr", "tr"};
static const char *const cell_names[2] = {"td", "th"};

/* As browsers read it: what is no number or 0 is 1; more than `most` is `most`. */
static size_t span(const struct markup *cell, const char *name, size_t most)
{
    const char *text = markup_attribute(cell, name);
    size_t n = 0;

    while (text != NULL && *text == ' ')
        text++;
    for (; text != NULL && *text >= '0' && *text <= '9' && n < most; text++)
        n = n * 10 + (size_t)(*text - '0');
    return n < 1 ? 1 : n > most ? most : n;
}

/* A table being laid out. */
struct layout {
    struct markup_grid *grid; /* cells NULL while it is only measured */
    struct arena *arena;
    size_t *left; /* rows that the span of each column still covers */
    const struct markup **from;
    const char **text;
    size_t columns;
};

static int too_large(struct err *err)
{
    return err_set(err, ERR_FETCH, "a table of more than %d cells", CELLS_MAX);
}

static int put_cell(struct layout *l, const struct markup *cell, size_t *column, size_t rows_left, struct err *err)
{
    size_t wide = span(cell, "colspan", COLSPAN_MAX), high = span(cell, "rowspan", rows_left);
    const char *text = "";

    while (*column < CELLS_MAX && l->left[*column] > 0)
        ++*column;
    if (*column + wide > CELLS_MAX)
        return too_large(err);
    if (l->grid->cells != NULL && (text = markup_text(cell, l->arena)) == NULL)
        return err_nomem(err);
    for (size_t i = *column; i < *column + wide; i++) {
        if (l->left[i] > 0)
            return err_set(err, ERR_FETCH, "line %d: the cell overlaps another in its table", cell->line);
        l->left[i] = high;
        l->from[i] = cell;
        l->text[i] = text;
    }
    *column += wide;
    if (l->columns < *column)
        l->columns = *column;
    return 0;
}

/* What covers this row is written down and counted off. */
static void close_row(struct layout *l, size_t row)
{
    struct markup_grid *g = l->grid;

    for (size_t i = 0; i < l->columns; i++) {
        bool covered = l->left[i] > 0;
        if (g->cells != NULL) {
            g->cells[row * g->columns + i] = covered ? l->text[i] : "";
            g->elements[row * g->columns + i] = covered ? l->from[i] : NULL;
        }
        l->left[i] -= covered;
    }
}

static int lay_out(struct layout *l, const struct markup *table, struct err *err)
{
    size_t row = 0;

    for (const struct markup *tr = own(table, NULL, row_names); tr != NULL; tr = own(table, tr, row_names), row++) {
        size_t column = 0;
        for (const struct markup *td = own(tr, NULL, cell_names); td != NULL; td = own(tr, td, cell_names))
            if (put_cell(l, td, &column, l->grid->rows - row, err) != 0)
                return -1;
        if (l->grid->rows * l->columns > CELLS_MAX)
            return too_large(err);
        close_row(l, row);
    }
    return 0;
}

static int measure(const struct markup *table, struct layout *l, struct err *err)
{
    struct markup_grid *g = l->grid;

    for (const struct markup *tr = own(table, NULL, row_names); tr != NULL; tr = own(table, tr, row_names))
        if (++g->rows > CELLS_MAX)
            return too_large(err);
    l->left = arena_array(l->arena, CELLS_MAX, sizeof *l->left);
    l->from = arena_array(l->arena, CELLS_MAX, sizeof *l->from);
    l->text = arena_array(l->arena, CELLS_MAX, sizeof *l->text);
    if (l->left == NULL || l->from == NULL || l->text == NULL)
        return err_nomem(err);
    if (lay_out(l, table, err) != 0)
        return -1;
    g->columns = l->columns;
    return 0;
}

int markup_grid(const struct markup *table, struct arena *a, struct markup_grid *out, struct err *err)
{
    struct arena scratch = {0};
    struct markup_grid grid = {0};
    struct layout l = {.grid = &grid, .arena = &scratch};
    int rc = measure(table, &l, err);
    size_t n = grid.rows * grid.columns;

    if (rc == 0) {
        grid.cells = arena_array(a, n + 1, sizeof *grid.cells);
        grid.elements = arena_array(a, n + 1, sizeof *grid.elements);
        l.arena = a;
        rc = grid.cells == NULL || grid.elements == NULL ? err_nomem(err) : lay_out(&l, table, err);
    }
    arena_free(&scratch);
    *out = grid;
    return rc;
}
