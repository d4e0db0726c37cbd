/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model as a function of one number, the search for its zeros, and what is beside them.
 */
#include "calc/breakeven.h"

#include "calc/shown.h"

#include <string.h>

enum { VARIABLES = 2 };

/* ---- one evaluation */

/* The mistake is the range's, wherever the line is that the key stands in. */
static const char *origin_of(const struct vary *v, const char *text, struct arena *a)
{
    return arena_printf(a, "--vary '%s' at %s", v->name, text);
}

static int unfit(const struct site_estimate *s, const char *why, struct err *err)
{
    return err_set(err, s->status == SITE_STALE ? ERR_STALE : ERR_INCOMPLETE, "%s cannot be compared: it is %s%s%s",
                   s->column, site_status_names[s->status], *why ? ": " : "", why);
}

static int side(const struct breakeven_pair *pair, const struct estimate *e, const char *column, dec_t *out,
                struct err *err)
{
    const struct site_estimate *s = trial_site(e, column);
    if (!s)
        return err_set(err, ERR_INTERNAL, "%s is not in the estimate", column);
    const char *why = trial_unfit(s, pair->trials->options.allow_stale);
    if (why)
        return unfit(s, why, err);
    *out = pair->by_cost ? s->m.cost : s->npv;
    return 0;
}

static int compare(const struct breakeven_pair *pair, const struct estimate *e, struct breakeven_point *p,
                   struct err *err)
{
    if (side(pair, e, pair->a, &p->a, err) || side(pair, e, pair->b, &p->b, err))
        return -1;
    p->difference = dec_sub(p->a, p->b);
    return dec_check(p->difference, "the difference of the two sites", err);
}

static int overrides(const struct vary *const *v, const dec_t *x, size_t n, struct arena *a, struct override *out,
                     struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = vary_text(v[i], x[i], 0, a);
        const char *origin = text ? origin_of(v[i], text, a) : NULL;
        if (!origin)
            return err_nomem(err);
        out[i] = (struct override){v[i]->section, v[i]->key, text, origin};
    }
    return 0;
}

/* Where it was, before why it cannot be compared there. */
static int blame(const struct override *over, size_t n, struct err *err)
{
    for (size_t i = n; i-- > 0 && err->kind != ERR_INTERNAL;)
        err_prefix(err, "%s", over[i].origin);
    return -1;
}

int breakeven_look(const struct breakeven_pair *pair, const struct vary *const *v, const dec_t *x, size_t n,
                   struct breakeven_point *out, struct err *err)
{
    struct arena a = {NULL};
    struct override over[VARIABLES] = {{NULL, NULL, NULL, NULL}};
    struct breakeven_point p = {.x = n > 0 ? x[0] : DEC_ZERO};
    struct trial made;
    int rc = overrides(v, x, n, &a, over, err);
    if (!rc && !(rc = trial_make(pair->trials, over, n, &made, err))) {
        rc = compare(pair, &made.estimate, &p, err) ? blame(over, n, err) : 0;
        trial_free(&made);
    }
    if (!rc)
        *out = p;
    arena_free(&a);
    return rc;
}

/* ---- the search */

struct search {
    const struct breakeven_pair *pair;
    const struct vary *v;
};

static int point(const struct search *s, dec_t x, struct breakeven_point *out, struct err *err)
{
    return breakeven_look(s->pair, &s->v, &x, 1, out, err);
}

static int difference(void *ctx, dec_t x, dec_t *y, struct err *err)
{
    struct breakeven_point p;
    if (point(ctx, x, &p, err))
        return -1;
    *y = p.difference;
    return 0;
}

/* As configured; and a minor unit for every line and month of both sites, which is what rounding can make. */
static int look_now(const struct search *s, struct breakeven *b, struct err *err)
{
    struct trial made;
    if (trial_make(s->pair->trials, NULL, 0, &made, err))
        return -1;
    const struct estimate *e = &made.estimate;
    const struct site_estimate *first = trial_site(e, s->pair->a), *second = trial_site(e, s->pair->b);
    int rc = compare(s->pair, e, &b->now, err);
    size_t lines = first && second ? first->nlines + second->nlines : 1;
    b->now.x = s->v->base;
    b->equal = dec_muln(dec_of(1, e->minor_units), (int64_t)lines * made.scenario.months);
    trial_free(&made);
    return rc;
}

static int add_point(const struct search *s, struct breakeven_place *p, dec_t x, struct err *err)
{
    if (dec_cmp(x, s->v->low) < 0 || dec_cmp(x, s->v->high) > 0)
        return 0;
    if (point(s, x, &p->points[p->npoints], err))
        return -1;
    p->npoints++;
    return 0;
}

/* A jump is shown by its two sides; anything else also by what is one step of the answer beside it. */
static int look_beside(const struct search *s, struct breakeven_place *p, struct err *err)
{
    dec_t step = dec_of(1, s->v->places);
    bool jump = p->kind == ROOT_JUMP;
    if (!jump && add_point(s, p, dec_sub(p->from, step), err))
        return -1;
    p->at = p->npoints;
    if (add_point(s, p, p->from, err) || (dec_cmp(p->from, p->to) < 0 && add_point(s, p, p->to, err)))
        return -1;
    return jump ? 0 : add_point(s, p, dec_add(p->to, step), err);
}

static int take_places(const struct search *s, const struct root_decimal_list *l, struct arena *a, struct breakeven *b,
                       struct err *err)
{
    struct breakeven_place *v = arena_array(a, l->n + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < l->n; i++) {
        const struct root_decimal *r = &l->v[i];
        v[i] =
            (struct breakeven_place){.kind = r->kind, .from = r->from, .to = r->to, .left = r->left, .right = r->right};
        if (look_beside(s, &v[i], err))
            return -1;
    }
    b->places = v;
    b->nplaces = l->n;
    b->least = l->least;
    b->least_at = l->least_at;
    b->most = l->most;
    b->most_at = l->most_at;
    b->evaluations = l->evaluations;
    return 0;
}

int breakeven_find(const struct breakeven_pair *pair, const struct vary *v, int steps, struct arena *a,
                   struct breakeven *out, struct err *err)
{
    struct search s = {pair, v};
    struct breakeven b = {.v = v};
    struct root_decimal_list l = {0};
    if (look_now(&s, &b, err) || point(&s, v->low, &b.low, err) || point(&s, v->high, &b.high, err))
        return -1;
    const struct root_decimal_ask ask = {.f = difference,
                                         .ctx = &s,
                                         .lo = v->low,
                                         .hi = v->high,
                                         .whole = v->whole,
                                         .steps = steps,
                                         .places = v->places,
                                         .zero = b.equal};
    int rc = root_decimal_find(&ask, &l, err) || take_places(&s, &l, a, &b, err) ? -1 : 0;
    root_decimal_free(&l);
    if (!rc)
        *out = b;
    return rc;
}

/* ---- the two sites */

static char *trimmed(struct arena *a, const char *text, size_t n)
{
    while (n > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        n--;
    }
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    return arena_strndup(a, text, n);
}

int breakeven_between(const char *text, struct arena *a, const char **first, const char **second, const char **sites,
                      struct err *err)
{
    char cut[SHOWN_MAX];
    size_t comma = strcspn(text, ",");
    if (!text[comma] || strchr(text + comma + 1, ','))
        return err_set(err, ERR_USAGE, "--between '%s' does not name two sites (such as aliyun-cn,aliyun-intl)",
                       shown(text, cut));
    *first = trimmed(a, text, comma);
    *second = trimmed(a, text + comma + 1, strlen(text + comma + 1));
    if (!*first || !*second)
        return err_nomem(err);
    if (!strcmp(*first, *second))
        return err_set(err, ERR_USAGE, "--between '%s' names the same site twice", shown(text, cut));
    *sites = arena_printf(a, "%s, %s", *first, *second);
    return *sites ? 0 : err_nomem(err);
}
