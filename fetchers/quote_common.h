/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for a whole quote, being collected: who says a thing first, and who contradicts it. `who`: "row 7",
 * "the section".
 */
#ifndef TCO_QUOTE_COMMON_H
#define TCO_QUOTE_COMMON_H

#include "fetchers/quote_parts.h"

/* Open: two of them do not agree. */
void quote_differ(struct quote_reading *r, enum text_id what, const char *first, const char *second);
/* True: the value is to be taken; false: it is known, or contradicted. */
bool quote_fresh(struct quote_reading *r, const char **where, const char *who, bool same, enum text_id what);

void quote_set_basis(struct quote_reading *r, const char *who, const char *basis);
void quote_set_rate(struct quote_reading *r, const char *who, dec_t rate);
void quote_set_invoice(struct quote_reading *r, const char *who, enum invoice invoice);
void quote_set_currency(struct quote_reading *r, const char *who, const char *currency);
void quote_set_term(struct quote_reading *r, const char *who, struct duration term);
void quote_set_days(struct quote_reading *r, const char *who, int days);
void quote_set_paid(struct quote_reading *r, const char *who, enum quote_paid paid);
void quote_set_valid(struct quote_reading *r, const char *who, struct date day);
void quote_set_region(struct quote_reading *r, const char *who, const char *text);
/* "单位：元" names a currency, "单位：元/月" also what a price is per. False: not understood. */
bool quote_take_unit(struct quote_reading *r, const char *who, const char *value);

/* quote_days.c: "2026-12-31", "2026/12/31", "2026年12月31日" anywhere in a text; years first, as any other order has two
 * readings. */
bool quote_find_day(const char *text, struct date *out);
/* "30天", "一个月", "net 30" anywhere in a text. */
bool quote_find_span(const char *text, struct duration *out);

#endif
