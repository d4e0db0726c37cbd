/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quote from its file: its rows are kept, then read.
 */
#include "fetchers/quote.h"

#include "fetchers/quote_parts.h"

#include <string.h>

enum { ROWS_MAX = 20000, CELL_MAX = 16384 };

struct quote_terms quote_terms_none(void)
{
    return (struct quote_terms){.name = "",
                                .file = "",
                                .site = "",
                                .region = "",
                                .sheet = "",
                                .currency = "",
                                .unit = "",
                                .basis = "",
                                .invoice = "",
                                .valid_until = DATE_NONE};
}

const struct sheet_cell *quote_cell(const struct quote_reading *r, const struct quote_raw *row, enum quote_role role)
{
    static const struct sheet_cell blank = {.kind = SHEET_BLANK, .text = ""};
    int at = r->table->at[role];

    return at >= 0 && (size_t)at < row->n ? &row->cells[at] : &blank;
}

/* ---- rows ---- */

/* Text without the blanks around it; nothing but blanks is a blank cell. */
static bool copy_cell(struct quote_reading *r, const struct sheet_cell *from, struct sheet_cell *to)
{
    static const char blanks[] = " \t\r\n";
    const char *text = from->text;
    size_t len = strlen(text); /* a NUL inside would end it here: the reader refuses those */

    while (len > 0 && strchr(blanks, *text) != NULL)
        text++, len--;
    while (len > 0 && strchr(blanks, text[len - 1]) != NULL)
        len--;
    *to = *from;
    to->len = len;
    to->text = arena_strndup(r->a, text, len);
    if (len == 0)
        to->kind = SHEET_BLANK;
    else if (from->kind == SHEET_BLANK)
        to->len = 0, to->text = "";
    return to->text != NULL;
}

static struct quote_raw *new_row(struct quote_reading *r)
{
    if (r->nrows == r->cap_rows) {
        size_t cap = r->cap_rows > 0 ? 2 * r->cap_rows : 64;
        struct quote_raw *grown = arena_grow(r->a, r->rows, r->nrows, cap, sizeof *grown);
        if (grown == NULL)
            return NULL;
        r->rows = grown;
        r->cap_rows = cap;
    }
    return &r->rows[r->nrows];
}

static const char *sheet_name(struct quote_reading *r, const char *name)
{
    if (r->nrows > 0 && !strcmp(r->rows[r->nrows - 1].sheet, name))
        return r->rows[r->nrows - 1].sheet;
    return arena_strdup(r->a, name);
}

static int take_row(void *ctx, const struct sheet_row *row, struct err *err)
{
    struct quote_reading *r = ctx;
    bool any = false;

    if (*r->terms->sheet != '\0' && *row->sheet != '\0' && strcmp(row->sheet, r->terms->sheet) != 0)
        return 0;
    struct quote_raw *to = new_row(r);
    struct sheet_cell *cells = arena_array(r->a, row->ncells + 1, sizeof *cells);
    const char *sheet = sheet_name(r, row->sheet);
    if (to == NULL || cells == NULL || sheet == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < row->ncells; i++) {
        if (!copy_cell(r, &row->cells[i], &cells[i]))
            return err_nomem(err);
        any = any || cells[i].kind != SHEET_BLANK;
    }
    *to = (struct quote_raw){sheet, row->number, row->hidden, row->sheet_hidden, cells, row->ncells};
    r->nrows += any;
    return 0;
}

/* ---- the whole ---- */

static int find_site(struct quote_reading *r)
{
    const char *id = r->terms->site;

    if (*id == '\0') {
        quote_say_plain(r, QUOTE_OPEN, TEXT_QUOTE_NO_SITE);
        return 0;
    }
    for (size_t i = 0; i < r->rules->nsites; i++)
        if (!strcmp(r->rules->sites[i].id, id))
            r->site = &r->rules->sites[i];
    r->q->site = id;
    return r->site != NULL ? 0 : -1;
}

static int read_table(struct quote_reading *r, struct err *err)
{
    if (quote_sort_rows(r, err) != 0)
        return -1;
    if (!r->nomem)
        quote_sums(r);
    r->at_row = r->nrows;
    quote_settle_days(r);
    if (r->nitems == 0 && r->open_rows == 0)
        quote_say_plain(r, QUOTE_OPEN, TEXT_QUOTE_NO_ITEM);
    return 0;
}

int quote_read(const struct quote_terms *terms, const struct quote_words *words, const struct rules *rules,
               const char *body, size_t len, struct arena *a, struct quote *out, struct err *err)
{
    const struct sheet_limits limits = {.rows = ROWS_MAX, .columns = QUOTE_COLUMNS, .cell = CELL_MAX};
    struct quote q = {.name = terms->name, .site = "", .valid_until = DATE_NONE, .dated = DATE_NONE};
    struct quote_reading r = {.terms = terms, .words = words, .rules = rules, .a = a, .q = &q};
    struct sheet_facts facts = {0};

    if (sheet_read(terms->file, body, len, &limits, take_row, &r, &facts, err) != 0)
        return -1;
    if (find_site(&r) != 0)
        return err_set(err, ERR_USAGE, "unknown site '%.60s'", terms->site);
    quote_take_terms(&r);
    if (read_table(&r, err) != 0)
        return -1;
    quote_give_remarks(&r);
    if (r.nomem)
        return err_nomem(err);
    q.items = r.items;
    q.nitems = r.nitems;
    q.encoding = facts.encoding;
    q.format = facts.format;
    *out = q;
    return 0;
}
