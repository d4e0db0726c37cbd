/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An export on its way: from a priced configuration to the rows of engine_tables.def. What the tables
 * cannot say exactly is refused, naming the line; nothing is ever left out of a total.
 */
#ifndef TCO_ENGINE_JOB_H
#define TCO_ENGINE_JOB_H

#include "calc/engine_tables.h"
#include "calc/kept.h"
#include "calc/match.h"
#include "calc/unit.h"

/* What of the query is needed. */
enum engine_part { PART_TERMS, PART_POOLS, PART_CHOICE, PART_ENDS, PART_FEES, PART_COSTS, ENGINE_PARTS };

struct engine_rate {
    const struct fx_used *rate;
    int from_places, to_places;
    long no;
};
struct engine_tax {
    const struct tax_used *tax;
    long to_rate, back_rate, no;
};
struct engine_demand {
    long line_no;
    int term, month;
    long no;
};

/* One offer that may be the cheapest. */
struct engine_offer {
    const struct offer *offer;
    struct measure measure;
    dec_t one;   /* of one item; 0 in a pool */
    bool pooled; /* a ladder by the month */
    long pool_no, ladder_no;
};

/* A resource at a site. */
struct engine_line {
    const struct resource *resource;
    long no;
    struct engine_offer *v; /* by merit */
    size_t n;
    bool *breaks; /* by month: a step begins here */
};

struct engine_job {
    const struct scenario *scenario;
    const struct rules *rules;
    const struct estimate *estimate;
    struct arena arena;
    struct kept kept;
    struct fx fx;
    struct shelves shelves;
    struct arena scratch[2];
    struct quantity_list *items; /* by resource: the growth factors, or one run of 1 */
    long *line_no;               /* by resource: 1 .. n in the order of their names */
    struct engine_rows rows;
    bool parts[ENGINE_PARTS];
    int list_places; /* decimals of list_cost: the most of any currency */

    struct engine_rate *rates;
    size_t nrates;
    struct engine_tax *taxes;
    size_t ntaxes;
    struct engine_demand *demands;
    size_t ndemands;
    long nladders;
};

/* One site@buyer of the comparison. */
struct engine_site {
    struct engine_job *job;
    long no;
    const struct site_estimate *estimate;
    struct pricing pricing;
    struct tax_context tax;
    struct payment payment;
    struct engine_line *lines;
    size_t nlines;
    bool has_fees; /* of paying: months of all lines count together */
};

/* Fills the rows from an estimate of the same scenario; the job is zeroed before, engine_job_free() in any case. */
int engine_job_run(struct engine_job *j, const struct scenario *s, const struct rules *r, struct catalogue *c,
                   const struct estimate *e, struct err *err);
void engine_job_free(struct engine_job *j);

/* "base.ini:14: compute web: what": a line that cannot be exported. Returns -1. */
int engine_refuse(const struct engine_job *j, const struct resource *r, const char *what, struct err *err);

/* engine_offers.c: the offers of a line, sorted by merit, without those that can never be the cheapest. */
int engine_offers(struct engine_site *w, struct engine_line *l, struct err *err);
/* engine_pools.c: which lines share a ladder; numbers the pools and ladders. */
int engine_pools(struct engine_site *w, struct err *err);
/* engine_steps.c: the rows of a site's lines: offers, tiers, taxes, demands, steps. */
int engine_steps(struct engine_site *w, struct err *err);
/* engine_numbers.c: the number of a rate, a rule of tax, a demand: a row when it is new. -1 on failure. */
long engine_rate_no(struct engine_job *j, const struct fx_used *u, int from_places, int to_places, struct err *err);
long engine_tax_no(struct engine_site *w, const struct engine_offer *o, const struct tax_used *t, struct err *err);
long engine_demand_no(struct engine_job *j, const struct engine_line *l, int term, int month, struct err *err);
/* engine_fees.c: fees of paying (w->has_fees), and the user's own costs. */
int engine_fees(struct engine_site *w, struct err *err);
void engine_costs(struct engine_site *w);

dec_int engine_power(int n); /* 10^n, n 0 .. 24 */
dec_int engine_minor(dec_t amount, int places);
int engine_places(const struct engine_job *j, const char *currency);

#endif
