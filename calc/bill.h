/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bills, row by row: CSV in the columns of FOCUS 1.0 to 1.4, plain or packed with gzip, of any length.
 * Memory is a window of a few MiB whatever the length; a record is at most 1 MiB. Columns are known by their
 * names (bill_columns.def); those that are not read are passed over.
 *
 * Of the providers' own exports only these columns are documented: Tencent Cloud International's "Total
 * Amount After Discount (Excluding Tax)", "TaxAmount" and "Total Cost (Including Tax)". For the rest the user names the header a column has.
 */
#ifndef TCO_BILL_H
#define TCO_BILL_H

#include "calc/date.h"
#include "calc/decimal.h"
#include "calc/err.h"
#include "calc/scenario.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum bill_category { BILL_USAGE, BILL_PURCHASE, BILL_TAX, BILL_CREDIT, BILL_ADJUSTMENT, BILL_CATEGORIES };
extern const char *const bill_category_names[BILL_CATEGORIES]; /* as FOCUS spells them */

/* Texts are good until the next row; "" when the bill does not say. */
struct bill_row {
    int line; /* of the file, where the row begins */
    struct month month;
    enum bill_category category;
    char currency[CURRENCY_TEXT];
    const char *provider, *service, *service_category, *region, *sku;
    const char *pricing; /* PricingCategory: Standard, Dynamic, Committed, Other */
    const char *unit;    /* of quantity */
    dec_t billed;        /* without tax; a Tax row: the tax */
    bool has_list, has_quantity;
    dec_t list, quantity;
    dec_t tax; /* stated beside the charge; 0 where taxes have rows of their own */
};

/* Where the bytes come from: like read(2), -1 with errno. */
typedef ssize_t bill_source(void *ctx, void *into, size_t room);

/* "ServiceName=Product": this bill calls the column ServiceName "Product". */
struct bill_naming {
    const char *const *v;
    size_t n;
};

struct bill;
/* Reads the head. Errors (ERR_USAGE) begin with "name: " or "name:line: ". */
int bill_open(struct bill **out, const char *name, bill_source *source, void *ctx, const struct bill_naming *naming,
              struct err *err);
/* A file, or standard input for "-". */
int bill_open_path(struct bill **out, const char *path, const struct bill_naming *naming, struct err *err);
/* 1: a row; 0: the end; -1: a row that is wrong, named by its line; nothing more is to be read then. Numbers may
 * have an exponent; one with more than 12 decimals is rounded half-up at the twelfth. */
int bill_next(struct bill *b, struct bill_row *row, struct err *err);
long bill_rounded(const struct bill *b); /* numbers rounded so far */
void bill_close(struct bill *b);         /* NULL is fine */

#endif
