/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A site's estimate against a bill, month by month: where they differ, by how much, and why. Pure: sums in, rows
 * out. What is compared is what the seller invoices: the charges without tax and the tax it adds; taxes the buyer
 * pays over itself, fees and costs of its own are on no provider's bill.
 *
 * A charge of the bill belongs to the line of the estimate with its month, SKU and region; what is left of both
 * sides is compared by month, region and kind of service; what is left then is unmatched or not billed.
 *
 * The parts of a difference add up to it exactly. With q and u the quantity and the list price of a unit, both
 * without tax:
 *   quantity     (q billed - q estimated) x u estimated
 *   price        list cost billed - q billed x u estimated
 *   discount     (cost - list cost) billed - (cost - list cost) estimated; credits and adjustments of a
 *                line have no list cost
 *   tax          tax billed - tax estimated
 *   fx           what was billed, at the rate it was booked at - at the rate of the estimate
 *   unexplained  the rest: what the bill's missing quantities, units or list costs leave open, unmatched charges
 * A bill in the estimate's own currency is compared in it, and only the difference is converted.
 */
#ifndef TCO_RECONCILE_H
#define TCO_RECONCILE_H

#include "calc/bill_sums.h"
#include "calc/estimate.h"

enum reconcile_status {
    RECONCILE_MATCHED,    /* by SKU and region */
    RECONCILE_BY_SERVICE, /* by kind of service only: price and quantity cannot be told apart */
    RECONCILE_TAX,        /* taxes that the bill states for no SKU: of all lines of the month */
    RECONCILE_UNMATCHED,  /* the estimate has no such line */
    RECONCILE_NOT_BILLED, /* the bill has no such charge */
    RECONCILE_ROUNDING,   /* what the rounding of many small charges came to: the last row */
};
extern const char
    *const reconcile_status_names[]; /* "matched", "by service", "tax", "unmatched", "not billed", "rounding" */

/* All in the budget currency. billed - estimated = quantity + price + discount + tax + fx + unexplained. */
struct reconcile_parts {
    dec_t estimated, billed, quantity, price, discount, tax, fx, unexplained;
};

struct reconcile_row {
    struct month month;
    const char *service, *region, *sku, *unit;
    const char *category; /* of an unmatched charge; "" else */
    enum reconcile_status status;
    bool has_quantities; /* both sides have them, in one unit */
    dec_t estimated_quantity, billed_quantity;
    int line; /* of the bill, where the first charge begins; 0 when not billed */
    struct reconcile_parts parts;
};

/* Rates to the budget currency. */
struct reconcile_rate {
    char currency[CURRENCY_TEXT];
    dec_t estimated; /* what an estimate would use */
    dec_t booked;    /* what the bill was booked at: the same when nobody said */
};

struct reconcile_input {
    const struct estimate *e;
    const struct site_estimate *site;
    const struct bill_sum *sums;
    size_t nsums;
    const struct reconcile_rate *rates; /* of every currency in the sums */
    size_t nrates;
};

struct reconciliation {
    struct reconcile_row *v; /* by month, then as estimated, then what is unmatched in the order of the bill */
    size_t n;
    struct reconcile_parts total;
    size_t unpriced; /* lines of the estimate without amounts, which are not compared */
};

/* Only months that the bill has charges of are compared. All memory is the arena's. */
int reconcile(const struct reconcile_input *in, struct arena *a, struct reconciliation *out, struct err *err);

#endif
