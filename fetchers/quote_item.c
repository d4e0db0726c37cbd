/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of a table as an item. Each step settles one thing of it, from its own cell, from the head of the
 * column, from what holds for the whole quote; what none of them says is open, and the row no item.
 */
#include "fetchers/quote_row.h"

#include <string.h>

/* ---- the steps ---- */

static void read_label(struct row_reading *w)
{
    const char *item = row_text(w, ROLE_ITEM), *spec = row_text(w, ROLE_SPEC), *sku = row_text(w, ROLE_SKU);

    if (*item == '\0')
        item = sku;
    const char *label = arena_printf(w->r->a, "%s%s%s", item, *item != '\0' && *spec != '\0' ? " " : "",
                                     strcmp(item, spec) != 0 ? spec : "");
    w->r->nomem = w->r->nomem || label == NULL;
    w->item.label = label != NULL ? label : "";
}

static void read_quantity(struct row_reading *w)
{
    struct quote_qualifier q;

    int got = row_number(w, ROLE_QUANTITY, &w->item.quantity, &q);
    if (got == 0)
        row_open(w, ROLE_QUANTITY, TEXT_QUOTE_NO_QUANTITY);
    if (got != 1)
        return;
    if (dec_sign(w->item.quantity) <= 0) {
        row_open(w, ROLE_QUANTITY, TEXT_QUOTE_BAD_QUANTITY);
        return;
    }
    w->item.has_quantity = true;
    row_join_per(w, ROLE_QUANTITY, &q.per);
    row_join_per(w, ROLE_QUANTITY, &row_head(w, ROLE_QUANTITY)->per);
}

static void read_unit(struct row_reading *w)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};
    const char *text = row_text(w, ROLE_UNIT);

    if (*text == '\0')
        return;
    if (!quote_qualifier(w->r->words, row_folded(w, text), &q)) {
        quote_say(w->r, QUOTE_OPEN, TEXT_QUOTE_UNKNOWN_UNIT, quote_place(w->r, w->row, w->r->table->at[ROLE_UNIT]),
                  quote_shown(w->r, text));
        w->open = true;
        return;
    }
    row_join_per(w, ROLE_UNIT, &q.per);
    row_join_currency(w, ROLE_UNIT, q.currency);
}

/* ---- currency ---- */

static void read_currency(struct row_reading *w)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};
    struct quote_reading *r = w->r;
    const char *text = row_text(w, ROLE_CURRENCY);

    if (*text != '\0' && quote_qualifier(r->words, row_folded(w, text), &q))
        row_join_currency(w, ROLE_CURRENCY, q.currency);
    else if (*text != '\0')
        row_open(w, ROLE_CURRENCY, TEXT_QUOTE_UNKNOWN_CURRENCY);
    row_join_currency(w, ROLE_NONE, r->common.currency);
    if (*w->currency == '\0') {
        enum quote_role from = row_filled(w, ROLE_PRICE_EXCL)   ? ROLE_PRICE_EXCL
                               : row_filled(w, ROLE_PRICE_INCL) ? ROLE_PRICE_INCL
                               : row_filled(w, ROLE_PRICE)      ? ROLE_PRICE
                                                                : ROLE_LIST_PRICE;
        row_open(w, from, TEXT_QUOTE_NO_CURRENCY);
        return;
    }
    const char *code = quote_sign_means(w->currency);
    if (strlen(w->currency) != 3 && !r->sign_told) {
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_SIGN_MEANS, w->currency, code);
        r->sign_told = true;
    }
    if (rules_currency(r->rules, code) == NULL)
        row_open(w, ROLE_CURRENCY, TEXT_QUOTE_NO_MINOR_UNIT);
    else if (*r->q->currency == '\0')
        memcpy(r->q->currency, code, strlen(code) + 1);
    else if (strcmp(r->q->currency, code) != 0)
        row_open(w, ROLE_CURRENCY, TEXT_QUOTE_OTHER_CURRENCY);
}

/* ---- the row ---- */

static void keep(struct quote_reading *r, const struct quote_item *item)
{
    if (r->nitems == r->cap_items) {
        size_t cap = r->cap_items > 0 ? 2 * r->cap_items : 16;
        struct quote_item *grown = arena_grow(r->a, r->items, r->nitems, cap, sizeof *grown);
        if (grown == NULL) {
            r->nomem = true;
            return;
        }
        r->items = grown;
        r->cap_items = cap;
    }
    r->items[r->nitems++] = *item;
}

static void read_amount(struct row_reading *w)
{
    struct quote_item *i = &w->item;
    const enum quote_role same = i->basis == BASIS_INCL ? ROLE_AMOUNT_INCL : ROLE_AMOUNT_EXCL;
    const enum quote_role other = i->basis == BASIS_INCL ? ROLE_AMOUNT_EXCL : ROLE_AMOUNT_INCL;
    const enum quote_role role = row_filled(w, same) ? same : row_filled(w, ROLE_AMOUNT) ? ROLE_AMOUNT : other;
    struct quote_qualifier q;

    i->has_amount = row_number(w, role, &i->amount, &q) == 1;
    i->amount_basis = role == ROLE_AMOUNT ? i->basis : role == ROLE_AMOUNT_INCL ? BASIS_INCL : BASIS_EXCL;
    i->has_other_amount = role != other && row_number(w, other, &i->other_amount, &q) == 1;
    if (strchr(row_folded(w, row_text(w, ROLE_TAX)), '%') == NULL)
        i->has_tax_amount = row_number(w, ROLE_TAX, &i->tax_amount, &q) == 1;
}

/* Said in a row, and of the whole quote all the same: rows that differ are a contradiction. */
static void take_common(struct row_reading *w, enum quote_role role, const char *meaning)
{
    const char *value = row_folded(w, row_text(w, role)), *who = quote_place(w->r, w->row, -1);

    if (*value == '\0')
        return;
    if (role == ROLE_DAYS && row_head(w, role)->per.time == TIME_DAY && value[strspn(value, "0123456789")] == '\0')
        value = quote_put(w->r, TEXT_DAYS, value);
    if (!quote_take(w->r, meaning, who, value))
        row_open_text(w, role, quote_put(w->r, TEXT_QUOTE_UNREAD_TEXT, quote_shown(w->r, row_text(w, role))));
}

void quote_item_of(struct quote_reading *r, const struct quote_raw *row)
{
    struct row_reading w = {.r = r, .row = row, .item = {.sheet = row->sheet, .row = row->row}};

    read_label(&w);
    row_tax(&w);
    read_quantity(&w);
    read_unit(&w);
    row_term(&w);
    row_price(&w);
    read_currency(&w);
    take_common(&w, ROLE_DAYS, "days");
    take_common(&w, ROLE_VALID, "valid");
    row_share(&w);
    row_product(&w);
    row_settle(&w);
    if (!w.open)
        read_amount(&w);
    if (w.open)
        r->open_rows++;
    else
        keep(r, &w.item);
}
