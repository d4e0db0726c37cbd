/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A saved estimate (`tco estimate --format json`) back as plain structs: bytes in, structs out, no file, no
 * catalogue. What is read is checked: every figure is there and a number, runs end with the last term, each
 * amount follows from its operands (to a minor unit of each: rounding may have been another), lines are the
 * sums of their runs, sites the sums of their lines. A document that is not so, of another version or of
 * something else is refused with the place in it; kind ERR_USAGE. Everything lives in the arena given.
 */
#ifndef TCO_SAVED_H
#define TCO_SAVED_H

#include "calc/estimate.h"

enum { SAVED_MAX = 64 << 20 }; /* bytes of the largest that is read */

/* How many decimals amounts are rounded to, as they are written. */
struct saved_places {
    int price, billed, tax;
};

struct saved_line {
    const char *label, *kind;
    enum line_status status;
    const char *charge, *unit;
    dec_t discount, spread;
    char price_currency[CURRENCY_TEXT]; /* "" when there is none */
    const struct offer *offer;          /* without source and shape; NULL for costs and fees, and when unpriced */
    const struct fx_used *settle_fx, *tax_fx, *back_fx, *fx; /* as in struct line; fx is there when there are runs */
    enum tax_basis basis;                                    /* of a line without an offer */
    bool pooled;
    const struct line_run *runs;       /* part by part; with tax in the site's taxes */
    const struct saved_places *places; /* of each run */
    size_t nruns;
    bool has_totals;
    dec_t quantity;
    struct money m;
};

struct saved_site {
    const char *column; /* site or site@buyer */
    const char *region; /* "" when none */
    enum site_status status;
    int rank; /* 0: not ranked */
    bool has_totals;
    struct money m;
    const struct saved_line *lines;
    size_t nlines;
    const struct tax_used *taxes;
    size_t ntaxes;
};

struct saved {
    const char *name; /* of the scenario */
    struct month start;
    int months;
    char currency[CURRENCY_TEXT];
    int minor_units;
    struct date as_of;
    const struct fx_used *rates; /* without operands */
    size_t nrates;
    const struct saved_site *sites; /* each column once; ranked first */
    size_t nsites;
};

int saved_read(const char *body, size_t len, struct arena *arena, struct saved *out, struct err *err);
/* The same of a file; messages begin with its path. */
int saved_load(const char *path, struct arena *arena, struct saved *out, struct err *err);

#endif
