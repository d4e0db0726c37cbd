/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/engine_tables.h"

#include "calc/csv.h"

#include <assert.h>

enum type { TYPE_ID, TYPE_TEXT, TYPE_BIG, TYPE_MAYBE };

static const struct column {
    enum engine_table_id table;
    const char *name;
    enum type type;
    const char *about;
} columns[] = {
#define TABLE(id, name, about)
#define COLUMN(table, name, type, about) {ENGINE_##table, name, TYPE_##type, about},
#include "calc/engine_tables.def"
#undef TABLE
#undef COLUMN
};

static const struct {
    const char *name, *about;
} tables[ENGINE_TABLES] = {
#define TABLE(id, name, about) {name, about},
#define COLUMN(table, name, type, about)
#include "calc/engine_tables.def"
#undef TABLE
#undef COLUMN
};

static const size_t ncolumns = sizeof columns / sizeof columns[0];

const char *engine_table_name(enum engine_table_id t)
{
    return tables[t].name;
}

static size_t width_of(enum engine_table_id t)
{
    size_t n = 0;
    for (size_t i = 0; i < ncolumns; i++)
        n += columns[i].table == t;
    return n;
}

void engine_rows_begin(struct engine_rows *r)
{
    for (size_t i = 0; i < ncolumns; i++) {
        struct buf *b = &r->text[columns[i].table];
        buf_puts(b, b->n > 0 ? "," : "");
        buf_puts(b, columns[i].name);
    }
    for (size_t t = 0; t < ENGINE_TABLES; t++)
        buf_putc(&r->text[t], '\n');
}

void engine_rows_free(struct engine_rows *r)
{
    for (size_t t = 0; t < ENGINE_TABLES; t++)
        buf_free(&r->text[t]);
}

bool engine_rows_failed(const struct engine_rows *r)
{
    for (size_t t = 0; t < ENGINE_TABLES; t++)
        if (r->text[t].failed)
            return true;
    return false;
}

static struct buf *cell(struct engine_rows *r, enum engine_table_id t)
{
    if (r->cells[t]++ > 0)
        buf_putc(&r->text[t], ',');
    return &r->text[t];
}

void engine_put_text(struct engine_rows *r, enum engine_table_id t, const char *text)
{
    csv_text(cell(r, t), text);
}

void engine_put_int(struct engine_rows *r, enum engine_table_id t, long n)
{
    buf_printf(cell(r, t), "%ld", n);
}

void engine_put_big(struct engine_rows *r, enum engine_table_id t, dec_int n)
{
    char digits[48];
    size_t at = sizeof digits;
    bool negative = n < 0;
    struct buf *b = cell(r, t);
    do {
        int digit = (int)(n % 10);
        digits[--at] = (char)('0' + (digit < 0 ? -digit : digit));
        n /= 10;
    } while (n != 0);
    if (negative)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - at);
}

void engine_put_none(struct engine_rows *r, enum engine_table_id t)
{
    cell(r, t);
}

void engine_put_day(struct engine_rows *r, enum engine_table_id t, struct date day)
{
    char text[DATE_TEXT] = "";
    if (date_is(day))
        date_format(day, text);
    buf_puts(cell(r, t), text);
}

void engine_end_row(struct engine_rows *r, enum engine_table_id t)
{
    assert(r->cells[t] == width_of(t));
    r->cells[t] = 0;
    r->n[t]++;
    buf_putc(&r->text[t], '\n');
}

static const char *type_of(const struct engine *e, enum type type)
{
    switch (type) {
    case TYPE_ID:
        return e->id;
    case TYPE_TEXT:
        return e->text;
    case TYPE_MAYBE:
        return e->maybe;
    case TYPE_BIG:
        break;
    }
    return e->integer;
}

static void create(struct buf *out, const struct engine *e, enum engine_table_id t)
{
    const char *before = "";
    buf_printf(out, "CREATE TABLE tco_%s (", tables[t].name);
    for (size_t i = 0; i < ncolumns; i++) {
        if (columns[i].table != t)
            continue;
        buf_printf(out, "%s%s %s", before, columns[i].name, type_of(e, columns[i].type));
        before = ", ";
    }
    buf_printf(out, ")%s;\n", e->tail);
}

void engine_create(struct buf *out, const struct engine *e)
{
    for (size_t t = 0; t < ENGINE_TABLES; t++)
        create(out, e, (enum engine_table_id)t);
}

void engine_load(struct buf *out, const struct engine *e)
{
    for (size_t t = 0; t < ENGINE_TABLES; t++) {
        const struct engine_value name[] = {{"table", tables[t].name}};
        engine_expand(out, e->load, name, 1);
    }
}

void engine_describe(struct buf *out, const struct engine_rows *r)
{
    for (size_t t = 0; t < ENGINE_TABLES; t++) {
        buf_printf(out, "\n%s.csv, %ld rows: %s\n", tables[t].name, r->n[t], tables[t].about);
        for (size_t i = 0; i < ncolumns; i++)
            if (columns[i].table == t && *columns[i].about)
                buf_printf(out, "    %-16s %s\n", columns[i].name, columns[i].about);
    }
}
