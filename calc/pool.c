/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/pool.h"

#include "calc/texts.h"
#include "models/component.h"

#include <stdlib.h>
#include <string.h>

/* What is left of the exact share is the largest first; of equal ones the earlier. */
static int by_rest(const void *pa, const void *pb)
{
    const struct pool_share *a = pa, *b = pb;
    int c = dec_cmp(b->rest, a->rest);
    return c ? c : (a->place > b->place) - (a->place < b->place);
}

static int by_place(const void *pa, const void *pb)
{
    const struct pool_share *a = pa, *b = pb;
    return (a->place > b->place) - (a->place < b->place);
}

void pool_share(dec_t total, int places, struct pool_share *v, size_t n)
{
    dec_t sum = DEC_ZERO, given = DEC_ZERO;
    dec_t unit = dec_of(1, places);
    for (size_t i = 0; i < n; i++)
        sum = dec_add(sum, dec_muln(v[i].weight, v[i].lines));
    for (size_t i = 0; i < n; i++) {
        dec_t exact = dec_muldiv(total, v[i].weight, sum, DEC_DOWN);
        v[i].out = dec_round(exact, places, DEC_DOWN);
        v[i].rest = dec_sub(exact, v[i].out);
        v[i].place = i;
        v[i].more = 0;
        given = dec_add(given, dec_muln(v[i].out, v[i].lines));
    }
    qsort(v, n, sizeof *v, by_rest);
    /* one unit each to the largest remainders until all is shared; fewer units are left than there are lines */
    dec_t left = dec_sub(total, given);
    for (size_t i = 0; i < n && dec_sign(left) > 0; i++)
        for (; v[i].more < v[i].lines && dec_sign(left) > 0; v[i].more++)
            left = dec_sub(left, unit);
    qsort(v, n, sizeof *v, by_place);
}

static bool pooled(const struct line *l)
{
    bool priced = l->status == LINE_PRICED || l->status == LINE_STALE;
    return priced && l->offer && l->offer->nparts == 1 && l->offer->parts[0].scope == SCOPE_MONTH;
}

/* The members of a pool, in the order of their names. */
struct members {
    struct line **v;
    size_t n;
    size_t lines; /* each counted as often as it stands for one */
};

static int lines_of(const struct line *l)
{
    return l->resource->repeats + 1;
}

static int by_label(const void *pa, const void *pb)
{
    const struct line *a = *(struct line *const *)pa, *b = *(struct line *const *)pb;
    return strcmp(a->label, b->label);
}

static int gather(struct arena *arena, struct line *lines, size_t from, size_t n, struct members *out, struct err *err)
{
    struct line **v = arena_array(arena, n, sizeof(struct line *));
    if (!v)
        return err_nomem(err);
    size_t k = 0;
    for (size_t i = from; i < n; i++)
        if (pooled(&lines[i]) && lines[i].offer == lines[from].offer && !lines[i].pool)
            v[k++] = &lines[i];
    qsort(v, k, sizeof(struct line *), by_label);
    *out = (struct members){v, k, 0};
    for (size_t i = 0; i < k; i++)
        out->lines += (size_t)lines_of(v[i]);
    return 0;
}

static dec_t quantity_of(const struct line *l, int month)
{
    for (size_t i = 0; i < l->nruns; i++)
        if (month >= l->runs[i].first && month < l->runs[i].first + l->runs[i].months)
            return l->runs[i].quantity;
    return DEC_ZERO;
}

/* How many months from `month` on every member keeps its quantity. */
static int even_months(const struct members *m, int month, int months)
{
    int end = months;
    for (size_t k = 0; k < m->n; k++)
        for (size_t i = 0; i < m->v[k]->nruns; i++) {
            const struct line_run *r = &m->v[k]->runs[i];
            if (r->first > month && r->first < end)
                end = r->first;
            if (r->first + r->months > month && r->first + r->months < end)
                end = r->first + r->months;
        }
    return end - month;
}

/* One stretch of equal months: the pool's charge and each member's share of it. */
struct stretch {
    struct charge_run pool;
    dec_t list, contract;
};

struct sharing {
    const struct pricing *p;
    const struct members *m;
    struct pool_share *list, *contract; /* by member */
    struct rounded_charge **charges;    /* by member, then stretch */
    size_t *ncharges;                   /* by member */
    struct charge_run *pool;            /* by stretch */
    size_t npool;
    bool beyond;
};

static dec_t share_of(const struct pool_share *s, int copy, dec_t unit)
{
    return copy < s->more ? dec_add(s->out, unit) : s->out;
}

static void add_charge(struct sharing *s, size_t k, const struct charge_run *run, int copy, int copies, dec_t unit)
{
    s->charges[k][s->ncharges[k]++] = (struct rounded_charge){
        .run = *run,
        .copy = copy,
        .copies = s->list[k].lines > 1 ? copies : 0,
        .list = share_of(&s->list[k], copy, unit),
        .contract = share_of(&s->contract[k], copy, unit),
    };
}

/* The charges of a member in a stretch: one, or up to three where some of its lines get a unit more than others. */
static void add_charges(struct sharing *s, size_t k, const struct charge_run *run, dec_t unit)
{
    int list = s->list[k].more, contract = s->contract[k].more;
    int cuts[] = {list < contract ? list : contract, list < contract ? contract : list, s->list[k].lines};
    int copy = 0;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        if (cuts[i] > copy)
            add_charge(s, k, run, copy, cuts[i] - copy, unit);
        copy = cuts[i];
    }
}

static void share_stretch(struct sharing *s, const struct stretch *t, int places)
{
    pool_share(t->list, places, s->list, s->m->n);
    pool_share(t->contract, places, s->contract, s->m->n);
    for (size_t k = 0; k < s->m->n; k++) {
        dec_t weight = s->list[k].weight;
        struct charge_run run = {t->pool.first, t->pool.months, AT_END, weight, DEC_ZERO};
        if (dec_sign(weight) == 0)
            continue;
        run.list = dec_muldiv(t->pool.list, weight, t->pool.quantity, DEC_HALF_UP);
        add_charges(s, k, &run, dec_of(1, places));
    }
}

static int price_stretch(struct sharing *s, int month, int months, struct err *err)
{
    const struct line *first = s->m->v[0];
    const struct price_part *part = &first->offer->parts[0];
    dec_t sum = DEC_ZERO;
    for (size_t k = 0; k < s->m->n; k++) {
        struct pool_share share = {.weight = quantity_of(s->m->v[k], month), .lines = lines_of(s->m->v[k])};
        s->list[k] = s->contract[k] = share;
        sum = dec_add(sum, dec_muln(share.weight, share.lines));
    }
    if (dec_check(sum, first->label, err))
        return -1;
    if (dec_sign(sum) == 0)
        return 0;
    dec_t list = ladder_amount(part->tiers, part->ntiers, DEC_ZERO, sum, &s->beyond);
    if (dec_check(list, first->label, err))
        return -1;
    int places = currency_places(s->p->rules, first->price_currency);
    dec_t keep = dec_sub(DEC_ONE, first->discount);
    struct stretch t = {{month, months, AT_END, sum, list},
                        dec_round(list, places, DEC_HALF_UP),
                        dec_mul_round(list, keep, places, DEC_HALF_UP)};
    s->pool[s->npool++] = t.pool;
    if (!s->beyond)
        share_stretch(s, &t, places);
    return 0;
}

/* A stretch gives a member a charge, or three. */
static int room(struct sharing *s, struct arena *arena, struct err *err)
{
    size_t n = s->m->n, months = (size_t)s->p->scenario->months;
    s->list = arena_array(arena, n, sizeof *s->list);
    s->contract = arena_array(arena, n, sizeof *s->contract);
    s->charges = arena_array(arena, n, sizeof(struct rounded_charge *));
    s->ncharges = arena_array(arena, n, sizeof(size_t));
    s->pool = arena_array(arena, months, sizeof *s->pool);
    if (!s->list || !s->contract || !s->charges || !s->ncharges || !s->pool)
        return err_nomem(err);
    for (size_t k = 0; k < n; k++) {
        size_t each = lines_of(s->m->v[k]) > 1 ? 3 : 1;
        if (!(s->charges[k] = arena_array(arena, months * each, sizeof(struct rounded_charge))))
            return err_nomem(err);
    }
    return 0;
}

static int take_shares(struct sharing *s, struct arena *arena, struct err *err)
{
    struct pool *pool = arena_alloc(arena, sizeof *pool);
    if (!pool)
        return err_nomem(err);
    *pool = (struct pool){s->m->lines, s->pool, s->npool};
    for (size_t k = 0; k < s->m->n; k++) {
        struct line *l = s->m->v[k];
        l->pool = pool;
        if (s->beyond) {
            l->status = LINE_UNPRICED;
            l->offer = NULL;
            l->runs = NULL;
            l->nruns = 0;
            l->m = (struct money){0};
            l->list = l->contract = l->quantity = l->npv = DEC_ZERO;
            l->unit = "";
            l->reason = text(s->p->lang, TEXT_TIERS_END_POOLED);
        } else if (price_rounded(s->p, arena, s->charges[k], s->ncharges[k], l, err)) {
            return -1;
        }
    }
    return 0;
}

static int price_pool(const struct pricing *p, struct arena *arena, const struct members *m, struct err *err)
{
    struct sharing s = {.p = p, .m = m};
    if (room(&s, arena, err))
        return -1;
    int months = p->scenario->months;
    for (int month = 0, n; month < months; month += n) {
        n = even_months(m, month, months);
        if (price_stretch(&s, month, n, err))
            return -1;
    }
    return take_shares(&s, arena, err);
}

int pool_lines(const struct pricing *p, struct arena *arena, struct line *lines, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct members m;
        if (!pooled(&lines[i]) || lines[i].pool)
            continue;
        if (gather(arena, lines, i, n, &m, err))
            return -1;
        if (m.lines > 1 && price_pool(p, arena, &m, err))
            return -1;
    }
    return 0;
}
