/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The best of each line, together: what the offers would come to if each line were bought where it costs least.
 */
#include "calc/compare.h"
#include "calc/price.h"

struct mix {
    struct npv_table table;
    struct npv npv;
    dec_t cost;
};

static void mix_line(struct mix *m, const struct line *l)
{
    m->cost = dec_add(m->cost, l->m.cost);
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        npv_add(&m->npv, &m->table, r->first, r->months, r->at, price_valued(l->offer, r));
    }
}

static bool is_used(const struct compare *c, const struct compare_offer *o)
{
    for (size_t r = 0; r < c->nrows; r++)
        if (c->rows[r].winner == o)
            return true;
    return false;
}

/* A cost once, whichever of the offers bring it; each offer's own fee. False when one is not known. */
static bool mix_extra(const struct compare *c, size_t r, struct mix *m)
{
    for (size_t i = 0; i < c->noffers; i++) {
        const struct compare_cell *cell = &c->offers[i].cells[r];
        if (!cell->line || !is_used(c, &c->offers[i]))
            continue;
        if (!cell->counts)
            return false;
        mix_line(m, cell->line);
        if (c->rows[r].cost)
            return true;
    }
    return true;
}

/* Is the row asked of any offer at all? A resource may be for sites that are not compared. */
static bool is_asked(const struct compare *c, size_t r)
{
    for (size_t i = 0; i < c->noffers; i++)
        if (c->offers[i].cells[r].line)
            return true;
    return false;
}

static bool mix_all(const struct compare *c, struct mix *m)
{
    size_t taken = 0;
    for (size_t r = 0; r < c->nrows; r++) {
        const struct compare_row *row = &c->rows[r];
        if (!is_asked(c, r))
            continue;
        if (row->resource && !row->winner)
            return false;
        if (!row->resource && !mix_extra(c, r, m))
            return false;
        if (row->resource)
            mix_line(m, row->winner->cells[r].line);
        taken += row->resource != NULL;
    }
    return taken > 0;
}

int compare_mix(struct compare *c, struct err *err)
{
    const struct scenario *s = c->e->scenario;
    struct mix m = {.cost = DEC_ZERO};
    dec_t yearly = s->discount_rate.kind == VALUE_NONE ? DEC_ZERO : s->discount_rate.fixed;
    if (npv_table_make(&m.table, yearly, s->months + TERM_MAX, err))
        return -1;
    c->has_mix = mix_all(c, &m);
    c->mix_cost = m.cost;
    c->mix_npv = npv_result(&m.npv, &m.table, c->e->minor_units);
    npv_table_free(&m.table);
    return dec_check(c->mix_cost, "best of each line", err) || dec_check(c->mix_npv, "best of each line", err) ? -1 : 0;
}
