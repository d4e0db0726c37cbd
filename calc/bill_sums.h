/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a bill comes to: its rows summed by month, category, provider, service, region, SKU, pricing category, unit and currency.
 * Memory grows with the number of these, never with the rows; there is a ceiling. Sums are exact.
 */
#ifndef TCO_BILL_SUMS_H
#define TCO_BILL_SUMS_H

#include "calc/bill.h"
#include "calc/buf.h"
#include "calc/intern.h"

enum { BILL_SUMS_MOST = 1000000 };

struct bill_sum {
    struct month month;
    enum bill_category category;
    const char *provider, *service, *service_category, *region, *sku, *pricing, *unit;
    char currency[CURRENCY_TEXT];
    int line; /* where the first of its rows begins */
    long rows;
    bool has_list, has_quantity; /* every row of it has one */
    dec_t billed, list, quantity, tax;
};

struct bill_sums {
    struct arena arena;
    struct intern texts, keys;
    struct bill_sum *v; /* in order of their first rows */
    size_t n, cap;
    size_t ceiling; /* 0: BILL_SUMS_MOST */
    struct buf key;
};

/* Zeroed is empty. An error (a sum that overflows, too many different ones) does not name the bill. */
int bill_sums_add(struct bill_sums *s, const struct bill_row *row, struct err *err);
void bill_sums_free(struct bill_sums *s);

#endif
