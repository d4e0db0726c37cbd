/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format table --view commitments: a table for each resource of each site, a row for each way to buy it.
 */
#include "calc/table.h"
#include "calc/ways.h"
#include "calc/wrap.h"

enum { LABEL_WIDTH_MAX = 40, SKU_WIDTH_MAX = 26, CHARGE_WIDTH_MAX = 36 };
enum {
    COL_WAY,
    COL_MARK,
    COL_SKU,
    COL_STATUS,
    COL_UPFRONT,
    COL_MONTHLY,
    COL_COST,
    COL_NPV,
    COL_BREAK_EVEN,
    COL_PAYBACK,
    COL_UNUSED,
    COL_RENEWALS,
    WAY_COLUMNS
};

static const char *payback(struct phrases *p, const struct way *w)
{
    if (!w->has_break_even)
        return NULL;
    return w->payback > 0 ? say_count(p, w->payback) : say_plain(p, TEXT_WAY_NEVER);
}

static void fill_facts(struct table *t, struct grid_row *row, const struct way *w)
{
    struct phrases *p = &t->p;
    int places = t->e->minor_units;
    row->cells[COL_UPFRONT] = say_amount(p, w->upfront, places);
    row->cells[COL_MONTHLY] = say_amount(p, w->monthly, places);
    row->cells[COL_COST] = say_amount(p, w->cost, places);
    row->cells[COL_NPV] = say_amount(p, w->npv, places);
    row->cells[COL_BREAK_EVEN] = w->has_break_even ? say_percent1(p, w->break_even) : NULL;
    row->cells[COL_PAYBACK] = payback(p, w);
    row->cells[COL_UNUSED] = dec_sign(w->unused_cost) != 0 ? say_amount(p, w->unused_cost, places) : NULL;
    row->cells[COL_RENEWALS] = w->renewals > 0 ? say_count(p, w->renewals) : NULL;
}

/* A status is only said where it is not the usual one. */
static const char *status(struct table *t, const struct way *w)
{
    const struct line as = {.status = w->status};
    return w->status == LINE_PRICED ? NULL : table_line_status(t, &as);
}

/* How much to commit to where demand varies. */
static void fill_amount(struct table *t, struct grid_row *row, const struct way_amount *a)
{
    struct phrases *p = &t->p;
    int places = t->e->minor_units;
    const char **below = arena_array(&p->arena, 1, sizeof *below);
    if (!below) {
        p->failed = true;
        return;
    }
    const char *said = say(p, TEXT_WAY_COMMIT, say_number(p, a->quantity), say_amount(p, a->cost, places),
                           say_amount(p, a->on_demand, places));
    if (a->has_all)
        said = say_joined(p, said, say_plain(p, TEXT_COMMA),
                          say(p, TEXT_WAY_COMMIT_ALL, say_number(p, a->most), say_amount(p, a->all, places)));
    below[0] = said;
    row->below = below;
    row->nbelow = 1;
}

static void fill_way(struct table *t, struct grid_row *row, const struct way *w)
{
    struct phrases *p = &t->p;
    const char *charge = price_charge(&p->arena, t->opt->lang, w->offer);
    p->failed = p->failed || !charge;
    row->cells[COL_WAY] = charge;
    row->cells[COL_MARK] = w->best ? "*" : NULL;
    row->style = w->best ? STYLE_BOLD : STYLE_PLAIN;
    row->cells[COL_SKU] = say_clean(p, w->offer->sku);
    row->cells[COL_STATUS] = status(t, w);
    if (w->status == LINE_PRICED || w->status == LINE_STALE)
        fill_facts(t, row, w);
    if (w->amount)
        fill_amount(t, row, w->amount);
}

static void write_grid(struct table *t, const struct line_ways *ways)
{
    struct phrases *p = &t->p;
    struct grid_column columns[WAY_COLUMNS] = {
        [COL_WAY] = {.title = say_plain(p, TEXT_WAY), .max_width = CHARGE_WIDTH_MAX},
        [COL_MARK] = {.title = ""},
        [COL_SKU] = {.title = say_plain(p, TEXT_SKU), .max_width = SKU_WIDTH_MAX, .drop = 4},
        [COL_STATUS] = {.title = say_plain(p, TEXT_STATUS)},
        [COL_UPFRONT] = {.title = say_plain(p, TEXT_WAY_UPFRONT), .right = true},
        [COL_MONTHLY] = {.title = say_plain(p, TEXT_WAY_MONTHLY), .right = true, .drop = 1},
        [COL_COST] = {.title = say_plain(p, TEXT_COST), .right = true},
        [COL_NPV] = {.title = say_plain(p, TEXT_NPV), .right = true},
        [COL_BREAK_EVEN] = {.title = say_plain(p, TEXT_WAY_BREAK_EVEN), .right = true, .drop = 2},
        [COL_PAYBACK] = {.title = say_plain(p, TEXT_WAY_PAYBACK), .right = true, .drop = 3},
        [COL_UNUSED] = {.title = say_plain(p, TEXT_WAY_UNUSED), .right = true, .drop = 5},
        [COL_RENEWALS] = {.title = say_plain(p, TEXT_WAY_RENEWALS), .right = true, .drop = 6}};
    struct grid g;
    grid_init(&g, &p->arena, columns, WAY_COLUMNS, ways->n);
    for (size_t i = 0; !g.failed && i < ways->n; i++)
        fill_way(t, grid_row(&g), &ways->v[i]);
    table_grid(t, &g);
}

/* The reason that stands at the line of the resource. */
static const char *why_none(const struct site_estimate *s, const struct resource *r)
{
    for (size_t i = 0; i < s->nlines; i++)
        if (s->lines[i].resource == r)
            return s->lines[i].reason;
    return "";
}

static void write_resource(struct table *t, const struct site_estimate *s, const struct line_ways *ways)
{
    struct phrases *p = &t->p;
    const char *none = say_plain(p, TEXT_WAY_NONE), *why = why_none(s, ways->resource);
    buf_putc(t->out, '\n');
    style_puts(t->out, STYLE_BOLD, t->opt->color, say_cut(p, say_clean(p, ways->resource->label), LABEL_WIDTH_MAX));
    buf_putc(t->out, '\n');
    if (ways->n > 0)
        write_grid(t, ways);
    else
        wrap_text(t->out, *why ? say(p, TEXT_NAME_NOTE, none, say_clean(p, why)) : none, "", 0, GRID_WIDTH);
}

void table_ways(struct table *t)
{
    for (size_t i = 0; i < t->e->nsites; i++) {
        const struct site_estimate *s = &t->e->sites[i];
        if (!report_takes(t->opt, s))
            continue;
        table_site_heading(t, s);
        for (size_t k = 0; k < s->nways; k++)
            write_resource(t, s, &s->ways[k]);
        for (size_t k = 0; s->nways == 0 && k < s->nreasons; k++)
            wrap_text(t->out, say_clean(&t->p, s->reasons[k]), "", 0, GRID_WIDTH);
    }
    buf_putc(t->out, '\n');
    wrap_text(t->out, say_plain(&t->p, TEXT_WAYS_LEGEND), "", 0, GRID_WIDTH);
}
