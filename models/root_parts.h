/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the walk over the grid (root.c) and what happens between two of its points (root_refine.c).
 * Each function appends at most what it is named after; with a whole variable none evaluates anything.
 */
#ifndef TCO_ROOT_PARTS_H
#define TCO_ROOT_PARTS_H

#include "models/root.h"

struct root_scan {
    const struct root_ask *ask;
    struct root_list *out;
};

struct root_point {
    double x, y;
};

int root_sign(double y);

/* f at p->x, counted, remembered when it is the least or most; refused when it is not finite. */
int root_eval(struct root_scan *s, struct root_point *p, struct err *err);
int root_add(struct root_scan *s, struct root r, struct err *err);

/* The sign changes between a and b. */
int root_between(struct root_scan *s, struct root_point a, struct root_point b, struct err *err);

/* f is 0 from `first` to `last`, which may be one point. `left` and `right` are points beside with another value, NULL
 * beyond the range asked. */
int root_zeros(struct root_scan *s, const struct root_point *left, struct root_point first, struct root_point last,
               const struct root_point *right, struct err *err);

/* Of three points of the same sign the middle one is closest to 0: is there a touch, or are there two changes of sign? */
int root_dip(struct root_scan *s, struct root_point a, struct root_point m, struct root_point b, struct err *err);

#endif
