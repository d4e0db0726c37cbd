/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Break-even: where f(x) = cost of A - cost of B is 0 or changes its sign for x in [lo, hi]. f is the
 * exact model, so it may have steps (whole terms, tiers, rounding to the fen): besides zeros there are
 * jumps, where the sign changes and no x makes both equal.
 *
 * f is looked at on a grid; what happens between two grid points without showing at either (two changes
 * of sign, say) is seen only when the values at the grid dip towards 0 there. Whole variables have no
 * grid: every value is walked, nothing is interpolated.
 */
#ifndef TCO_ROOT_H
#define TCO_ROOT_H

#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

/* y = f(x), finite; 0, or -1 with *err. Called again and again, in no order, for x in [lo, hi]. */
typedef int (*root_fn)(void *ctx, double x, double *y, struct err *err);

enum {
    ROOT_STEPS_MOST = 10000,
    ROOT_WHOLE_MOST = 100000, /* values of a whole variable */
    ROOT_EVALUATIONS = 250    /* at most so many for each step of the grid, and 1; one for each whole value */
};

struct root_ask {
    root_fn f;
    void *ctx;
    double lo, hi;     /* finite, lo < hi */
    bool whole;        /* x takes whole values only: steps and resolution do not matter */
    int steps;         /* of the grid, 1 .. ROOT_STEPS_MOST */
    double resolution; /* > 0: places are found to this distance in x */
    double zero;       /* > 0: |f| up to this is equality at a crossing or touch (a fen, say) */
};

enum root_kind {
    ROOT_CROSSING, /* the sign changes, through 0 */
    ROOT_JUMP,     /* the sign changes in a step, or between two whole values: never 0 */
    ROOT_TOUCH,    /* 0 (within `zero`), with the same sign on both sides, or at lo or hi */
    ROOT_EQUAL     /* exactly 0 over a range as long as the resolution, or at several whole values */
};

struct root {
    enum root_kind kind;
    double from, to; /* the place: the same for a crossing or touch; a jump lies between; both ends of a range */
    double before;   /* f at `from` */
    double after;    /* f at `to` */
    int left, right; /* sign of f on either side: -1 A is cheaper, 1 B is, 0 beyond lo or hi */
};

struct root_list {
    struct root *v; /* ascending */
    size_t n, cap;
    double least, least_at; /* the smallest f that was seen, and where */
    double most, most_at;   /* the largest */
    long evaluations;
};

/* Without any root (n = 0) the sign is the same throughout as far as was seen: A is cheaper by -most .. -least when it
 * is negative. A failure of f is passed on with its x. Free with root_free(). */
int root_find(const struct root_ask *ask, struct root_list *out, struct err *err);
void root_free(struct root_list *l);

#endif
