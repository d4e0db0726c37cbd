/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules out of the catalogue, with the sites that packs brought.
 */
#include "calc/catalogue_store.h"

#include "calc/dirs.h"

#include <string.h>

/* Those of the rules come first; of a site that several packs bring the newest one's word counts. */
static void join_sites(struct rules *r, struct site *v, size_t n, const int *snapshots, int but)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        size_t at = r->nbase;
        if (but != 0 && snapshots[i] == but)
            continue;
        while (at < kept && strcmp(v[at].id, v[i].id) != 0)
            at++;
        at = snapshots[i] == 0 ? kept : at;
        v[at] = v[i];
        kept += at == kept;
        r->nbase += snapshots[i] == 0;
    }
    r->sites = v;
    r->nsites = kept;
}

int rules_load(struct store *s, int but, struct arena *a, struct rules *out, struct err *err)
{
    struct rules r = {.nsites = 0};
    int *snapshots = NULL;
    void *rows;
    size_t n;

    for (int t = 0; t < RULES_TABLES; t++) {
        if (table_read(s, rule_types[t], a, &rows, &n, &snapshots, err) != 0)
            return -1;
        rules_take(&r, (enum rule_table)t, rows, n);
        if (t == RULES_SITES) {
            r.nbase = 0;
            join_sites(&r, rows, n, snapshots, but);
        }
    }
    if (table_read(s, &region_type, a, &rows, &n, NULL, err) != 0)
        return -1;
    r.regions = rows, r.nregions = n;
    if (table_read(s, &source_type, a, &rows, &n, NULL, err) != 0)
        return -1;
    r.sources = rows, r.nsources = n;
    *out = r;
    return 0;
}

struct question {
    struct arena *arena;
    const char *origin; /* NULL: nobody's sites are left out */
    struct rules *out;
};

static int read_rules(struct catalogue *c, void *ctx, struct err *err)
{
    const struct question *q = ctx;
    int but = 0;

    if (q->origin != NULL && memory_load(c, err) != 0)
        return -1;
    for (size_t i = 0; q->origin != NULL && i < c->memory.nsnapshots; i++)
        if (!strcmp(c->memory.snapshots[i].s.origin, q->origin))
            but = c->memory.snapshots[i].id;
    return rules_load(&c->store, but, q->arena, q->out, err);
}

int catalogue_rules(struct catalogue *c, struct arena *a, struct rules *out, struct err *err)
{
    struct question q = {a, NULL, out};

    return catalogue_retry(c, read_rules, &q, err);
}

int catalogue_rules_for(struct catalogue *c, const char *dir, struct arena *a, struct rules *out, struct err *err)
{
    struct question q = {a, NULL, out};

    if (dirs_real(dir, a, &q.origin, err) != 0)
        q.origin = dir; /* nothing came from there; what is wrong with it, whoever reads the pack says */
    return catalogue_retry(c, read_rules, &q, err);
}
