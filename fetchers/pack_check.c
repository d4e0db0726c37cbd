/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a price pack among each other. Sorted, the tiers of a ladder stand together, the
 * parts of an offer beside each other, and the same price from two sources within one day's block.
 */
#include "fetchers/pack_parts.h"

#include "calc/buf.h"
#include "calc/offering.h"
#include "calc/words.h"

#include <stdlib.h>
#include <string.h>

static int text_order(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int int_order(int a, int b)
{
    return (a > b) - (a < b);
}

/* What is sold, and how: the identity of an offer but for its unit, tax basis and day. */
static int way_order(const struct pack_price *a, const struct pack_price *b)
{
    int order;

    if ((order = text_order(a->site, b->site)) != 0 || (order = text_order(a->region, b->region)) != 0 ||
        (order = text_order(a->service, b->service)) != 0 || (order = text_order(a->sku, b->sku)) != 0 ||
        (order = text_order(a->os, b->os)) != 0 || (order = int_order(a->charge, b->charge)) != 0 ||
        (order = text_order(a->offering, b->offering)) != 0)
        return order;
    return int_order(a->term_months, b->term_months);
}

static int day_order(const struct pack_price *a, const struct pack_price *b)
{
    int order = way_order(a, b);

    if (order == 0)
        order = int_order(a->basis, b->basis);
    return order != 0 ? order : date_cmp(a->as_of, b->as_of);
}

static int ladder_order(const struct pack_price *a, const struct pack_price *b)
{
    int order = day_order(a, b);

    if (order == 0)
        order = text_order(a->source, b->source);
    return order != 0 ? order : int_order(a->unit, b->unit);
}

int pack_order(const struct pack_price *a, const struct pack_price *b)
{
    int order = ladder_order(a, b);

    if (order == 0)
        order = dec_cmp(a->tier_from, b->tier_from);
    return order != 0 ? order : int_order(a->line, b->line);
}

bool pack_same_ladder(const struct pack_price *a, const struct pack_price *b)
{
    return ladder_order(a, b) == 0;
}

static int for_qsort(const void *a, const void *b)
{
    return pack_order(a, b);
}

static void sort(struct pack *p)
{
    for (size_t i = 1; i < p->nprices; i++)
        if (pack_order(&p->prices[i - 1], &p->prices[i]) > 0) {
            qsort(p->prices, p->nprices, sizeof *p->prices, for_qsort);
            return;
        }
}

/* ---- one ladder ---- */

static int check_step(const struct pack_price *a, const struct pack_price *b, struct err *err)
{
    char end[DEC_TEXT], start[DEC_TEXT];

    if (dec_cmp(a->tier_from, b->tier_from) == 0)
        return err_set(err, ERR_USAGE, "the same price key as in line %d", a->line);
    if (a->scope != b->scope || a->has_tax_rate != b->has_tax_rate || dec_cmp(a->tax_rate, b->tax_rate) != 0)
        return err_set(err, ERR_USAGE, "scope or tax rate differs from the tier in line %d", a->line);
    if (a->open)
        return err_set(err, ERR_USAGE, "a tier above the open one of line %d", a->line);
    dec_format(a->tier_to, 0, end);
    dec_format(b->tier_from, 0, start);
    int order = dec_cmp(a->tier_to, b->tier_from);
    if (order != 0)
        return err_set(err, ERR_USAGE, "tiers of '%s' %s: line %d ends at %s, this one starts at %s", b->sku,
                       order < 0 ? "leave a gap" : "overlap", a->line, end, start);
    return 0;
}

static int check_ladder(const struct pack_price *v, size_t n, const char *name, struct err *err)
{
    if (dec_sign(v[0].tier_from) != 0)
        return err_set(err, ERR_USAGE, "%s:%d: tiers of '%s' do not start at 0", name, v[0].line, v[0].sku);
    for (size_t i = 1; i < n; i++)
        if (check_step(&v[i - 1], &v[i], err) != 0)
            return err_prefix(err, "%s:%d", name, v[i].line);
    return 0;
}

/* ---- the ladders of one way to buy, on one day ---- */

struct span {
    const struct pack_price *v;
    size_t n;
};

static struct span ladder_at(const struct pack_price *v, size_t n)
{
    size_t len = 1;

    while (len < n && pack_same_ladder(&v[0], &v[len]))
        len++;
    return (struct span){v, len};
}

static bool same_content(struct span a, struct span b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        const struct pack_price *x = &a.v[i], *y = &b.v[i];
        if (dec_cmp(x->tier_from, y->tier_from) != 0 || x->open != y->open || dec_cmp(x->tier_to, y->tier_to) != 0 ||
            dec_cmp(x->price, y->price) != 0 || x->scope != y->scope || x->has_tax_rate != y->has_tax_rate ||
            dec_cmp(x->tax_rate, y->tax_rate) != 0)
            return false;
    }
    return true;
}

struct checking {
    struct pack *pack;
    const char *name;
    size_t cap; /* of warnings */
};

static int warn(struct checking *c, const char *text, struct err *err)
{
    struct pack *p = c->pack;

    if (text == NULL)
        return err_nomem(err);
    if (p->nwarnings == c->cap) {
        size_t cap = c->cap == 0 ? 16 : c->cap * 2;
        const char **list = arena_grow(&p->arena, p->warnings, p->nwarnings, cap, sizeof *list);
        if (list == NULL)
            return err_nomem(err);
        p->warnings = list;
        c->cap = cap;
    }
    p->warnings[p->nwarnings++] = text;
    return 0;
}

/* Two ladders of one day: parts of one offer, two units sold side by side, or a contradiction. */
static int check_pair(struct checking *c, struct span a, struct span b, struct err *err)
{
    const struct pack_price *x = a.v, *y = b.v;

    if (x->source == y->source) {
        if (pack_in_parts((enum charge_kind)x->charge) && x->unit != UNIT_TERM && y->unit != UNIT_TERM)
            return err_set(err, ERR_USAGE,
                           "%s:%d: '%s' has two rates beside line %d (known: one, and a sum for the term)", c->name,
                           y->line, y->sku, x->line);
        return 0;
    }
    if (x->unit != y->unit || same_content(a, b))
        return 0;
    return warn(c,
                arena_printf(&c->pack->arena,
                             "%s:%d: '%s' has another price in line %d from source '%s' on the same day: ambiguous",
                             c->name, y->line, y->sku, x->line, x->source),
                err);
}

/* Rows of one way to buy, day and source: half of a commitment would be priced as the whole. */
static int check_parts(const struct checking *c, const struct pack_price *v, size_t n, struct err *err)
{
    const struct offering *o = offering_find((enum charge_kind)v->charge, v->offering);
    bool upfront = false, rate = false;

    for (size_t i = 0; i < n; i++) {
        upfront |= v[i].unit == UNIT_TERM;
        rate |= v[i].unit != UNIT_TERM;
    }
    if (o == NULL || (upfront == o->upfront && rate == o->rate))
        return 0;
    return err_set(err, ERR_USAGE, "%s:%d: '%s' %s lacks a part or has one too many (it is %s, of one day)", c->name,
                   v->line, v->sku, v->offering, offering_parts(o));
}

static int check_sources(const struct checking *c, const struct pack_price *v, size_t n, struct err *err)
{
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && v[j].source == v[i].source; j++)
            ;
        if (check_parts(c, v + i, j - i, err) != 0)
            return -1;
    }
    return 0;
}

static int check_day(struct checking *c, const struct pack_price *v, size_t n, struct err *err)
{
    if (check_sources(c, v, n, err) != 0)
        return -1;
    for (size_t i = 0; i < n;) {
        struct span a = ladder_at(v + i, n - i);
        if (check_ladder(a.v, a.n, c->name, err) != 0)
            return -1;
        i += a.n;
        for (size_t j = i; j < n;) {
            struct span b = ladder_at(v + j, n - j);
            if (check_pair(c, a, b, err) != 0)
                return -1;
            j += b.n;
        }
    }
    return 0;
}

/* ---- compute without a shape ---- */

struct sku {
    const char *provider, *name;
};

static int sku_order(const void *pa, const void *pb)
{
    const struct sku *a = pa, *b = pb;
    int order = strcmp(a->provider, b->provider);

    return order != 0 ? order : strcmp(a->name, b->name);
}

static size_t unique(struct sku *v, size_t n)
{
    size_t kept = 0;

    qsort(v, n, sizeof *v, sku_order);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || sku_order(&v[kept - 1], &v[i]) != 0)
            v[kept++] = v[i];
    return kept;
}

static size_t shaped(const struct pack *p, struct sku *out)
{
    size_t n = 0;

    for (size_t i = 0; i < p->nshapes; i++)
        if (!strcmp(p->shapes[i].service, "compute") && *p->shapes[i].vcpu != '\0')
            out[n++] = (struct sku){p->shapes[i].provider, p->shapes[i].sku};
    return unique(out, n);
}

/* One entry per run of rows with the same SKU; repeats between regions go in unique(). */
static size_t priced(const struct pack *p, const struct rules *rules, struct sku *out)
{
    const char *sku = NULL, *last_site = NULL, *provider = "";
    size_t n = 0;

    for (size_t i = 0; i < p->nprices; i++) {
        const struct pack_price *row = &p->prices[i];
        if ((row->sku == sku && row->site == last_site) || strcmp(row->service, "compute") != 0)
            continue;
        if (row->site != last_site)
            provider = rules_site(rules, row->site)->provider;
        last_site = row->site;
        sku = row->sku;
        out[n++] = (struct sku){provider, row->sku};
    }
    return unique(out, n);
}

static int warn_provider(struct checking *c, const struct sku *v, size_t n, struct err *err)
{
    struct buf list = {0};

    for (size_t i = 0; i < n; i++)
        buf_printf(&list, "%s%s", i > 0 ? ", " : "", v[i].name);
    const char *text =
        list.failed
            ? NULL
            : arena_printf(&c->pack->arena, "%s: %zu compute SKU%s without a shape can be pinned, never matched: %s",
                           v[0].provider, n, n == 1 ? "" : "s", list.v);
    buf_free(&list);
    return warn(c, text, err);
}

static int warn_shapeless(struct checking *c, const struct rules *rules, struct err *err)
{
    const struct pack *p = c->pack;
    struct sku *with = calloc(p->nshapes + 1, sizeof *with), *sold = calloc(p->nprices + 1, sizeof *sold);
    size_t without = 0;
    int rc = with == NULL || sold == NULL ? err_nomem(err) : 0;

    if (rc == 0) {
        size_t nwith = shaped(p, with), nsold = priced(p, rules, sold);
        for (size_t i = 0; i < nsold; i++)
            if (bsearch(&sold[i], with, nwith, sizeof *with, sku_order) == NULL)
                sold[without++] = sold[i];
    }
    for (size_t i = 0, j; rc == 0 && i < without; i = j) {
        for (j = i + 1; j < without && !strcmp(sold[j].provider, sold[i].provider); j++)
            ;
        rc = warn_provider(c, sold + i, j - i, err);
    }
    free(with);
    free(sold);
    return rc;
}

int pack_check(struct pack *p, const char *name, const struct rules *rules, struct err *err)
{
    struct checking c = {.pack = p, .name = name};

    sort(p);
    for (size_t i = 0, j; i < p->nprices; i = j) {
        for (j = i + 1; j < p->nprices && day_order(&p->prices[i], &p->prices[j]) == 0; j++)
            ;
        if (check_day(&c, p->prices + i, j - i, err) != 0)
            return -1;
    }
    return warn_shapeless(&c, rules, err);
}
