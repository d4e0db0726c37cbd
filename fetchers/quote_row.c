/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cells of a row: what stands in them, what the head of their column says, and how a row is left open.
 */
#include "fetchers/quote_row.h"

#include <string.h>

void row_open_text(struct row_reading *w, enum quote_role role, const char *what)
{
    int at = role != ROLE_NONE ? w->r->table->at[role] : -1;

    quote_say(w->r, QUOTE_OPEN, TEXT_QUOTE_AT, quote_place(w->r, w->row, at), what);
    w->open = true;
}

void row_open(struct row_reading *w, enum quote_role role, enum text_id what)
{
    row_open_text(w, role, quote_plain(w->r, what));
}

const char *row_text(const struct row_reading *w, enum quote_role role)
{
    return quote_cell(w->r, w->row, role)->text;
}

const char *row_folded(const struct row_reading *w, const char *text)
{
    const char *t = quote_fold(w->r->a, text);

    w->r->nomem = w->r->nomem || t == NULL;
    return t != NULL ? t : "";
}

/* The title's words as well: "元/月" in the head of the price. */
const struct quote_qualifier *row_head(const struct row_reading *w, enum quote_role role)
{
    static const struct quote_qualifier none = {.currency = "", .basis = ""};
    int at = w->r->table->at[role];

    return at < 0 ? &none : &w->r->table->columns[at].says;
}

void row_join_per(struct row_reading *w, enum quote_role role, const struct quote_per *more)
{
    if (!quote_per_join(&w->per, more))
        row_open(w, role, TEXT_QUOTE_PER_DIFFERS);
}

void row_join_currency(struct row_reading *w, enum quote_role role, const char *currency)
{
    if (*currency == '\0')
        return;
    if (*w->currency != '\0' && !quote_sign_fits(w->currency, currency) && !quote_sign_fits(currency, w->currency)) {
        quote_say(w->r, QUOTE_OPEN, TEXT_QUOTE_CURRENCY_DIFFERS, quote_place(w->r, w->row, w->r->table->at[role]),
                  currency, w->currency);
        w->open = true;
    } else if (strlen(currency) == 3 || *w->currency == '\0') {
        memcpy(w->currency, currency, strlen(currency) + 1);
    }
}

bool row_filled(const struct row_reading *w, enum quote_role role)
{
    return quote_cell(w->r, w->row, role)->kind != SHEET_BLANK;
}

/* A number of a cell, with what stands around it. 1; 0: blank or no number at all; -1: said to be open. */
int row_number(struct row_reading *w, enum quote_role role, dec_t *out, struct quote_qualifier *q)
{
    const struct sheet_cell *cell = quote_cell(w->r, w->row, role);
    char currency[CURRENCY_TEXT];
    const char *rest;
    struct err err;

    *q = (struct quote_qualifier){.currency = "", .basis = ""};
    if (cell->kind == SHEET_BLANK)
        return 0;
    int got = quote_scan_amount(row_folded(w, cell->text), out, currency, &rest, &err);
    if (got <= 0) {
        if (got < 0)
            row_open_text(w, role, quote_fault(w->r, &err));
        return got;
    }
    row_join_currency(w, role, currency);
    if (*rest != '\0' && !quote_qualifier(w->r->words, rest, q)) {
        row_open_text(w, role, quote_put(w->r, TEXT_QUOTE_UNREAD_TEXT, quote_shown(w->r, cell->text)));
        return -1;
    }
    row_join_currency(w, role, q->currency);
    return 1;
}
