/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From estimates to a book: every line of every ranked site as a flow of months, and what the lines
 * come to in estimates with a value at each of its levels.
 */
#ifndef TCO_RISK_BOOK_H
#define TCO_RISK_BOOK_H

#include "calc/risk.h"

/* A line's money at the start or at the end of months. */
struct risk_flow {
    size_t site, line; /* of the report's sites */
    enum timing at;
    size_t number; /* in the book */
};

struct risk_flows {
    struct risk_flow *v;
    size_t n;
    int months; /* of the book */
};

/* The currency whose rate a line's cost follows: that of its price, or the one it is settled in at a rate of the
 * configuration. "" when it has no price. */
const char *risk_follows(const struct line *l);

/* Months that a book of these sites takes: the horizon and the longest term behind it. */
int risk_months(const struct risk_report *r);

/* All flows and fees of the report's sites, whose currencies and providers are listed already. */
int risk_book_base(struct book *b, const struct risk_report *r, struct risk_flows *out, struct arena *a,
                   struct err *err);

/* What the flows come to in an estimate for each of the value's levels. Notes in r->unpriced where there is none. */
int risk_book_value(struct book *b, struct risk_report *r, const struct risk_flows *flows, size_t value,
                    const struct estimate *at, struct err *err);

/* The estimate's site of the same name, NULL when it has none with totals. */
const struct site_estimate *risk_same_site(const struct estimate *e, const struct site_estimate *site);

#endif
