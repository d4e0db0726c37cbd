/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where two sites cost the same, as one number of the configuration changes, and the table of their difference as two
 * do. Every value tried is a whole estimate of both sites. Differences are cost of A - cost of B, in the budget
 * currency: below 0 A is cheaper. Results live in the arena that was given.
 */
#ifndef TCO_BREAKEVEN_H
#define TCO_BREAKEVEN_H

#include "calc/trial.h"
#include "calc/vary.h"
#include "models/root_decimal.h"

struct breakeven_pair {
    struct trials *trials; /* of a configuration that compares just the two */
    const char *a, *b;     /* their columns: "aliyun-cn", "aliyun-intl@sg" */
    bool by_cost;          /* compare cost; else the net present value, as the ranking does */
};

/* Both sides at one value. */
struct breakeven_point {
    dec_t x;
    dec_t a, b, difference;
};

enum { BREAKEVEN_POINTS = 4 };
struct breakeven_place {
    enum root_kind kind;
    dec_t from, to;                                  /* as in struct root_decimal */
    int left, right;                                 /* sign of the difference on either side, 0 beyond the range */
    struct breakeven_point points[BREAKEVEN_POINTS]; /* beside, at and beside, ascending */
    size_t npoints, at;                              /* [at] is the first of those that are not beside it */
};

struct breakeven {
    const struct vary *v;
    dec_t equal;                           /* a difference up to this is none: a minor unit for each line and month */
    struct breakeven_point now, low, high; /* as configured, and at both ends of the range */
    const struct breakeven_place *places;
    size_t nplaces;
    dec_t least, least_at, most, most_at; /* of the difference, of the values that were tried */
    long evaluations;
};

/* "aliyun-cn,aliyun-intl@sg": the two names, and "A, B" as [compare] sites takes it. */
int breakeven_between(const char *text, struct arena *a, const char **first, const char **second, const char **sites,
                      struct err *err);

/* steps: of the grid that is looked at, when the variable is not whole. */
int breakeven_find(const struct breakeven_pair *pair, const struct vary *v, int steps, struct arena *a,
                   struct breakeven *out, struct err *err);

struct breakeven_cell {
    bool known;
    struct breakeven_point at;
};
struct breakeven_grid {
    const struct vary *v[2]; /* down, across */
    const dec_t *values[2];
    size_t n[2];
    const struct breakeven_cell *cells; /* [down][across] */
    size_t unknown;                     /* cells where a site cannot be compared */
    struct err why;                     /* of the first of them */
};
/* steps + 1 values of each; a whole variable has no more than it has whole values. */
int breakeven_table_of(const struct breakeven_pair *pair, const struct vary *const v[2], int steps, struct arena *a,
                       struct breakeven_grid *out, struct err *err);

/* One evaluation: each variable at its value. -1 also when a site cannot be compared there (ERR_INCOMPLETE, ERR_STALE). */
int breakeven_look(const struct breakeven_pair *pair, const struct vary *const *v, const dec_t *x, size_t n,
                   struct breakeven_point *out, struct err *err);

#endif
