/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers as known on a day. The rows of a place and charge that end after the day lie side by side;
 * today's are the last of them. Each row is checked against its seal, and each stretch of rows
 * with one end against its bucket, so that a missing price is never mistaken for one not sold.
 */
#include "calc/catalogue_store.h"

#include "calc/seal.h"
#include "calc/settle.h"

#include <stdlib.h>
#include <string.h>

/* What one call collects; texts of the offers are copied to the caller's arena, once each. */
struct collect {
    struct catalogue *c;
    struct arena *arena;
    const struct rules *rules;
    const char *site, *region, *service;
    const struct place *place;
    int day;
    enum charge_kind charge;
    const struct sku_group *skus;
    struct lent_sku { /* [id] */
        const char *name;
        const struct shape *shape;
    } * sku_copies;
    struct lent_terms { /* [id] */
        const char *os, *offering;
        const struct source *source;
    } * terms_copies;
    const char **snapshot_names; /* [index] */
    const struct snapshot_row *snapshot;
    struct offer *v; /* in the arena; room for cap, as many as the buckets count */
    size_t n, cap;
};

/* ---- copies ---- */

static const char *copy(struct collect *k, const char *text, struct err *err)
{
    const char *p = *text != '\0' ? arena_strdup(k->arena, text) : "";

    if (p == NULL)
        err_nomem(err);
    return p;
}

static int lend_sku(struct collect *k, int64_t id, const struct lent_sku **out, struct err *err)
{
    if (id < 1 || (size_t)id >= k->skus->nids || k->skus->by_id[id] == NULL)
        return store_damage(&k->c->store, "a price of no SKU", err);
    struct lent_sku *lent = &k->sku_copies[id];
    *out = lent;
    return lent->name != NULL ? 0 : memory_lend_sku(k->c, k->skus->by_id[id], k->arena, &lent->name, &lent->shape, err);
}

/* The rules given were read before another pack was loaded: the caller's fault, not the file's. */
static int stale_rules(const char *name, struct err *err)
{
    return err_set(err, ERR_INTERNAL, "the rules do not know '%s': read them again after loading a pack", name);
}

static int lend_terms(struct collect *k, int64_t id, const struct lent_terms **out, struct err *err)
{
    const struct memory *m = &k->c->memory;

    if (id < 1 || (size_t)id >= m->nterms)
        return store_damage(&k->c->store, "a price without terms", err);
    struct lent_terms *lent = &k->terms_copies[id];
    const struct terms *t = &m->terms[id];
    if (lent->os == NULL) {
        lent->source = rules_source(k->rules, t->source);
        if (lent->source == NULL)
            return stale_rules(t->source, err);
        if ((lent->offering = copy(k, t->offering, err)) == NULL || (lent->os = copy(k, t->os, err)) == NULL)
            return -1;
    }
    *out = lent;
    return 0;
}

static int snapshot_order(const void *pa, const void *pb)
{
    const struct snapshot_row *a = pa, *b = pb;

    return (a->id > b->id) - (a->id < b->id);
}

static const char *lend_snapshot(struct collect *k, int64_t id, struct err *err)
{
    const struct memory *m = &k->c->memory;
    const struct snapshot_row key = {.id = id < 0 || id > ROWS_MAX ? 0 : (int)id};
    const struct snapshot_row *row = k->snapshot; /* most rows are of the same as the one before */

    if (row == NULL || row->id != id)
        row = m->nsnapshots > 0 ? bsearch(&key, m->snapshots, m->nsnapshots, sizeof key, snapshot_order) : NULL;
    if (row == NULL) {
        store_damage(&k->c->store, "a price of no snapshot", err);
        return NULL;
    }
    k->snapshot = row;
    const char **name = &k->snapshot_names[row - m->snapshots];
    if (*name == NULL)
        *name = copy(k, row->s.id, err);
    return *name;
}

/* ---- tiers: "from:to:price from::price" ---- */

static size_t count(const char *text, char c)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += *text == c;
    return n;
}

static int read_number(struct store *s, const char **at, char end, dec_t *out, bool *blank, struct err *err)
{
    const char *stop = strchr(*at, end);

    if (stop == NULL)
        return store_damage(s, "a tier does not read", err);
    *blank = stop == *at;
    *out = DEC_ZERO;
    if (!*blank && dec_parse(*at, (size_t)(stop - *at), out, err) != 0)
        return store_unreadable(s, "a tier", err);
    *at = *stop != '\0' ? stop + 1 : stop;
    return 0;
}

static int read_tiers(struct collect *k, const char *text, struct price_part *part, struct err *err)
{
    struct store *s = &k->c->store;
    size_t n = count(text, ' ') + 1;
    struct tier *v = arena_array(k->arena, n, sizeof *v);
    bool blank;

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (read_number(s, &text, ':', &v[i].from, &blank, err) != 0 ||
            read_number(s, &text, ':', &v[i].to, &v[i].open, err) != 0 ||
            read_number(s, &text, i + 1 < n ? ' ' : '\0', &v[i].price, &blank, err) != 0)
            return -1;
    part->tiers = v;
    part->ntiers = n;
    return 0;
}

/* ---- rows ---- */

/* A row of prices, in the order in which it was sealed. */
struct row {
    int64_t to, sku, terms, snapshot, from;
    const char *tiers;
    uint64_t seal;
};

static int take_offer(struct collect *k, const struct row *row, struct err *err)
{
    const struct lent_sku *sku = NULL;
    const struct lent_terms *lent = NULL;
    const char *snapshot = lend_snapshot(k, row->snapshot, err);

    if (snapshot == NULL || lend_sku(k, row->sku, &sku, err) != 0 || lend_terms(k, row->terms, &lent, err) != 0)
        return -1;
    if (k->n == k->cap)
        return store_damage(&k->c->store, "more prices than were counted", err);
    struct offer *o = &k->v[k->n++];
    const struct terms *t = &k->c->memory.terms[row->terms];
    *o = (struct offer){
        .site = k->site,
        .region = k->region,
        .service = k->service,
        .sku = sku->name,
        .os = lent->os,
        .charge = k->charge,
        .offering = lent->offering,
        .term_months = t->term_months,
        .basis = t->basis,
        .has_tax_rate = t->has_tax_rate,
        .tax_rate = t->tax_rate,
        .as_of = {(int32_t)row->from},
        .source = lent->source,
        .snapshot = snapshot,
        .shape = sku->shape,
        .parts = {{.unit = t->unit, .scope = t->scope}},
        .nparts = 1,
    };
    memcpy(o->currency, t->currency, strlen(t->currency) + 1); /* three letters: memory_load() saw to it */
    return read_tiers(k, row->tiers, &o->parts[0], err);
}

/* Place and charge are sealed too: they are the ones asked for. */
static int read_row(struct collect *k, struct query *q, struct row *out, struct err *err)
{
    size_t len;
    struct row r = {
        .to = query_get_int(q, 0),
        .sku = query_get_int(q, 1),
        .terms = query_get_int(q, 2),
        .snapshot = query_get_int(q, 3),
        .from = query_get_int(q, 4),
        .tiers = query_get_text(q, 5, &len),
    };
    uint64_t seal = seal_int(seal_int(seal_int(SEAL_START, k->place->id), k->charge), r.to);

    seal = seal_int(seal_int(seal_int(seal, r.sku), r.terms), r.snapshot);
    r.seal = seal_text(seal_int(seal, r.from), r.tiers, len);
    if (r.seal != (uint64_t)query_get_int(q, 6))
        return store_damage(&k->c->store, "a price does not match its seal", err);
    *out = r;
    return 0;
}

/* Compares the rows found between two days with what the bucket says of them. */
static int check_bucket(struct collect *k, const struct bucket *found, const struct bucket *b, struct err *err)
{
    return b != NULL && found->to == b->to && found->rows == b->rows && found->sum == b->sum
               ? 0
               : store_damage(&k->c->store, "prices are missing", err);
}

/* The rows of one charge: n buckets of them, in their order; the last may be empty. */
static int take_rows(struct collect *k, struct query *q, const struct bucket *b, size_t n, struct err *err)
{
    struct bucket found = {0};
    struct row row = {.seal = 0};
    size_t at = 0;
    int rc;

    n -= b[n - 1].rows == 0;

    while ((rc = query_next(q, err)) == 1) {
        if (read_row(k, q, &row, err) != 0)
            return -1;
        if (found.rows > 0 && found.to != row.to) {
            if (check_bucket(k, &found, at < n ? &b[at] : NULL, err) != 0)
                return -1;
            at++;
            found = (struct bucket){0};
        }
        found.to = row.to;
        found.rows++;
        found.sum += row.seal;
        if (row.from <= k->day && take_offer(k, &row, err) != 0)
            return -1;
    }
    if (rc == 0 && at + (found.rows > 0) != n)
        rc = store_damage(&k->c->store, "prices are missing", err);
    return rc == 0 && n > 0 ? check_bucket(k, &found, &b[at], err) : rc;
}

static int read_charge(struct collect *k, const struct bucket *b, size_t n, struct err *err)
{
    struct query q;

    if (query_again(&q, &k->c->store,
                    "SELECT valid_to, sku, terms, snapshot, valid_from, tiers, seal FROM price "
                    "WHERE place = ? AND charge = ? AND valid_to > ? ORDER BY valid_to, sku, terms, snapshot",
                    err) != 0)
        return -1;
    k->charge = (enum charge_kind)b->charge;
    query_int(&q, k->place->id);
    query_int(&q, k->charge);
    query_int(&q, k->day);
    int rc = take_rows(k, &q, b, n, err);
    query_close(&q);
    return rc;
}

static int add_bucket(struct buckets *b, struct bucket one, struct err *err)
{
    if (b->n == b->cap) {
        size_t cap = b->cap == 0 ? 32 : b->cap * 2;
        struct bucket *wider = realloc(b->v, cap * sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        b->v = wider;
        b->cap = cap;
    }
    b->v[b->n++] = one;
    return 0;
}

/* The buckets of one charge must reach back to the day and on to the last one, each from where the one
 * before it ends. */
static bool chained(const struct bucket *b, size_t n, int day)
{
    for (size_t i = 0; i < n; i++)
        if (i == 0 ? b[i].since > day : b[i].since != b[i - 1].to)
            return false;
    return n > 0 && b[n - 1].to == FAR_DAY;
}

/* Every charge the place has prices of is there, in one piece. */
static bool complete(const struct buckets *b, unsigned charges, int day)
{
    size_t i = 0;

    for (int charge = 0; charge < CHARGE_BEST; charge++) {
        size_t first = i;
        while (i < b->n && b->v[i].charge == charge)
            i++;
        if ((charges & 1u << charge) ? !chained(b->v + first, i - first, day) : i > first)
            return false;
    }
    return i == b->n;
}

static int take_buckets(struct collect *k, struct query *q, unsigned charges, struct err *err)
{
    struct store *s = &k->c->store;
    int rc;

    k->c->buckets.n = 0;
    while ((rc = query_next(q, err)) == 1) {
        struct bucket one = {(int)query_get_int(q, 0), query_get_int(q, 1), query_get_int(q, 2), query_get_int(q, 3),
                             (uint64_t)query_get_int(q, 4)};
        if (one.rows < (one.to == FAR_DAY ? 0 : 1) || one.rows > ROWS_MAX)
            return store_damage(s, "a count is out of range", err);
        if (one.charge >= 0 && one.charge < CHARGE_BEST && !(charges & 1u << one.charge))
            continue;
        if (add_bucket(&k->c->buckets, one, err) != 0)
            return -1;
        k->cap += (size_t)one.rows;
    }
    if (rc == 0 && !complete(&k->c->buckets, charges & k->place->charges, k->day))
        rc = store_damage(s, "prices are missing", err);
    return rc;
}

/* What the buckets that end after the day count is how many offers there will be at most. */
static int read_buckets(struct collect *k, unsigned charges, struct err *err)
{
    struct query q;

    if (query_again(&q, &k->c->store,
                    "SELECT charge, valid_to, since, rows, sum FROM bucket WHERE place = ? AND valid_to > ? "
                    "ORDER BY charge, valid_to",
                    err) != 0)
        return -1;
    query_int(&q, k->place->id);
    query_int(&q, k->day);
    int rc = take_buckets(k, &q, charges, err);
    query_close(&q);
    return rc;
}

static int read_charges(struct collect *k, unsigned charges, struct err *err)
{
    const struct buckets *b = &k->c->buckets;

    if (read_buckets(k, charges, err) != 0)
        return -1;
    k->v = arena_array(k->arena, k->cap, sizeof *k->v);
    if (k->v == NULL)
        return err_nomem(err);
    for (size_t i = 0, j; i < b->n; i = j) {
        for (j = i + 1; j < b->n && b->v[j].charge == b->v[i].charge; j++)
            ;
        if (read_charge(k, &b->v[i], j - i, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- the call ---- */

static int start(struct collect *k, const struct place *place, struct err *err)
{
    struct catalogue *c = k->c;
    const struct site *site = rules_site(k->rules, place->site);

    if (site == NULL)
        return stale_rules(place->site, err);
    if (memory_skus(c, site->provider, place->service, &k->skus, err) != 0)
        return -1;
    k->place = place;
    k->sku_copies = calloc(k->skus->nids + 1, sizeof *k->sku_copies);
    k->terms_copies = calloc(c->memory.nterms + 1, sizeof *k->terms_copies);
    k->snapshot_names = calloc(c->memory.nsnapshots + 1, sizeof *k->snapshot_names);
    if (k->sku_copies == NULL || k->terms_copies == NULL || k->snapshot_names == NULL)
        return err_nomem(err);
    if ((k->site = copy(k, place->site, err)) == NULL || (k->region = copy(k, place->region, err)) == NULL ||
        (k->service = copy(k, place->service, err)) == NULL)
        return -1;
    return 0;
}

struct question {
    struct arena *arena;
    const struct rules *rules;
    const char *site, *region, *service;
    unsigned charges;
    struct date as_of;
    struct offer_list *out;
};

static int read_offers(struct catalogue *c, void *ctx, struct err *err)
{
    const struct question *q = ctx;
    struct collect k = {.c = c, .arena = q->arena, .rules = q->rules, .day = q->as_of.day};

    *q->out = (struct offer_list){NULL, 0};
    if (memory_load(c, err) != 0)
        return -1;
    const struct place *place = memory_place(&c->memory, q->site, q->region, q->service);
    if (place == NULL)
        return 0;
    int rc = start(&k, place, err);
    if (rc == 0)
        rc = read_charges(&k, q->charges, err);
    if (rc == 0)
        *q->out = (struct offer_list){k.v, offers_settle(k.v, k.n)};
    free(k.sku_copies);
    free(k.terms_copies);
    free(k.snapshot_names);
    return rc;
}

int catalogue_offers(struct catalogue *c, struct arena *a, const struct rules *rules, const char *site,
                     const char *region, const char *service, unsigned charges, struct date as_of,
                     struct offer_list *out, struct err *err)
{
    struct question q = {a, rules, site, region, service, charges, as_of, out};

    return catalogue_retry(c, read_offers, &q, err);
}
