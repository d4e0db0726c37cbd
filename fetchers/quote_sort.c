/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each row of a quote is: a head, an item, a sum, a note. Notes hold for all rows, also for those above them, so
 * items are settled last.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

enum row_kind { ROW_NOTE, ROW_HEAD, ROW_HEAD_MORE, ROW_ITEM, ROW_SUM, ROW_PASSED };

struct sorting {
    enum row_kind *kinds;
    struct quote_table **tables; /* of each row; NULL before the first head */
};

/* A running number and remarks make no item; a text that spans the row counts once. */
static size_t filled(const struct quote_raw *row, const struct quote_table *t)
{
    size_t n = 0;

    for (size_t i = 0; i < row->n && i < t->n; i++)
        n += row->cells[i].kind != SHEET_BLANK && t->columns[i].role != ROLE_NONE &&
             t->columns[i].role != ROLE_NUMBER && t->columns[i].role != ROLE_NOTE &&
             (i == 0 || !row->cells[i].merged || strcmp(row->cells[i].text, row->cells[i - 1].text) != 0);
    return n;
}

static bool has_digit(struct quote_reading *r, const struct quote_raw *row, enum quote_role role)
{
    const char *text = quote_fold(r->a, quote_cell(r, row, role)->text);

    r->nomem = r->nomem || text == NULL;
    return text != NULL && strpbrk(text, "0123456789") != NULL;
}

static bool is_item(struct quote_reading *r, const struct quote_raw *row)
{
    static const enum quote_role numbers[] = {ROLE_QUANTITY,   ROLE_PRICE,  ROLE_PRICE_INCL,  ROLE_PRICE_EXCL,
                                              ROLE_LIST_PRICE, ROLE_AMOUNT, ROLE_AMOUNT_INCL, ROLE_AMOUNT_EXCL};
    size_t n = filled(row, r->table);

    for (size_t i = 0; n >= 2 && i < sizeof numbers / sizeof *numbers; i++)
        if (has_digit(r, row, numbers[i]))
            return true;
    return n >= 3;
}

static bool same_columns(const struct quote_table *a, const struct quote_table *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->columns[i].title, b->columns[i].title) != 0)
            return false;
    return true;
}

static enum row_kind sort_head(struct quote_reading *r, const struct quote_raw *row, struct quote_table *found,
                               const struct quote_table *now, struct quote_table **table)
{
    if (now != NULL && same_columns(found, now)) {
        quote_say(r, QUOTE_SKIPPED, TEXT_QUOTE_HEAD_AGAIN, quote_place(r, row, -1));
        return ROW_PASSED;
    }
    *table = arena_alloc(r->a, sizeof **table);
    if (*table == NULL) {
        r->nomem = true;
        return ROW_PASSED;
    }
    **table = *found;
    return ROW_HEAD;
}

/* A sheet that is hidden is for the sender's own use, unless the section names it. */
static bool passed_sheet(struct quote_reading *r, size_t i)
{
    const struct quote_raw *row = &r->rows[i];

    if (!row->sheet_hidden || *r->terms->sheet != '\0')
        return false;
    if (i == 0 || r->rows[i - 1].sheet != row->sheet)
        quote_say(r, QUOTE_SKIPPED, TEXT_QUOTE_HIDDEN_SHEET, quote_shown(r, row->sheet), quote_shown(r, row->sheet));
    return true;
}

static void tell_hidden(struct quote_reading *r, const struct quote_raw *row, bool item)
{
    if (row->hidden)
        quote_say(r, item ? QUOTE_ASSUMED : QUOTE_SKIPPED, item ? TEXT_QUOTE_HIDDEN_ITEM : TEXT_QUOTE_HIDDEN_ROW,
                  quote_place(r, row, -1));
}

static void read_note(struct quote_reading *r, const struct quote_raw *row)
{
    const char *first = "", *understood = quote_facts_of(r, row);

    for (size_t i = 0; i < row->n && *first == '\0'; i++)
        first = row->cells[i].text;
    if (understood != NULL)
        quote_say(r, QUOTE_MAPPED, TEXT_QUOTE_HOLDS, quote_place(r, row, -1), quote_shown(r, understood));
    else
        quote_say(r, QUOTE_SKIPPED, TEXT_QUOTE_NOT_ITEM, quote_place(r, row, -1), quote_shown(r, first));
}

static enum row_kind sort_row(struct quote_reading *r, size_t i, struct quote_table *found, struct quote_table **table,
                              bool just_head)
{
    const struct quote_raw *row = &r->rows[i];

    if (passed_sheet(r, i))
        return ROW_PASSED;
    if (i > 0 && r->rows[i - 1].sheet != row->sheet)
        *table = NULL;
    if (quote_header(r, row, found))
        return sort_head(r, row, found, *table, table);
    if (just_head && *table != NULL && quote_header_more(r, row, *table))
        return ROW_HEAD_MORE;
    r->table = *table;
    if (*table == NULL)
        return ROW_NOTE;
    if (just_head) {
        quote_header_done(r, *table);
        r->table = *table;
    }
    return ROW_ITEM;
}

/* Heads are finished at the first row behind them; what such a row is can only be told then. A head whose cells
 * span two rows comes twice. */
static bool sort_rows(struct quote_reading *r, struct sorting *s)
{
    struct quote_table *table = NULL, *found = arena_alloc(r->a, sizeof *found);
    bool just_head = false, any = false;

    if (found == NULL)
        return !(r->nomem = true);
    for (r->at_row = 0; r->at_row < r->nrows && !r->nomem; r->at_row++) {
        const struct quote_raw *row = &r->rows[r->at_row];
        enum row_kind kind = sort_row(r, r->at_row, found, &table, just_head);
        just_head = kind == ROW_HEAD || kind == ROW_HEAD_MORE || (just_head && kind == ROW_PASSED);
        any = any || kind == ROW_HEAD;
        s->tables[r->at_row] = table;
        if (kind == ROW_ITEM && !is_item(r, row))
            kind = ROW_NOTE;
        s->kinds[r->at_row] = kind;
    }
    return any;
}

static bool is_sum(struct quote_reading *r, const struct quote_raw *row)
{
    return r->table != NULL && quote_total_of(r, row);
}

/* Notes first, as they hold for all rows; then items and sums in their order. */
static void read_rows(struct quote_reading *r, const struct sorting *s)
{
    for (r->at_row = 0; r->at_row < r->nrows; r->at_row++)
        if (s->kinds[r->at_row] == ROW_NOTE) {
            const struct quote_raw *row = &r->rows[r->at_row];
            size_t said = r->nsaid, totals = r->ntotals;
            r->table = s->tables[r->at_row];
            bool sum = is_sum(r, row);
            r->nsaid = said, r->ntotals = totals; /* sums are kept below, in their order */
            tell_hidden(r, row, false);
            if (!sum)
                read_note(r, row);
        }
    r->table = NULL;
    for (r->at_row = 0; r->at_row < r->nrows && !r->nomem; r->at_row++) {
        const struct quote_raw *row = &r->rows[r->at_row];
        if (r->table != s->tables[r->at_row])
            r->table_first = r->nitems;
        r->table = s->tables[r->at_row];
        if ((s->kinds[r->at_row] != ROW_ITEM && s->kinds[r->at_row] != ROW_NOTE) || is_sum(r, row))
            continue;
        if (s->kinds[r->at_row] == ROW_ITEM) {
            tell_hidden(r, row, true);
            quote_item_of(r, row);
        }
    }
}

int quote_sort_rows(struct quote_reading *r, struct err *err)
{
    struct sorting s = {.kinds = arena_array(r->a, r->nrows + 1, sizeof *s.kinds),
                        .tables = arena_array(r->a, r->nrows + 1, sizeof *s.tables)};

    if (s.kinds == NULL || s.tables == NULL)
        return err_nomem(err);
    if (!sort_rows(r, &s) && !r->nomem)
        return err_set(err, ERR_USAGE,
                       "%s: no table found (a row is needed that names a product and a price, such as %s)",
                       r->terms->file, "产品, 数量, 单价 or Product, Quantity, Unit price");
    read_rows(r, &s);
    return 0;
}
