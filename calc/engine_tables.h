/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of an export (engine_tables.def) as CSV that grows row by row. A cell is put in the order
 * of the columns; a row with too many or too few is a fault of ours (assert).
 */
#ifndef TCO_ENGINE_TABLES_H
#define TCO_ENGINE_TABLES_H

#include "calc/buf.h"
#include "calc/date.h"
#include "calc/decimal.h"
#include "calc/engine.h"

enum engine_table_id {
#define TABLE(id, name, about) ENGINE_##id,
#define COLUMN(table, name, type, about)
#include "calc/engine_tables.def"
#undef TABLE
#undef COLUMN
    ENGINE_TABLES
};

struct engine_rows {
    struct buf text[ENGINE_TABLES]; /* CSV with its header */
    long n[ENGINE_TABLES];          /* rows, the header not counted */
    size_t cells[ENGINE_TABLES];    /* of the row being put */
};

void engine_rows_begin(struct engine_rows *r); /* zeroed before; writes the headers */
void engine_rows_free(struct engine_rows *r);
bool engine_rows_failed(const struct engine_rows *r); /* no memory */

const char *engine_table_name(enum engine_table_id t);

void engine_put_text(struct engine_rows *r, enum engine_table_id t, const char *text);
void engine_put_int(struct engine_rows *r, enum engine_table_id t, long n);
void engine_put_big(struct engine_rows *r, enum engine_table_id t, dec_int n);
void engine_put_none(struct engine_rows *r, enum engine_table_id t);
void engine_put_day(struct engine_rows *r, enum engine_table_id t, struct date day); /* DATE_NONE: empty */
void engine_end_row(struct engine_rows *r, enum engine_table_id t);

/* CREATE TABLE, and the loading of each, in an engine's words. */
void engine_create(struct buf *out, const struct engine *e);
void engine_load(struct buf *out, const struct engine *e);
/* The tables and their columns, for README.txt. */
void engine_describe(struct buf *out, const struct engine_rows *r);

#endif
