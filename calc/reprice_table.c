/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/grid.h"
#include "calc/intern.h"
#include "calc/line_view.h"
#include "calc/reprice_view.h"

#include <stdlib.h>
#include <string.h>

enum { APART_SHOWN = 12 };

enum line_status reprice_cell_line(const struct reprice_cell *c)
{
    return c->priced || !line_has_amounts(c->line) ? c->line->status : LINE_UNPRICED;
}

const char *reprice_cell_status(const struct reprice_cell *c)
{
    return c->line == NULL ? site_status_names[SITE_INELIGIBLE] : line_status_names[reprice_cell_line(c)];
}

static const char *amount(const struct reprice_view *v, bool known, dec_t n)
{
    return known ? say_amount(v->p, n, v->r->places) : "";
}

static const char *with_sign(struct phrases *p, dec_t n, const char *text)
{
    return dec_sign(n) > 0 ? say_joined(p, "+", text) : text;
}

static void finish(const struct reprice_view *v, struct grid *g, struct buf *out)
{
    v->p->failed = v->p->failed || g->failed;
    grid_fit(g);
    grid_write(g, v->color, out);
}

static void heading(const struct reprice_view *v, enum text_id id, struct buf *out)
{
    buf_putc(out, '\n');
    style_puts(out, STYLE_BOLD, v->color, say_plain(v->p, id));
    buf_putc(out, '\n');
}

/* ---- sites ---- */

enum column { RANK, SITE, REGION, STATUS, NET, TAX, RECOVERABLE, FEES, COST, DIFFERENCE, SHARE, COLUMNS };

static const enum text_id site_texts[] = {[SITE_COMPLETE] = TEXT_SITE_COMPLETE,
                                          [SITE_INCOMPLETE] = TEXT_SITE_INCOMPLETE,
                                          [SITE_STALE] = TEXT_SITE_STALE,
                                          [SITE_INELIGIBLE] = TEXT_SITE_INELIGIBLE};

static void bill_row(const struct reprice_view *v, struct grid *g, enum text_id name, dec_t net)
{
    struct grid_row *row = grid_row(g);

    if (row == NULL)
        return;
    row->cells[SITE] = say_plain(v->p, name);
    row->cells[NET] = amount(v, true, net);
}

static void add_notes(const struct reprice_view *v, const struct reprice_site *s, struct grid_row *row)
{
    const char **below = arena_array(&v->p->arena, s->nreasons + 1, sizeof *below);

    v->p->failed = v->p->failed || below == NULL;
    for (size_t i = 0; below != NULL && i < s->nreasons; i++)
        below[row->nbelow++] = say_clean(v->p, s->reasons[i]);
    if (below != NULL && s->stepped > 0)
        below[row->nbelow++] = say(v->p, TEXT_REPRICE_STEPPED, say_count(v->p, (long)s->stepped));
    row->below = below;
}

static void site_row(const struct reprice_view *v, struct grid *g, const struct reprice_site *s)
{
    struct phrases *p = v->p;
    struct grid_row *row = grid_row(g);
    bool known = s->has_totals;

    if (row == NULL)
        return;
    row->cells[RANK] = s->rank != 0 ? say_count(p, s->rank) : "";
    row->cells[SITE] = s->column;
    row->cells[REGION] = s->regions;
    row->cells[STATUS] = say_plain(p, site_texts[s->status]);
    row->cells[NET] = amount(v, known, s->m.net);
    row->cells[TAX] = amount(v, known, s->m.tax);
    row->cells[RECOVERABLE] = amount(v, known, s->m.recoverable);
    row->cells[FEES] = amount(v, known, s->m.fees);
    row->cells[COST] = amount(v, known, s->m.cost);
    row->cells[DIFFERENCE] = with_sign(p, s->difference, amount(v, known, s->difference));
    row->cells[SHARE] = s->has_share ? with_sign(p, s->share, say_percent1(p, s->share)) : "";
    if (!known)
        row->cells[DIFFERENCE] = "";
    add_notes(v, s, row);
}

static void write_sites(const struct reprice_view *v, struct buf *out)
{
    struct phrases *p = v->p;
    const struct grid_column columns[COLUMNS] = {
        [RANK] = {.title = say_plain(p, TEXT_RANK), .right = true},
        [SITE] = {.title = say_plain(p, TEXT_SITE)},
        [REGION] = {.title = say_plain(p, TEXT_REGION), .max_width = 20, .drop = 3},
        [STATUS] = {.title = say_plain(p, TEXT_STATUS), .drop = 1},
        [NET] = {.title = say_plain(p, TEXT_NET), .right = true},
        [TAX] = {.title = say_plain(p, TEXT_TAX), .right = true, .drop = 4},
        [RECOVERABLE] = {.title = say_plain(p, TEXT_RECOVERABLE), .right = true, .drop = 5},
        [FEES] = {.title = say_plain(p, TEXT_FEES), .right = true, .drop = 2},
        [COST] = {.title = say_plain(p, TEXT_COST), .right = true},
        [DIFFERENCE] = {.title = say_plain(p, TEXT_REPRICE_VS_BILL), .right = true},
        [SHARE] = {.title = "%", .right = true},
    };
    struct grid g;

    grid_init(&g, &p->arena, columns, COLUMNS, v->r->nsites + 2);
    bill_row(v, &g, TEXT_REPRICE_BILLED, v->r->taken);
    if (v->r->has_list)
        bill_row(v, &g, TEXT_REPRICE_LISTED, v->r->taken_list);
    for (size_t i = 0; i < v->r->nsites; i++)
        site_row(v, &g, &v->r->sites[i]);
    finish(v, &g, out);
}

/* ---- what is not repriced ---- */

/* Usage of one reason. */
struct apart {
    const char *why, *sku; /* sku: the first one */
    long rows;
    dec_t net;
    size_t at;
};

static dec_t magnitude(dec_t n)
{
    return dec_sign(n) < 0 ? dec_neg(n) : n;
}

static int by_amount(const void *pa, const void *pb)
{
    const struct apart *a = pa, *b = pb;
    int order = dec_cmp(magnitude(b->net), magnitude(a->net));

    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* What was billed of each SKU and reason; 0 without memory. */
static size_t gather(const struct reprice *r, struct arena *arena, struct apart *v)
{
    struct intern seen = {.arena = arena};
    struct buf key = {0};
    size_t n = 0;

    for (size_t i = 0; i < r->nlines; i++) {
        const struct reprice_line *l = &r->lines[i];
        if (*l->why == '\0')
            continue;
        key.n = 0;
        buf_add(&key, l->sum->sku, strlen(l->sum->sku) + 1);
        buf_puts(&key, l->why);
        int *at = key.failed ? NULL : intern_number(&seen, key.v, key.n);
        if (at == NULL) {
            n = 0;
            break;
        }
        if (*at == 0) {
            v[n++] = (struct apart){.why = l->why, .sku = l->sum->sku, .at = i};
            *at = (int)n;
        }
        v[*at - 1].rows += l->sum->rows;
        v[*at - 1].net = dec_add(v[*at - 1].net, l->net);
    }
    intern_free(&seen);
    buf_free(&key);
    return n;
}

static void apart_row(const struct reprice_view *v, struct grid *g, const char *what, long rows, dec_t net,
                      const char *why)
{
    struct grid_row *row = grid_row(g);
    const char **below = *why != '\0' ? arena_array(&v->p->arena, 1, sizeof *below) : NULL;

    if (row == NULL)
        return;
    row->cells[0] = what;
    row->cells[1] = say_count(v->p, rows);
    row->cells[2] = amount(v, true, net);
    v->p->failed = v->p->failed || (below == NULL && *why != '\0');
    if (below != NULL) {
        below[0] = why;
        row->below = below;
        row->nbelow = 1;
    }
}

static void usage_rows(const struct reprice_view *v, struct grid *g, const struct apart *x, size_t n)
{
    long rows = 0;
    dec_t net = DEC_ZERO;

    for (size_t i = 0; i < n && i < APART_SHOWN; i++)
        apart_row(v, g, say_clean(v->p, *x[i].sku != '\0' ? x[i].sku : bill_category_names[BILL_USAGE]), x[i].rows,
                  x[i].net, say_clean(v->p, x[i].why));
    for (size_t i = APART_SHOWN; i < n; i++) {
        rows += x[i].rows;
        net = dec_add(net, x[i].net);
    }
    if (n > APART_SHOWN)
        apart_row(v, g, say_plain(v->p, TEXT_REPRICE_MORE), rows, net, "");
}

static void write_apart(const struct reprice_view *v, struct buf *out)
{
    struct phrases *p = v->p;
    const struct reprice *r = v->r;
    const struct grid_column columns[] = {{.title = say_plain(p, TEXT_REPRICE_WHAT), .max_width = 32},
                                          {.title = say_plain(p, TEXT_REPRICE_CHARGES), .right = true},
                                          {.title = say_plain(p, TEXT_NET), .right = true}};
    struct apart *x = arena_array(&p->arena, r->nlines + 1, sizeof *x);
    size_t n = x != NULL ? gather(r, &p->arena, x) : 0;
    struct grid g;

    p->failed = p->failed || x == NULL || (n == 0 && r->ntaken < r->nlines);
    grid_init(&g, &p->arena, columns, 3, APART_SHOWN + BILL_CATEGORIES + 1);
    if (n > 1)
        qsort(x, n, sizeof *x, by_amount);
    usage_rows(v, &g, x, n);
    for (int i = 0; i < BILL_CATEGORIES; i++)
        if (i != BILL_USAGE && (r->rows[i] > 0 || dec_sign(r->net[i]) != 0))
            apart_row(v, &g, bill_category_names[i], r->rows[i], r->net[i], "");
    if (g.nrows == 0)
        return;
    heading(v, TEXT_REPRICE_APART, out);
    finish(v, &g, out);
}

void reprice_table(const struct reprice_view *v, struct buf *out)
{
    struct phrases *p = v->p;
    const struct reprice *r = v->r;

    buf_printf(out, "%s\n",
               say(p, TEXT_REPRICE_COVERAGE, r->has_coverage ? say_percent1(p, r->coverage) : "?",
                   say_amount(p, r->taken, r->places), say_amount(p, r->billed, r->places)));
    buf_printf(out, "%s\n\n",
               say(p, TEXT_REPRICE_TITLE, say_clean(p, v->bill), r->in->site->id, r->in->terms->currency,
                   say_day(p, r->in->terms->as_of)));
    write_sites(v, out);
    if (v->part == REPRICE_LINES)
        reprice_table_lines(v, out);
    write_apart(v, out);
    if (v->rounded > 0)
        buf_printf(out, "\n%s\n", say(p, TEXT_BILL_ROUNDED, say_count(p, v->rounded)));
}
