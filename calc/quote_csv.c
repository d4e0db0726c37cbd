/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/csv.h"
#include "calc/csv_columns.h"
#include "calc/quote_view.h"

static void put_number(struct buf *out, bool known, dec_t n)
{
    char text[DEC_TEXT] = "";

    if (known)
        dec_format(n, 0, text);
    csv_raw(out, text);
    buf_putc(out, ',');
}

static void put_text(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void put_months(struct buf *out, int months)
{
    if (months > 0)
        buf_printf(out, "%d", months);
    buf_putc(out, ',');
}

static const char *basis_name(enum tax_basis basis)
{
    return basis == BASIS_INCL ? "incl" : "excl";
}

static void put_item(struct buf *out, const struct quote *q, const struct quote_item *i)
{
    buf_puts(out, "item,");
    put_text(out, i->sheet);
    buf_printf(out, "%d,", i->row);
    put_text(out, i->label);
    put_text(out, i->service);
    put_text(out, i->sku);
    put_number(out, i->has_shape, i->vcpu);
    put_number(out, i->has_shape, i->memory);
    put_number(out, i->has_size, i->size);
    put_text(out, i->region);
    put_text(out, i->os);
    put_number(out, true, i->quantity);
    put_text(out, unit_table[i->unit].name);
    put_months(out, i->period_months);
    put_months(out, i->term_months);
    put_text(out, i->paid == QUOTE_PAID_UPFRONT ? "upfront" : "period");
    put_number(out, true, i->list_price);
    put_number(out, true, i->price);
    put_text(out, q->currency);
    put_text(out, basis_name(i->basis));
    put_number(out, i->has_tax_rate, i->tax_rate);
    put_text(out, !i->has_invoice ? "" : i->invoice == INVOICE_SPECIAL ? "special" : "ordinary");
    put_number(out, i->has_share, i->share);
    put_number(out, i->has_amount, i->amount);
    put_text(out, i->has_amount ? basis_name(i->amount_basis) : "");
    put_number(out, true, i->worked_out);
    buf_putc(out, ',');
    put_number(out, i->has_tax_amount, i->tax_amount);
    if (i->has_other_amount)
        csv_decimal(out, i->other_amount, 0);
    buf_putc(out, '\n');
}

#define CSV_AFTER ",,"    /* the cells behind the text */
enum { CSV_BLANKS = 26 }; /* cells between the first and the text of a line that is no item */

static void put_remark(struct buf *out, const char *what, const char *text)
{
    buf_puts(out, what);
    for (int i = 0; i < CSV_BLANKS; i++)
        buf_putc(out, ',');
    csv_text(out, text);
    buf_puts(out, CSV_AFTER "\n");
}

static void put_total(struct buf *out, const char *what, const struct quote *q, bool stated, dec_t s, bool known,
                      dec_t v)
{
    if (!stated && !known)
        return;
    buf_printf(out, "%s,,,,,,,,,,,,,,,,,,%s,,,,,", what, q->currency);
    put_number(out, stated, s);
    buf_putc(out, ',');
    put_number(out, known, v);
    buf_puts(out, CSV_AFTER "\n");
}

void quote_csv(const struct quote *q, struct buf *out)
{
    static const char *const kinds[] = {"mapped", "assumed", "skipped", "differs", "open"};

    buf_puts(out, "what,sheet,row,label,service,sku,vcpu,memory_gib,size,region,os,quantity,unit,period_months,"
                  "term_months,paid,list_price,price,currency,tax_basis,tax_rate,invoice,recoverable,amount,"
                  "amount_basis,worked_out,text,tax_amount,other_amount\n");
    for (size_t i = 0; i < q->nitems; i++)
        put_item(out, q, &q->items[i]);
    put_total(out, "total-net", q, q->has_stated_net, q->stated_net, q->has_net, q->net);
    put_total(out, "total-tax", q, q->has_stated_tax, q->stated_tax, q->has_tax, q->tax);
    put_total(out, "total-gross", q, q->has_stated_gross, q->stated_gross, q->has_gross, q->gross);
    for (size_t i = 0; i < q->nremarks; i++)
        put_remark(out, kinds[q->remarks[i].kind], q->remarks[i].text);
}
