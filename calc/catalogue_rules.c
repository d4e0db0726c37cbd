/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules out of the catalogue.
 */
#include "calc/catalogue_store.h"

struct question {
    struct arena *arena;
    struct rules *out;
};

static int read_rules(struct catalogue *c, void *ctx, struct err *err)
{
    const struct question *q = ctx;
    struct rules r = {.nsites = 0};
    void *rows;
    size_t n;

    for (int t = 0; t < RULES_TABLES; t++) {
        if (table_read(&c->store, rule_types[t], q->arena, &rows, &n, err) != 0)
            return -1;
        rules_take(&r, (enum rule_table)t, rows, n);
    }
    if (table_read(&c->store, &region_type, q->arena, &rows, &n, err) != 0)
        return -1;
    r.regions = rows, r.nregions = n;
    if (table_read(&c->store, &source_type, q->arena, &rows, &n, err) != 0)
        return -1;
    r.sources = rows, r.nsources = n;
    *q->out = r;
    return 0;
}

int catalogue_rules(struct catalogue *c, struct arena *a, struct rules *out, struct err *err)
{
    struct question q = {a, out};

    return catalogue_retry(c, read_rules, &q, err);
}
