/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/compare.h"

#include "calc/quote_shelf.h"

#include <assert.h>
#include <string.h>

const char *const compare_need_names[] = {"unknown", "none", "discount", "unreachable"};
const char *const compare_spare_names[] = {"other-region", "not-asked", "no-line"};

/* ---- rows */

static bool has_fee(const struct compare *c, const char *label)
{
    for (size_t i = 0; i < c->nrows; i++)
        if (!c->rows[i].resource && !c->rows[i].cost && !strcmp(c->rows[i].label, label))
            return true;
    return false;
}

static int find_rows(struct compare *c, struct arena *a, struct err *err)
{
    const struct estimate *e = c->e;
    const struct scenario *s = e->scenario;
    enum { FEES = 3 }; /* of paying, of handling the invoice, of a spend commitment */
    c->rows = arena_array(a, s->nresources + s->ncosts + FEES, sizeof *c->rows);
    if (!c->rows)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        c->rows[c->nrows++] = (struct compare_row){.label = r->label, .kind = kind_table[r->kind].name, .resource = r};
    }
    for (size_t i = 0; i < s->ncosts; i++)
        c->rows[c->nrows++] = (struct compare_row){.label = s->costs[i].label, .kind = "cost", .cost = &s->costs[i]};
    for (size_t i = 0; i < e->nsites; i++)
        for (size_t j = 0; j < e->sites[i].nlines; j++) {
            const struct line *l = &e->sites[i].lines[j];
            if (!l->resource && !l->cost && !has_fee(c, l->label))
                c->rows[c->nrows++] = (struct compare_row){.label = l->label, .kind = l->kind};
        }
    assert(c->nrows <= s->nresources + s->ncosts + FEES);
    return 0;
}

/* ---- cells */

static bool is_of(const struct line *l, const struct compare_row *row)
{
    if (row->resource || row->cost)
        return l->resource == row->resource && l->cost == row->cost;
    return !l->resource && !l->cost && !strcmp(l->label, row->label);
}

static bool may_count(const struct site_estimate *s, const struct line *l, bool allow_stale)
{
    if (s->status == SITE_INELIGIBLE)
        return false;
    return l->status == LINE_PRICED || (l->status == LINE_STALE && allow_stale);
}

/* The share of `now` above `then`; none where there is nothing to take it of. */
static bool above(dec_t now, dec_t then, dec_t *out)
{
    *out = dec_sign(then) > 0 ? dec_div(dec_sub(now, then), then, DEC_HALF_UP) : DEC_ZERO;
    return dec_sign(then) > 0 && !dec_bad(dec_muln(*out, 100));
}

static int fill_cells(const struct compare *c, struct compare_offer *o, bool allow_stale, struct arena *a,
                      struct err *err)
{
    o->cells = arena_array(a, c->nrows + 1, sizeof *o->cells);
    if (!o->cells)
        return err_nomem(err);
    for (size_t r = 0; r < c->nrows; r++)
        for (size_t i = 0; i < o->site->nlines; i++) {
            const struct line *l = &o->site->lines[i];
            if (!is_of(l, &c->rows[r]))
                continue;
            bool priced = l->status == LINE_PRICED || l->status == LINE_STALE;
            o->cells[r] =
                (struct compare_cell){.line = l, .priced = priced, .counts = may_count(o->site, l, allow_stale)};
        }
    return 0;
}

static void compare_with_list(const struct compare *c, struct compare_offer *o)
{
    const struct compare_offer *list = o->list;
    if (!list)
        return;
    for (size_t r = 0; r < c->nrows; r++) {
        struct compare_cell *cell = &o->cells[r];
        if (c->rows[r].resource && cell->priced && list->cells[r].priced)
            cell->has_vs_list = above(cell->line->npv, list->cells[r].line->npv, &cell->vs_list);
    }
    if (o->site->has_totals && list->site->has_totals)
        o->has_vs_list = above(o->site->npv, list->site->npv, &o->vs_list);
}

/* ---- rows of a quote that are not taken */

static bool is_taken(const struct site_estimate *s, const struct quote_item *item)
{
    for (size_t i = 0; i < s->nlines; i++) {
        const struct offer *o = s->lines[i].offer;
        if (o && o->quoted && o->quoted->item == item)
            return true;
    }
    return false;
}

static enum compare_spare_why why_spare(const struct estimate *e, const struct site_estimate *s,
                                        const struct quote_item *item)
{
    if (*item->region && s->region && strcmp(item->region, s->region->id) != 0)
        return SPARE_REGION;
    if (!*item->service)
        return SPARE_UNFIT; /* only its SKU says what it is */
    for (size_t i = 0; i < e->scenario->nresources; i++)
        if (!strcmp(kind_table[e->scenario->resources[i].kind].service, item->service))
            return SPARE_UNFIT;
    return SPARE_SERVICE;
}

static int find_spare(const struct compare *c, struct compare_offer *o, struct arena *a, struct err *err)
{
    const struct quote *q = o->site->quote;
    if (!q)
        return 0;
    struct compare_spare *v = arena_array(a, q->nitems + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < q->nitems; i++)
        if (!is_taken(o->site, &q->items[i]))
            v[o->nspare++] = (struct compare_spare){&q->items[i], why_spare(c->e, o->site, &q->items[i])};
    o->spare = v;
    return 0;
}

/* ---- offers */

static const struct site_estimate *find_site(const struct estimate *e, const struct site_ref *ref)
{
    for (size_t i = 0; i < e->nsites; i++) {
        const struct site_estimate *s = &e->sites[i];
        if (!strcmp(s->site->id, ref->site) && !strcmp(s->buyer->name, ref->buyer) && s->quote == ref->quote)
            return s;
    }
    return NULL;
}

static const struct compare_offer *find_list(const struct compare *c, const struct site_estimate *s)
{
    for (size_t i = 0; s->quote && i < c->noffers; i++) {
        const struct site_estimate *other = c->offers[i].site;
        if (!other->quote && other->site == s->site && other->buyer == s->buyer)
            return &c->offers[i];
    }
    return NULL;
}

static int find_offers(struct compare *c, bool allow_stale, struct arena *a, struct err *err)
{
    const struct scenario *s = c->e->scenario;
    c->offers = arena_array(a, s->nsites + 1, sizeof *c->offers);
    if (!c->offers)
        return err_nomem(err);
    for (size_t i = 0; i < s->nsites; i++) {
        struct compare_offer *o = &c->offers[c->noffers++];
        o->site = find_site(c->e, &s->sites[i]);
        assert(o->site); /* the estimate is of this scenario */
        o->list = find_list(c, o->site);
        o->expired = o->site->quote && quote_expired(o->site->quote, s->as_of);
        if (o->site->rank == 1)
            c->winner = o;
        if (fill_cells(c, o, allow_stale, a, err) || find_spare(c, o, a, err))
            return -1;
        compare_with_list(c, o);
    }
    return 0;
}

/* The lowest of each line of the workload; of equal ones the first. */
static void find_winners(struct compare *c)
{
    for (size_t r = 0; r < c->nrows; r++) {
        struct compare_row *row = &c->rows[r];
        for (size_t i = 0; row->resource && i < c->noffers; i++) {
            const struct compare_offer *o = &c->offers[i];
            if (o->cells[r].counts &&
                (!row->winner || dec_cmp(o->cells[r].line->npv, row->winner->cells[r].line->npv) < 0))
                row->winner = o;
        }
    }
}

/* ---- a target */

enum { DISCOUNT_PLACES = 4 };

/* What is billed falls with the discount; own costs and fees stay as they are. Rounded up: it is enough. */
static int need_of(struct compare_offer *o, dec_t target, struct err *err)
{
    dec_t billed = DEC_ZERO, excess = dec_sub(o->site->npv, target);
    if (!o->site->has_totals)
        return 0;
    for (size_t i = 0; i < o->site->nlines; i++)
        if (o->site->lines[i].resource)
            billed = dec_add(billed, o->site->lines[i].npv);
    if (dec_check(billed, "target", err) || dec_check(excess, "target", err))
        return -1;
    if (dec_sign(excess) <= 0)
        o->need = NEED_NOTHING;
    else if (dec_cmp(excess, billed) >= 0)
        o->need = NEED_TOO_MUCH;
    else {
        o->need = NEED_DISCOUNT;
        o->discount = dec_div_round(excess, billed, DISCOUNT_PLACES, DEC_CEIL);
    }
    return 0;
}

int compare_make(const struct estimate *e, bool allow_stale, const dec_t *target, struct arena *a, struct compare *out,
                 struct err *err)
{
    struct compare c = {.e = e};
    if (find_rows(&c, a, err) || find_offers(&c, allow_stale, a, err))
        return -1;
    find_winners(&c);
    if (compare_mix(&c, err))
        return -1;
    c.has_target = target != NULL;
    if (target)
        c.target = *target;
    for (size_t i = 0; target && i < c.noffers; i++)
        if (need_of(&c.offers[i], *target, err))
            return -1;
    *out = c;
    return 0;
}
