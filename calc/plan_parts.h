/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the plan: what its parts share. plan.c goes through them, plan_head.c tells the facts of the
 * scenario, plan_lines.c the resources and costs, plan_phrase.c puts values into words.
 */
#ifndef TCO_PLAN_PARTS_H
#define TCO_PLAN_PARTS_H

#include "calc/plan.h"

struct place {          /* one compared site and buyer */
    const char *column; /* "site" or "site@buyer" */
    const struct site *site;
    const struct buyer *buyer;
    const struct region *const *regions;
    size_t nregions;
    const char *why_none; /* NULL when there are regions */
};

struct plan {
    const struct scenario *s;
    const struct rules *rules;
    struct catalogue *catalogue; /* may be NULL */
    struct arena arena;
    struct place *places;
    size_t nplaces;
    struct buf *out;
};

enum { PLAN_COLUMNS = 100, PLAN_LABEL = 24 };

/* A line "label   text", wrapped under the text. */
void plan_line(struct plan *p, size_t indent, const char *label, const char *text);

void plan_head(struct plan *p);
int plan_lines(struct plan *p, struct err *err);

/* plan_phrase.c: values as words, appended. */
void put_number(struct buf *out, struct value v);
void put_percent(struct buf *out, struct value share);                  /* "8 %" */
void put_age(struct buf *out, struct duration d);                       /* "at most 7 days old", "of any age" */
void put_amount(struct buf *out, const struct amount *a);               /* "200000 CNY" */
void put_month(struct buf *out, struct month m);                        /* "2027-01" */
void put_needs(struct buf *out, const struct resource *x);              /* "4 vCPU, 16 GiB, linux, amd64", "500 GiB" */
void put_purchase(struct buf *out, const struct resource *x);           /* "count 6, growth 2 % a month, on-demand" */
void put_sites(struct buf *out, const struct site_ref *list, size_t n); /* "a, b@c" */

#endif
