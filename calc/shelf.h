/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shelves: the offers of one site, region and service, read from the catalogue once and shared by
 * every line and buyer that asks. Offers on a shelf are sorted by SKU. A shelf of a received quote holds
 * the quote's own offers instead (quote_shelf.h).
 */
#ifndef TCO_SHELF_H
#define TCO_SHELF_H

#include "calc/kept.h"

struct shelf {
    const char *site, *region, *service;
    const struct quote *quote; /* whose offers these are; NULL: the price list's */
    struct offer_list offers;
    struct nearest *nearest; /* filled by shelf_nearest() */
};

struct shelves {
    struct kept *kept;
    struct arena *arena;
    const struct rules *rules;
    const struct scenario *scenario;
    bool any_charge; /* every charge is read, not only what the resources ask for */
    struct shelf *v; /* starts NULL */
    size_t n;
};

/* quote NULL: the price list. Borrowed until the next call. */
int shelf_get(struct shelves *s, const char *site, const char *region, const char *service, const struct quote *quote,
              const struct shelf **out, struct err *err);

/* What else of the service the site sells, this region first: for messages. Asked of the catalogue once. */
int shelf_nearest(const struct shelves *s, const struct shelf *shelf, const struct elsewhere **out, size_t *n,
                  struct err *err);

/* SKUs are sold by the unit and month only (GiB-month, Mbps-month) where an offer is a one-month
 * prepaid price per unit and the shelf holds no on-demand price of that SKU: such an offer counts as
 * on-demand. */
bool shelf_counts_as_on_demand(const struct shelf *s, const struct offer *o);

#endif
