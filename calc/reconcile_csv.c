/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/reconcile_view.h"

#include "calc/csv_columns.h"

static const char csv_head[] =
    "month,service,region,sku,status,category,unit,estimated_quantity,billed_quantity,currency,"
    "estimated,billed,difference,quantity,price,discount,tax,fx,unexplained,bill_line\n";

static dec_t difference(const struct reconcile_parts *p)
{
    return dec_sub(p->billed, p->estimated);
}

static void cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void csv_row_of(const struct reconcile_view *a, const struct reconcile_row *r, struct buf *out)
{
    const struct reconcile_parts *p = &r->parts;
    const dec_t amounts[] = {p->estimated, p->billed, difference(p), p->quantity,   p->price,
                             p->discount,  p->tax,    p->fx,         p->unexplained};
    char month[DATE_TEXT];

    month_format(r->month, month);
    cell(out, month);
    const char *const texts[] = {r->service,  r->region, r->sku, reconcile_status_names[r->status],
                                 r->category, r->unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cell(out, texts[i]);
    if (r->has_quantities)
        csv_decimal(out, r->estimated_quantity, 0);
    buf_putc(out, ',');
    if (r->has_quantities)
        csv_decimal(out, r->billed_quantity, 0);
    buf_putc(out, ',');
    cell(out, a->in->e->scenario->currency);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        csv_decimal(out, amounts[i], a->in->e->minor_units);
        buf_putc(out, ',');
    }
    if (r->line > 0)
        buf_printf(out, "%d", r->line);
    buf_putc(out, '\n');
}
void reconcile_csv(const struct reconcile_view *a, struct buf *out)
{
    buf_puts(out, csv_head);
    for (size_t i = 0; i < a->r->n; i++)
        csv_row_of(a, &a->r->v[i], out);
}
