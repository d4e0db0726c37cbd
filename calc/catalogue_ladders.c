/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of prices. A ladder (all tiers of one price list entry) holds from its as_of until the
 * next ladder of the same way to buy, whole: tiers of two dates are never mixed. Ladders of one way
 * and day, from two sources, or as parts of one offer, share their span.
 */
#include "calc/catalogue_names.h"

#include "calc/seal.h"

#include <stdlib.h>
#include <string.h>

int ladders_add(struct ladders *l, struct ladder one, struct err *err)
{
    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 1024 : l->cap * 2;
        struct ladder *wider = realloc(l->v, cap * sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        l->v = wider;
        l->cap = cap;
    }
    l->v[l->n++] = one;
    return 0;
}

static int cmp(int a, int b)
{
    return (a > b) - (a < b);
}

/* ---- ways: terms that tell offers apart ---- */

static bool same_way(const struct terms *a, const struct terms *b, bool parts)
{
    return !strcmp(a->os, b->os) && !strcmp(a->offering, b->offering) && a->term_months == b->term_months &&
           a->basis == b->basis && (parts || a->unit == b->unit);
}

/* way[i]: the first terms that are the same way as terms i. Some hundred terms: squares are cheap. */
static void find_ways(const struct terms *terms, size_t n, bool parts, int *way)
{
    for (size_t i = 1; i < n; i++) {
        size_t j = 1;
        while (j < i && !same_way(&terms[j], &terms[i], parts))
            j++;
        way[i] = (int)j;
    }
}

static int set_ways(struct ladders *l, const struct terms *terms, size_t nterms, struct err *err)
{
    int *whole = calloc(nterms + 1, sizeof *whole), *parts = calloc(nterms + 1, sizeof *parts);
    int rc = whole == NULL || parts == NULL ? err_nomem(err) : 0;

    if (rc == 0) {
        find_ways(terms, nterms, false, whole);
        find_ways(terms, nterms, true, parts);
        for (size_t i = 0; i < l->n; i++) {
            struct ladder *x = &l->v[i];
            x->way = (pack_in_parts((enum charge_kind)x->charge) ? parts : whole)[x->terms];
        }
    }
    free(whole);
    free(parts);
    return rc;
}

/* ---- spans of days ---- */

static int way_order(const struct ladder *a, const struct ladder *b)
{
    int order = cmp(a->place, b->place);

    if (order == 0)
        order = cmp(a->charge, b->charge);
    if (order == 0)
        order = cmp(a->sku, b->sku);
    return order != 0 ? order : cmp(a->way, b->way);
}

static int history_order(const void *pa, const void *pb)
{
    const struct ladder *a = pa, *b = pb;
    int order = way_order(a, b);

    return order != 0 ? order : cmp(a->from, b->from);
}

static void set_spans(struct ladders *l)
{
    qsort(l->v, l->n, sizeof *l->v, history_order);
    for (size_t i = l->n; i-- > 0;) {
        const struct ladder *next = i + 1 < l->n && way_order(&l->v[i], &l->v[i + 1]) == 0 ? &l->v[i + 1] : NULL;
        l->v[i].to = next == NULL ? FAR_DAY : next->from == l->v[i].from ? next->to : next->from;
    }
}

static int shelf_order(const void *pa, const void *pb)
{
    const struct ladder *a = pa, *b = pb;
    const int keys[][2] = {{a->place, b->place}, {a->charge, b->charge}, {a->to, b->to},
                           {a->sku, b->sku},     {a->terms, b->terms},   {a->snapshot, b->snapshot}};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

/* ---- in and out of the store ---- */

static int take_row(struct query *q, struct ladders *l, int replaced, struct arena *a, struct err *err)
{
    struct stored row[8];
    uint64_t sum = 0;

    if (query_row(q, 9, row, &sum, err) != 0)
        return -1;
    struct ladder x = {
        .place = (int)row[0].number,
        .charge = (int)row[1].number,
        .sku = (int)row[3].number,
        .terms = (int)row[4].number,
        .snapshot = (int)row[5].number,
        .from = (int)row[6].number,
    };
    if (x.snapshot == replaced)
        return 0;
    x.tiers = arena_strndup(a, row[7].text, row[7].len);
    return x.tiers == NULL ? err_nomem(err) : ladders_add(l, x, err);
}

static int read_place(struct query *q, struct ladders *l, int replaced, int place, struct arena *a, struct err *err)
{
    int rc;

    query_int(q, place);
    while ((rc = query_next(q, err)) == 1)
        if (take_row(q, l, replaced, a, err) != 0)
            return -1;
    return rc;
}

static int drop_place(struct query *drop, int place, struct err *err)
{
    query_int(drop, place);
    return query_run(drop, err);
}

static int read_marked(struct store *s, struct ladders *l, int replaced, struct names *names, const bool *marked,
                       struct err *err)
{
    struct query q, prices = {0}, buckets = {0};
    int rc = query_open(&q, s,
                        "SELECT place, charge, valid_to, sku, terms, snapshot, valid_from, tiers, seal FROM price "
                        "WHERE place = ?",
                        err);
    if (rc == 0)
        rc = query_open(&prices, s, "DELETE FROM price WHERE place = ?", err);
    if (rc == 0)
        rc = query_open(&buckets, s, "DELETE FROM bucket WHERE place = ?", err);
    for (int place = 1; rc == 0 && (size_t)place < names->nplaces; place++)
        if (marked[place] && (read_place(&q, l, replaced, place, &names->arena, err) != 0 ||
                              drop_place(&prices, place, err) != 0 || drop_place(&buckets, place, err) != 0))
            rc = -1;
    query_close(&q);
    query_close(&prices);
    query_close(&buckets);
    return rc;
}

static int write_bucket(struct query *q, const struct ladder *x, int since, long rows, uint64_t sum, struct err *err)
{
    query_int(q, x->place);
    query_int(q, x->charge);
    query_int(q, x->to);
    query_int(q, since);
    query_int(q, rows);
    query_int(q, (int64_t)sum);
    return query_run(q, err);
}

static bool same_bucket(const struct ladder *a, const struct ladder *b)
{
    return a->place == b->place && a->charge == b->charge && a->to == b->to;
}

static void note_in_place(struct place *p, const struct ladder *x)
{
    p->ladders += x->to == FAR_DAY;
    p->charges |= 1u << x->charge;
    if (!date_is(p->oldest) || x->from < p->oldest.day)
        p->oldest = (struct date){x->from};
    if (!date_is(p->newest) || x->from > p->newest.day)
        p->newest = (struct date){x->from};
}

static int write_row(struct query *q, const struct ladder *x, uint64_t *sum, struct err *err)
{
    const int numbers[] = {x->place, x->charge, x->to, x->sku, x->terms, x->snapshot, x->from};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        query_int(q, numbers[i]);
    query_text(q, x->tiers);
    return query_run_sealed(q, sum, err);
}

static bool same_charge(const struct ladder *a, const struct ladder *b)
{
    return a->place == b->place && a->charge == b->charge;
}

static int write_rows(struct query *price, struct query *bucket, const struct ladders *l, struct place *places,
                      struct err *err)
{
    long rows = 0;
    uint64_t sum = 0;
    int since = 0;

    for (size_t i = 0; i < l->n; i++) {
        const struct ladder *x = &l->v[i], *next = i + 1 < l->n ? &l->v[i + 1] : NULL;
        if (write_row(price, x, &sum, err) != 0)
            return -1;
        rows++;
        note_in_place(&places[x->place], x);
        if (next != NULL && same_bucket(x, next))
            continue;
        if (write_bucket(bucket, x, since, rows, sum, err) != 0)
            return -1;
        since = next != NULL && same_charge(x, next) ? x->to : 0;
        rows = 0;
        sum = 0;
    }
    return 0;
}

static int write_all(struct store *s, const struct ladders *l, struct place *places, struct err *err)
{
    struct query price, bucket = {0};
    int rc = query_open(&price, s, "INSERT INTO price VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", err);

    if (rc == 0)
        rc = query_open(&bucket, s, "INSERT INTO bucket VALUES(?, ?, ?, ?, ?, ?)", err);
    if (rc == 0)
        rc = write_rows(&price, &bucket, l, places, err);
    query_close(&price);
    query_close(&bucket);
    return rc;
}

int ladders_write(struct store *s, struct ladders *l, int replaced, struct names *names, const bool *marked,
                  struct err *err)
{
    if (read_marked(s, l, replaced, names, marked, err) != 0 || set_ways(l, names->terms, names->nterms, err) != 0)
        return -1;
    for (size_t i = 1; i < names->nplaces; i++)
        if (marked[i]) {
            names->places[i].ladders = 0;
            names->places[i].charges = 0;
            names->places[i].oldest = names->places[i].newest = DATE_NONE;
        }
    if (l->n == 0)
        return 0;
    set_spans(l);
    qsort(l->v, l->n, sizeof *l->v, shelf_order);
    return write_all(s, l, names->places, err);
}
