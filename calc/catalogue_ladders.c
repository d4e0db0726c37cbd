/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of prices. A ladder (all tiers of one price list entry) holds from its as_of until the
 * next ladder of the same way to buy, whole: tiers of two dates are never mixed. Ladders of one way
 * and day, from two sources, or as parts of one offer, share their span.
 *
 * Of a source that is fetched again and again, its later word counts: ladders of the same way and day
 * replace those of an earlier snapshot, and a later snapshot that is full ends what it does not hold.
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

    if (order == 0)
        order = cmp(a->from, b->from);
    return order != 0 ? order : cmp(a->snapshot, b->snapshot);
}

/* ---- snapshots of one source ---- */

/* The ladders of one way, sorted, and what is known of their place. */
struct run {
    struct ladder *v;
    size_t n;
    const struct scope *scopes; /* by snapshot */
    size_t nscopes;
};

static int snapshot_order(const void *pa, const void *pb)
{
    const struct scope *a = pa, *b = pb;

    return cmp(a->snapshot, b->snapshot);
}

/* The scope a ladder came in; NULL for one of a pack that stands for itself. */
static const struct scope *scope_for(const struct run *r, const struct ladder *l)
{
    const struct scope key = {.snapshot = l->snapshot};

    return r->nscopes > 0 ? bsearch(&key, r->scopes, r->nscopes, sizeof key, snapshot_order) : NULL;
}

/* The next full list of the source after that scope. */
static const struct scope *next_full(const struct run *r, const struct scope *own)
{
    for (const struct scope *s = own + 1; s < r->scopes + r->nscopes; s++)
        if (s->full && s->source == own->source)
            return s;
    return NULL;
}

/* A later snapshot of the source says the same way anew, for the same day. */
static bool replaced(const struct run *r, size_t i)
{
    const struct ladder *l = &r->v[i];

    for (size_t j = i + 1; j < r->n && r->v[j].from == l->from; j++)
        if (r->v[j].snapshot > l->snapshot && r->v[j].source == l->source)
            return true;
    return false;
}

/* The source went back to an older price: since that full list, or a later one, it holds no newer one. */
static bool taken_back(const struct run *r, size_t i, const struct scope *full)
{
    const struct ladder *l = &r->v[i];

    for (size_t j = 0; j < i && r->v[j].from < l->from; j++)
        if (r->v[j].snapshot >= full->snapshot && r->v[j].source == l->source)
            return true;
    return false;
}

/* On which day a source's own later lists end a ladder: FAR_DAY for none, its first day or before when it is
 * not held at all. A list with an older day than the ladder's ends it on the day it was fetched. */
static int end_by_source(const struct run *r, size_t i)
{
    const struct ladder *l = &r->v[i];
    const struct scope *own = scope_for(r, l), *full = own != NULL ? next_full(r, own) : NULL;

    if (own != NULL && (replaced(r, i) || (full != NULL && taken_back(r, i, full))))
        return l->from;
    return full == NULL ? FAR_DAY : full->day >= l->from ? full->day : full->seen;
}

static void end_run(const struct run *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct scope *own = scope_for(r, &r->v[i]);
        r->v[i].source = own != NULL ? own->source : -1;
    }
    for (size_t i = 0; i < r->n; i++)
        r->v[i].to = end_by_source(r, i);
}

/* Sets `to` to where the source ends each ladder, and leaves out those that are not held at all. */
static void end_by_sources(struct ladders *l, const struct scopes *scopes)
{
    size_t kept = 0;

    for (size_t i = 0, j; i < l->n; i = j) {
        struct run r = {.v = l->v + i};
        for (j = i + 1; j < l->n && way_order(&l->v[i], &l->v[j]) == 0; j++)
            ;
        r.n = j - i;
        r.scopes = scopes_of(scopes, l->v[i].place, &r.nscopes);
        end_run(&r);
        for (size_t k = i; k < j; k++)
            if (l->v[k].to > l->v[k].from)
                l->v[kept++] = l->v[k];
    }
    l->n = kept;
}

static void set_spans(struct ladders *l, const struct scopes *scopes)
{
    int end = FAR_DAY;

    qsort(l->v, l->n, sizeof *l->v, history_order);
    end_by_sources(l, scopes);
    for (size_t i = l->n; i-- > 0;) {
        const struct ladder *next = i + 1 < l->n && way_order(&l->v[i], &l->v[i + 1]) == 0 ? &l->v[i + 1] : NULL;
        if (next == NULL || next->from != l->v[i].from)
            end = next == NULL ? FAR_DAY : next->from;
        if (end < l->v[i].to)
            l->v[i].to = end;
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

static int take_row(struct query *q, struct ladders *l, struct arena *a, struct err *err)
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
    x.tiers = arena_strndup(a, row[7].text, row[7].len);
    return x.tiers == NULL ? err_nomem(err) : ladders_add(l, x, err);
}

static int read_place(struct query *q, struct ladders *l, int place, struct arena *a, struct err *err)
{
    int rc;

    query_int(q, place);
    while ((rc = query_next(q, err)) == 1)
        if (take_row(q, l, a, err) != 0)
            return -1;
    return rc;
}

static int drop_place(struct query *drop, int place, struct err *err)
{
    query_int(drop, place);
    return query_run(drop, err);
}

static int read_marked(struct store *s, struct ladders *l, struct names *names, const bool *marked, struct err *err)
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
        if (marked[place] && (read_place(&q, l, place, &names->arena, err) != 0 ||
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

/* Of a place and charge the last bucket ends on FAR_DAY, though nothing may be left in it. */
static int close_charge(struct query *q, const struct ladder *x, struct err *err)
{
    struct ladder none = {.place = x->place, .charge = x->charge, .to = FAR_DAY};

    return x->to == FAR_DAY ? 0 : write_bucket(q, &none, x->to, 0, 0, err);
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
        bool last = next == NULL || !same_charge(x, next);
        if (last && close_charge(bucket, x, err) != 0)
            return -1;
        since = last ? 0 : x->to;
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

int ladders_write(struct store *s, struct ladders *l, struct names *names, const bool *marked,
                  const struct scopes *scopes, struct err *err)
{
    if (read_marked(s, l, names, marked, err) != 0 || set_ways(l, names->terms, names->nterms, err) != 0)
        return -1;
    for (size_t i = 1; i < names->nplaces; i++)
        if (marked[i]) {
            names->places[i].ladders = 0;
            names->places[i].charges = 0;
            names->places[i].oldest = names->places[i].newest = DATE_NONE;
        }
    if (l->n == 0)
        return 0;
    set_spans(l, scopes);
    qsort(l->v, l->n, sizeof *l->v, shelf_order);
    return write_all(s, l, names->places, err);
}
