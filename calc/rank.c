/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/rank.h"

#include "calc/say.h"
#include "calc/unfit.h"

#include <stdlib.h>
#include <string.h>

/* ---- order of trial: by what is alike but for the price, then by the lowest price of the ladder */

dec_t rank_lowest_price(const struct offer *o)
{
    dec_t low = o->parts[0].tiers[0].price;
    for (size_t i = 1; i < o->parts[0].ntiers; i++)
        low = dec_min(low, o->parts[0].tiers[i].price);
    return low;
}

static int by_way_of_buying(const struct offer *a, const struct offer *b)
{
    if (a->charge != b->charge)
        return a->charge < b->charge ? -1 : 1;
    if (a->term_months != b->term_months)
        return a->term_months < b->term_months ? -1 : 1;
    return strcmp(a->offering, b->offering);
}

int rank_by_terms(const struct offer *a, const struct offer *b)
{
    int c = by_way_of_buying(a, b);
    if (c)
        return c;
    if ((c = strcmp(a->currency, b->currency)) != 0)
        return c;
    if (a->basis != b->basis)
        return a->basis < b->basis ? -1 : 1;
    if (a->has_tax_rate != b->has_tax_rate)
        return a->has_tax_rate ? 1 : -1;
    if (a->has_tax_rate && (c = dec_cmp(a->tax_rate, b->tax_rate)) != 0)
        return c;
    if (a->nparts != b->nparts)
        return a->nparts < b->nparts ? -1 : 1;
    if (a->quoted != b->quoted) /* rows of a quote may differ in their invoices: each is a group */
        return a->quoted < b->quoted ? -1 : 1;
    return (int)a->parts[0].unit - (int)b->parts[0].unit;
}

/* An offer in the order of trial. Offers of one group differ in price only. */
struct entry {
    const struct offer *offer;
    dec_t low;
    int group;
};

static int by_price(const void *pa, const void *pb)
{
    const struct entry *a = pa, *b = pb;
    return a->group != b->group ? (a->group < b->group ? -1 : 1) : dec_cmp(a->low, b->low);
}

static int by_group(const void *pa, const void *pb)
{
    const struct offer *const *a = pa, *const *b = pb;
    return rank_by_terms(*a, *b);
}

/* The offers in the order of trial: groups one after another, each by price. Groups are numbered in the
 * order of rank_by_terms, so that all ways of buying stay together. NULL when there is no memory. */
static struct entry *order(const struct offer **v, size_t n)
{
    struct entry *e = calloc(n, sizeof *e);
    if (!e)
        return NULL;
    bool mixed = false;
    for (size_t i = 1; i < n && !mixed; i++)
        mixed = rank_by_terms(v[0], v[i]) != 0;
    if (mixed)
        qsort(v, n, sizeof *v, by_group);
    for (size_t i = 0; i < n; i++) {
        int last = i ? e[i - 1].group : 0;
        e[i] = (struct entry){v[i], rank_lowest_price(v[i]), last};
        if (mixed && i && rank_by_terms(v[i - 1], v[i]) != 0)
            e[i].group = last + 1;
    }
    qsort(e, n, sizeof *e, by_price);
    return e;
}

/* ---- the best so far */

struct scored {
    const struct offer *offer;
    dec_t cost, npv;
    bool cheapest; /* of its way of buying */
};

struct best {
    struct scored *v; /* ascending */
    size_t n, cap;
    const char *reason; /* of the first offer that could not be priced */
};

static int by_shape(const struct shape *a, const struct shape *b)
{
    bool known_a = a && a->has_size, known_b = b && b->has_size;
    if (!known_a || !known_b)
        return known_a != known_b ? (known_a ? -1 : 1) : 0; /* what has no shape comes last */
    int c = dec_cmp(a->vcpu, b->vcpu);
    return c ? c : dec_cmp(a->memory, b->memory);
}

int rank_by_merit(const struct offer *a, const struct offer *b)
{
    int c = by_shape(a->shape, b->shape);
    if (c || (c = strcmp(a->sku, b->sku)) != 0)
        return c;
    c = date_cmp(b->as_of, a->as_of);
    return c ? c : strcmp(a->source->id, b->source->id);
}

static int by_cost(const struct scored *a, const struct scored *b)
{
    int c = dec_cmp(a->cost, b->cost);
    return c ? c : rank_by_merit(a->offer, b->offer);
}

static void keep(struct best *b, struct scored s)
{
    size_t at = b->n;
    while (at > 0 && by_cost(&s, &b->v[at - 1]) < 0)
        at--;
    if (at == b->cap)
        return;
    size_t last = b->n < b->cap ? b->n++ : b->cap - 1;
    memmove(&b->v[at + 1], &b->v[at], (last - at) * sizeof *b->v);
    b->v[at] = s;
}

/* Can something of at least this cost no longer enter? */
static bool beaten(const struct best *b, dec_t cost)
{
    return b->n == b->cap && dec_cmp(cost, b->v[b->cap - 1].cost) > 0;
}

/* ---- trial */

struct trial {
    const struct match_input *in;
    const struct resource *resource;
    struct arena *scratch; /* of the offer being tried */
    struct arena *kept;    /* of the line below */
    struct line line;      /* of the best offer so far, when it is known */
    const struct offer *line_of;
};

static int try_offer(struct trial *t, const struct offer *o, struct line *line, struct err *err)
{
    arena_clear(t->scratch);
    return price_line(t->in->pricing, t->scratch, t->resource, o, line, err);
}

static bool is_flat(const struct offer *o)
{
    return o->nparts == 1 && o->parts[0].ntiers == 1;
}

/* The same offer at the ladder's lowest price throughout: never dearer than the offer itself. */
static int try_floor(struct trial *t, const struct offer *o, struct line *line, struct err *err)
{
    struct tier flat = {.from = DEC_ZERO, .open = true, .price = rank_lowest_price(o)};
    struct offer floor = *o;
    floor.parts[0] = (struct price_part){o->parts[0].unit, SCOPE_ITEM, &flat, 1};
    return try_offer(t, &floor, line, err);
}

/* The line stays with its memory; the memory of the one before is used for the next trial. */
static void keep_line(struct trial *t, const struct offer *o, const struct line *line)
{
    struct arena *before = t->kept;
    t->kept = t->scratch;
    t->scratch = before;
    t->line = *line;
    t->line_of = o;
}

/* Prices one offer. *stop when no later one of its group can be among the best. */
static int weigh(struct trial *t, const struct offer *o, struct best *best, bool *stop, struct err *err)
{
    struct line line;
    *stop = false;
    if (o->nparts == 1 && !is_flat(o) && best->n == best->cap) {
        if (try_floor(t, o, &line, err))
            return -1;
        if (line.status != LINE_UNPRICED && beaten(best, line.m.cost)) {
            *stop = true;
            return 0;
        }
    }
    if (try_offer(t, o, &line, err))
        return -1;
    if (line.status == LINE_UNPRICED) {
        if (!best->reason && !(best->reason = arena_strdup(t->in->arena, line.reason)))
            return err_nomem(err);
        return 0;
    }
    *stop = is_flat(o) && beaten(best, line.m.cost);
    keep(best, (struct scored){o, line.m.cost, line.npv, false});
    if (best->n && best->v[0].offer == o)
        keep_line(t, o, &line);
    return 0;
}

/* The best of v[0..n), which are sorted by_price. */
static int search(struct trial *t, const struct entry *v, size_t n, struct best *best, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        bool stop;
        if (weigh(t, v[i].offer, best, &stop, err))
            return -1;
        while (stop && i + 1 < n && v[i].group == v[i + 1].group)
            i++;
    }
    return 0;
}

/* ---- charge = best: the cheapest of each way of buying, then the lowest NPV */

static int by_npv(const void *pa, const void *pb)
{
    const struct scored *a = pa, *b = pb;
    int c = dec_cmp(a->npv, b->npv);
    if (!c)
        c = by_cost(a, b);
    return c ? c : by_way_of_buying(a->offer, b->offer);
}

/* The first that is the cheapest of its way goes to the front. */
static void bring_forward(struct scored *v, size_t n)
{
    size_t at = 0;
    while (at < n && !v[at].cheapest)
        at++;
    if (at == 0 || at == n)
        return;
    struct scored first = v[at];
    memmove(v + 1, v, at * sizeof *v);
    v[0] = first;
}

static int search_ways(struct trial *t, const struct entry *v, size_t n, struct best *best, struct err *err)
{
    struct scored *ways = calloc(n, sizeof *ways);
    if (!ways)
        return err_nomem(err);
    size_t nways = 0;
    int failed = 0;
    for (size_t i = 0, j; i < n && !failed; i = j) {
        for (j = i + 1; j < n && by_way_of_buying(v[i].offer, v[j].offer) == 0; j++)
            ;
        struct best one = {&ways[nways], 0, best->cap, NULL};
        failed = search(t, v + i, j - i, &one, err);
        one.v[0].cheapest = one.n > 0;
        nways += one.n;
        if (!best->reason)
            best->reason = one.reason;
    }
    qsort(ways, nways, sizeof *ways, by_npv);
    bring_forward(ways, nways);
    best->n = nways < best->cap ? nways : best->cap;
    memcpy(best->v, ways, best->n * sizeof *ways);
    free(ways);
    return failed;
}

/* ---- the line */

/* "8 vCPU 16 GiB for 4 vCPU 16 GiB"; "" when it is exactly as asked. */
static const char *size_note(struct arena *a, const char *lang, const struct resource *r, const struct offer *o)
{
    const struct shape *s = o->shape;
    char have[2][DEC_TEXT], want[2][DEC_TEXT];
    if (s && s->has_disk_size && r->kind == KIND_BLOCK_STORAGE && r->size.kind != VALUE_NONE) {
        if (dec_cmp(s->disk_size, r->size.fixed) == 0)
            return "";
        dec_format(s->disk_size, 0, have[0]);
        dec_format(r->size.fixed, 0, want[0]);
        return say_in(a, lang, TEXT_SIZE_DISK, have[0], want[0]);
    }
    if (!s || !s->has_size || r->vcpu.kind == VALUE_NONE || r->memory.kind == VALUE_NONE)
        return "";
    if (dec_cmp(s->vcpu, r->vcpu.fixed) == 0 && dec_cmp(s->memory, r->memory.fixed) == 0)
        return "";
    dec_format(s->vcpu, 0, have[0]);
    dec_format(s->memory, 0, have[1]);
    dec_format(r->vcpu.fixed, 0, want[0]);
    dec_format(r->memory.fixed, 0, want[1]);
    return say_in(a, lang, TEXT_SIZE_SHAPE, have[0], have[1], want[0], want[1]);
}

static int keep_candidates(struct arena *a, const struct best *best, struct line *out, struct err *err)
{
    struct candidate *v = arena_array(a, best->n, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < best->n; i++)
        v[i] = (struct candidate){best->v[i].offer, best->v[i].cost, best->v[i].npv};
    out->candidates = v;
    out->ncandidates = best->n;
    return 0;
}

static int fill_line(struct trial *t, const struct best *best, struct line *out, struct err *err)
{
    const struct match_input *in = t->in;
    const struct resource *r = t->resource;
    const struct offer *o = best->v[0].offer;
    if (o->rival)
        return unfit_rivals(in, o, out, err);
    bool known = t->line_of == o;
    if (known ? price_copy(in->arena, &t->line, out, err) : price_line(in->pricing, in->arena, r, o, out, err))
        return -1;
    if (price_unused(in->pricing, out, err))
        return -1;
    out->size_note = size_note(in->arena, in->pricing->lang, r, o);
    return out->size_note ? keep_candidates(in->arena, best, out, err) : err_nomem(err);
}

int rank_offers(const struct match_input *in, const struct resource *r, const struct offer **v, size_t n,
                struct line *out, struct err *err)
{
    struct trial t = {.in = in, .resource = r, .scratch = &in->scratch[0], .kept = &in->scratch[1]};
    struct best best = {.cap = (size_t)in->candidates + 1};
    best.v = calloc(best.cap + 1, sizeof *best.v);
    if (!best.v)
        return err_nomem(err);
    struct entry *e = order(v, n);
    bool ways = r->charge.kind == CHARGE_BEST;
    int failed = !e ? err_nomem(err) : ways ? search_ways(&t, e, n, &best, err) : search(&t, e, n, &best, err);
    if (!failed && best.n == 0)
        out->reason = best.reason ? best.reason : text(in->pricing->lang, TEXT_NOTHING_PRICEABLE);
    else if (!failed)
        failed = fill_line(&t, &best, out, err);
    free(e);
    free(best.v);
    return failed;
}

int rank_ways(const struct match_input *in, const struct resource *r, const struct offer **v, size_t n,
              const struct offer **out, size_t *nout, struct err *err)
{
    struct trial t = {.in = in, .resource = r, .scratch = &in->scratch[0], .kept = &in->scratch[1]};
    struct entry *e = n ? order(v, n) : NULL;
    int failed = n && !e ? err_nomem(err) : 0;
    *nout = 0;
    for (size_t i = 0, j; i < n && !failed; i = j) {
        struct scored one[2];
        struct best best = {one, 0, 1, NULL};
        for (j = i + 1; j < n && by_way_of_buying(e[i].offer, e[j].offer) == 0; j++)
            ;
        failed = search(&t, e + i, j - i, &best, err);
        if (!failed && best.n)
            out[(*nout)++] = best.v[0].offer;
    }
    free(e);
    return failed;
}
