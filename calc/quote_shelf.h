/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a received quote as offers, so that they are chosen, taxed, converted and valued by the very rules a
 * price list is. How a row is bought follows from the quote: a term paid upfront is prepaid for its months, a term
 * paid as it runs is owed every month to its end, no term is on-demand; what is used up (traffic, requests) is paid
 * as it is used whatever the term.
 */
#ifndef TCO_QUOTE_SHELF_H
#define TCO_QUOTE_SHELF_H

#include "calc/offer.h"
#include "fetchers/quote.h"

/* What an offer of a quote has beyond one of a price list. */
struct quoted {
    const struct quote *quote;
    const struct quote_item *item;
    dec_t worth; /* of 1 paid so many days after its bill as the quote allows: 1 - r x days / 365 */
};

/* The offers a quote makes of a service in a region, sorted by SKU; rows that name no region are for any. `known`:
 * what price lists hold of the same place, sorted by SKU: gives rows their shape where they name an SKU, and their
 * service where their words do not. Rows that contradict each other are rivals. yearly: the discount rate. Everything
 * lives in the arena and points into the quote. */
int quote_shelf(const struct quote *q, const struct offer_list *known, const char *region, const char *service,
                dec_t yearly, struct arena *a, struct offer_list *out, struct err *err);

const char *quote_name(const struct quote *q);
/* Is the last day it holds before this one? */
bool quote_expired(const struct quote *q, struct date on);

#endif
