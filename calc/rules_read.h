/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule tables and the small tables of a price pack, read from CSV bodies and checked: bytes in,
 * rows out. The descriptions of the tables serve the catalogue too.
 */
#ifndef TCO_RULES_READ_H
#define TCO_RULES_READ_H

#include "calc/record.h"
#include "calc/rules.h"

/* The tables of rules/, in this order. */
enum rule_table { RULES_CURRENCIES, RULES_SITES, RULES_TAX, RULES_FEES, RULES_CITIES, RULES_TABLES };
extern const struct record_type *const rule_types[RULES_TABLES];
extern const struct record_type region_type, source_type;

struct rules_body {
    const char *name; /* for messages */
    const char *body;
    size_t len;
};

/* Parses and checks all tables of rules/ against each other. `out` lacks regions and sources, which
 * come with packs; `tables` are the records as read. */
int rules_read(const struct rules_body in[RULES_TABLES], struct arena *a, struct rules *out,
               struct records tables[RULES_TABLES], struct err *err);

/* What a row of sites.csv must keep to: its currency and country, and letters that a configuration can name. */
int rules_check_site(const struct rules *r, const struct site *s, struct err *err);

/* Puts the structs of a table where struct rules has them. */
void rules_take(struct rules *out, enum rule_table which, const void *rows, size_t n);

/* "unknown <what> 'x' (known: ...)", with a near miss when there is one. */
int rules_unknown(const char *what, const char *name, const char *const *known, size_t n, struct err *err);
int rules_unknown_site(const struct rules *r, const char *name, struct err *err);

#endif
