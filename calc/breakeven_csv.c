/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As CSV: a record for every value whose both sides are shown; of two variables, the difference as a matrix whose
 * header cells are the values.
 */
#include "calc/breakeven_view.h"
#include "calc/csv_columns.h"

const char *const breakeven_kind_names[] = {
    [ROOT_CROSSING] = "crossing", [ROOT_JUMP] = "jump", [ROOT_TOUCH] = "touch", [ROOT_EQUAL] = "equal"};

const char *breakeven_cheaper(const struct breakeven_pair *pair, const struct breakeven_point *p)
{
    int sign = dec_sign(p->difference);
    return sign < 0 ? pair->a : sign > 0 ? pair->b : "";
}

const char *breakeven_value(struct phrases *p, const struct vary *v, dec_t x)
{
    const char *text = vary_text(v, x, 0, &p->arena);
    p->failed = p->failed || !text;
    return text ? text : "";
}

const char *breakeven_found(struct phrases *p, const struct vary *v, dec_t x)
{
    const char *text = vary_text(v, x, v->whole ? 0 : v->places, &p->arena);
    p->failed = p->failed || !text;
    return text ? text : "";
}

static void cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void amount(struct breakeven_view *v, dec_t x)
{
    csv_decimal(v->out, x, v->places);
    buf_putc(v->out, ',');
}

/* no: of the place from 1, 0 for none of them. */
static void record(struct breakeven_view *v, const struct vary *what, size_t no, const char *kind, const char *place,
                   const struct breakeven_point *p)
{
    cell(v->out, v->scenario->name);
    cell(v->out, what->name);
    cell(v->out, v->pair->a);
    cell(v->out, v->pair->b);
    cell(v->out, v->pair->by_cost ? "cost" : "npv");
    cell(v->out, v->scenario->currency);
    if (no)
        buf_printf(v->out, "%zu", no);
    buf_putc(v->out, ',');
    cell(v->out, kind);
    cell(v->out, place);
    csv_raw(v->out, no ? breakeven_found(v->p, what, p->x) : breakeven_value(v->p, what, p->x));
    buf_putc(v->out, ',');
    amount(v, p->a);
    amount(v, p->b);
    amount(v, p->difference);
    csv_text(v->out, breakeven_cheaper(v->pair, p));
    buf_putc(v->out, '\n');
}

/* Of a jump there is no value at it: the last one before and the first one after. */
static const char *place_of(const struct breakeven_place *p, size_t i)
{
    size_t at = p->at + (p->kind == ROOT_EQUAL && dec_cmp(p->from, p->to) < 0);
    if (p->kind == ROOT_JUMP)
        return i == 0 ? "before" : "after";
    return i < p->at ? "before" : i > at ? "after" : "at";
}

void breakeven_csv(struct breakeven_view *v, const struct breakeven *b)
{
    const char *kind = b->nplaces > 0 ? "" : "none";
    buf_puts(v->out, "scenario,variable,site_a,site_b,by,currency,break_even,kind,place,value,cost_a,cost_b,"
                     "difference,cheaper\n");
    record(v, b->v, 0, kind, "low", &b->low);
    for (size_t i = 0; i < b->nplaces; i++)
        for (size_t k = 0; k < b->places[i].npoints; k++)
            record(v, b->v, i + 1, breakeven_kind_names[b->places[i].kind], place_of(&b->places[i], k),
                   &b->places[i].points[k]);
    record(v, b->v, 0, kind, "high", &b->high);
    record(v, b->v, 0, kind, "configured", &b->now);
}

void breakeven_grid_csv(struct breakeven_view *v, const struct breakeven_grid *g)
{
    csv_text(v->out, say_joined(v->p, g->v[0]->name, " \\ ", g->v[1]->name));
    for (size_t k = 0; k < g->n[1]; k++) {
        buf_putc(v->out, ',');
        csv_raw(v->out, breakeven_value(v->p, g->v[1], g->values[1][k]));
    }
    for (size_t i = 0; i < g->n[0]; i++) {
        buf_putc(v->out, '\n');
        csv_raw(v->out, breakeven_value(v->p, g->v[0], g->values[0][i]));
        for (size_t k = 0; k < g->n[1]; k++) {
            const struct breakeven_cell *c = &g->cells[i * g->n[1] + k];
            buf_putc(v->out, ',');
            if (c->known)
                csv_decimal(v->out, c->at.difference, v->places);
        }
    }
    buf_putc(v->out, '\n');
}
