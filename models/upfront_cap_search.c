/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Items are decided one after another. A state is what the decided ones cost, upfront and NPV; a state
 * that another one beats in both leads to nothing better. Whatever the price of a unit of upfront cash,
 *     npv + price x upfront of the state  +  the least npv + price x upfront of each open item  -  price x cap
 * is no more than the NPV of any mix the state leads to; with a good price most states fall by it. Should
 * too many be left, those with the lowest bounds go on, and the lowest bound let go is remembered.
 */
#include "models/upfront_cap_parts.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

enum { STATES_MOST = 2048, STATES_LEAST = 32, STEPS_MOST = 4000000 };

struct state {
    dec_t upfront, npv, bound;
    uint32_t step; /* that led here, or for a new state the one before */
    uint32_t way;  /* of a new state: taken last */
};

struct step {
    uint32_t before;
    uint32_t way;
};

struct search {
    const struct cap_problem *p;
    struct state *now, *next; /* upfront ascending, NPV descending */
    size_t n, nnext;
    size_t most;    /* states that go on */
    dec_t *scratch; /* as long as `next` */
    struct step *steps;
    size_t nsteps, room;
    dec_t best;    /* NPV of the best mix so far */
    bool improved; /* it is a state's, completed by picks; else the one given */
    size_t best_level;
    uint32_t best_step;
    bool has_let_go;
    dec_t let_go; /* the lowest bound of states dropped for room */
};

dec_t cap_priced(const struct cap_problem *p, dec_t upfront, dec_t npv)
{
    return dec_add(npv, dec_mul(p->price, upfront, DEC_FLOOR));
}

static dec_t bound(const struct cap_problem *p, size_t level, const struct state *x)
{
    return dec_sub(dec_add(cap_priced(p, x->upfront, x->npv), p->rest[level].priced), p->priced_cap);
}

/* NPVs are whole multiples of the grain: bounded by more than the best less a grain is bounded by the best. */
static bool hopeless(const struct search *s, dec_t at_least)
{
    return dec_cmp(at_least, dec_sub(s->best, dec_of(1, s->p->places))) > 0;
}

/* The state completed by the picks of the open items. */
static void complete(struct search *s, size_t level, const struct state *x)
{
    const struct cap_rest *rest = &s->p->rest[level];
    dec_t npv = dec_add(x->npv, rest->npv);
    if (dec_cmp(dec_add(x->upfront, rest->upfront), s->p->cap) > 0 || dec_cmp(npv, s->best) >= 0)
        return;
    s->best = npv;
    s->improved = true;
    s->best_level = level;
    s->best_step = x->step;
}

/* ---- one item: every state with every way, merged by upfront ----------------------------------- */

static void move_head(const struct search *s, const struct cap_item *item, size_t way, size_t from, struct state *head)
{
    if (from == s->n) {
        head->way = UINT32_MAX; /* the list has ended */
        return;
    }
    const struct state *x = &s->now[from];
    *head = (struct state){.upfront = dec_add(x->upfront, item->ways[way].upfront),
                           .npv = dec_add(x->npv, item->ways[way].npv),
                           .step = x->step,
                           .way = (uint32_t)way};
}

static struct state *first_head(struct state *heads, size_t n)
{
    struct state *first = NULL;
    for (size_t w = 0; w < n; w++) {
        struct state *h = &heads[w];
        if (h->way == UINT32_MAX)
            continue;
        int order = first ? dec_cmp(h->upfront, first->upfront) : -1;
        if (order < 0 || (order == 0 && dec_cmp(h->npv, first->npv) < 0))
            first = h;
    }
    return first;
}

static void decide(struct search *s, size_t level)
{
    const struct cap_item *item = &s->p->items[level];
    struct state heads[CAP_OPTIONS_MOST];
    size_t from[CAP_OPTIONS_MOST] = {0};
    for (size_t w = 0; w < item->n; w++)
        move_head(s, item, w, 0, &heads[w]);
    dec_t lowest = DEC_ZERO;
    bool any = false;
    s->nnext = 0;
    for (struct state *h; (h = first_head(heads, item->n));) {
        struct state x = *h;
        if (dec_cmp(dec_add(x.upfront, s->p->rest[level + 1].least), s->p->cap) > 0)
            break; /* the others ask for no less */
        move_head(s, item, x.way, ++from[x.way], h);
        if (any && dec_cmp(x.npv, lowest) >= 0)
            continue;
        any = true;
        lowest = x.npv;
        x.bound = bound(s->p, level + 1, &x);
        if (!hopeless(s, x.bound))
            s->next[s->nnext++] = x;
    }
}

/* ---- too many states -------------------------------------------------------------------------- */

static void swap(dec_t *a, dec_t *b)
{
    dec_t t = *a;
    *a = *b;
    *b = t;
}

/* The value that n > k values have at k when sorted (Hoare's selection). */
static dec_t nth(dec_t *v, size_t n, size_t k)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        dec_t pivot = v[low + (high - low) / 2];
        size_t i = low, j = high;
        for (;; i++, j--) {
            while (dec_cmp(v[i], pivot) < 0)
                i++;
            while (dec_cmp(v[j], pivot) > 0)
                j--;
            if (i >= j)
                break;
            swap(&v[i], &v[j]);
        }
        if (k <= j)
            high = j;
        else
            low = j + 1;
    }
    return v[k];
}

static void let_go(struct search *s, dec_t at_least)
{
    s->let_go = s->has_let_go ? dec_min(s->let_go, at_least) : at_least;
    s->has_let_go = true;
}

/* Keeps those with the lowest bounds; of those at the border as many as there is room for, evenly spread. */
static void thin(struct search *s)
{
    size_t below = 0, equal = 0, kept = 0, seen = 0;
    for (size_t i = 0; i < s->nnext; i++)
        s->scratch[i] = s->next[i].bound;
    dec_t border = nth(s->scratch, s->nnext, s->most - 1);
    for (size_t i = 0; i < s->nnext; i++) {
        int order = dec_cmp(s->next[i].bound, border);
        below += order < 0;
        equal += order == 0;
    }
    size_t room = s->most - below;
    for (size_t i = 0; i < s->nnext; i++) {
        int order = dec_cmp(s->next[i].bound, border);
        bool keep = order < 0;
        if (order == 0) {
            keep = (seen + 1) * room / equal > seen * room / equal;
            seen++;
        }
        if (keep)
            s->next[kept++] = s->next[i];
        else
            let_go(s, s->next[i].bound);
    }
    s->nnext = kept;
}

/* ---- the way there and back ------------------------------------------------------------------- */

static int add_step(struct search *s, struct state *x, struct err *err)
{
    if (s->nsteps == s->room) {
        size_t room = s->room * 2;
        struct step *v = realloc(s->steps, room * sizeof *v);
        if (!v)
            return err_nomem(err);
        s->steps = v;
        s->room = room;
    }
    s->steps[s->nsteps] = (struct step){x->step, x->way};
    x->step = (uint32_t)s->nsteps++;
    return 0;
}

static int settle(struct search *s, size_t level, struct err *err)
{
    if (s->nnext > s->most)
        thin(s);
    for (size_t i = 0; i < s->nnext; i++) {
        if (add_step(s, &s->next[i], err))
            return -1;
        complete(s, level, &s->next[i]);
    }
    struct state *old = s->now;
    s->now = s->next;
    s->n = s->nnext;
    s->next = old;
    return 0;
}

static void read_back(const struct search *s, size_t *way)
{
    for (size_t i = s->best_level; i < s->p->n; i++)
        way[i] = s->p->items[i].pick;
    uint32_t step = s->best_step;
    for (size_t i = s->best_level; i-- > 0; step = s->steps[step].before)
        way[i] = s->steps[step].way;
}

static int search(struct search *s, size_t *way, struct err *err)
{
    s->now[0] = (struct state){.upfront = DEC_ZERO};
    s->n = 1;
    complete(s, 0, &s->now[0]);
    for (size_t level = 0; level < s->p->n && s->n > 0; level++) {
        decide(s, level);
        if (settle(s, level + 1, err))
            return -1;
    }
    if (s->improved)
        read_back(s, way);
    return 0;
}

static size_t most_states(size_t items)
{
    size_t most = STEPS_MOST / items;
    return most > STATES_MOST ? STATES_MOST : most < STATES_LEAST ? STATES_LEAST : most;
}

static size_t most_ways(const struct cap_problem *p)
{
    size_t most = 1;
    for (size_t i = 0; i < p->n; i++)
        most = p->items[i].n > most ? p->items[i].n : most;
    return most;
}

int cap_search(const struct cap_problem *p, size_t *way, dec_t *best, dec_t *bound_out, struct err *err)
{
    struct search s = {.p = p, .most = most_states(p->n), .room = 1024, .best = *best};
    size_t room = s.most * most_ways(p);
    s.now = calloc(room, sizeof *s.now);
    s.next = calloc(room, sizeof *s.next);
    s.scratch = calloc(room, sizeof *s.scratch);
    s.steps = calloc(s.room, sizeof *s.steps);
    int rc = s.now && s.next && s.scratch && s.steps ? search(&s, way, err) : err_nomem(err);
    free(s.now);
    free(s.next);
    free(s.scratch);
    free(s.steps);
    if (rc)
        return -1;
    *best = s.best;
    bool open = s.has_let_go && !hopeless(&s, s.let_go);
    *bound_out = open ? dec_round(s.let_go, p->places, DEC_CEIL) : s.best;
    return 0;
}
