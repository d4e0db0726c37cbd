/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SKUs while a pack is written: numbered within their provider and service, with their shapes.
 */
#include "calc/catalogue_names.h"

#include <stdlib.h>
#include <string.h>

int names_sku(struct names *p, const char *provider, const char *service, const char *name, int *out, struct err *err)
{
    names_key_start(p, 'k');
    names_key_text(p, provider);
    names_key_text(p, service);
    names_key_text(p, name);
    int *number = names_key_number(p);
    if (number == NULL)
        return err_nomem(err);
    if (*number == 0) {
        struct sku_entry *v = names_room(p, p->skus, p->nskus, &p->cskus, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        struct sku_entry new = {
            names_copy(p, provider), names_copy(p, service), names_copy(p, name), "", 0, p->snapshot};
        if (new.provider == NULL || new.service == NULL || new.name == NULL)
            return err_nomem(err);
        p->skus = v;
        v[p->nskus++] = new;
        *number = (int)p->nskus;
    }
    *out = *number - 1;
    return 0;
}

/* A pack's shape wins over that of packs loaded before it. */
int names_shape(struct names *p, const struct pack_shape *s, struct err *err)
{
    int at;

    if (names_sku(p, s->provider, s->service, s->sku, &at, err) != 0)
        return -1;
    struct sku_entry *e = &p->skus[at];
    e->shape = arena_printf(&p->arena, "%s|%s|%s|%s|%s|%s|%s|%s|%s", s->vcpu, s->memory, s->size, s->gpu, s->arch,
                            s->burstable ? "yes" : "no", s->sold, s->class_, s->family);
    e->snapshot = p->snapshot;
    return e->shape != NULL ? 0 : err_nomem(err);
}

static int take_known_sku(struct names *p, struct query *q, struct err *err)
{
    enum { PROVIDER, SERVICE, ID, NAME, SHAPE, SNAPSHOT, COLUMNS };
    struct stored row[COLUMNS];
    uint64_t sum = 0;
    int at;

    if (query_row(q, COLUMNS + 1, row, &sum, err) != 0)
        return -1;
    if (names_sku(p, row[PROVIDER].text, row[SERVICE].text, row[NAME].text, &at, err) != 0)
        return -1;
    struct sku_entry *e = &p->skus[at];
    e->id = (int)row[ID].number;
    e->snapshot = (int)row[SNAPSHOT].number;
    e->shape = names_copy(p, row[SHAPE].text);
    return e->shape != NULL ? 0 : err_nomem(err);
}

int names_load_skus(struct names *p, struct err *err)
{
    struct query q;
    int rc;

    if (query_open(&q, p->store, "SELECT provider, service, id, name, shape, snapshot, seal FROM sku", err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1)
        if (take_known_sku(p, &q, err) != 0) {
            rc = -1;
            break;
        }
    query_close(&q);
    return rc;
}

static int sku_order(const void *pa, const void *pb)
{
    const struct sku_entry *a = *(struct sku_entry *const *)pa, *b = *(struct sku_entry *const *)pb;
    int order = strcmp(a->provider, b->provider);

    if (order == 0)
        order = strcmp(a->service, b->service);
    return order != 0 ? order : strcmp(a->name, b->name);
}

static bool same_group(const struct sku_entry *a, const struct sku_entry *b)
{
    return !strcmp(a->provider, b->provider) && !strcmp(a->service, b->service);
}

/* How many of the sorted entries are of the first one's provider and service. */
static size_t group_length(struct sku_entry *const *v, size_t n)
{
    size_t len = 1;

    while (len < n && same_group(v[0], v[len]))
        len++;
    return len;
}

static struct sku_entry **sorted_skus(struct names *p)
{
    struct sku_entry **v = arena_array(&p->arena, p->nskus + 1, sizeof *v);

    for (size_t i = 0; v != NULL && i < p->nskus; i++)
        v[i] = &p->skus[i];
    if (v != NULL)
        qsort(v, p->nskus, sizeof *v, sku_order);
    return v;
}

int names_settle_skus(struct names *p, struct err *err)
{
    struct sku_entry **v = sorted_skus(p);

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0, len; i < p->nskus; i += len) {
        int next = 1;
        len = group_length(v + i, p->nskus - i);
        for (size_t j = i; j < i + len; j++)
            next = v[j]->id >= next ? v[j]->id + 1 : next;
        for (size_t j = i; j < i + len; j++)
            if (v[j]->id == 0)
                v[j]->id = next++;
    }
    return 0;
}

static int write_sku(struct query *q, const struct sku_entry *e, uint64_t *sum, struct err *err)
{
    query_text(q, e->provider);
    query_text(q, e->service);
    query_int(q, e->id);
    query_text(q, e->name);
    query_text(q, e->shape);
    query_int(q, e->snapshot);
    return query_run_sealed(q, sum, err);
}

static int write_sku_group(struct names *p, struct query *q, struct sku_entry *const *v, size_t n, struct err *err)
{
    const char *tally = arena_printf(&p->arena, "sku %s %s", v[0]->provider, v[0]->service);
    uint64_t sum = 0;

    if (tally == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (write_sku(q, v[i], &sum, err) != 0)
            return -1;
    return tally_write(p->store, tally, (long)n, sum, err);
}

int names_write_skus(struct names *p, struct err *err)
{
    struct query q = {0};
    struct sku_entry **v = sorted_skus(p);
    int rc = v == NULL ? err_nomem(err) : store_run(p->store, "DELETE FROM sku", err);

    if (rc == 0)
        rc = query_open(&q, p->store, "INSERT INTO sku VALUES(?, ?, ?, ?, ?, ?, ?)", err);
    for (size_t i = 0, len; rc == 0 && i < p->nskus; i += len) {
        len = group_length(v + i, p->nskus - i);
        rc = write_sku_group(p, &q, v + i, len, err);
    }
    query_close(&q);
    return rc;
}
