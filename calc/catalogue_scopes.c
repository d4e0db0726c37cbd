/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scopes: for each fetched snapshot and each place it was asked about, whether it holds everything the
 * source sells there, its day, and how many ladders it brought.
 */
#include "calc/catalogue_names.h"

#include <stdlib.h>
#include <string.h>

static int grow(struct scopes *x, struct err *err)
{
    if (x->n < x->cap)
        return 0;
    size_t cap = x->cap == 0 ? 256 : x->cap * 2;
    struct scope *wider = realloc(x->v, cap * sizeof *wider);
    if (wider == NULL)
        return err_nomem(err);
    x->v = wider;
    x->cap = cap;
    return 0;
}

/* A handful of sources: walked. */
static int source_number(struct scopes *x, const char *source, int *out, struct err *err)
{
    for (size_t i = 0; i < x->nsources; i++)
        if (!strcmp(x->sources[i], source)) {
            *out = (int)i;
            return 0;
        }
    const char **v = arena_grow(&x->arena, x->sources, x->nsources, x->nsources + 1, sizeof *v);
    const char *text = arena_strdup(&x->arena, source);
    if (v == NULL || text == NULL)
        return err_nomem(err);
    v[x->nsources] = text;
    x->sources = v;
    *out = (int)x->nsources++;
    return 0;
}

int scopes_add(struct scopes *x, struct scope one, const char *source, struct err *err)
{
    if (grow(x, err) != 0 || source_number(x, source, &one.source, err) != 0)
        return -1;
    x->v[x->n++] = one;
    return 0;
}

static int scope_order(const void *pa, const void *pb)
{
    const struct scope *a = pa, *b = pb;

    return a->place != b->place ? (a->place > b->place) - (a->place < b->place)
                                : (a->snapshot > b->snapshot) - (a->snapshot < b->snapshot);
}

void scopes_sort(struct scopes *x)
{
    if (x->n > 1)
        qsort(x->v, x->n, sizeof *x->v, scope_order);
}

const struct scope *scopes_of(const struct scopes *x, int place, size_t *n)
{
    size_t low = 0, high = x->n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (x->v[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < x->n && x->v[high].place == place; high++)
        ;
    *n = high - low;
    return *n > 0 ? x->v + low : NULL;
}

void scopes_free(struct scopes *x)
{
    free(x->v);
    arena_free(&x->arena);
    *x = (struct scopes){.v = NULL};
}

/* ---- in and out of the store ---- */

enum { SITE, REGION, SERVICE, SNAPSHOT, SOURCE, FULL, DAY, SEEN, LADDERS, COLUMNS };
#define SCOPE_COLUMNS "site, region, service, snapshot, source, full, day, seen, ladders, seal"

static struct scope scope_of(const struct stored *row)
{
    return (struct scope){
        .snapshot = (int)row[SNAPSHOT].number,
        .full = row[FULL].number != 0,
        .day = (int)row[DAY].number,
        .seen = (int)row[SEEN].number,
        .ladders = (long)row[LADDERS].number,
    };
}

static int take(struct scopes *x, struct query *q, struct names *names, struct err *err)
{
    struct stored row[COLUMNS];

    if (query_row(q, COLUMNS + 1, row, &x->sum, err) != 0)
        return -1;
    struct scope one = scope_of(row);
    if (names_place(names, row[SITE].text, row[REGION].text, row[SERVICE].text, &one.place, err) != 0)
        return -1;
    return scopes_add(x, one, row[SOURCE].text, err);
}

int scopes_load(struct scopes *x, struct store *s, struct names *names, struct err *err)
{
    struct query q;
    int rc;

    if (query_open(&q, s, "SELECT " SCOPE_COLUMNS " FROM scope", err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1)
        if (take(x, &q, names, err) != 0) {
            rc = -1;
            break;
        }
    query_close(&q);
    x->stored = x->n;
    return rc != 0 ? rc : tally_check(s, "scope", (long)x->n, x->sum, err);
}

static int write_scope(struct query *q, const struct scope *s, const struct place *place, const char *source,
                       uint64_t *sum, struct err *err)
{
    query_text(q, place->site);
    query_text(q, place->region);
    query_text(q, place->service);
    query_int(q, s->snapshot);
    query_text(q, source);
    query_int(q, s->full);
    query_int(q, s->day);
    query_int(q, s->seen);
    query_int(q, s->ladders);
    return query_run_sealed(q, sum, err);
}

int scopes_write(struct scopes *x, struct store *s, const struct names *names, struct err *err)
{
    struct query q;
    int rc = query_open(&q, s, "INSERT INTO scope VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err);

    for (size_t i = x->stored; rc == 0 && i < x->n; i++)
        rc = write_scope(&q, &x->v[i], &names->places[x->v[i].place], x->sources[x->v[i].source], &x->sum, err);
    query_close(&q);
    return rc == 0 ? tally_write(s, "scope", (long)x->n, x->sum, err) : rc;
}

/* ---- the last one of a source ---- */

struct question {
    const char *source, *site, *region, *service;
    long *ladders;
    struct date *day;
};

static int read_last(struct catalogue *c, void *ctx, struct err *err)
{
    const struct question *ask = ctx;
    struct stored row[COLUMNS];
    struct query q;
    uint64_t sum = 0;

    *ask->ladders = -1;
    *ask->day = DATE_NONE;
    if (query_again(&q, &c->store,
                    "SELECT " SCOPE_COLUMNS " FROM scope WHERE site = ? AND region = ? AND service = ? AND source = ? "
                    "ORDER BY snapshot DESC LIMIT 1",
                    err) != 0)
        return -1;
    query_text(&q, ask->site);
    query_text(&q, ask->region);
    query_text(&q, ask->service);
    query_text(&q, ask->source);
    int rc = query_next(&q, err);
    if (rc == 1 && (rc = query_row(&q, COLUMNS + 1, row, &sum, err)) == 0) {
        *ask->ladders = scope_of(row).ladders;
        *ask->day = (struct date){scope_of(row).day};
    }
    query_close(&q);
    return rc;
}

int catalogue_scope_last(struct catalogue *c, const char *source, const char *site, const char *region,
                         const char *service, long *ladders, struct date *day, struct err *err)
{
    struct question q = {source, site, region, service, ladders, day};

    return catalogue_retry(c, read_last, &q, err);
}
