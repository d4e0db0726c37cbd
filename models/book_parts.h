/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a book: book.c makes it, book_more.c works out paths.
 */
#ifndef TCO_BOOK_PARTS_H
#define TCO_BOOK_PARTS_H

#include "models/book.h"
#include "models/levels.h"
#include "models/npv.h"

enum { FIGURE_COST, FIGURE_NPV, FIGURE_DUE };

/* factor[(figure x months + month) x n + level] */
struct answer {
    int value;
    size_t n;
    double *factor;
};

struct strand {
    struct strand *next;
    int offer, currency, price;
    bool late;      /* paid at the end of the month */
    int *year;      /* [months] */
    double *amount; /* [figure x months] */
    struct answer *answers;
    size_t nanswers;
};

struct toll {
    struct toll *next;
    int currency, percent_value;
    double rate, percent, min, max, fixed;
    bool *late; /* [months] */
};

struct book {
    int months, offers;
    const struct book_value *values;
    size_t nvalues;
    double *levels; /* [nvalues x LEVELS_MAX] */
    struct npv_table npv;
    struct strand **strands; /* [offers] */
    struct toll **tolls;     /* [offers] */
    struct strand **flows;   /* by number */
    size_t nflows;
};

double book_discount(const struct book *b, int month, bool late);

#endif
