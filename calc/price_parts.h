/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of pricing a line, for what compiles a line once and prices it many times.
 */
#ifndef TCO_PRICE_PARTS_H
#define TCO_PRICE_PARTS_H

#include "calc/price.h"
#include "models/component.h"

/* Everything the runs of one line have in common. */
struct line_rates {
    struct tax_query query;
    struct tax_money money;
    dec_t keep; /* 1 - discount */
    int list_places;
};

/* A line of the resource at the offer with nothing priced yet. charge: NULL when there is no memory. */
void price_blank(const struct pricing *p, struct arena *arena, const struct resource *r, const struct offer *o,
                 struct line *out);
/* Exchange, discount and what the tax depends on; fills the line's settle_fx, fx and spread. */
int price_rates(const struct pricing *p, struct arena *arena, struct line *line, struct line_rates *out,
                struct err *err);
/* The exchange that a tax rule needs beside the bill's own. */
int price_tax_rates(const struct pricing *p, struct line *line, const struct tax_used *t, struct tax_money *how,
                    struct err *err);
const struct component *price_component(const struct offer *o, const struct price_part *part);
/* The hours of a month that an offer is paid for. */
dec_t price_hours(const struct pricing *p, const struct resource *r, const struct offer *o);

#endif
