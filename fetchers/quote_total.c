/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that are sums: known by their first words, kept with what they state and what they are sums of.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

enum { WORD_CELLS = 3 }; /* the word stands in one of the first cells */

struct sum_word {
    const char *meaning; /* subtotal, total, net, tax, gross */
    const char *basis;
    bool has_value;
    dec_t value; /* written behind the word in the same cell */
};

static bool read_word(struct quote_reading *r, const char *text, struct sum_word *out)
{
    const struct quote_word *w = quote_word_first(r->words, "row", text);
    struct quote_qualifier q = {.currency = "", .basis = ""};
    char currency[CURRENCY_TEXT];
    const char *rest;
    struct err err;

    if (w == NULL)
        return false;
    *out = (struct sum_word){.meaning = w->meaning, .basis = ""};
    rest = text + w->len;
    while (*rest == ':' || *rest == ' ')
        rest++;
    if (quote_qualifier(r->words, rest, &q)) {
        out->basis = q.basis;
        return true;
    }
    if (*rest == '(' && strchr(rest, ')') != NULL) /* "合计(大写)壹万元整": a sum in words */
        rest = strchr(rest, ')') + 1;
    while (*rest == ':' || *rest == ' ')
        rest++;
    int got = quote_scan_amount(rest, &out->value, currency, &rest, &err);
    out->has_value = got == 1;
    return got == 0 || (got == 1 && *rest == '\0');
}

static bool find_word(struct quote_reading *r, const struct quote_raw *row, struct sum_word *out)
{
    for (size_t i = 0, seen = 0; i < row->n && seen < WORD_CELLS; i++) {
        if (row->cells[i].kind == SHEET_BLANK)
            continue;
        seen++;
        const char *text = row->cells[i].kind == SHEET_TEXT ? quote_fold(r->a, row->cells[i].text) : "";
        r->nomem = r->nomem || text == NULL;
        if (text != NULL && *text != '\0' && read_word(r, text, out))
            return true;
    }
    return false;
}

static enum quote_sum sum_of(const char *meaning, const char *basis, enum quote_role role)
{
    if (!strcmp(meaning, "tax") || role == ROLE_TAX)
        return SUM_TAX;
    if (!strcmp(meaning, "net") || !strcmp(basis, "excl") || role == ROLE_AMOUNT_EXCL)
        return SUM_NET;
    if (!strcmp(meaning, "gross") || !strcmp(basis, "incl") || role == ROLE_AMOUNT_INCL)
        return SUM_GROSS;
    return SUM_PRICES;
}

static void keep(struct quote_reading *r, const struct quote_raw *row, int column, enum quote_sum which, bool sub,
                 dec_t v)
{
    if (r->ntotals == r->cap_totals) {
        size_t cap = r->cap_totals > 0 ? 2 * r->cap_totals : 8;
        struct quote_total *grown = arena_grow(r->a, r->totals, r->ntotals, cap, sizeof *grown);
        if (grown == NULL) {
            r->nomem = true;
            return;
        }
        r->totals = grown;
        r->cap_totals = cap;
    }
    r->totals[r->ntotals++] = (struct quote_total){.where = quote_place(r, row, column),
                                                   .row = r->at_row,
                                                   .which = which,
                                                   .value = v,
                                                   .sub = sub,
                                                   .first = r->table_first,
                                                   .last = r->nitems,
                                                   .whole = r->open_rows == 0};
}

static bool amount_of(struct quote_reading *r, const struct sheet_cell *cell, dec_t *out)
{
    char currency[CURRENCY_TEXT];
    const char *rest, *text = quote_fold(r->a, cell->text);
    struct err err;

    r->nomem = r->nomem || text == NULL;
    return text != NULL && cell->kind != SHEET_BLANK && quote_scan_amount(text, out, currency, &rest, &err) == 1 &&
           *rest == '\0';
}

/* The cells below the columns of amounts; else the last one with a number. */
static size_t take_columns(struct quote_reading *r, const struct quote_raw *row, const struct sum_word *w)
{
    static const enum quote_role roles[] = {ROLE_AMOUNT_EXCL, ROLE_TAX, ROLE_AMOUNT_INCL, ROLE_AMOUNT};
    const bool sub = !strcmp(w->meaning, "subtotal");
    size_t n = 0;
    dec_t v;

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        int at = r->table->at[roles[i]];
        if (at < 0 || (size_t)at >= row->n || !amount_of(r, &row->cells[at], &v))
            continue;
        keep(r, row, at, sum_of(w->meaning, w->basis, roles[i]), sub, v);
        n++;
    }
    for (size_t i = row->n; n == 0 && i-- > 1;)
        if (amount_of(r, &row->cells[i], &v)) {
            keep(r, row, i < r->table->n ? (int)i : -1, sum_of(w->meaning, w->basis, ROLE_NONE), sub, v);
            n++;
        }
    return n;
}

bool quote_total_of(struct quote_reading *r, const struct quote_raw *row)
{
    struct sum_word w;

    if (!find_word(r, row, &w))
        return false;
    size_t n = w.has_value ? 1 : take_columns(r, row, &w);
    if (w.has_value)
        keep(r, row, -1, sum_of(w.meaning, w.basis, ROLE_NONE), !strcmp(w.meaning, "subtotal"), w.value);
    bool sub = !strcmp(w.meaning, "subtotal");
    quote_say(r, QUOTE_SKIPPED,
              n == 0 ? (sub ? TEXT_QUOTE_SUBTOTAL_UNREAD : TEXT_QUOTE_A_TOTAL_UNREAD)
                     : (sub ? TEXT_QUOTE_SUBTOTAL : TEXT_QUOTE_A_TOTAL),
              quote_place(r, row, -1));
    return true;
}
