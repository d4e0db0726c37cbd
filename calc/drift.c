/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Place by place: the offers of both days are laid out as single prices, sorted, and walked side by side.
 */
#include "calc/drift.h"

#include <stdlib.h>
#include <string.h>

const char *const drift_names[DRIFT_KINDS] = {
    [DRIFT_CHEAPER] = "cheaper", [DRIFT_DEARER] = "dearer",   [DRIFT_NEW] = "new",
    [DRIFT_GONE] = "gone",       [DRIFT_CHANGED] = "changed", [DRIFT_SAME] = "same",
};

/* One price of one day. */
struct point {
    const struct offer *offer;
    const struct price_part *part;
    const struct tier *tier;
    bool taken;
};

struct points {
    struct point *v;
    size_t n;
};

struct finding {
    struct catalogue *catalogue;
    const struct rules *rules;
    const struct drift_question *ask;
    struct arena *arena;
    struct arena scratch; /* the offers of a place */
    const struct holding *place;
    struct drift *out;
    struct drift_site *site;
};

/* ---- order ---- */

static int cmp(int a, int b)
{
    return (a > b) - (a < b);
}

/* What is bought, and how. */
static int way_order(const struct point *a, const struct point *b)
{
    const struct offer *x = a->offer, *y = b->offer;
    int order = strcmp(x->sku, y->sku);

    if (order == 0)
        order = strcmp(x->os, y->os);
    if (order == 0)
        order = cmp((int)x->charge, (int)y->charge);
    if (order == 0)
        order = cmp(x->term_months, y->term_months);
    return order != 0 ? order : strcmp(x->offering, y->offering);
}

/* The same price, whatever it is. */
static int key_order(const struct point *a, const struct point *b)
{
    int order = way_order(a, b);

    if (order == 0)
        order = cmp((int)a->part->unit, (int)b->part->unit);
    if (order == 0)
        order = strcmp(a->offer->currency, b->offer->currency);
    if (order == 0)
        order = cmp((int)a->offer->basis, (int)b->offer->basis);
    return order != 0 ? order : dec_cmp(a->tier->from, b->tier->from);
}

static int point_order(const void *pa, const void *pb)
{
    const struct point *a = pa, *b = pb;
    int order = key_order(a, b);

    if (order == 0)
        order = dec_cmp(a->tier->price, b->tier->price);
    return order != 0 ? order : strcmp(a->offer->source->id, b->offer->source->id);
}

static size_t count_points(const struct offer_list *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++)
        for (size_t p = 0; p < l->v[i].nparts; p++)
            n += l->v[i].parts[p].ntiers;
    return n;
}

static int lay_out(struct finding *f, struct date day, struct points *out, struct err *err)
{
    const struct holding *h = f->place;
    struct offer_list l;

    if (catalogue_offers(f->catalogue, &f->scratch, f->rules, h->site, h->region, h->service, (1u << CHARGE_BEST) - 1,
                         day, &l, err) != 0)
        return -1;
    struct point *v = arena_array(&f->scratch, count_points(&l) + 1, sizeof *v);
    size_t n = 0;
    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < l.n; i++)
        for (size_t p = 0; p < l.v[i].nparts; p++)
            for (size_t t = 0; t < l.v[i].parts[p].ntiers; t++)
                v[n++] = (struct point){&l.v[i], &l.v[i].parts[p], &l.v[i].parts[p].tiers[t], false};
    if (n > 1)
        qsort(v, n, sizeof *v, point_order);
    *out = (struct points){v, n};
    return 0;
}

/* ---- one row ---- */

static int copy_text(struct arena *a, const char *text, const char **out, struct err *err)
{
    *out = *text != '\0' ? arena_strdup(a, text) : "";
    return *out != NULL ? 0 : err_nomem(err);
}

/* n points of one key and day: one price, however many say so, or an ambiguous one. */
static struct drift_side side_of(const struct point *p, size_t n)
{
    struct drift_side side = {.as_of = DATE_NONE, .source = ""};

    if (n == 0)
        return side;
    side.known = true;
    side.ambiguous = dec_cmp(p[0].tier->price, p[n - 1].tier->price) != 0;
    side.price = p->tier->price;
    side.unit = p->part->unit;
    memcpy(side.currency, p->offer->currency, sizeof side.currency);
    side.basis = p->offer->basis;
    side.as_of = p->offer->as_of;
    side.source = p->offer->source->id;
    return side;
}

static bool same_prices(const struct point *a, size_t na, const struct point *b, size_t nb)
{
    if (na != nb)
        return false;
    for (size_t i = 0; i < na; i++)
        if (dec_cmp(a[i].tier->price, b[i].tier->price) != 0)
            return false;
    return true;
}

static enum drift_kind kind_of(const struct point *a, size_t na, const struct point *b, size_t nb,
                               const struct drift_row *r)
{
    if (nb == 0)
        return DRIFT_GONE;
    if (na == 0)
        return DRIFT_NEW;
    if (r->old.unit != r->new.unit || r->old.basis != r->new.basis || strcmp(r->old.currency, r->new.currency) != 0)
        return DRIFT_CHANGED;
    if (r->old.ambiguous || r->new.ambiguous)
        return same_prices(a, na, b, nb) ? DRIFT_SAME : DRIFT_CHANGED;
    int order = dec_cmp(r->new.price, r->old.price);
    return order < 0 ? DRIFT_CHEAPER : order > 0 ? DRIFT_DEARER : DRIFT_SAME;
}

static bool of_source(const struct drift_question *ask, const struct point *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ask->source == NULL || !strcmp(p[i].offer->source->id, ask->source))
            return true;
    return false;
}

static int keep_row(struct finding *f, const struct point *p, struct drift_row *r, struct err *err)
{
    struct drift *d = f->out;

    if (copy_text(f->arena, p->offer->sku, &r->sku, err) != 0 || copy_text(f->arena, p->offer->os, &r->os, err) != 0 ||
        copy_text(f->arena, p->offer->offering, &r->offering, err) != 0)
        return -1;
    if (d->n == d->cap) {
        size_t cap = d->cap == 0 ? 256 : d->cap * 2;
        struct drift_row *wider = arena_grow(f->arena, d->rows, d->n, cap, sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        d->rows = wider;
        d->cap = cap;
    }
    d->rows[d->n++] = *r;
    return 0;
}

static void set_pct(struct drift_row *r)
{
    r->has_pct = (r->kind == DRIFT_CHEAPER || r->kind == DRIFT_DEARER) && dec_sign(r->old.price) > 0;
    if (!r->has_pct)
        return;
    r->pct = dec_muln(dec_sub(r->new.price, r->old.price), 100);
    r->pct = dec_div_round(r->pct, r->old.price, 2, DEC_HALF_UP);
    r->has_pct = !dec_bad(r->pct);
}

/* A price of the old day (na points) and the same or its successor of the new one (nb). */
static int compare(struct finding *f, const struct point *a, size_t na, const struct point *b, size_t nb,
                   struct err *err)
{
    const struct point *p = nb > 0 ? b : a;
    struct drift_row r = {
        .site = f->place->site,
        .region = f->place->region,
        .service = f->place->service,
        .charge = p->offer->charge,
        .term_months = p->offer->term_months,
        .tier_from = p->tier->from,
        .old = side_of(a, na),
        .new = side_of(b, nb),
    };

    if (!of_source(f->ask, a, na) && !of_source(f->ask, b, nb))
        return 0;
    r.kind = kind_of(a, na, b, nb, &r);
    f->site->counts[r.kind]++;
    if (r.kind == DRIFT_SAME)
        return 0;
    set_pct(&r);
    return keep_row(f, p, &r, err);
}

/* ---- one way to buy ---- */

/* How many points from v[i] on, of n, are of one key. */
static size_t key_length(const struct points *p, size_t i, size_t end)
{
    size_t len = 1;

    while (i + len < end && key_order(&p->v[i], &p->v[i + len]) == 0)
        len++;
    return len;
}

static void take(const struct points *p, size_t i, size_t n)
{
    for (size_t k = 0; k < n; k++)
        p->v[i + k].taken = true;
}

struct span {
    size_t first, end;
};

/* The untaken price of the same tier in another unit, currency or basis; `end` when there is none. */
static size_t successor(const struct points *p, struct span s, const struct point *of)
{
    size_t i = s.first;

    while (i < s.end && (p->v[i].taken || dec_cmp(p->v[i].tier->from, of->tier->from) != 0 ||
                         (p->v[i].part->unit == of->part->unit && p->v[i].offer->basis == of->offer->basis &&
                          !strcmp(p->v[i].offer->currency, of->offer->currency))))
        i++;
    return i;
}

static int compare_same(struct finding *f, const struct points *a, struct span x, const struct points *b, struct span y,
                        struct err *err)
{
    for (size_t i = x.first, j = y.first; i < x.end && j < y.end;) {
        int order = key_order(&a->v[i], &b->v[j]);
        size_t na = key_length(a, i, x.end), nb = key_length(b, j, y.end);
        if (order == 0) {
            take(a, i, na);
            take(b, j, nb);
            if (compare(f, &a->v[i], na, &b->v[j], nb, err) != 0)
                return -1;
        }
        i += order <= 0 ? na : 0;
        j += order >= 0 ? nb : 0;
    }
    return 0;
}

/* What is left of the old day: changed, or gone; then what is left of the new one. */
static int compare_rest(struct finding *f, const struct points *a, struct span x, const struct points *b, struct span y,
                        struct err *err)
{
    for (size_t i = x.first, n; i < x.end; i += n) {
        n = key_length(a, i, x.end);
        if (a->v[i].taken)
            continue;
        size_t j = successor(b, y, &a->v[i]), nb = j < y.end ? key_length(b, j, y.end) : 0;
        take(b, j, nb);
        if (compare(f, &a->v[i], n, b->v + j, nb, err) != 0)
            return -1;
    }
    for (size_t j = y.first, n; j < y.end; j += n) {
        n = key_length(b, j, y.end);
        if (!b->v[j].taken && compare(f, &b->v[j], 0, &b->v[j], n, err) != 0)
            return -1;
    }
    return 0;
}

static size_t way_end(const struct points *p, size_t i, const struct point *first)
{
    while (i < p->n && way_order(&p->v[i], first) == 0)
        i++;
    return i;
}

static int compare_place(struct finding *f, const struct points *a, const struct points *b, struct err *err)
{
    for (size_t i = 0, j = 0; i < a->n || j < b->n;) {
        bool old = j == b->n || (i < a->n && way_order(&a->v[i], &b->v[j]) <= 0);
        const struct point first = old ? a->v[i] : b->v[j];
        struct span x = {i, way_end(a, i, &first)}, y = {j, way_end(b, j, &first)};
        if (compare_same(f, a, x, b, y, err) != 0 || compare_rest(f, a, x, b, y, err) != 0)
            return -1;
        i = x.end;
        j = y.end;
    }
    return 0;
}

/* ---- everything asked for ---- */

static bool wanted(const struct drift_question *ask, const struct holding *h)
{
    return (ask->site == NULL || !strcmp(ask->site, h->site)) &&
           (ask->region == NULL || !strcmp(ask->region, h->region)) &&
           (ask->service == NULL || !strcmp(ask->service, h->service));
}

static int find_site(struct finding *f, struct err *err)
{
    struct drift *d = f->out;

    if (d->nsites > 0 && !strcmp(d->sites[d->nsites - 1].site, f->place->site)) {
        f->site = &d->sites[d->nsites - 1];
        return 0;
    }
    struct drift_site *v = arena_grow(f->arena, d->sites, d->nsites, d->nsites + 1, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    v[d->nsites] = (struct drift_site){.site = f->place->site};
    d->sites = v;
    f->site = &v[d->nsites++];
    return 0;
}

static int find_place(struct finding *f, struct err *err)
{
    struct points a, b;

    arena_clear(&f->scratch);
    if (find_site(f, err) != 0 || lay_out(f, f->ask->old, &a, err) != 0 || lay_out(f, f->ask->new, &b, err) != 0)
        return -1;
    return compare_place(f, &a, &b, err);
}

int drift_find(struct catalogue *c, const struct rules *rules, const struct drift_question *ask, struct arena *a,
               struct drift *out, struct err *err)
{
    struct finding f = {.catalogue = c, .rules = rules, .ask = ask, .arena = a, .out = out};
    const struct holding *places;
    size_t n;
    int rc = catalogue_holdings(c, a, &places, &n, err);

    *out = (struct drift){.rows = NULL};
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (wanted(ask, &places[i])) {
            f.place = &places[i];
            rc = find_place(&f, err);
        }
    arena_free(&f.scratch);
    return rc;
}
