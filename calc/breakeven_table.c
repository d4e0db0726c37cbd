/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a terminal: what was searched, a sentence and the two sides for every place, and the ends of the range. The
 * matrix of two variables comes in blocks of columns that fit.
 */
#include "calc/breakeven_view.h"
#include "calc/grid.h"
#include "calc/wrap.h"

#include <string.h>

static void paragraph(struct breakeven_view *v, const char *said)
{
    wrap_text(v->out, said, "", 0, GRID_WIDTH);
}

static const char *side(const struct breakeven_view *v, int sign)
{
    return sign < 0 ? v->pair->a : sign > 0 ? v->pair->b : "";
}

static const char *by_what(struct breakeven_view *v)
{
    return say_plain(v->p, v->pair->by_cost ? TEXT_COST : TEXT_NPV);
}

static const char *money(struct breakeven_view *v, dec_t x)
{
    return say_money(v->p, dec_sign(x) < 0 ? dec_neg(x) : x, v->scenario->currency);
}

static void finish(struct breakeven_view *v, struct grid *g)
{
    v->p->failed = v->p->failed || g->failed;
    grid_fit(g);
    grid_write(g, v->color, v->out);
}

/* ---- one variable */

enum column { MARK, VALUE, COST_A, COST_B, DIFFERENCE, CHEAPER, COLUMNS };

static void begin(struct breakeven_view *v, const struct vary *what, size_t rows, struct grid *g)
{
    const struct grid_column columns[COLUMNS] = {
        [MARK] = {.title = ""},
        [VALUE] = {.title = say_clean(v->p, what->name), .right = true},
        [COST_A] = {.title = say_clean(v->p, v->pair->a), .right = true},
        [COST_B] = {.title = say_clean(v->p, v->pair->b), .right = true},
        [DIFFERENCE] = {.title = say_plain(v->p, TEXT_BREAKEVEN_DIFFERENCE), .right = true},
        [CHEAPER] = {.title = say_plain(v->p, TEXT_BREAKEVEN_CHEAPER), .drop = 1},
    };
    grid_init(g, &v->p->arena, columns, COLUMNS, rows);
    g->indent = 2;
}

static void add(struct breakeven_view *v, struct grid *g, const char *value, const char *mark,
                const struct breakeven_point *p)
{
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cells[MARK] = mark;
    row->cells[VALUE] = value;
    row->cells[COST_A] = say_amount(v->p, p->a, v->places);
    row->cells[COST_B] = say_amount(v->p, p->b, v->places);
    row->cells[DIFFERENCE] = say_amount(v->p, p->difference, v->places);
    row->cells[CHEAPER] = say_clean(v->p, breakeven_cheaper(v->pair, p));
}

static const char *equal_range(struct breakeven_view *v, const struct breakeven_place *p, const char *from,
                               const char *to)
{
    const char *below = p->left ? say(v->p, TEXT_BREAKEVEN_BELOW, side(v, p->left)) : "";
    const char *above = p->right ? say(v->p, TEXT_BREAKEVEN_ABOVE, side(v, p->right)) : "";
    return say_joined(v->p, say(v->p, TEXT_BREAKEVEN_EQUAL, from, to), below, above);
}

static const char *sentence(struct breakeven_view *v, const struct vary *what, const struct breakeven_place *p)
{
    const char *from = breakeven_found(v->p, what, p->from), *to = breakeven_found(v->p, what, p->to);
    const char *left = side(v, p->left), *right = side(v, p->right);
    switch (p->kind) {
    case ROOT_CROSSING:
        return say(v->p, TEXT_BREAKEVEN_CROSSING, from, left, right);
    case ROOT_JUMP:
        return say(v->p, what->whole ? TEXT_BREAKEVEN_TURN : TEXT_BREAKEVEN_JUMP, from, left, to, right);
    case ROOT_EQUAL:
        return equal_range(v, p, from, to);
    case ROOT_TOUCH:
        break;
    }
    if (p->left && p->right)
        return say(v->p, TEXT_BREAKEVEN_TOUCH, from, left);
    return say(v->p, TEXT_BREAKEVEN_TOUCH_END, from, side(v, p->left ? p->left : p->right));
}

static void write_place(struct breakeven_view *v, const struct vary *what, const struct breakeven_place *p)
{
    struct grid g;
    bool jump = p->kind == ROOT_JUMP;
    paragraph(v, sentence(v, what, p));
    begin(v, what, p->npoints, &g);
    for (size_t i = 0; i < p->npoints; i++) {
        bool at = i == p->at || (i == p->at + 1 && p->kind == ROOT_EQUAL && dec_cmp(p->from, p->to) < 0);
        add(v, &g, breakeven_found(v->p, what, p->points[i].x), at && !jump ? "=" : "", &p->points[i]);
    }
    finish(v, &g);
    buf_putc(v->out, '\n');
}

/* No place: the same side is cheaper everywhere. */
static void write_never(struct breakeven_view *v, const struct breakeven *b)
{
    const char *low = breakeven_value(v->p, b->v, b->v->low), *high = breakeven_value(v->p, b->v, b->v->high);
    const char *winner = side(v, dec_sign(b->least));
    bool negative = dec_sign(b->least) < 0;
    const char *least = money(v, negative ? b->most : b->least), *most = money(v, negative ? b->least : b->most);
    if (dec_cmp(b->least, b->most) == 0)
        paragraph(v, say(v->p, TEXT_BREAKEVEN_SAME, b->v->name, winner, least, low, high));
    else
        paragraph(v, say(v->p, TEXT_BREAKEVEN_NEVER, low, high, winner, least, most));
    buf_putc(v->out, '\n');
}

static void write_searched(struct breakeven_view *v, const struct breakeven *b)
{
    const struct vary *what = b->v;
    const char *low = breakeven_value(v->p, what, what->low), *high = breakeven_value(v->p, what, what->high);
    const char *now = breakeven_value(v->p, what, what->base);
    if (what->whole)
        paragraph(v, say(v->p, TEXT_BREAKEVEN_WALKED, low, high, now));
    else
        paragraph(v, say(v->p, TEXT_BREAKEVEN_SEARCHED, low, high, say_count(v->p, v->steps),
                         breakeven_value(v->p, what, dec_of(1, what->places)), now, money(v, b->equal)));
    if (what->uncertain)
        paragraph(v, say_plain(v->p, TEXT_BREAKEVEN_MEAN));
    buf_putc(v->out, '\n');
}

static void write_ends(struct breakeven_view *v, const struct breakeven *b)
{
    struct grid g;
    paragraph(v, say_plain(v->p, TEXT_BREAKEVEN_ENDS));
    begin(v, b->v, 3, &g);
    add(v, &g, breakeven_value(v->p, b->v, b->low.x), say_plain(v->p, TEXT_BREAKEVEN_LOW), &b->low);
    add(v, &g, breakeven_value(v->p, b->v, b->now.x), say_plain(v->p, TEXT_BREAKEVEN_NOW), &b->now);
    add(v, &g, breakeven_value(v->p, b->v, b->high.x), say_plain(v->p, TEXT_BREAKEVEN_HIGH), &b->high);
    finish(v, &g);
}

void breakeven_table(struct breakeven_view *v, const struct breakeven *b)
{
    struct phrases *p = v->p;
    paragraph(v, say(p, TEXT_BREAKEVEN_TITLE, say_clean(p, v->scenario->name), v->pair->a, v->pair->b,
                     say_clean(p, b->v->name), by_what(v), v->scenario->currency));
    write_searched(v, b);
    for (size_t i = 0; i < b->nplaces; i++)
        write_place(v, b->v, &b->places[i]);
    if (b->nplaces == 0)
        write_never(v, b);
    write_ends(v, b);
}

/* ---- two variables */

enum { CELL_MIN = 6, GAP = 2 };

static size_t widest(struct breakeven_view *v, const struct breakeven_grid *g)
{
    size_t most = CELL_MIN;
    for (size_t i = 0; i < g->n[0] * g->n[1]; i++) {
        size_t n = g->cells[i].known ? strlen(say_amount(v->p, g->cells[i].at.difference, v->places)) : 0;
        most = n > most ? n : most;
    }
    for (size_t k = 0; k < g->n[1]; k++) {
        size_t n = strlen(breakeven_value(v->p, g->v[1], g->values[1][k]));
        most = n > most ? n : most;
    }
    return most;
}

static void add_row(struct breakeven_view *v, const struct breakeven_grid *t, size_t i, size_t first, size_t n,
                    struct grid *g)
{
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cells[0] = breakeven_value(v->p, t->v[0], t->values[0][i]);
    for (size_t k = 0; k < n; k++) {
        const struct breakeven_cell *c = &t->cells[i * t->n[1] + first + k];
        row->cells[k + 1] = c->known ? say_amount(v->p, c->at.difference, v->places) : "?";
    }
}

static void write_block(struct breakeven_view *v, const struct breakeven_grid *t, size_t first, size_t n)
{
    struct grid_column *columns = arena_array(&v->p->arena, n + 1, sizeof *columns);
    struct grid g;
    v->p->failed = v->p->failed || !columns;
    if (!columns)
        return;
    columns[0] = (struct grid_column){.title = say_clean(v->p, t->v[0]->name), .right = true};
    for (size_t k = 0; k < n; k++)
        columns[k + 1] =
            (struct grid_column){.title = breakeven_value(v->p, t->v[1], t->values[1][first + k]), .right = true};
    grid_init(&g, &v->p->arena, columns, n + 1, t->n[0]);
    for (size_t i = 0; i < t->n[0]; i++)
        add_row(v, t, i, first, n, &g);
    buf_putc(v->out, '\n');
    finish(v, &g);
}

void breakeven_grid_table(struct breakeven_view *v, const struct breakeven_grid *g)
{
    struct phrases *p = v->p;
    size_t cell = widest(v, g) + GAP, room = GRID_WIDTH - strlen(g->v[0]->name) - 2 * GAP;
    size_t most = room / cell > 0 ? room / cell : 1;
    paragraph(v, say(p, TEXT_BREAKEVEN_GRID_TITLE, say_clean(p, v->scenario->name), v->pair->a, v->pair->b, by_what(v),
                     v->scenario->currency));
    paragraph(v,
              say(p, TEXT_BREAKEVEN_GRID_AXES, say_clean(p, g->v[0]->name), breakeven_value(p, g->v[0], g->v[0]->base),
                  say_clean(p, g->v[1]->name), breakeven_value(p, g->v[1], g->v[1]->base)));
    for (size_t k = 0; k < g->n[1]; k += most)
        write_block(v, g, k, g->n[1] - k < most ? g->n[1] - k : most);
}
