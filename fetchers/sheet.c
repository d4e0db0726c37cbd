/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which kind of table a file is, by its first bytes: workbooks are told from CSV, and what people send
 * by mistake is called by its name.
 */
#include "fetchers/sheet.h"

#include "fetchers/sheet_parts.h"

#include <string.h>

enum { ROWS_MAX = 1100000, COLUMNS_MAX = 16384, CELL_MAX = 1 << 20, BYTES_MAX = 1 << 30, CELLS_MAX = 200000000 };

struct signature {
    const char *bytes;
    size_t n;
    const char *says;
};
#define SIGNATURE(text, says)                                                                                          \
    {                                                                                                                  \
        text, sizeof text - 1, says                                                                                    \
    }
static const struct signature refused[] = {
    SIGNATURE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old .xls workbook or one under a password"),
    SIGNATURE("PK\x05\x06", "an empty archive"),
    SIGNATURE("%PDF-", "a PDF"),
    SIGNATURE("\x1F\x8B", "packed with gzip"),
    SIGNATURE("7z\xBC\xAF\x27\x1C", "a 7z archive"),
    SIGNATURE("Rar!", "a RAR archive"),
    SIGNATURE("{\\rtf", "a text document"),
    SIGNATURE("\x89PNG", "a picture"),
    SIGNATURE("\xFF\xD8\xFF", "a picture"),
};

/* Pages and XML that spreadsheets save under the name of a workbook. */
static bool is_markup(const char *body, size_t len)
{
    static const char *const tags[] = {"<?xml", "<html", "<!doctype", "<table"};
    const char mark[] = "\xEF\xBB\xBF";
    size_t at = len >= 3 && memcmp(body, mark, 3) == 0 ? 3 : 0;

    while (at < len && strchr(" \t\r\n", body[at]) != NULL && body[at] != '\0')
        at++;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = 0;
        while (tags[i][n] != '\0' && at + n < len &&
               tags[i][n] == (body[at + n] >= 'A' && body[at + n] <= 'Z' ? body[at + n] + 32 : body[at + n]))
            n++;
        if (tags[i][n] == '\0')
            return true;
    }
    return false;
}

static const char *refusal(const char *body, size_t len)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (len >= refused[i].n && memcmp(body, refused[i].bytes, refused[i].n) == 0)
            return refused[i].says;
    return is_markup(body, len) ? "XML or a web page" : NULL;
}

bool sheet_is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (strchr(" \t\r\n", text[i]) != NULL && text[i] != '\0')
            continue;
        if (i + 1 < len && memcmp(text + i, "\xC2\xA0", 2) == 0)
            i += 1;
        else if (i + 2 < len && memcmp(text + i, "\xE3\x80\x80", 3) == 0)
            i += 2;
        else
            return false;
    }
    return true;
}

/* A text that cells share is small in the file and large for who takes each of them. */
static int account(struct sheet_job *job, const struct sheet_row *row, struct err *err)
{
    job->cells += row->ncells;
    if (job->cells > CELLS_MAX)
        return err_set(err, ERR_USAGE, "%s: more than %d cells", job->name, CELLS_MAX);
    for (size_t i = 0; i < row->ncells; i++)
        job->bytes += row->cells[i].len;
    if (job->bytes > job->limits.bytes)
        return err_set(err, ERR_USAGE, "%s: its cells hold more than %llu bytes", job->name,
                       (unsigned long long)job->limits.bytes);
    return 0;
}

int sheet_deliver(struct sheet_job *job, struct sheet_row *row, struct err *err)
{
    bool own = false;

    while (row->ncells > 0 && row->cells[row->ncells - 1].kind == SHEET_BLANK)
        row->ncells--;
    if (account(job, row, err) != 0)
        return -1;
    for (size_t i = row->ncells; i > 0 && !own; i--)
        own = row->cells[i - 1].kind != SHEET_BLANK && !row->cells[i - 1].merged;
    if (!own)
        return 0;
    if (job->facts->rows == job->limits.rows)
        return err_set(err, ERR_USAGE, "%s: more than %zu rows", job->name, job->limits.rows);
    job->facts->rows++;
    job->facts->hidden_rows += row->hidden;
    return job->row(job->ctx, row, err);
}

static void fill_in(struct sheet_limits *l)
{
    l->rows = l->rows != 0 ? l->rows : ROWS_MAX;
    l->columns = l->columns != 0 ? l->columns : COLUMNS_MAX;
    l->cell = l->cell != 0 ? l->cell : CELL_MAX;
    l->bytes = l->bytes != 0 ? l->bytes : BYTES_MAX;
}

int sheet_read(const char *name, const char *body, size_t len, const struct sheet_limits *limits, sheet_handler *row,
               void *ctx, struct sheet_facts *facts, struct err *err)
{
    struct sheet_job job = {.name = name, .body = body, .len = len, .row = row, .ctx = ctx, .facts = facts};
    const char *why = refusal(body, len);

    *facts = (struct sheet_facts){.format = "", .encoding = ""};
    if (limits != NULL)
        job.limits = *limits;
    fill_in(&job.limits);
    if (len == 0)
        return err_set(err, ERR_USAGE, "%s: an empty file", name);
    if (why != NULL)
        return err_set(err, ERR_USAGE, "%s: this is %s (known: .xlsx, .csv)", name, why);
    return len >= 4 && memcmp(body, "PK\x03\x04", 4) == 0 ? xlsx_read(&job, err) : sheet_csv_read(&job, err);
}
