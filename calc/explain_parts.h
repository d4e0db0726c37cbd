/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of explain share. Each part reads the estimate and adds nodes to the tree; a
 * formula beside an amount is only written with operands that are in the estimate, never with a
 * figure computed for the occasion that the estimate did not use.
 */
#ifndef TCO_EXPLAIN_PARTS_H
#define TCO_EXPLAIN_PARTS_H

#include "calc/explain.h"
#include "calc/phrase.h"
#include "calc/tree.h"

struct explain {
    const struct estimate *e;
    const struct explain_options *opt;
    const struct site_estimate *site;
    struct phrases p;
    struct tree tree;
};

/* Equal months of a line, folded over its runs: `run` is the first of them. */
struct span {
    const struct line_run *run;
    int first, months; /* 0-based */
};

/* A node whose label is a phrase. */
void explain_node(struct explain *x, int depth, enum text_id label, const char *amount, const char *note);
/* The same, but none when the text is empty. */
void explain_fact(struct explain *x, int depth, enum text_id label, const char *fact);

/* "{formula} = 709.44174, rounded half-up to 0.01"; only the formula when `exact` is the
 * result already, or when rounding it does not give the result. */
const char *explain_rounded(struct explain *x, const char *formula, dec_t exact, dec_t result, const char *code);
/* a x share, as text and rounded into result */
const char *explain_times(struct explain *x, dec_t a, dec_t share, dec_t result, const char *code);
/* amount x rate; "" when nothing is converted */
const char *explain_converted(struct explain *x, dec_t amount, const struct fx_used *fx, dec_t result);
/* "12 months from 2027-01" */
const char *explain_horizon(struct explain *x);

void explain_site(struct explain *x);                                     /* explain_site.c */
void explain_line(struct explain *x, const struct line *l);               /* explain_line.c */
void explain_offer(struct explain *x, int depth, const struct line *l);   /* explain_offer.c */
void explain_rules(struct explain *x, int depth, const struct line *l);   /* explain_rules.c: tax rules, rates */
void explain_rate(struct explain *x, int depth, const struct fx_used *u); /* explain_rules.c */
void explain_span(struct explain *x, int depth, const struct line *l, struct span); /* explain_span.c */
void explain_list(struct explain *x, int depth, const struct line *l, struct span); /* explain_list.c */
/* explain_life.c: items of several ages in a month (0-based) */
void explain_life(struct explain *x, int depth, const struct line *l, const struct price_part *part,
                  dec_t hours_a_month, int month);
/* What the pool of a line came to in the month of a run, NULL when none. */
const struct charge_run *explain_pool(const struct line *l, const struct line_run *r);
void explain_fee(struct explain *x, int depth, const struct line *l, struct span); /* explain_fee.c */

#endif
