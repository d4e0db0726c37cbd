/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers as known on a day. The rows of a place and charge that end after the day lie side by side;
 * today's are the last of them. Each row is checked against its seal, and each stretch of rows
 * with one end against its bucket, so that a missing price is never mistaken for one not sold.
 */
#include "calc/catalogue_store.h"

#include "calc/seal.h"

#include <stdlib.h>
#include <string.h>

/* What one call collects; texts of the offers are copied to the caller's arena, once each. */
struct collect {
    struct catalogue *c;
    struct arena *arena;
    const struct rules *rules;
    const char *site, *region, *service;
    int place, day;
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
    struct offer *v;             /* the catalogue's scratch */
    size_t n;
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

static const char *lend_snapshot(struct collect *k, int64_t id, struct err *err)
{
    const struct memory *m = &k->c->memory;

    for (size_t i = 0; i < m->nsnapshots; i++)
        if (m->snapshots[i].id == id) {
            if (k->snapshot_names[i] == NULL)
                k->snapshot_names[i] = copy(k, m->snapshots[i].s.id, err);
            return k->snapshot_names[i];
        }
    store_damage(&k->c->store, "a price of no snapshot", err);
    return NULL;
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

static struct offer *add_offer(struct collect *k)
{
    struct scratch *scratch = &k->c->scratch;

    if (k->n == scratch->cap) {
        size_t cap = scratch->cap == 0 ? 512 : scratch->cap * 2;
        struct offer *wider = realloc(scratch->offers, cap * sizeof *wider);
        if (wider == NULL)
            return NULL;
        k->v = scratch->offers = wider;
        scratch->cap = cap;
    }
    return &k->v[k->n++];
}

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
    struct offer *o = add_offer(k);
    if (o == NULL)
        return err_nomem(err);
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
    uint64_t seal = seal_int(seal_int(seal_int(SEAL_START, k->place), k->charge), r.to);

    seal = seal_int(seal_int(seal_int(seal, r.sku), r.terms), r.snapshot);
    r.seal = seal_text(seal_int(seal, r.from), r.tiers, len);
    if (r.seal != (uint64_t)query_get_int(q, 6))
        return store_damage(&k->c->store, "a price does not match its seal", err);
    *out = r;
    return 0;
}

/* The rows between two days, as counted so far: compared with what the bucket says. */
static int check_bucket(struct collect *k, const struct bucket *found, size_t at, struct err *err)
{
    const struct buckets *b = &k->c->scratch.buckets;

    return at < b->n && found->to == b->v[at].to && found->rows == b->v[at].rows && found->sum == b->v[at].sum
               ? 0
               : store_damage(&k->c->store, "prices are missing", err);
}

static int take_rows(struct collect *k, struct query *q, struct err *err)
{
    struct bucket found = {0, 0, 0};
    struct row row = {.seal = 0};
    size_t at = 0;
    int rc;

    while ((rc = query_next(q, err)) == 1) {
        if (read_row(k, q, &row, err) != 0)
            return -1;
        if (found.rows > 0 && found.to != row.to) {
            if (check_bucket(k, &found, at++, err) != 0)
                return -1;
            found = (struct bucket){0, 0, 0};
        }
        found = (struct bucket){row.to, found.rows + 1, found.sum + row.seal};
        if (row.from <= k->day && take_offer(k, &row, err) != 0)
            return -1;
    }
    if (rc == 0 && found.rows > 0)
        rc = check_bucket(k, &found, at++, err);
    return rc != 0 ? rc : at == k->c->scratch.buckets.n ? 0 : store_damage(&k->c->store, "prices are missing", err);
}

static int read_buckets(struct collect *k, struct err *err)
{
    struct query *q = &k->c->buckets;
    struct buckets *b = &k->c->scratch.buckets;
    int rc;

    query_int(q, k->place);
    query_int(q, k->charge);
    query_int(q, k->day);
    b->n = 0;
    while ((rc = query_next(q, err)) == 1) {
        if (b->n == b->cap) {
            size_t cap = b->cap == 0 ? 32 : b->cap * 2;
            struct bucket *wider = realloc(b->v, cap * sizeof *wider);
            if (wider == NULL) {
                query_reset(q);
                return err_nomem(err);
            }
            b->v = wider;
            b->cap = cap;
        }
        b->v[b->n++] = (struct bucket){query_get_int(q, 0), query_get_int(q, 1), (uint64_t)query_get_int(q, 2)};
    }
    return rc;
}

static int read_charge(struct collect *k, struct err *err)
{
    struct query *q = &k->c->prices;

    if (read_buckets(k, err) != 0)
        return -1;
    query_int(q, k->place);
    query_int(q, k->charge);
    query_int(q, k->day);
    int rc = take_rows(k, q, err);
    if (rc != 0)
        query_reset(q);
    return rc;
}

static int read_charges(struct collect *k, unsigned charges, struct err *err)
{
    for (int charge = 0; charge < CHARGE_BEST; charge++)
        if (charges & 1u << charge) {
            k->charge = (enum charge_kind)charge;
            if (read_charge(k, err) != 0)
                return -1;
        }
    return 0;
}

/* ---- order, parts, rivals ---- */

static int order_ints(int a, int b)
{
    return (a > b) - (a < b);
}

/* What identifies an offer but for its unit. */
static int way_order(const struct offer *a, const struct offer *b)
{
    int order = a->sku == b->sku ? 0 : strcmp(a->sku, b->sku);

    if (order == 0)
        order = strcmp(a->os, b->os);
    if (order == 0)
        order = order_ints(a->charge, b->charge);
    if (order == 0)
        order = order_ints(a->term_months, b->term_months);
    if (order == 0)
        order = strcmp(a->offering, b->offering);
    return order != 0 ? order : order_ints(a->basis, b->basis);
}

static int origin_order(const struct offer *a, const struct offer *b)
{
    int order = strcmp(a->source->id, b->source->id);

    return order != 0 ? order : strcmp(a->snapshot, b->snapshot);
}

/* Parts of one offer stand side by side: where they make one, the unit comes last. */
static int offer_order(const void *pa, const void *pb)
{
    const struct offer *a = pa, *b = pb;
    int order = way_order(a, b), unit = order_ints(a->parts[0].unit, b->parts[0].unit);

    if (order == 0 && pack_in_parts(a->charge)) {
        order = origin_order(a, b);
        return order != 0 ? order : -unit; /* the sum for the term first */
    }
    if (order == 0)
        order = unit;
    return order != 0 ? order : origin_order(a, b);
}

static void sort(struct collect *k)
{
    for (size_t i = 1; i < k->n; i++)
        if (offer_order(&k->v[i - 1], &k->v[i]) > 0) {
            qsort(k->v, k->n, sizeof *k->v, offer_order);
            return;
        }
}

static bool is_part(const struct offer *a, const struct offer *b)
{
    return pack_in_parts(a->charge) && a->nparts < OFFER_PARTS && way_order(a, b) == 0 && origin_order(a, b) == 0;
}

static void join_parts(struct collect *k)
{
    size_t kept = 0;

    for (size_t i = 0; i < k->n; i++) {
        if (kept > 0 && is_part(&k->v[kept - 1], &k->v[i]))
            k->v[kept - 1].parts[k->v[kept - 1].nparts++] = k->v[i].parts[0];
        else
            k->v[kept++] = k->v[i];
    }
    k->n = kept;
}

static bool same_part(const struct price_part *a, const struct price_part *b)
{
    if (a->unit != b->unit || a->scope != b->scope || a->ntiers != b->ntiers)
        return false;
    for (size_t i = 0; i < a->ntiers; i++) {
        const struct tier *x = &a->tiers[i], *y = &b->tiers[i];
        if (dec_cmp(x->from, y->from) != 0 || x->open != y->open || dec_cmp(x->to, y->to) != 0 ||
            dec_cmp(x->price, y->price) != 0)
            return false;
    }
    return true;
}

static bool same_price(const struct offer *a, const struct offer *b)
{
    if (strcmp(a->currency, b->currency) != 0 || a->nparts != b->nparts || a->has_tax_rate != b->has_tax_rate ||
        dec_cmp(a->tax_rate, b->tax_rate) != 0)
        return false;
    for (size_t i = 0; i < a->nparts; i++)
        if (!same_part(&a->parts[i], &b->parts[i]))
            return false;
    return true;
}

static bool same_identity(const struct offer *a, const struct offer *b)
{
    return way_order(a, b) == 0 && (pack_in_parts(a->charge) || a->parts[0].unit == b->parts[0].unit);
}

/* Of offers that say the same, the first stays. */
static void drop_repeats(struct collect *k)
{
    size_t kept = 0, first = 0;

    for (size_t i = 0; i < k->n; i++) {
        bool repeat = false;
        if (kept == 0 || !same_identity(&k->v[kept - 1], &k->v[i]))
            first = kept;
        for (size_t j = first; j < kept && !repeat; j++)
            repeat = same_price(&k->v[j], &k->v[i]);
        if (!repeat)
            k->v[kept++] = k->v[i];
    }
    k->n = kept;
}

/* Offers of one identity point to each other in a ring. */
static void link_rivals(struct offer *v, size_t n)
{
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && same_identity(&v[i], &v[j]); j++)
            ;
        for (size_t r = i; j - i > 1 && r < j; r++)
            v[r].rival = &v[r + 1 < j ? r + 1 : i];
    }
}

static int finish(struct collect *k, struct offer_list *out, struct err *err)
{
    sort(k);
    join_parts(k);
    drop_repeats(k);
    struct offer *v = arena_array(k->arena, k->n, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    if (k->n > 0)
        memcpy(v, k->v, k->n * sizeof *v);
    link_rivals(v, k->n);
    *out = (struct offer_list){v, k->n};
    return 0;
}

/* ---- the call ---- */

static int prepare(struct catalogue *c, struct err *err)
{
    if (c->prices.stmt != NULL)
        return 0;
    if (query_open(&c->buckets, &c->store,
                   "SELECT valid_to, rows, sum FROM bucket WHERE place = ? AND charge = ? AND valid_to > ? "
                   "ORDER BY valid_to",
                   err) != 0)
        return -1;
    return query_open(&c->prices, &c->store,
                      "SELECT valid_to, sku, terms, snapshot, valid_from, tiers, seal FROM price "
                      "WHERE place = ? AND charge = ? AND valid_to > ? ORDER BY valid_to, sku, terms, snapshot",
                      err);
}

static int start(struct collect *k, const struct place *place, struct err *err)
{
    struct catalogue *c = k->c;
    const struct site *site = rules_site(k->rules, place->site);

    if (site == NULL)
        return stale_rules(place->site, err);
    if (memory_skus(c, site->provider, place->service, &k->skus, err) != 0)
        return -1;
    k->place = place->id;
    k->sku_copies = calloc(k->skus->nids + 1, sizeof *k->sku_copies);
    k->terms_copies = calloc(c->memory.nterms + 1, sizeof *k->terms_copies);
    k->snapshot_names = calloc(c->memory.nsnapshots + 1, sizeof *k->snapshot_names);
    if (k->sku_copies == NULL || k->terms_copies == NULL || k->snapshot_names == NULL)
        return err_nomem(err);
    if ((k->site = copy(k, place->site, err)) == NULL || (k->region = copy(k, place->region, err)) == NULL ||
        (k->service = copy(k, place->service, err)) == NULL)
        return -1;
    return prepare(c, err);
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
    struct collect k = {.c = c, .arena = q->arena, .rules = q->rules, .day = q->as_of.day, .v = c->scratch.offers};

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
        rc = finish(&k, q->out, err);
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
