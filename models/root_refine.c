/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two points of the grid: Brent's method as GSL has it closes in on a change of sign, halving
 * ends it. A zero is then told from a jump by going on until f is as good as 0, or its change over what
 * is left does not shrink any more.
 */
#include "models/gsl_door.h"
#include "models/root_parts.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>
#include <math.h>

/* Evaluations at most. One change of sign takes BRENT + HALVINGS + 2 EDGE, a dip GOLDEN and two of those. */
enum { BRENT = 50, HALVINGS = 60, EDGE = 60, GOLDEN = 36, PROBES = 10 };

/* A change of sign, closing in; or a zero found on the way. */
struct bracket {
    struct root_scan *s;
    struct root_point a, b;
    bool hit;
    struct root_point at;
    struct err *err;
    bool failed;
    int left; /* evaluations */
};

static void narrow(struct bracket *k, struct root_point p)
{
    if (p.x <= k->a.x || p.x >= k->b.x)
        return;
    if (p.y == 0) {
        k->hit = true;
        k->at = p;
    } else if (root_sign(p.y) == root_sign(k->a.y)) {
        k->a = p;
    } else {
        k->b = p;
    }
}

static int look(struct bracket *k, double x, double *y)
{
    struct root_point p = {.x = x};
    if (root_eval(k->s, &p, k->err)) {
        k->failed = true;
        return -1;
    }
    k->left--;
    narrow(k, p);
    *y = p.y;
    return 0;
}

/* What GSL calls: both ends are known already; a failure is no number, which it gives up at. */
static double for_gsl(double x, void *ctx)
{
    struct bracket *k = ctx;
    double y;
    if (x == k->a.x || x == k->b.x)
        return x == k->a.x ? k->a.y : k->b.y;
    return look(k, x, &y) ? GSL_NAN : y;
}

static bool close_enough(const struct bracket *k)
{
    return k->hit || k->b.x - k->a.x <= k->s->ask->resolution;
}

static void brent(struct bracket *k, gsl_root_fsolver *solver)
{
    gsl_function f = {.function = for_gsl, .params = k};
    k->left = BRENT;
    int status = gsl_root_fsolver_set(solver, &f, k->a.x, k->b.x);
    /* GSL may stop where it sees no progress: halving goes on from there */
    for (int i = 0; i < BRENT && status == GSL_SUCCESS && !k->failed && k->left > 0 && !close_enough(k); i++)
        status = gsl_root_fsolver_iterate(solver);
}

static double lower(double a, double b)
{
    return fabs(a) < fabs(b) ? a : b;
}

static bool good_as_zero(const struct bracket *k)
{
    return fabs(lower(k->a.y, k->b.y)) <= k->s->ask->zero;
}

/* A change over the bracket that does not shrink with it is a step; asked at every PROBES-th halving. */
static bool is_step(const struct bracket *k, double *change, int *asked)
{
    if (!close_enough(k) || (*asked)++ % PROBES != 0)
        return false;
    double before = *change;
    *change = fabs(k->b.y - k->a.y);
    return *change > before / 2;
}

static void halve(struct bracket *k)
{
    double change = INFINITY, y;
    int asked = 0;
    for (k->left = HALVINGS; k->left > 0 && !k->failed && !(close_enough(k) && (k->hit || good_as_zero(k)));) {
        double middle = k->a.x + (k->b.x - k->a.x) / 2;
        if (middle <= k->a.x || middle >= k->b.x || is_step(k, &change, &asked))
            return;
        look(k, middle, &y);
    }
}

static int close_in(struct bracket *k)
{
    gsl_door_open();
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver)
        return err_nomem(k->err);
    brent(k, solver);
    gsl_root_fsolver_free(solver);
    if (!k->failed)
        halve(k);
    return k->failed ? -1 : 0;
}

int root_between(struct root_scan *s, struct root_point a, struct root_point b, struct err *err)
{
    struct bracket k = {.s = s, .a = a, .b = b, .err = err};
    if (!s->ask->whole && close_in(&k))
        return -1;
    if (k.hit)
        return root_zeros(s, &k.a, k.at, k.at, &k.b, err);
    struct root r = {ROOT_JUMP, k.a.x, k.b.x, k.a.y, k.b.y, root_sign(a.y), root_sign(b.y)};
    if (good_as_zero(&k)) {
        r.kind = ROOT_CROSSING;
        r.from = r.to = fabs(k.a.y) < fabs(k.b.y) ? k.a.x : k.b.x;
        r.before = r.after = lower(k.a.y, k.b.y);
    }
    return root_add(s, r, err);
}

/* Where the zeros end that begin at `zero`, on the way to `beside`: to the resolution, still a zero; `zero` itself when there
 * is none the resolution away. */
static int edge(struct root_scan *s, struct root_point zero, struct root_point beside, double *out, struct err *err)
{
    double a = zero.x, b = beside.x;
    double first = a + (b > a ? s->ask->resolution : -s->ask->resolution);
    for (int i = 0; i < EDGE && fabs(b - a) > s->ask->resolution; i++) {
        struct root_point p = {.x = i == 0 ? first : a + (b - a) / 2};
        if (p.x == a || p.x == b)
            break;
        if (root_eval(s, &p, err))
            return -1;
        if (root_sign(p.y) == 0)
            a = p.x;
        else
            b = p.x;
    }
    *out = a;
    return 0;
}

int root_zeros(struct root_scan *s, const struct root_point *left, struct root_point first, struct root_point last,
               const struct root_point *right, struct err *err)
{
    struct root r = {ROOT_TOUCH, first.x, last.x, 0, 0, left ? root_sign(left->y) : 0, right ? root_sign(right->y) : 0};
    if (!s->ask->whole &&
        ((left && edge(s, first, *left, &r.from, err)) || (right && edge(s, last, *right, &r.to, err))))
        return -1;
    if (r.to > r.from)
        r.kind = ROOT_EQUAL;
    else if (r.left * r.right < 0)
        r.kind = ROOT_CROSSING;
    return root_add(s, r, err);
}

/* One step of a golden section over a < m < b, into the larger part; m stays the closest to 0. */
static int golden(struct root_scan *s, struct root_point *a, struct root_point *m, struct root_point *b,
                  struct err *err)
{
    const double part = 0.3819660112501051; /* 2 less the golden ratio */
    bool up = b->x - m->x > m->x - a->x;
    struct root_point p = {.x = up ? m->x + part * (b->x - m->x) : m->x - part * (m->x - a->x)};
    if (root_eval(s, &p, err))
        return -1;
    bool closer = root_sign(p.y) != root_sign(m->y) || fabs(p.y) < fabs(m->y);
    if (closer) {
        *(up ? a : b) = *m;
        *m = p;
    } else {
        *(up ? b : a) = p;
    }
    return 0;
}

int root_dip(struct root_scan *s, struct root_point a, struct root_point m, struct root_point b, struct err *err)
{
    struct root_point low = a, high = b;
    int sign = root_sign(m.y), steps = s->ask->whole ? 0 : GOLDEN;
    for (int i = 0; i < steps && root_sign(m.y) == sign && high.x - low.x > s->ask->resolution; i++)
        if (golden(s, &low, &m, &high, err))
            return -1;
    if (root_sign(m.y) == 0)
        return root_zeros(s, &low, m, m, &high, err);
    if (root_sign(m.y) != sign)
        return root_between(s, low, m, err) || root_between(s, m, high, err) ? -1 : 0;
    if (fabs(m.y) > s->ask->zero)
        return 0;
    return root_add(s, (struct root){ROOT_TOUCH, m.x, m.x, m.y, m.y, sign, sign}, err);
}
