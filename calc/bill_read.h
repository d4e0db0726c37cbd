/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bill as a command line names it, read to its sums: one row at a time, only one month when asked, with a rate to the
 * budget currency for every currency it has. Errors name the bill and the row.
 */
#ifndef TCO_BILL_READ_H
#define TCO_BILL_READ_H

#include "calc/bill_sums.h"
#include "calc/command.h"
#include "calc/fx.h"
#include "calc/reconcile.h"

enum { BILL_CURRENCIES_MOST = 64 };

/* Options of every command that reads a bill. */
#define BILL_OPTIONS                                                                                                   \
    {"month", "YYYY-MM", "only this month of the bill", false},                                                        \
    {                                                                                                                  \
        "column", "'NAME=HEADER'", "the header that a column has in this bill (repeatable)", true                      \
    }

struct bill_reading {
    /* given */
    struct app *app;
    const struct args *args; /* --month, --column, --booked */
    const char *word;        /* the file, "-" for standard input */
    struct fx *fx;
    const struct rules *rules;
    const char *budget; /* the currency */
    struct arena *arena;
    /* Called with the first row taken, to choose the site the bill is of; -1 with *err. */
    int (*first)(void *ctx, const struct bill_row *row, struct err *err);
    void *ctx;
    /* read */
    bool one_month;
    struct month month;
    struct bill_sums sums;
    struct reconcile_rate rates[BILL_CURRENCIES_MOST];
    size_t nrates;
    long rows, rounded; /* numbers with more than 12 decimals */
    bool stale;         /* a rate is older than [fx] max_age; it was said */
};

/* The name of a bill in messages. */
const char *bill_shown(const char *word);
int bill_read_month(struct bill_reading *r, struct err *err); /* --month: before bill_read() */
int bill_read(struct bill_reading *r, struct err *err);
void bill_reading_free(struct bill_reading *r);

/* Is a text one the provider of a site is known by: "Microsoft" is azure's too, in whole or as the first words? */
bool bill_names_provider(const char *text, const struct site *s);

#endif
