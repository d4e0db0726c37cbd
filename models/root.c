/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk: f at every point of the grid, then from left to right whatever shows there.
 */
#include "models/root_parts.h"

#include <math.h>
#include <stdlib.h>

int root_sign(double y)
{
    return (y > 0) - (y < 0);
}

int root_add(struct root_scan *s, struct root r, struct err *err)
{
    struct root_list *l = s->out;
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 8;
        struct root *v = realloc(l->v, cap * sizeof *v);
        if (!v)
            return err_nomem(err);
        l->v = v;
        l->cap = cap;
    }
    l->v[l->n++] = r;
    return 0;
}

void root_free(struct root_list *l)
{
    free(l->v);
    *l = (struct root_list){0};
}

int root_eval(struct root_scan *s, struct root_point *p, struct err *err)
{
    struct root_list *l = s->out;
    if (s->ask->f(s->ask->ctx, p->x, &p->y, err))
        return err_prefix(err, "at %.12g", p->x);
    if (!isfinite(p->y))
        return err_set(err, ERR_INTERNAL, "at %.12g: the difference of costs is not finite", p->x);
    if (l->evaluations == 0 || p->y < l->least) {
        l->least = p->y;
        l->least_at = p->x;
    }
    if (l->evaluations == 0 || p->y > l->most) {
        l->most = p->y;
        l->most_at = p->x;
    }
    l->evaluations++;
    return 0;
}

static int check(const struct root_ask *a, struct err *err)
{
    if (!isfinite(a->lo) || !isfinite(a->hi) || !isfinite(a->hi - a->lo))
        return err_set(err, ERR_USAGE, "the range to search is not finite");
    if (a->lo >= a->hi)
        return err_set(err, ERR_USAGE, "no range from %.12g to %.12g (the first must be less)", a->lo, a->hi);
    if (!(a->zero > 0) || !isfinite(a->zero))
        return err_set(err, ERR_USAGE, "what counts as equal is not above 0");
    if (a->whole)
        return 0;
    if (a->steps < 1 || a->steps > ROOT_STEPS_MOST)
        return err_set(err, ERR_USAGE, "%d steps to search in (allowed: 1 to %d)", a->steps, ROOT_STEPS_MOST);
    if (!(a->resolution > 0) || !isfinite(a->resolution))
        return err_set(err, ERR_USAGE, "the resolution of the search is not above 0");
    return 0;
}

/* How many points there are, and where the first and last are. */
static int grid(const struct root_ask *a, double *first, double *last, size_t *n, struct err *err)
{
    *first = a->whole ? ceil(a->lo) : a->lo;
    *last = a->whole ? floor(a->hi) : a->hi;
    if (*first > *last)
        return err_set(err, ERR_USAGE, "no whole number from %.12g to %.12g", a->lo, a->hi);
    if (a->whole && *last - *first >= ROOT_WHOLE_MOST)
        return err_set(err, ERR_USAGE, "%.0f whole numbers from %.12g to %.12g (allowed: up to %d)", *last - *first + 1,
                       a->lo, a->hi, ROOT_WHOLE_MOST);
    *n = a->whole ? (size_t)(*last - *first) + 1 : (size_t)a->steps + 1;
    return 0;
}

static int look(struct root_scan *s, struct root_point *v, size_t n, double first, double last, struct err *err)
{
    double step = s->ask->whole ? 1.0 : (last - first) / (double)(n - 1);
    for (size_t i = 0; i < n; i++) {
        v[i].x = i + 1 < n ? first + step * (double)i : last;
        if (root_eval(s, &v[i], err))
            return -1;
    }
    return 0;
}

/* The end of the range, beside a point of the same sign that is no closer to 0. */
static int end_touch(struct root_scan *s, struct root_point end, struct root_point beside, int left, int right,
                     struct err *err)
{
    if (root_sign(end.y) != root_sign(beside.y) || fabs(end.y) > s->ask->zero || fabs(end.y) > fabs(beside.y))
        return 0;
    return root_add(s, (struct root){ROOT_TOUCH, end.x, end.x, end.y, end.y, left, right}, err);
}

static bool is_dip(const struct root_point *v, size_t i, size_t n)
{
    int sign = root_sign(v[i].y);
    if (i == 0 || i + 1 == n || root_sign(v[i - 1].y) != sign || root_sign(v[i + 1].y) != sign)
        return false;
    return fabs(v[i].y) < fabs(v[i - 1].y) && fabs(v[i].y) <= fabs(v[i + 1].y);
}

/* What shows at point i and between it and the next; *next is where to go on. */
static int show(struct root_scan *s, const struct root_point *v, size_t i, size_t n, size_t *next, struct err *err)
{
    *next = i + 1;
    if (root_sign(v[i].y) == 0) {
        size_t last = i;
        while (last + 1 < n && root_sign(v[last + 1].y) == 0)
            last++;
        *next = last + 1;
        return root_zeros(s, i ? &v[i - 1] : NULL, v[i], v[last], last + 1 < n ? &v[last + 1] : NULL, err);
    }
    if (i == 0 && n > 1 && end_touch(s, v[0], v[1], 0, root_sign(v[1].y), err))
        return -1;
    if (is_dip(v, i, n) && root_dip(s, v[i - 1], v[i], v[i + 1], err))
        return -1;
    if (i + 1 == n)
        return n > 1 ? end_touch(s, v[i], v[i - 1], root_sign(v[i - 1].y), 0, err) : 0;
    if (root_sign(v[i].y) * root_sign(v[i + 1].y) < 0)
        return root_between(s, v[i], v[i + 1], err);
    return 0;
}

static int walk(struct root_scan *s, const struct root_point *v, size_t n, struct err *err)
{
    for (size_t i = 0; i < n;)
        if (show(s, v, i, n, &i, err))
            return -1;
    return 0;
}

int root_find(const struct root_ask *ask, struct root_list *out, struct err *err)
{
    struct root_list l = {0};
    struct root_scan s = {.ask = ask, .out = &l};
    double first = 0, last = 0;
    size_t n = 0;
    if (check(ask, err) || grid(ask, &first, &last, &n, err))
        return -1;
    struct root_point *v = calloc(n, sizeof *v);
    if (!v)
        return err_nomem(err);
    int rc = look(&s, v, n, first, last, err) || walk(&s, v, n, err) ? -1 : 0;
    free(v);
    if (rc)
        root_free(&l);
    else
        *out = l;
    return rc;
}
