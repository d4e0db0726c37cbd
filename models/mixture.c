/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Branch and bound over "is offer k used": costs become ranks within their line (0 is the cheapest), so
 * that what a set of offers pays for a line is the least of one-byte ranks. A node is bounded from below
 * by taking every offer that may still come for nothing.
 */
#include "models/mixture.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NO_RANK = 255 };

struct tables {
    size_t lines, offers;
    uint8_t *rank;                     /* [offer][line], NO_RANK without a price */
    uint8_t *later;                    /* [k][line]: the least rank among offers k and after, k up to offers */
    uint8_t *best;                     /* [depth][line]: the least rank among the offers chosen; depth 0: none */
    uint8_t *bound;                    /* [line]: scratch */
    dec_t *cost;                       /* [line][rank] */
    size_t *holder;                    /* [line][rank]: the offer */
    int provider[MIXTURE_OFFERS_MOST]; /* numbered from 0 */
};

struct node {
    uint32_t offers, providers; /* sets chosen */
    dec_t fixed;
    const uint8_t *best; /* by line */
    size_t depth;        /* offers chosen */
};

struct search {
    const struct mixture_ask *ask;
    struct tables t;
    bool found;
    struct node incumbent; /* best is of no meaning here */
    dec_t total;
};

static int check(const struct mixture_ask *ask, struct err *err)
{
    assert(ask->lines >= 1 && ask->offers >= 1 && ask->providers >= 1);
    if (ask->offers > MIXTURE_OFFERS_MOST)
        return err_set(err, ERR_USAGE, "%zu offers to mix (allowed: up to %d)", ask->offers, MIXTURE_OFFERS_MOST);
    dec_t most = DEC_ZERO; /* nothing that is added up later is larger */
    for (size_t o = 0; o < ask->offers; o++) {
        most = dec_add(most, ask->offer[o].fixed);
        if (!dec_bad(most) && dec_sign(ask->offer[o].fixed) < 0)
            return err_set(err, ERR_USAGE, "a fixed cost of an offer below 0");
    }
    for (size_t i = 0; i < ask->lines * ask->offers; i++)
        if (ask->cells[i].known && !dec_bad(most)) {
            dec_t c = ask->cells[i].cost;
            most = dec_add(most, dec_bad(c) || dec_sign(c) >= 0 ? c : dec_neg(c));
        }
    return dec_check(most, "cost of a mixture", err);
}

static void free_tables(struct tables *t)
{
    free(t->rank);
    free(t->later);
    free(t->best);
    free(t->bound);
    free(t->cost);
    free(t->holder);
}

static int make_tables(struct tables *t, size_t lines, size_t offers, struct err *err)
{
    *t = (struct tables){.lines = lines, .offers = offers};
    t->rank = malloc(offers * lines);
    t->later = malloc((offers + 1) * lines);
    t->best = malloc((offers + 1) * lines);
    t->bound = malloc(lines);
    t->cost = calloc(lines * offers, sizeof *t->cost);
    t->holder = calloc(lines * offers, sizeof *t->holder);
    if (t->rank && t->later && t->best && t->bound && t->cost && t->holder)
        return 0;
    free_tables(t);
    return err_nomem(err);
}

/* Sorts a line's offers by cost, equal ones by number: insertion, as there are few. */
static void rank_line(const struct mixture_ask *ask, struct tables *t, size_t line)
{
    const struct mixture_cell *cells = ask->cells + line * ask->offers;
    dec_t *cost = t->cost + line * t->offers;
    size_t *holder = t->holder + line * t->offers;
    size_t n = 0;
    for (size_t o = 0; o < t->offers; o++) {
        t->rank[o * t->lines + line] = NO_RANK;
        if (!cells[o].known)
            continue;
        size_t at = n++;
        for (; at > 0 && dec_cmp(cost[at - 1], cells[o].cost) > 0; at--) {
            cost[at] = cost[at - 1];
            holder[at] = holder[at - 1];
        }
        cost[at] = cells[o].cost;
        holder[at] = o;
    }
    for (size_t r = 0; r < n; r++)
        t->rank[holder[r] * t->lines + line] = (uint8_t)r;
}

static void take_lower(uint8_t *out, const uint8_t *a, const uint8_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = a[i] < b[i] ? a[i] : b[i];
}

static void number_providers(const struct mixture_ask *ask, struct tables *t)
{
    int next = 0;
    for (size_t o = 0; o < t->offers; o++) {
        size_t same = 0;
        while (ask->offer[same].provider != ask->offer[o].provider)
            same++;
        t->provider[o] = same < o ? t->provider[same] : next++;
    }
}

static void fill_tables(const struct mixture_ask *ask, struct tables *t)
{
    for (size_t line = 0; line < t->lines; line++)
        rank_line(ask, t, line);
    memset(t->later + t->offers * t->lines, NO_RANK, t->lines);
    for (size_t k = t->offers; k-- > 0;)
        take_lower(t->later + k * t->lines, t->later + (k + 1) * t->lines, t->rank + k * t->lines, t->lines);
    memset(t->best, NO_RANK, t->lines);
    number_providers(ask, t);
}

/* What the ranks cost and the fixed costs; false when a line has no price. */
static bool price(const struct tables *t, const uint8_t *rank, dec_t fixed, dec_t *out)
{
    dec_t sum = fixed;
    for (size_t line = 0; line < t->lines; line++) {
        if (rank[line] == NO_RANK)
            return false;
        sum = dec_add(sum, t->cost[line * t->offers + rank[line]]);
    }
    *out = sum;
    return true;
}

static uint32_t bit(size_t i)
{
    return UINT32_C(1) << i;
}

static bool allowed(const struct search *s, const struct node *n, size_t k)
{
    uint32_t provider = bit((size_t)s->t.provider[k]);
    return n->providers & provider || __builtin_popcount(n->providers) < s->ask->providers;
}

/* Of equal totals: a node's numbers only grow further down, so what does not come first here never will. Sets with earlier
 * offers are found earlier, and stay when another is alike. */
static bool smaller(const struct node *n, const struct node *incumbent)
{
    int providers = __builtin_popcount(n->providers) - __builtin_popcount(incumbent->providers);
    int offers = __builtin_popcount(n->offers) - __builtin_popcount(incumbent->offers);
    return providers != 0 ? providers < 0 : offers < 0;
}

static bool beats(const struct search *s, const struct node *n, dec_t total)
{
    if (!s->found)
        return true;
    int order = dec_cmp(total, s->total);
    return order < 0 || (order == 0 && smaller(n, &s->incumbent));
}

static void consider(struct search *s, const struct node *n)
{
    dec_t total;
    if (!price(&s->t, n->best, n->fixed, &total) || !beats(s, n, total))
        return;
    s->found = true;
    s->incumbent = *n;
    s->total = total;
}

/* Could any set that adds offers from k on to the node's beat the incumbent? */
static bool promising(struct search *s, const struct node *n, size_t k)
{
    const struct tables *t = &s->t;
    dec_t least;
    if (__builtin_popcount(n->providers) < s->ask->providers) {
        take_lower(t->bound, n->best, t->later + k * t->lines, t->lines);
    } else {
        memcpy(t->bound, n->best, t->lines);
        for (size_t o = k; o < t->offers; o++)
            if (allowed(s, n, o))
                take_lower(t->bound, t->bound, t->rank + o * t->lines, t->lines);
    }
    return price(t, t->bound, n->fixed, &least) && beats(s, n, least);
}

static void explore(struct search *s, const struct node *n, size_t k)
{
    const struct tables *t = &s->t;
    if (k == t->offers || !promising(s, n, k))
        return;
    if (allowed(s, n, k)) {
        uint8_t *best = t->best + (n->depth + 1) * t->lines;
        take_lower(best, n->best, t->rank + k * t->lines, t->lines);
        struct node with = {.offers = n->offers | bit(k),
                            .providers = n->providers | bit((size_t)t->provider[k]),
                            .fixed = dec_add(n->fixed, s->ask->offer[k].fixed),
                            .best = best,
                            .depth = n->depth + 1};
        if (memcmp(best, n->best, t->lines) != 0) { /* else it serves no line */
            consider(s, &with);
            explore(s, &with, k + 1);
        }
    }
    explore(s, n, k + 1);
}

static void assign(const struct search *s, size_t *line_offer)
{
    const struct tables *t = &s->t;
    for (size_t line = 0; line < t->lines; line++) {
        size_t r = 0;
        while (!(s->incumbent.offers & bit(t->holder[line * t->offers + r])))
            r++;
        line_offer[line] = t->holder[line * t->offers + r];
    }
}

static size_t unpriced(const struct tables *t)
{
    size_t line = 0;
    while (line < t->lines && t->later[line] != NO_RANK)
        line++;
    return line;
}

int mixture_best(const struct mixture_ask *ask, size_t *line_offer, struct mixture *out, struct err *err)
{
    struct search s = {.ask = ask};
    if (check(ask, err) || make_tables(&s.t, ask->lines, ask->offers, err))
        return -1;
    fill_tables(ask, &s.t);
    struct node none = {.best = s.t.best};
    explore(&s, &none, 0);
    *out = (struct mixture){.found = s.found, .unpriced = unpriced(&s.t)};
    if (s.found) {
        assign(&s, line_offer);
        out->total = s.total;
        out->fixed = s.incumbent.fixed;
        out->providers = __builtin_popcount(s.incumbent.providers);
        out->offers = __builtin_popcount(s.incumbent.offers);
    }
    free_tables(&s.t);
    return 0;
}
