/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_cells.h"

#include "fetchers/sheet_parts.h"

#include <stdlib.h>

static const struct sheet_cell blank = {.kind = SHEET_BLANK, .text = ""};

static bool room_for(struct xlsx_cells *c, size_t column)
{
    size_t cap = c->cap > 0 ? c->cap : 64;

    while (cap <= column)
        cap *= 2;
    if (cap == c->cap)
        return true;
    struct sheet_cell *grown = realloc(c->v, cap * sizeof *grown);
    if (grown == NULL)
        return false;
    for (size_t i = c->cap; i < cap; i++)
        grown[i] = blank;
    c->v = grown;
    c->cap = cap;
    return true;
}

static bool note(struct xlsx_cells *c, size_t column)
{
    if (c->nput == c->put_cap) {
        size_t cap = c->put_cap > 0 ? 2 * c->put_cap : 64;
        size_t *grown = realloc(c->put, cap * sizeof *grown);
        if (grown == NULL)
            return false;
        c->put = grown;
        c->put_cap = cap;
    }
    c->put[c->nput++] = column;
    return true;
}

int xlsx_cells_put(struct xlsx_cells *c, size_t column, const struct sheet_cell *cell, struct err *err)
{
    c->bytes += cell->len;
    if (c->bytes > SHEET_ROW_BYTES)
        return err_set(err, ERR_USAGE, "a row of more than %d bytes", SHEET_ROW_BYTES);
    if (!room_for(c, column) || !note(c, column))
        return err_nomem(err);
    c->v[column] = *cell;
    c->n = column >= c->n ? column + 1 : c->n;
    return 0;
}

void xlsx_cells_clear(struct xlsx_cells *c)
{
    for (size_t i = 0; i < c->nput; i++)
        c->v[c->put[i]] = blank;
    c->n = c->nput = c->bytes = 0;
}

void xlsx_cells_free(struct xlsx_cells *c)
{
    free(c->v);
    free(c->put);
    *c = (struct xlsx_cells){0};
}
