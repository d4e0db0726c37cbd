/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a harvest: shared by harvest.c, which takes in, and harvest_finish.c, which writes.
 */
#ifndef TCO_HARVEST_PARTS_H
#define TCO_HARVEST_PARTS_H

#include "calc/buf.h"
#include "calc/intern.h"
#include "fetchers/harvest.h"

struct harvest_row {
    struct pack_price p; /* source "" or "#2" for a contradiction; line: the place in the delivery */
    bool has_contracted, repeat;
    dec_t contracted;
};
struct harvest_scope {
    const char *region, *service;
};
struct harvest_rate {
    struct date day;
    const char *pair; /* interned: "EUR/USD", "100JPY/CNY" */
    dec_t value;
    int order;
};

struct harvest {
    struct arena arena, scratch;
    struct intern texts; /* keys of shapes and scopes begin with a letter and hold a '|' */
    const char *fetcher, *site, *origin;
    const struct rules *rules;
    struct harvest_row *prices;
    size_t nprices, cprices;
    struct harvest_rate *rates;
    size_t nrates, crates;
    struct harvest_scope *fulls;
    size_t nfulls;
    struct harvest_count *counts;
    size_t ncounts;
    const char *title, *confidence, *note;
    struct buf tables[PACK_TABLES], scopes_text, contracted_text, rates_text;
    size_t table_rows;
};

/* The array v with room for entry n, grown by doubling; NULL: no memory, v is as it was. */
void *harvest_room(void *v, size_t n, size_t *cap, size_t size);

#endif
