/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As JSON: numbers are strings, as in every JSON the program writes.
 */
#include "calc/breakeven_view.h"
#include "calc/json_out.h"

static void head(struct breakeven_view *v, struct json_out *j, const char *schema)
{
    json_text(j, "schema", schema);
    json_text(j, "scenario", v->scenario->name);
    json_text(j, "site_a", v->pair->a);
    json_text(j, "site_b", v->pair->b);
    json_text(j, "by", v->pair->by_cost ? "cost" : "npv");
    json_text(j, "currency", v->scenario->currency);
}

static void point(struct breakeven_view *v, struct json_out *j, const char *key, const struct vary *what,
                  const struct breakeven_point *p)
{
    const char *cheaper = breakeven_cheaper(v->pair, p);
    json_open_object(j, key, true);
    json_text(j, "value", breakeven_value(v->p, what, p->x));
    json_decimal(j, "cost_a", p->a, v->places);
    json_decimal(j, "cost_b", p->b, v->places);
    json_decimal(j, "difference", p->difference, v->places);
    json_text(j, "cheaper", *cheaper ? cheaper : NULL);
    json_close(j);
}

static const char *side(const struct breakeven_view *v, int sign)
{
    return sign < 0 ? v->pair->a : sign > 0 ? v->pair->b : NULL;
}

static void place(struct breakeven_view *v, struct json_out *j, const struct vary *what,
                  const struct breakeven_place *p)
{
    json_open_object(j, NULL, false);
    json_text(j, "kind", breakeven_kind_names[p->kind]);
    json_text(j, "from", breakeven_found(v->p, what, p->from));
    json_text(j, "to", breakeven_found(v->p, what, p->to));
    json_text(j, "cheaper_below", side(v, p->left));
    json_text(j, "cheaper_above", side(v, p->right));
    json_open_array(j, "points", false);
    for (size_t i = 0; i < p->npoints; i++)
        point(v, j, NULL, what, &p->points[i]);
    json_close(j);
    json_close(j);
}

static void extreme(struct breakeven_view *v, struct json_out *j, const char *key, const struct vary *what, dec_t at,
                    dec_t difference)
{
    json_open_object(j, key, true);
    json_text(j, "value", breakeven_value(v->p, what, at));
    json_decimal(j, "difference", difference, v->places);
    json_close(j);
}

static void variable(struct breakeven_view *v, struct json_out *j, const char *key, const struct vary *what)
{
    json_open_object(j, key, true);
    json_text(j, "name", what->name);
    json_text(j, "section", what->section);
    json_text(j, "key", what->key);
    json_text(j, "configured", breakeven_value(v->p, what, what->base));
    json_text(j, "low", breakeven_value(v->p, what, what->low));
    json_text(j, "high", breakeven_value(v->p, what, what->high));
    json_text(j, "resolution", breakeven_value(v->p, what, dec_of(1, what->whole ? 0 : what->places)));
    json_boolean(j, "whole", what->whole);
    json_close(j);
}

void breakeven_json(struct breakeven_view *v, const struct breakeven *b)
{
    struct json_out j = {.out = v->out};
    json_open_object(&j, NULL, false);
    head(v, &j, "tco-breakeven/1");
    variable(v, &j, "variable", b->v);
    if (!b->v->whole)
        json_int(&j, "steps", v->steps);
    json_int(&j, "evaluations", b->evaluations);
    json_decimal(&j, "equal_within", b->equal, v->places);
    point(v, &j, "configured", b->v, &b->now);
    point(v, &j, "low", b->v, &b->low);
    point(v, &j, "high", b->v, &b->high);
    extreme(v, &j, "least", b->v, b->least_at, b->least);
    extreme(v, &j, "most", b->v, b->most_at, b->most);
    json_open_array(&j, "break_even", false);
    for (size_t i = 0; i < b->nplaces; i++)
        place(v, &j, b->v, &b->places[i]);
    json_close(&j);
    json_close(&j);
}

void breakeven_grid_json(struct breakeven_view *v, const struct breakeven_grid *g)
{
    struct json_out j = {.out = v->out};
    json_open_object(&j, NULL, false);
    head(v, &j, "tco-breakeven-grid/1");
    variable(v, &j, "down", g->v[0]);
    variable(v, &j, "across", g->v[1]);
    json_open_array(&j, "columns", true);
    for (size_t k = 0; k < g->n[1]; k++)
        json_text(&j, NULL, breakeven_value(v->p, g->v[1], g->values[1][k]));
    json_close(&j);
    json_open_array(&j, "rows", false);
    for (size_t i = 0; i < g->n[0]; i++) {
        json_open_object(&j, NULL, true);
        json_text(&j, "value", breakeven_value(v->p, g->v[0], g->values[0][i]));
        json_open_array(&j, "differences", true);
        for (size_t k = 0; k < g->n[1]; k++) {
            const struct breakeven_cell *c = &g->cells[i * g->n[1] + k];
            if (c->known)
                json_decimal(&j, NULL, c->at.difference, v->places);
            else
                json_null(&j, NULL);
        }
        json_close(&j);
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
}
