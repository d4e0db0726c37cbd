/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * XLSX workbooks (ECMA-376, transitional and strict): sheet after sheet in the order in which they are shown,
 * hidden ones too. Macros, links and whatever else a workbook carries are not looked at.
 */
#include "fetchers/sheet_parts.h"
#include "fetchers/xlsx_book.h"

static int read_sheet(struct xlsx_book *b, const struct xlsx_sheet *sheet, struct sheet_job *job, struct err *err)
{
    struct xlsx_place place;
    int rc = xlsx_sheet_read(b, sheet, job, &place, err);

    job->facts->sheets++;
    if (rc != -1 || place.said || err->kind != ERR_USAGE)
        return rc;
    if (place.row == 0)
        return err_prefix(err, "%s, sheet '%.100s'", job->name, sheet->name);
    return err_prefix(err, "%s, sheet '%.100s', row %u", job->name, sheet->name, (unsigned)place.row);
}

static int read_sheets(struct xlsx_book *b, struct sheet_job *job, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < b->nsheets && rc == 0; i++)
        if (b->sheets[i].part >= 0)
            rc = read_sheet(b, &b->sheets[i], job, err);
    return rc;
}

int xlsx_read(struct sheet_job *job, struct err *err)
{
    struct xlsx_book b = {.nsheets = 0};

    job->facts->format = "xlsx";
    int rc = xlsx_book_open(&b, job, err);
    if (rc == 0)
        rc = read_sheets(&b, job, err);
    else if (err->kind == ERR_USAGE) /* a library that cannot be loaded is no fault of the file */
        err_prefix(err, "%s", job->name);
    xlsx_book_close(&b);
    return rc;
}
