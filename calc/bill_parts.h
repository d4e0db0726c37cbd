/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the reader of bills: bill_bytes.c gives records out of plain or packed bytes, bill_head.c finds the columns,
 * bill_number.c reads numbers as bills write them, bill.c makes rows.
 */
#ifndef TCO_BILL_PARTS_H
#define TCO_BILL_PARTS_H

#include "calc/bill.h"
#include "calc/csv.h"
#include "fetchers/raw.h"

enum bill_column {
    COLUMN_BILLED,
    COLUMN_CURRENCY,
    COLUMN_START,
    COLUMN_SERVICE,
    COLUMN_CATEGORY,
    COLUMN_SERVICE_CATEGORY,
    COLUMN_LIST,
    COLUMN_QUANTITY,
    COLUMN_UNIT,
    COLUMN_CONSUMED,
    COLUMN_CONSUMED_UNIT,
    COLUMN_REGION,
    COLUMN_SKU,
    COLUMN_SKU_PRICE,
    COLUMN_PRICING,
    COLUMN_PROVIDER,
    COLUMN_TOTAL, /* with tax: stands in for BILLED where TAX_AMOUNT says how much of it is tax */
    COLUMN_TAX_AMOUNT,
    COLUMNS
};
enum bill_column_kind { BILL_TEXT, BILL_NUMBER, BILL_DAY };
enum bill_column_need { BILL_MAY, BILL_MUST };
struct bill_column_info {
    const char *name, *since;
    enum bill_column id;
    enum bill_column_kind kind;
    enum bill_column_need need;
};
/* Of the names of the columns, in the order of bill_columns.def. */
extern const struct bill_column_info bill_columns[];

struct bill {
    const char *name;
    bill_source *source;
    void *ctx;
    int fd;                  /* to close; -1: none */
    struct raw_unzip *unzip; /* NULL: plain */
    unsigned char *packed;   /* bytes taken but not unpacked yet */
    size_t packed_at, packed_n;
    char *window;
    bool ended;
    struct csv csv;
    int at[COLUMNS]; /* the cell of a column, -1: none */
    long rounded;
};

/* bill_bytes.c. The first look: plain or packed. */
int bill_begin(struct bill *b, struct err *err);
/* The next record as csv_next() gives it; a window of a few MiB whatever the length. */
int bill_record(struct bill *b, struct err *err);
int bill_cannot_read(const struct bill *b, struct err *err);

/* bill_head.c */
int bill_check_naming(const struct bill_naming *naming, struct err *err);
int bill_read_head(struct bill *b, const struct bill_naming *naming, struct err *err);

/* bill_number.c. With an exponent or more than 12 decimals, rounded half-up at the twelfth; false: no number. */
bool bill_number(const char *text, dec_t *out, bool *rounded);

#endif
