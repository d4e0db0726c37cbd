/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row of a quote on its way to an item: what the files that settle its parts share.
 */
#ifndef TCO_QUOTE_ROW_H
#define TCO_QUOTE_ROW_H

#include "fetchers/quote_parts.h"

struct row_reading {
    struct quote_reading *r;
    const struct quote_raw *row;
    struct quote_item item;
    struct quote_per per;
    struct quote_shape shape;
    char currency[CURRENCY_TEXT]; /* as written: a code, a sign, "" */
    bool on_demand, has_term, bad_term, has_paid, open;
    struct duration term;
};

/* Says what is open in the column of a role; the row is then no item. */
void row_open(struct row_reading *w, enum quote_role role, enum text_id what);
void row_open_text(struct row_reading *w, enum quote_role role, const char *what);

const char *row_text(const struct row_reading *w, enum quote_role role); /* "" when there is none */
bool row_filled(const struct row_reading *w, enum quote_role role);
const char *row_folded(const struct row_reading *w, const char *text);
/* What the title of a role's column says beside its word. */
const struct quote_qualifier *row_head(const struct row_reading *w, enum quote_role role);
/* What a price is per, and its currency, as far as known; a contradiction is open. */
void row_join_per(struct row_reading *w, enum quote_role role, const struct quote_per *more);
void row_join_currency(struct row_reading *w, enum quote_role role, const char *currency);
/* A number of a cell, with what stands around it. 1; 0: blank or no number at all; -1: said to be open. */
int row_number(struct row_reading *w, enum quote_role role, dec_t *out, struct quote_qualifier *q);

/* quote_tax.c: the rate, the kind of invoice; the recoverable share. */
void row_tax(struct row_reading *w);
void row_share(struct row_reading *w);
/* quote_product.c: service, SKU, system, shape or size, region. */
void row_product(struct row_reading *w);
/* quote_price.c: the unit price, its basis, its discount. */
void row_price(struct row_reading *w);
/* quote_term.c: for how long, from the row's own cells; then what the price is per, the term it fits, when it is paid. */
void row_term(struct row_reading *w);
void row_settle(struct row_reading *w);

#endif
