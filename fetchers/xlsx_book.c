/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the relationships of the archive to its workbook, from there to the sheets, the shared texts and the
 * styles. Links to other workbooks and to the web are never followed.
 */
#include "fetchers/xlsx_book.h"

#include "fetchers/xlsx_part.h"
#include "fetchers/xlsx_relations.h"

#include <string.h>

enum { SHEETS_MAX = 1000 };

struct listed { /* a sheet as the workbook lists it */
    const char *id;
};

struct reading {
    struct xlsx_book *book;
    struct listed *listed;
    size_t cap;
    bool in_sheets;
};

static int grow(struct reading *r, struct err *err)
{
    struct xlsx_book *b = r->book;
    size_t cap = r->cap > 0 ? 2 * r->cap : 16;

    b->sheets = arena_grow(&b->arena, b->sheets, b->nsheets, cap, sizeof *b->sheets);
    r->listed = arena_grow(&b->arena, r->listed, b->nsheets, cap, sizeof *r->listed);
    r->cap = cap;
    return b->sheets != NULL && r->listed != NULL ? 0 : err_nomem(err);
}

static int add_sheet(struct reading *r, const struct markup_tag *tag, struct err *err)
{
    struct xlsx_book *b = r->book;
    struct markup_value name = markup_tag_find(tag, "name"), state = markup_tag_find(tag, "state");
    struct markup_value id = xlsx_relation_value(tag, "id");

    if (name.text == NULL || id.text == NULL)
        return err_set(err, ERR_USAGE, "a sheet without name or relationship");
    if (b->nsheets == SHEETS_MAX)
        return err_set(err, ERR_USAGE, "more than %d sheets", SHEETS_MAX);
    if (b->nsheets == r->cap && grow(r, err) != 0)
        return -1;
    struct xlsx_sheet *s = &b->sheets[b->nsheets];
    s->name = arena_strndup(&b->arena, name.text, name.len);
    s->number = (int)b->nsheets + 1;
    s->hidden = state.text != NULL && !xlsx_is(state, "visible");
    r->listed[b->nsheets].id = arena_strndup(&b->arena, id.text, id.len);
    return s->name != NULL && r->listed[b->nsheets++].id != NULL ? 0 : err_nomem(err);
}

static int on_start(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    struct reading *r = ctx;

    if (depth == 1 && strcmp(tag->name, "workbook") != 0)
        return err_set(err, ERR_USAGE, "its root element is '%.60s' (allowed: workbook)", tag->name);
    if (depth == 2)
        r->in_sheets = !strcmp(tag->name, "sheets");
    if (depth == 2 && !strcmp(tag->name, "workbookPr"))
        r->book->from_1904 = xlsx_true(markup_tag_find(tag, "date1904"));
    if (depth == 2 && !strcmp(tag->name, "calcPr"))
        r->book->recalculate = xlsx_true(markup_tag_find(tag, "fullCalcOnLoad"));
    return depth == 3 && r->in_sheets && !strcmp(tag->name, "sheet") ? add_sheet(r, tag, err) : 0;
}

/* The part of a sheet; one part twice would be read twice. */
static int find_part(struct xlsx_book *b, size_t i, const struct xlsx_relations *relations, const char *id,
                     struct err *err)
{
    struct xlsx_sheet *s = &b->sheets[i];
    const struct xlsx_relation *r = xlsx_relation_find(relations, id, NULL);

    s->part = -1;
    if (r == NULL)
        return err_set(err, ERR_USAGE, "sheet '%s': its relationship '%.40s' is missing", s->name, id);
    if (!strcmp(r->type, "chartsheet") || !strcmp(r->type, "dialogsheet"))
        return 0;
    if (strcmp(r->type, "worksheet") != 0)
        return err_set(err, ERR_USAGE, "sheet '%s': a '%.40s' cannot be read (known: worksheet)", s->name, r->type);
    s->part = xlsx_relation_part(b->zip, relations, r, err);
    if (s->part < 0)
        return err_prefix(err, "sheet '%s'", s->name);
    for (size_t k = 0; k < i; k++)
        if (b->sheets[k].part == s->part)
            return err_set(err, ERR_USAGE, "sheets '%s' and '%s' are one and the same part", b->sheets[k].name,
                           s->name);
    return 0;
}

/* A part that the workbook may do without. */
static int optional(const struct xlsx_book *b, const struct xlsx_relations *relations, const char *type, long *part,
                    struct err *err)
{
    const struct xlsx_relation *r = xlsx_relation_find(relations, NULL, type);

    *part = r != NULL ? xlsx_relation_part(b->zip, relations, r, err) : -1;
    return r != NULL && *part < 0 ? -1 : 0;
}

static int read_shared(struct xlsx_book *b, const struct xlsx_relations *relations, const struct sheet_job *job,
                       struct err *err)
{
    long strings, styles;

    if (optional(b, relations, "sharedStrings", &strings, err) != 0 ||
        optional(b, relations, "styles", &styles, err) != 0)
        return -1;
    if (strings >= 0 && xlsx_strings_read(&b->strings, b->zip, strings, job->limits.cell, err) != 0)
        return err_prefix(err, "%s", xlsx_zip_name(b->zip, strings));
    if (styles >= 0 && xlsx_styles_read(&b->styles, b->zip, styles, err) != 0)
        return err_prefix(err, "%s", xlsx_zip_name(b->zip, styles));
    return 0;
}

static int read_workbook(struct xlsx_book *b, long part, const struct sheet_job *job, struct err *err)
{
    static const struct xlsx_events events = {.start = on_start};
    struct reading r = {.book = b};
    struct xlsx_relations relations;
    const char *name = xlsx_zip_name(b->zip, part);

    if (xlsx_part_read(b->zip, part, XLSX_MAIN, &events, &r, err) != 0)
        return err_prefix(err, "%s", name);
    if (b->nsheets == 0)
        return err_set(err, ERR_USAGE, "a workbook without sheets");
    if (xlsx_relations_read(b->zip, name, &b->arena, &relations, err) != 0)
        return -1;
    for (size_t i = 0; i < b->nsheets; i++)
        if (find_part(b, i, &relations, r.listed[i].id, err) != 0)
            return -1;
    return read_shared(b, &relations, job, err);
}

/* What else comes in such an archive, by a part that only it has. */
static int no_workbook(const struct xlsx_book *b, struct err *err)
{
    static const struct {
        const char *part, *says;
    } others[] = {
        {"content.xml", "an OpenDocument file"},
        {"word/document.xml", "a Word document"},
        {"ppt/presentation.xml", "a presentation"},
    };
    const char *says = "an archive without a workbook";

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (xlsx_zip_find(b->zip, others[i].part, strlen(others[i].part)) >= 0)
            says = others[i].says;
    return err_set(err, ERR_USAGE, "this is %s (known: .xlsx, .csv)", says);
}

static bool ends_in(const char *name, const char *with)
{
    size_t n = strlen(name), k = strlen(with);

    return n >= k && !strcmp(name + n - k, with);
}

int xlsx_book_open(struct xlsx_book *b, const struct sheet_job *job, struct err *err)
{
    struct xlsx_relations relations;

    if (xlsx_zip_open(&b->zip, job->body, job->len, job->limits.bytes, err) != 0 ||
        xlsx_relations_read(b->zip, "", &b->arena, &relations, err) != 0)
        return -1;
    const struct xlsx_relation *r = xlsx_relation_find(&relations, NULL, "officeDocument");
    if (r == NULL || ends_in(r->target, "document.xml") || ends_in(r->target, "presentation.xml"))
        return no_workbook(b, err);
    long part = xlsx_relation_part(b->zip, &relations, r, err);
    if (part < 0)
        return -1;
    if (ends_in(xlsx_zip_name(b->zip, part), ".bin"))
        return err_set(err, ERR_USAGE, "this is a binary workbook, .xlsb (known: .xlsx, .csv)");
    return read_workbook(b, part, job, err);
}

void xlsx_book_close(struct xlsx_book *b)
{
    xlsx_strings_free(&b->strings);
    xlsx_styles_free(&b->styles);
    arena_free(&b->arena);
    xlsx_zip_free(b->zip);
}
