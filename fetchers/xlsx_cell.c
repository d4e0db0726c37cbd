/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_cell.h"

#include "fetchers/xlsx_number.h"
#include "fetchers/xlsx_part.h"

#include <string.h>

enum { NUMBER_BYTES = 1024 };

static const char *const types[] = {
    [XLSX_NUMERIC] = "n", [XLSX_SHARED] = "s", [XLSX_INLINE] = "inlineStr", [XLSX_STRING] = "str",
    [XLSX_TRUTH] = "b",   [XLSX_FAULT] = "e",  [XLSX_ISO_DAY] = "d",
};

/* "cell C7: " before the message. */
static int place(const struct xlsx_cell *c, struct err *err)
{
    char letters[4];
    size_t at = sizeof letters - 1;

    letters[at] = '\0';
    for (uint32_t n = c->column; n > 0 && at > 0; n = (n - 1) / 26)
        letters[--at] = (char)('A' + (n - 1) % 26);
    return err_prefix(err, "cell %s%u", letters + at, (unsigned)c->row);
}

static int bad(const struct xlsx_cell *c, struct err *err, const char *why)
{
    err_set(err, ERR_USAGE, "%s", why);
    return place(c, err);
}

static int read_type(struct xlsx_cell *c, struct markup_value v, struct err *err)
{
    if (v.text == NULL) {
        c->type = XLSX_NUMERIC;
        return 0;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (xlsx_is(v, types[i])) {
            c->type = (enum xlsx_type)i;
            return 0;
        }
    err_set(err, ERR_USAGE, "unknown type '%.*s' (known: b, d, e, inlineStr, n, s, str)",
            (int)(v.len < 20 ? v.len : 20), v.text);
    return place(c, err);
}

int xlsx_cell_begin(struct xlsx_cell *c, uint32_t row, uint32_t column, const struct markup_tag *tag, struct err *err)
{
    struct markup_value style = markup_tag_find(tag, "s");

    c->row = row;
    c->column = column;
    c->style = 0;
    c->formula = c->value = c->inlined = false;
    xlsx_rich_clear(&c->text);
    if (style.text != NULL && !xlsx_whole(style, UINT32_MAX, &c->style))
        return bad(c, err, "its style is no number");
    return read_type(c, markup_tag_find(tag, "t"), err);
}

static int begin_value(struct xlsx_cell *c, struct err *err)
{
    if (c->value || c->type == XLSX_INLINE)
        return bad(c, err, "more than one value");
    c->value = c->text.collecting = true;
    return 0;
}

static int begin_inline(struct xlsx_cell *c, struct err *err)
{
    if (c->value || c->type != XLSX_INLINE)
        return bad(c, err, "a text where its type says there is none");
    c->value = c->inlined = true;
    return 0;
}

int xlsx_cell_start(struct xlsx_cell *c, const char *name, int level, struct err *err)
{
    if (level > 1) {
        if (c->inlined)
            xlsx_rich_start(&c->text, name, level - 1);
        return 0;
    }
    if (!strcmp(name, "v"))
        return begin_value(c, err);
    if (!strcmp(name, "is"))
        return begin_inline(c, err);
    if (strcmp(name, "f") != 0)
        return bad(c, err, "an unknown element (known: v, f, is)");
    c->formula = true;
    return 0;
}

void xlsx_cell_leave(struct xlsx_cell *c, int level)
{
    if (level == 1)
        c->text.collecting = false;
    else if (c->inlined)
        xlsx_rich_end(&c->text, level - 1);
}

/* ---- what it means ---- */

static int set_text(const struct xlsx_cell *c, const char *text, size_t len, struct sheet_cell *out, struct err *err)
{
    if (memchr(text, '\0', len) != NULL)
        return bad(c, err, "a NUL byte");
    if (sheet_is_blank(text, len))
        return 0;
    out->kind = SHEET_TEXT;
    out->text = text;
    out->len = len;
    return 0;
}

static int own_text(struct xlsx_cell *c, struct arena *a, struct sheet_cell *out, struct err *err)
{
    struct buf *t = &c->text.text;
    size_t len = t->n > 0 ? xlsx_unescape(t->v, t->n) : 0;
    char *text = arena_strndup(a, t->n > 0 ? t->v : "", len);

    return text != NULL ? set_text(c, text, len, out, err) : err_nomem(err);
}

static struct markup_value as_value(const struct xlsx_cell *c)
{
    return (struct markup_value){.text = c->text.text.v, .len = c->text.text.n};
}

static int shared_text(const struct xlsx_cell *c, const struct xlsx_book *b, struct sheet_cell *out, struct err *err)
{
    uint32_t i;
    size_t len = 0;
    const char *text = xlsx_whole(as_value(c), UINT32_MAX, &i) ? xlsx_string(&b->strings, i, &len) : NULL;

    return text != NULL ? set_text(c, text, len, out, err)
                        : bad(c, err, "its text is not among those that the workbook holds");
}

static int truth(const struct xlsx_cell *c, struct sheet_cell *out, struct err *err)
{
    bool yes = xlsx_true(as_value(c)), no = xlsx_is(as_value(c), "0") || xlsx_is(as_value(c), "false");

    if (!yes && !no)
        return bad(c, err, "it is neither true nor false");
    out->kind = SHEET_TRUTH;
    out->text = yes ? "TRUE" : "FALSE";
    out->len = strlen(out->text);
    return 0;
}

static int put_day(struct date day, struct arena *a, struct sheet_cell *out, struct err *err)
{
    char text[DATE_TEXT];

    date_format(day, text);
    out->kind = SHEET_DATE;
    out->text = arena_strdup(a, text);
    out->len = strlen(text);
    return out->text != NULL ? 0 : err_nomem(err);
}

/* "2026-11-21" or "2026-11-21T08:00:00" */
static int iso_day(const struct xlsx_cell *c, struct arena *a, struct sheet_cell *out, struct err *err)
{
    enum { DAY = sizeof "2026-11-21" - 1 };
    struct markup_value v = as_value(c);
    struct date day;

    if (v.len < DAY || (v.len > DAY && v.text[DAY] != 'T') || !date_parse(v.text, DAY, &day))
        return bad(c, err, "it is no day");
    return put_day(day, a, out, err);
}

/* What no day can be (a negative number, the 29 February 1900) stays the number it is. */
static int number(struct xlsx_cell *c, const struct xlsx_book *b, struct arena *a, struct sheet_cell *out,
                  struct err *err)
{
    struct buf plain = {.ceiling = NUMBER_BYTES};
    enum xlsx_format format = c->style < b->styles.n ? (enum xlsx_format)b->styles.formats[c->style] : XLSX_PLAIN;
    struct date day;
    int rc = 0;

    if (c->style > 0 && c->style >= b->styles.n)
        return bad(c, err, "its style is not among those of the workbook");
    if (!xlsx_number(c->text.text.v, c->text.text.n, &plain, &out->rounded))
        rc = bad(c, err, "its value is no number");
    else if (plain.failed)
        rc = err_nomem(err);
    else if (format == XLSX_DAY && xlsx_day(plain.v, plain.n, b->from_1904, &day))
        rc = put_day(day, a, out, err);
    else {
        out->kind = SHEET_NUMBER;
        out->percent = format == XLSX_PERCENT;
        out->text = arena_strndup(a, plain.v, plain.n);
        out->len = plain.n;
        rc = out->text != NULL ? 0 : err_nomem(err);
    }
    buf_free(&plain);
    return rc;
}

static int fault(struct xlsx_cell *c, struct arena *a, struct sheet_cell *out, struct err *err)
{
    if (own_text(c, a, out, err) != 0)
        return -1;
    if (out->kind == SHEET_BLANK)
        return bad(c, err, "an error without its name");
    out->kind = SHEET_ERROR;
    return 0;
}

/* A library that writes formulas without calculating them leaves no value, or a 0 and the wish that the workbook be
 * calculated when it is opened. Neither is a price. */
static int check_formula(const struct xlsx_cell *c, const struct xlsx_book *b, struct err *err)
{
    bool empty = c->text.text.n == 0, text = c->type == XLSX_STRING || c->type == XLSX_INLINE;

    if (!c->formula || (c->value && text))
        return 0;
    if (!c->value || empty)
        return bad(c, err, "a formula without its value (open the file in a spreadsheet program, save it)");
    if (b->recalculate && c->type == XLSX_NUMERIC && xlsx_is(as_value(c), "0"))
        return bad(c, err, "a formula that was never calculated (open the file in a spreadsheet program, save it)");
    return 0;
}

static int understand(struct xlsx_cell *c, const struct xlsx_book *b, struct arena *a, struct sheet_cell *out,
                      struct err *err)
{
    switch (c->type) {
    case XLSX_SHARED:
        return shared_text(c, b, out, err);
    case XLSX_INLINE:
    case XLSX_STRING:
        return own_text(c, a, out, err);
    case XLSX_TRUTH:
        return truth(c, out, err);
    case XLSX_FAULT:
        return fault(c, a, out, err);
    case XLSX_ISO_DAY:
        return iso_day(c, a, out, err);
    case XLSX_NUMERIC:
        break;
    }
    return number(c, b, a, out, err);
}

int xlsx_cell_end(struct xlsx_cell *c, const struct xlsx_book *b, struct arena *a, struct sheet_cell *out,
                  struct err *err)
{
    *out = (struct sheet_cell){.kind = SHEET_BLANK, .text = "", .formula = c->formula};
    if (check_formula(c, b, err) != 0)
        return -1;
    bool blank = !c->value || (c->type == XLSX_NUMERIC && c->text.text.n == 0);
    return blank ? 0 : understand(c, b, a, out, err);
}

void xlsx_cell_free(struct xlsx_cell *c)
{
    buf_free(&c->text.text);
}
