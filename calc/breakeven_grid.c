/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The difference as two numbers change: every pair of values once.
 */
#include "calc/breakeven.h"

/* The i-th of steps + 1 values from low to high, on the decimals that the variable's answers have. */
static dec_t value_at(const struct vary *v, int steps, int i)
{
    dec_t way = dec_muldiv(dec_sub(v->high, v->low), dec_int64(i), dec_int64(steps), DEC_HALF_UP);
    if (i == 0 || i == steps)
        return i == 0 ? v->low : v->high;
    return dec_round(dec_add(v->low, way), v->places, DEC_HALF_UP);
}

/* Each value once, ascending. */
static int values_of(const struct vary *v, int steps, struct arena *a, const dec_t **out, size_t *n, struct err *err)
{
    dec_t *values = arena_array(a, (size_t)steps + 1, sizeof *values);
    *n = 0;
    if (!values)
        return err_nomem(err);
    for (int i = 0; i <= steps; i++) {
        dec_t x = value_at(v, steps, i);
        if (dec_check(x, "a value between both ends of the range", err))
            return -1;
        if (*n == 0 || dec_cmp(values[*n - 1], x) < 0)
            values[(*n)++] = x;
    }
    *out = values;
    return 0;
}

/* Where a site cannot be compared the cell stays unknown; any other mistake ends it. */
static int fill(const struct breakeven_pair *pair, struct breakeven_grid *g, struct breakeven_cell *cell, dec_t down,
                dec_t across, struct err *err)
{
    const dec_t x[2] = {down, across};
    cell->known = !breakeven_look(pair, g->v, x, 2, &cell->at, err);
    if (cell->known)
        return 0;
    if (err->kind != ERR_INCOMPLETE && err->kind != ERR_STALE)
        return -1;
    if (g->unknown++ == 0)
        g->why = *err;
    return 0;
}

int breakeven_table_of(const struct breakeven_pair *pair, const struct vary *const v[2], int steps, struct arena *a,
                       struct breakeven_grid *out, struct err *err)
{
    struct breakeven_grid g = {.v = {v[0], v[1]}};
    for (int i = 0; i < 2; i++)
        if (values_of(v[i], steps, a, &g.values[i], &g.n[i], err))
            return -1;
    struct breakeven_cell *cells = arena_array(a, g.n[0] * g.n[1], sizeof *cells);
    if (!cells)
        return err_nomem(err);
    for (size_t i = 0; i < g.n[0] * g.n[1]; i++)
        if (fill(pair, &g, &cells[i], g.values[0][i / g.n[1]], g.values[1][i % g.n[1]], err))
            return -1;
    g.cells = cells;
    *out = g;
    return 0;
}
