/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binary numbers are only what the search steers by: each is rounded to a decimal before f sees it.
 */
#include "models/root_decimal.h"

#include <stdlib.h>

struct decimal_scan {
    const struct root_decimal_ask *ask;
    struct root_decimal_list l;
};

static int places_of(const struct root_decimal_ask *ask)
{
    return ask->whole ? 0 : ROOT_DECIMALS;
}

static int look(struct decimal_scan *s, dec_t x, dec_t *y, struct err *err)
{
    struct root_decimal_list *l = &s->l;
    if (s->ask->f(s->ask->ctx, x, y, err))
        return -1;
    if (l->evaluations == 0 || dec_cmp(*y, l->least) < 0) {
        l->least = *y;
        l->least_at = x;
    }
    if (l->evaluations == 0 || dec_cmp(*y, l->most) > 0) {
        l->most = *y;
        l->most_at = x;
    }
    l->evaluations++;
    return 0;
}

static int for_root(void *ctx, double x, double *y, struct err *err)
{
    struct decimal_scan *s = ctx;
    dec_t exact, at = dec_from_double(x, places_of(s->ask));
    if (dec_check(at, "the number looked at", err) ||
        look(s, dec_min(dec_max(at, s->ask->lo), s->ask->hi), &exact, err))
        return -1;
    *y = dec_to_double(exact);
    return 0;
}

/* The number nearest to x with the decimals of an answer, within the range. */
static dec_t nearest(const struct root_decimal_ask *ask, dec_t x, enum dec_round how)
{
    return dec_min(dec_max(dec_round(x, ask->whole ? 0 : ask->places, how), ask->lo), ask->hi);
}

/* The two sides brought as close as two numbers of an answer can be. */
static int narrow(struct decimal_scan *s, struct root_decimal *r, struct err *err)
{
    dec_t step = dec_of(1, s->ask->places), y;
    for (dec_t next = dec_add(r->from, step); dec_cmp(next, r->to) < 0; next = dec_add(r->from, step)) {
        if (look(s, next, &y, err))
            return -1;
        if (dec_sign(y) == r->left)
            r->from = next;
        else if (dec_sign(y) == r->right)
            r->to = next;
        else
            return 0;
    }
    return 0;
}

/* A jump on the coarser numbers around it, unless another change of sign lies there as well. */
static int widen(struct decimal_scan *s, struct root_decimal *r, struct err *err)
{
    dec_t from = nearest(s->ask, r->from, DEC_FLOOR), to = nearest(s->ask, r->to, DEC_CEIL), before, after;
    if (look(s, from, &before, err) || look(s, to, &after, err))
        return -1;
    if (dec_sign(before) != r->left || dec_sign(after) != r->right)
        return 0;
    r->from = from;
    r->to = to;
    return narrow(s, r, err);
}

static int put(struct decimal_scan *s, const struct root *found, struct err *err)
{
    int places = places_of(s->ask);
    struct root_decimal r = {found->kind, dec_from_double(found->from, places), dec_from_double(found->to, places),
                             found->left, found->right};
    if (r.kind == ROOT_JUMP && !s->ask->whole && widen(s, &r, err))
        return -1;
    if (r.kind == ROOT_CROSSING || r.kind == ROOT_TOUCH)
        r.from = r.to = nearest(s->ask, r.from, DEC_HALF_UP);
    s->l.v[s->l.n++] = r;
    return 0;
}

static int put_all(struct decimal_scan *s, const struct root_list *found, struct err *err)
{
    s->l.v = calloc(found->n + 1, sizeof *s->l.v);
    if (!s->l.v)
        return err_nomem(err);
    for (size_t i = 0; i < found->n; i++)
        if (put(s, &found->v[i], err))
            return -1;
    return 0;
}

int root_decimal_find(const struct root_decimal_ask *ask, struct root_decimal_list *out, struct err *err)
{
    struct decimal_scan s = {.ask = ask};
    struct root_list found = {0};
    const struct root_ask plain = {.f = for_root,
                                   .ctx = &s,
                                   .lo = dec_to_double(ask->lo),
                                   .hi = dec_to_double(ask->hi),
                                   .whole = ask->whole,
                                   .steps = ask->steps,
                                   .resolution = dec_to_double(dec_of(1, ask->whole ? 0 : ask->places)),
                                   .zero = dec_to_double(ask->zero)};
    int rc = root_find(&plain, &found, err) || put_all(&s, &found, err) ? -1 : 0;
    root_free(&found);
    if (rc)
        root_decimal_free(&s.l);
    else
        *out = s.l;
    return rc;
}

void root_decimal_free(struct root_decimal_list *l)
{
    free(l->v);
    *l = (struct root_decimal_list){0};
}
