/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quote from its file: rows are kept, then sorted into heads, items, sums and notes; notes hold for all
 * rows, also for those above them, so items are settled last.
 */
#include "fetchers/quote.h"

#include "calc/words.h"
#include "fetchers/quote_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 20000, CELL_MAX = 16384, SHOWN_BYTES = 48 };

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

/* ---- what is said ---- */

void quote_say(struct quote_reading *r, enum quote_remark_kind kind, const char *fmt, ...)
{
    struct buf text = {.ceiling = 4096};
    char line[2048];
    va_list args;

    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    if (n > 0)
        buf_puts(&text, line);
    if (r->nsaid == r->cap_said) {
        size_t cap = r->cap_said > 0 ? 2 * r->cap_said : 32;
        struct quote_said *grown = arena_grow(r->a, r->said, r->nsaid, cap, sizeof *grown);
        r->nomem = r->nomem || grown == NULL;
        if (grown != NULL) {
            r->said = grown;
            r->cap_said = cap;
        }
    }
    const char *copy = text.failed ? NULL : arena_strdup(r->a, text.v != NULL ? text.v : "");
    buf_free(&text);
    r->nomem = r->nomem || copy == NULL;
    if (r->nomem)
        return;
    r->said[r->nsaid] = (struct quote_said){.remark = {kind, copy}, .row = r->at_row, .seq = r->nsaid};
    r->nsaid++;
}

/* Mappings first, then in the order of the file. */
static int said_order(const void *pa, const void *pb)
{
    const struct quote_said *a = pa, *b = pb;
    int mapped = (b->remark.kind == QUOTE_MAPPED) - (a->remark.kind == QUOTE_MAPPED);

    if (mapped != 0)
        return mapped;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->seq < b->seq ? -1 : 1;
}

static void give_remarks(struct quote_reading *r)
{
    struct quote_remark *v = arena_array(r->a, r->nsaid + 1, sizeof *v);

    r->nomem = r->nomem || v == NULL;
    if (r->nomem)
        return;
    if (r->nsaid > 1)
        qsort(r->said, r->nsaid, sizeof *r->said, said_order);
    for (size_t i = 0; i < r->nsaid; i++) {
        v[i] = r->said[i].remark;
        r->q->nopen += v[i].kind == QUOTE_OPEN;
    }
    r->q->remarks = v;
    r->q->nremarks = r->nsaid;
}

static bool cut_here(const char *p)
{
    return ((unsigned char)*p & 0xc0) != 0x80;
}

const char *quote_shown(struct quote_reading *r, const char *text)
{
    size_t n = strlen(text);
    bool cut = n > SHOWN_BYTES;

    if (cut)
        for (n = SHOWN_BYTES; n > 0 && !cut_here(text + n); n--)
            ;
    char *out = arena_printf(r->a, "%.*s%s", (int)n, text, cut ? "..." : "");
    r->nomem = r->nomem || out == NULL;
    for (char *p = out; p != NULL && *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return out != NULL ? out : "";
}

int quote_places(const struct quote_reading *r)
{
    const char *code = *r->q->currency != '\0' ? r->q->currency : quote_sign_means(r->common.currency);
    const struct currency *c = *code != '\0' ? rules_currency(r->rules, code) : NULL;

    return c != NULL ? c->minor_units : 2;
}

/* "1,234.50"; further decimals only where they are not zero. */
const char *quote_money(struct quote_reading *r, dec_t v)
{
    char text[DEC_TEXT], out[2 * DEC_TEXT], *to = out;

    if (dec_bad(v))
        return "too much";
    dec_format(v, quote_places(r), text);
    const char *p = text;
    if (*p == '-')
        *to++ = *p++;
    size_t whole = strcspn(p, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            *to++ = ',';
        *to++ = p[i];
    }
    for (p += whole; *p != '\0';)
        *to++ = *p++;
    *to = '\0';
    const char *copy = arena_strdup(r->a, out);
    r->nomem = r->nomem || copy == NULL;
    return copy != NULL ? copy : "";
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

/* ---- what a row is ---- */

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
    return strpbrk(quote_cell(r, row, role)->text, "0123456789") != NULL ||
           strstr(quote_cell(r, row, role)->text, "０") != NULL;
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
        quote_say(r, QUOTE_SKIPPED, "%s: the head of the table again", quote_place(r, row, -1));
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
        quote_say(r, QUOTE_SKIPPED, "sheet '%s' is hidden: not read (say sheet = %s to read it)",
                  quote_shown(r, row->sheet), quote_shown(r, row->sheet));
    return true;
}

static void tell_hidden(struct quote_reading *r, const struct quote_raw *row, bool item)
{
    if (row->hidden)
        quote_say(r, item ? QUOTE_ASSUMED : QUOTE_SKIPPED, "%s: hidden in the file, %s", quote_place(r, row, -1),
                  item ? "read as the others" : "not an item");
}

static void read_note(struct quote_reading *r, const struct quote_raw *row)
{
    const char *first = "";

    for (size_t i = 0; i < row->n && *first == '\0'; i++)
        first = row->cells[i].text;
    if (quote_facts_of(r, row))
        quote_say(r, QUOTE_MAPPED, "%s: '%s' holds for the whole quote", quote_place(r, row, -1),
                  quote_shown(r, first));
    else
        quote_say(r, QUOTE_SKIPPED, "%s: '%s': not an item, not read", quote_place(r, row, -1), quote_shown(r, first));
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

/* Heads are finished at the first row behind them; what such a row is can only be told then. */
static bool sort_rows(struct quote_reading *r, struct sorting *s)
{
    struct quote_table *table = NULL, *found = arena_alloc(r->a, sizeof *found);
    bool just_head = false, any = false;

    if (found == NULL)
        return !(r->nomem = true);
    for (r->at_row = 0; r->at_row < r->nrows && !r->nomem; r->at_row++) {
        const struct quote_raw *row = &r->rows[r->at_row];
        enum row_kind kind = sort_row(r, r->at_row, found, &table, just_head);
        just_head = kind == ROW_HEAD || kind == ROW_HEAD_MORE;
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
    for (r->at_row = 0; r->at_row < r->nrows && !r->nomem; r->at_row++) {
        const struct quote_raw *row = &r->rows[r->at_row];
        r->table = s->tables[r->at_row];
        if ((s->kinds[r->at_row] != ROW_ITEM && s->kinds[r->at_row] != ROW_NOTE) || is_sum(r, row))
            continue;
        if (s->kinds[r->at_row] == ROW_ITEM) {
            tell_hidden(r, row, true);
            quote_item_of(r, row);
        }
    }
}

/* ---- the whole ---- */

static int find_site(struct quote_reading *r)
{
    const char *id = r->terms->site;

    if (*id == '\0') {
        quote_say(r, QUOTE_OPEN, "no site: whose offer is it? (say site = aliyun-cn ...)");
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
    struct sorting s = {.kinds = arena_array(r->a, r->nrows + 1, sizeof *s.kinds),
                        .tables = arena_array(r->a, r->nrows + 1, sizeof *s.tables)};

    if (s.kinds == NULL || s.tables == NULL)
        return err_nomem(err);
    if (!sort_rows(r, &s) && !r->nomem)
        return err_set(err, ERR_USAGE,
                       "%s: no table found (a row is needed that names a product and a price, such as %s)",
                       r->terms->file, "产品, 数量, 单价 or Product, Quantity, Unit price");
    read_rows(r, &s);
    if (!r->nomem)
        quote_sums(r);
    r->at_row = r->nrows;
    quote_settle_days(r);
    if (r->nitems == 0 && r->open_rows == 0)
        quote_say(r, QUOTE_OPEN, "no row under the head of the table is an item");
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
    give_remarks(&r);
    if (r.nomem)
        return err_nomem(err);
    q.items = r.items;
    q.nitems = r.nitems;
    q.encoding = facts.encoding;
    q.format = facts.format;
    *out = q;
    return 0;
}
