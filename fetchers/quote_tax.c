/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tax of a row: its rate, the kind of its invoice, the share of it that is recoverable; from its own cells, else
 * from what holds for the whole quote.
 */
#include "fetchers/quote_row.h"

#include <string.h>

static void take_tax_cell(struct row_reading *w, enum quote_role role)
{
    const struct sheet_cell *cell = quote_cell(w->r, w->row, role);
    struct quote_item *i = &w->item;
    bool has_rate, has_invoice;
    enum invoice invoice;
    struct err err;
    dec_t rate;

    if (cell->kind == SHEET_BLANK)
        return;
    if (dec_parse(cell->text, cell->len, &rate, &err) == 0 && role == ROLE_TAX_RATE) {
        if (!cell->percent &&
            (row_head(w, role)->percent || strchr(w->r->table->columns[w->r->table->at[role]].title, '%')))
            rate = dec_div(rate, dec_int64(100), DEC_HALF_UP);
        if (dec_sign(rate) < 0 || dec_cmp(rate, DEC_ONE) >= 0) {
            row_open(w, role, TEXT_QUOTE_BAD_RATE);
            return;
        }
        if (!cell->percent && !w->r->rate_told)
            quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_RATE_SHARE, quote_place(w->r, w->row, w->r->table->at[role]),
                      quote_shown(w->r, cell->text), quote_shown(w->r, cell->text));
        w->r->rate_told = w->r->rate_told || !cell->percent;
        i->tax_rate = rate;
        i->has_tax_rate = true;
        return;
    }
    if (quote_tax(cell->text, &rate, &has_rate, &invoice, &has_invoice, &err) < 0) {
        row_open_text(w, role, quote_fault(w->r, &err));
        return;
    }
    if (has_rate && i->has_tax_rate && dec_cmp(rate, i->tax_rate) != 0)
        row_open(w, role, TEXT_QUOTE_RATE_TWICE);
    if (has_rate)
        i->tax_rate = rate, i->has_tax_rate = true;
    if (has_invoice)
        i->invoice = invoice, i->has_invoice = true;
}

void row_tax(struct row_reading *w)
{
    const struct quote_common *c = &w->r->common;
    struct quote_item *i = &w->item;

    take_tax_cell(w, ROLE_TAX_RATE);
    if (strchr(row_folded(w, row_text(w, ROLE_TAX)), '%') != NULL)
        take_tax_cell(w, ROLE_TAX);
    take_tax_cell(w, ROLE_INVOICE);
    if (i->has_tax_rate && c->rate_where == quote_section && dec_cmp(i->tax_rate, c->tax_rate) != 0)
        row_open(w, ROLE_TAX_RATE, TEXT_QUOTE_RATE_DIFFERS);
    if (i->has_invoice && c->invoice_where == quote_section && i->invoice != c->invoice)
        row_open(w, ROLE_INVOICE, TEXT_QUOTE_INVOICE_DIFFERS);
    if (!i->has_tax_rate && c->rate_where != NULL)
        i->has_tax_rate = true, i->tax_rate = c->tax_rate;
    if (!i->has_tax_rate && !w->open && !w->r->no_rate_told) {
        quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_NO_RATE, quote_place(w->r, w->row, -1));
        w->r->no_rate_told = true;
    }
    if (!i->has_invoice && c->invoice_where != NULL)
        i->has_invoice = true, i->invoice = c->invoice;
    if (!i->has_invoice && !w->r->no_invoice_told) {
        quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_NO_INVOICE, quote_place(w->r, w->row, -1));
        w->r->no_invoice_told = true;
    }
}

void row_share(struct row_reading *w)
{
    const struct sheet_cell *cell = quote_cell(w->r, w->row, ROLE_SHARE);
    const struct value *section = &w->r->terms->share;
    struct err err;
    dec_t v;

    if (section->kind == VALUE_FIXED)
        w->item.share = section->fixed, w->item.has_share = true;
    if (cell->kind == SHEET_BLANK)
        return;
    size_t n = cell->len;
    bool percent = n > 0 && cell->text[n - 1] == '%';
    if (dec_parse(cell->text, percent ? n - 1 : n, &v, &err) != 0) {
        row_open(w, ROLE_SHARE, TEXT_QUOTE_BAD_SHARE);
        return;
    }
    if (percent)
        v = dec_div(v, dec_int64(100), DEC_HALF_UP);
    if (dec_sign(v) < 0 || dec_cmp(v, DEC_ONE) > 0)
        row_open(w, ROLE_SHARE, TEXT_QUOTE_SHARE_RANGE);
    else if (w->item.has_share && dec_cmp(w->item.share, v) != 0)
        row_open(w, ROLE_SHARE, TEXT_QUOTE_SHARE_DIFFERS);
    w->item.share = v;
    w->item.has_share = true;
}
