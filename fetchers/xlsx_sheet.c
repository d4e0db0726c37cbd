/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sheet, twice: once for its merged areas, which stand behind its rows, then row by row. The first
 * time also sees to it that the part is whole before a row of it is given.
 */
#include "fetchers/xlsx_book.h"
#include "fetchers/xlsx_cell.h"
#include "fetchers/xlsx_merges.h"
#include "fetchers/xlsx_part.h"

#include <string.h>

enum { ROWS_MAX = 1048576, SCAN_BYTES = 64 << 10 };

struct reader {
    struct xlsx_book *book;
    const struct xlsx_sheet *sheet;
    struct sheet_job *job;
    struct xlsx_merges merges;
    struct xlsx_cells cells;
    struct xlsx_cell cell; /* the one that is being read */
    struct arena texts;    /* of this row */
    uint32_t row, column;  /* 0: before the first */
    bool hidden, in_data, had_data;
    bool said; /* by who took the row */
};

/* ---- rows and cells ---- */

static int begin_row(struct reader *r, const struct markup_tag *tag, struct err *err)
{
    struct markup_value given = markup_tag_find(tag, "r");
    uint32_t row = r->row + 1;

    if (given.text != NULL && !xlsx_whole(given, ROWS_MAX, &row))
        return err_set(err, ERR_USAGE, "'%.*s' is no number of a row", (int)(given.len < 20 ? given.len : 20),
                       given.text);
    if (row <= r->row || row > ROWS_MAX)
        return err_set(err, ERR_USAGE, "row %u comes behind row %u", (unsigned)row, (unsigned)r->row);
    r->row = row;
    r->column = 0;
    r->hidden = xlsx_true(markup_tag_find(tag, "hidden"));
    return 0;
}

static int begin_cell(struct reader *r, const struct markup_tag *tag, struct err *err)
{
    struct markup_value given = markup_tag_find(tag, "r");
    uint32_t row = r->row, column = r->column + 1;

    if (given.text != NULL && (xlsx_reference(given.text, given.len, &row, &column) != given.len || given.len == 0))
        return err_set(err, ERR_USAGE, "'%.*s' is no cell", (int)(given.len < 20 ? given.len : 20), given.text);
    if (row != r->row || column <= r->column)
        return err_set(err, ERR_USAGE, "cell '%.*s' is out of its order", (int)given.len, given.text);
    if (column > r->job->limits.columns)
        return err_set(err, ERR_USAGE, "more than %zu columns", r->job->limits.columns);
    r->column = column;
    return xlsx_cell_begin(&r->cell, r->row, column, tag, err);
}

static int end_cell(struct reader *r, struct err *err)
{
    struct sheet_cell cell;

    if (xlsx_cell_end(&r->cell, r->book, &r->texts, &cell, err) != 0)
        return -1;
    if (cell.kind == SHEET_BLANK)
        return 0;
    return xlsx_cells_put(&r->cells, r->column - 1, &cell, err);
}

static int end_row(struct reader *r, struct err *err)
{
    if (xlsx_merges_apply(&r->merges, r->row, &r->cells, err) != 0)
        return -1;
    struct sheet_row row = {
        .sheet = r->sheet->name,
        .sheet_number = r->sheet->number,
        .number = (int)r->row,
        .hidden = r->hidden,
        .sheet_hidden = r->sheet->hidden,
        .cells = r->cells.v,
        .ncells = r->cells.n,
    };
    int rc = sheet_deliver(r->job, &row, err);
    r->said = rc != 0;
    xlsx_cells_clear(&r->cells);
    arena_clear(&r->texts);
    return rc;
}

/* ---- elements ---- */

enum { ROOT = 1, SECTION, ROW, CELL, WITHIN };

static int unexpected(const struct markup_tag *tag, const char *allowed, struct err *err)
{
    return err_set(err, ERR_USAGE, "an element '%.40s' (allowed: %s)", tag->name, allowed);
}

static int begin_section(struct reader *r, const struct markup_tag *tag, struct err *err)
{
    r->in_data = !strcmp(tag->name, "sheetData");
    if (r->in_data && r->had_data)
        return err_set(err, ERR_USAGE, "its rows come in two parts");
    r->had_data |= r->in_data;
    return 0;
}

static int on_start(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    struct reader *r = ctx;

    if (depth == ROOT)
        return !strcmp(tag->name, "worksheet") ? 0 : unexpected(tag, "worksheet", err);
    if (depth == SECTION)
        return begin_section(r, tag, err);
    if (!r->in_data)
        return 0;
    if (depth == ROW)
        return !strcmp(tag->name, "row") ? begin_row(r, tag, err) : unexpected(tag, "row", err);
    if (depth == CELL)
        return !strcmp(tag->name, "c") ? begin_cell(r, tag, err) : unexpected(tag, "c", err);
    return xlsx_cell_start(&r->cell, tag->name, depth - CELL, err);
}

static int on_end(void *ctx, int depth, struct err *err)
{
    struct reader *r = ctx;

    if (!r->in_data)
        return 0;
    if (depth == SECTION)
        r->in_data = false;
    if (depth == ROW)
        return end_row(r, err);
    if (depth == CELL)
        return end_cell(r, err);
    if (depth >= WITHIN)
        xlsx_cell_leave(&r->cell, depth - CELL);
    return 0;
}

static int on_text(void *ctx, const char *text, size_t len, struct err *err)
{
    struct reader *r = ctx;

    return r->in_data ? xlsx_rich_text(&r->cell.text, text, len, err) : 0;
}

/* Rows or cells in a wrapping that is not understood are not to be lost without a word. */
static int on_foreign(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    struct reader *r = ctx;

    return r->in_data && depth > SECTION ? unexpected(tag, "row, c, v, f, is", err) : 0;
}

/* ---- merged areas ---- */

static int on_area(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    struct reader *r = ctx;
    struct markup_value area = markup_tag_find(tag, "ref");

    if (depth != ROW || strcmp(tag->name, "mergeCell") != 0)
        return 0;
    return xlsx_merges_add(&r->merges, area.text != NULL ? area.text : "", area.text != NULL ? area.len : 0, err);
}

/* Does the part hold these bytes anywhere? Unpacks it to the end, so that its checksum is looked at. */
static int scan(struct xlsx_zip *zip, long part, const char *bytes, bool *found, struct err *err)
{
    char window[SCAN_BYTES];
    size_t n = strlen(bytes), kept = 0;
    long got = xlsx_zip_enter(zip, part, err);

    *found = false;
    while (got >= 0 && (got = xlsx_zip_read(zip, window + kept, sizeof window - kept, err)) > 0) {
        size_t have = kept + (size_t)got;
        for (const char *at = window; !*found && (at = memchr(at, bytes[0], (size_t)(window + have - at))) != NULL;
             at++)
            *found = (size_t)(window + have - at) >= n && memcmp(at, bytes, n) == 0;
        kept = have < n - 1 ? have : n - 1;
        memmove(window, window + have - kept, kept);
    }
    xlsx_zip_leave(zip);
    return got == 0 ? 0 : -1;
}

/* Most sheets have none, and are not parsed for them. */
static int read_areas(struct reader *r, struct err *err)
{
    static const struct xlsx_events events = {.start = on_area};
    bool some;

    if (scan(r->book->zip, r->sheet->part, "mergeCell", &some, err) != 0 ||
        (some && xlsx_part_read(r->book->zip, r->sheet->part, XLSX_MAIN, &events, r, err) != 0))
        return -1;
    return xlsx_merges_ready(&r->merges, err);
}

int xlsx_sheet_read(struct xlsx_book *b, const struct xlsx_sheet *sheet, struct sheet_job *job,
                    struct xlsx_place *place, struct err *err)
{
    static const struct xlsx_events events = {.start = on_start, .end = on_end, .text = on_text, .foreign = on_foreign};
    struct reader r = {.book = b, .sheet = sheet, .job = job, .cell.text.most = job->limits.cell};
    int rc = read_areas(&r, err);

    if (rc == 0)
        rc = xlsx_part_read(b->zip, sheet->part, XLSX_MAIN, &events, &r, err);
    *place = (struct xlsx_place){.row = r.row, .said = r.said};
    xlsx_merges_free(&r.merges);
    xlsx_cells_free(&r.cells);
    xlsx_cell_free(&r.cell);
    arena_free(&r.texts);
    return rc;
}
