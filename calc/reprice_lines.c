/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a repriced bill as a table: each as it was billed, and below it every site.
 */
#include "calc/grid.h"
#include "calc/line_view.h"
#include "calc/reprice_view.h"

static const enum text_id status_texts[] = {[LINE_PRICED] = TEXT_LINE_PRICED,
                                            [LINE_UNPRICED] = TEXT_LINE_UNPRICED,
                                            [LINE_AMBIGUOUS] = TEXT_LINE_AMBIGUOUS,
                                            [LINE_STALE] = TEXT_LINE_STALE};

enum column { MONTH, SITE, SKU, QUANTITY, PRICE, NET, COST, STATUS, COLUMNS };

static void bill_row(const struct reprice_view *v, struct grid *g, const struct reprice_line *l)
{
    struct phrases *p = v->p;
    struct grid_row *row = grid_row(g);

    if (row == NULL)
        return;
    row->cells[MONTH] = say_month(p, l->sum->month);
    row->cells[SITE] = say_plain(p, TEXT_REPRICE_BILLED);
    row->cells[SKU] = say_clean(p, l->sum->sku);
    row->cells[QUANTITY] = say_units(p, l->sum->quantity, say_clean(p, l->sum->unit));
    row->cells[NET] = say_amount(p, l->net, v->r->places);
}

static void add_offer(struct phrases *p, const struct line *l, struct grid_row *row)
{
    dec_t price;

    if (l == NULL || l->offer == NULL)
        return;
    row->cells[SKU] = say_clean(p, l->offer->sku);
    row->cells[QUANTITY] = say_units(p, l->quantity, l->unit);
    if (line_unit_price(l, &price))
        row->cells[PRICE] = say_exact(p, price, l->price_currency);
}

static void site_row(const struct reprice_view *v, struct grid *g, const struct reprice_site *s,
                     const struct reprice_cell *c)
{
    struct phrases *p = v->p;
    struct grid_row *row = grid_row(g);
    const char **below = *c->reason != '\0' ? arena_array(&p->arena, 1, sizeof *below) : NULL;

    if (row == NULL)
        return;
    row->cells[SITE] = s->column;
    row->cells[STATUS] = say_plain(p, c->line == NULL ? TEXT_SITE_INELIGIBLE : status_texts[reprice_cell_line(c)]);
    add_offer(p, c->priced ? c->line : NULL, row);
    if (c->priced) {
        row->cells[NET] = say_amount(p, c->line->m.net, v->r->places);
        row->cells[COST] = say_amount(p, c->line->m.cost, v->r->places);
    }
    p->failed = p->failed || (below == NULL && *c->reason != '\0');
    if (below != NULL) {
        below[0] = say_clean(p, c->reason);
        row->below = below;
        row->nbelow = 1;
    }
}

void reprice_table_lines(const struct reprice_view *v, struct buf *out)
{
    struct phrases *p = v->p;
    const struct reprice *r = v->r;
    const struct grid_column columns[COLUMNS] = {
        [MONTH] = {.title = say_plain(p, TEXT_MONTH)},
        [SITE] = {.title = say_plain(p, TEXT_SITE)},
        [SKU] = {.title = "SKU", .max_width = 26},
        [QUANTITY] = {.title = say_plain(p, TEXT_REPRICE_QUANTITY), .right = true, .drop = 2},
        [PRICE] = {.title = say_plain(p, TEXT_REPRICE_PRICE), .right = true, .drop = 3},
        [NET] = {.title = say_plain(p, TEXT_NET), .right = true},
        [COST] = {.title = say_plain(p, TEXT_COST), .right = true},
        [STATUS] = {.title = say_plain(p, TEXT_STATUS), .drop = 1},
    };
    struct grid g;

    buf_putc(out, '\n');
    style_puts(out, STYLE_BOLD, v->color, say_plain(p, TEXT_REPRICE_LINES));
    buf_putc(out, '\n');
    grid_init(&g, &p->arena, columns, COLUMNS, r->ntaken * (r->nsites + 1));
    for (size_t i = 0; i < r->nlines && !g.failed; i++) {
        if (*r->lines[i].why != '\0')
            continue;
        bill_row(v, &g, &r->lines[i]);
        for (size_t k = 0; k < r->nsites; k++)
            site_row(v, &g, &r->sites[k], &r->sites[k].cells[i]);
    }
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    grid_write(&g, v->color, out);
}
