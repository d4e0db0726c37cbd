/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/reconcile_view.h"

#include "calc/grid.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_SHOWN = 30 };

static dec_t difference(const struct reconcile_parts *p)
{
    return dec_sub(p->billed, p->estimated);
}

static const enum text_id status_texts[] = {TEXT_BILL_MATCHED,   TEXT_BILL_BY_SERVICE, TEXT_BILL_TAX_ROW,
                                            TEXT_BILL_UNMATCHED, TEXT_BILL_NOT_BILLED, TEXT_BILL_ROUNDING};

static const char *signed_amount(const struct reconcile_view *a, dec_t amount)
{
    const char *text = say_amount(a->p, amount, a->in->e->minor_units);

    return dec_sign(amount) > 0 ? say_joined(a->p, "+", text) : text;
}

struct part {
    enum text_id name;
    dec_t amount;
};
enum { PARTS = 6 };

static void parts_of(const struct reconcile_parts *p, struct part out[PARTS])
{
    const struct part parts[PARTS] = {
        {TEXT_BILL_QUANTITY, p->quantity}, {TEXT_BILL_PRICE, p->price}, {TEXT_BILL_DISCOUNT, p->discount},
        {TEXT_BILL_TAX, p->tax},           {TEXT_BILL_FX, p->fx},       {TEXT_BILL_UNEXPLAINED, p->unexplained}};

    memcpy(out, parts, sizeof parts);
}

static void add_total(const struct reconcile_view *a, struct grid *g, enum text_id name, const char *amount)
{
    struct grid_row *row = grid_row(g);

    if (row == NULL)
        return;
    row->cells[0] = say_plain(a->p, name);
    row->cells[1] = amount;
}

static void write_totals(const struct reconcile_view *a, struct buf *out)
{
    const struct grid_column columns[] = {{.title = say_plain(a->p, TEXT_BILL_PART)},
                                          {.title = say_plain(a->p, TEXT_BILL_AMOUNT), .right = true}};
    const struct reconcile_parts *t = &a->r->total;
    struct part parts[PARTS];
    struct grid g;

    grid_init(&g, &a->p->arena, columns, 2, 3 + PARTS);
    add_total(a, &g, TEXT_BILL_ESTIMATED, say_amount(a->p, t->estimated, a->in->e->minor_units));
    parts_of(t, parts);
    for (int i = 0; i < PARTS; i++)
        add_total(a, &g, parts[i].name, signed_amount(a, parts[i].amount));
    add_total(a, &g, TEXT_BILL_BILLED, say_amount(a->p, t->billed, a->in->e->minor_units));
    add_total(a, &g, TEXT_BILL_DIFFERENCE, signed_amount(a, difference(t)));
    a->p->failed = a->p->failed || g.failed;
    grid_fit(&g);
    grid_write(&g, a->color, out);
}

static dec_t magnitude(const struct reconcile_row *r)
{
    dec_t d = difference(&r->parts);

    return dec_sign(d) < 0 ? dec_neg(d) : d;
}

/* The largest first; of equal ones the first of the rows. */
static int row_order(const void *pa, const void *pb)
{
    const struct reconcile_row *a = *(const struct reconcile_row *const *)pa;
    const struct reconcile_row *b = *(const struct reconcile_row *const *)pb;
    int order = dec_cmp(magnitude(b), magnitude(a));

    return order != 0 ? order : (a > b) - (a < b);
}

static bool differs(const struct reconcile_row *r)
{
    struct part parts[PARTS];
    bool any = false;

    parts_of(&r->parts, parts);
    for (int i = 0; i < PARTS; i++)
        any = any || dec_sign(parts[i].amount) != 0;
    return any;
}

static const char *reasons(const struct reconcile_view *a, const struct reconcile_row *r)
{
    const char *text = "";
    struct part parts[PARTS];

    parts_of(&r->parts, parts);
    for (int i = 0; i < PARTS; i++)
        if (dec_sign(parts[i].amount) != 0)
            text = say_joined(a->p, text, *text != '\0' ? say_plain(a->p, TEXT_COMMA) : "",
                              say_plain(a->p, parts[i].name), " ", signed_amount(a, parts[i].amount));
    return text;
}

enum column { MONTH, SERVICE, SKU, STATUS, ESTIMATED, BILLED, DIFFERENCE, COLUMNS };

static void add_row(const struct reconcile_view *a, struct grid *g, const struct reconcile_row *r)
{
    struct phrases *p = a->p;
    struct grid_row *row = grid_row(g);
    const char **below = arena_array(&p->arena, 1, sizeof *below);
    int places = a->in->e->minor_units;

    if (row == NULL || below == NULL) {
        p->failed = true;
        return;
    }
    row->cells[MONTH] = say_month(p, r->month);
    row->cells[SERVICE] = say_clean(p, r->service);
    row->cells[SKU] = say_clean(p, *r->sku != '\0' ? r->sku : r->category);
    row->cells[STATUS] = say_plain(p, status_texts[r->status]);
    row->cells[ESTIMATED] = say_amount(p, r->parts.estimated, places);
    row->cells[BILLED] = say_amount(p, r->parts.billed, places);
    row->cells[DIFFERENCE] = signed_amount(a, difference(&r->parts));
    below[0] = reasons(a, r);
    row->below = below;
    row->nbelow = 1;
}

static void write_rows(const struct reconcile_view *a, const struct reconcile_row **v, size_t n, struct buf *out)
{
    struct phrases *p = a->p;
    const struct grid_column columns[COLUMNS] = {
        [MONTH] = {.title = say_plain(p, TEXT_MONTH)},
        [SERVICE] = {.title = say_plain(p, TEXT_BILL_SERVICE), .max_width = 18},
        [SKU] = {.title = "SKU", .max_width = 24},
        [STATUS] = {.title = say_plain(p, TEXT_STATUS), .drop = 1},
        [ESTIMATED] = {.title = say_plain(p, TEXT_BILL_ESTIMATED), .right = true},
        [BILLED] = {.title = say_plain(p, TEXT_BILL_BILLED), .right = true},
        [DIFFERENCE] = {.title = say_plain(p, TEXT_BILL_DIFFERENCE), .right = true},
    };
    struct grid g;

    style_puts(out, STYLE_BOLD, a->color, say_plain(p, TEXT_BILL_LARGEST));
    buf_putc(out, '\n');
    grid_init(&g, &p->arena, columns, COLUMNS, n);
    for (size_t i = 0; i < n && !g.failed && !p->failed; i++)
        add_row(a, &g, v[i]);
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    grid_write(&g, a->color, out);
}

static void write_differences(const struct reconcile_view *a, struct buf *out)
{
    const struct reconcile_row **v = arena_array(&a->p->arena, a->r->n + 1, sizeof *v);
    size_t n = 0;

    a->p->failed = a->p->failed || v == NULL;
    for (size_t i = 0; v != NULL && i < a->r->n; i++)
        if (differs(&a->r->v[i]))
            v[n++] = &a->r->v[i];
    buf_putc(out, '\n');
    if (n == 0) {
        buf_printf(out, "%s\n", say_plain(a->p, TEXT_BILL_SAME));
        return;
    }
    qsort(v, n, sizeof *v, row_order);
    write_rows(a, v, n < ROWS_SHOWN ? n : ROWS_SHOWN, out);
    if (n > ROWS_SHOWN)
        buf_printf(out, "%s\n", say(a->p, TEXT_BILL_MORE, say_count(a->p, (long)(n - ROWS_SHOWN))));
}

void reconcile_table(const struct reconcile_view *a, struct buf *out)
{
    struct phrases *p = a->p;

    buf_printf(out, "%s\n\n",
               say(p, TEXT_BILL_AGAINST, a->in->e->scenario->name, a->in->site->column, say_clean(p, a->bill),
                   say_count(p, a->rows), say_count(p, (long)a->in->nsums), a->in->e->scenario->currency));
    write_totals(a, out);
    write_differences(a, out);
    if (a->r->unpriced > 0)
        buf_printf(out, "\n%s\n", say(p, TEXT_BILL_UNPRICED, say_count(p, (long)a->r->unpriced)));
    if (a->rounded > 0)
        buf_printf(out, "\n%s\n", say(p, TEXT_BILL_ROUNDED, say_count(p, a->rounded)));
}
