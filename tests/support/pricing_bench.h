/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pricing as the estimate makes it, for one site and region of a scenario of at most eight resources.
 */
#ifndef TCO_PRICING_BENCH_H
#define TCO_PRICING_BENCH_H

#include "tests/support/prepared.h"

#include "calc/price.h"
#include "calc/shelf.h"

enum { BENCH_RESOURCES = 8 };

struct bench {
    struct prepared p;
    struct arena arena;
    struct fx fx;
    struct tax_context tax;
    struct npv_table npv;
    struct quantity_list items[BENCH_RESOURCES];
    struct kept kept;
    struct shelves shelves;
    struct pricing pricing;
    struct arena scratch[2];
};

void open_bench(struct bench *b, const char *text, const char *site, const char *region);
void close_bench(struct bench *b);
/* The shelf of a service at the bench's site and region. */
const struct shelf *bench_shelf(struct bench *b, const char *service);
/* The first offer of an SKU and charge on a shelf. */
const struct offer *bench_offer(const struct shelf *s, const char *sku, enum charge_kind charge);

#endif
