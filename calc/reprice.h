/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the usage on a bill would have cost at other sites' list prices. Each sum of usage (a month, region, SKU and
 * unit) becomes a resource: what it is comes from the catalogue at the bill's own site, how much of it from the bill's
 * quantity, which is priced exactly. Each month and region is an estimate of one month, in the same city at the other
 * sites. Nothing is guessed: what is not known to the last thing a price depends on is not repriced, with the reason.
 *
 * Amounts are in the budget currency, rounded to its minor unit per sum of the bill; totals are plain sums. All memory is out->arena's, but
 * the input must outlive it.
 */
#ifndef TCO_REPRICE_H
#define TCO_REPRICE_H

#include "calc/estimate.h"
#include "calc/kept.h"
#include "calc/reconcile.h"

/* What the user knows and the bill does not say. */
struct reprice_word {
    const char *sku, *class_;
};
struct reprice_each { /* the size of one item of a kind: GiB of a disk, Mbps of a line */
    enum resource_kind kind;
    dec_t size;
};

struct reprice_input {
    const struct scenario *terms; /* of config_terms(): its resources are not read */
    const struct rules *rules;
    struct catalogue *catalogue;
    const struct site *site; /* whose bill it is */
    const struct bill_sum *sums;
    size_t nsums;
    const struct reconcile_rate *rates; /* of every currency in the sums; `estimated` is used */
    size_t nrates;
    const char *os; /* of machines sold with several, "" when not given */
    const struct reprice_word *classes;
    size_t nclasses;
    const struct reprice_each *each;
    size_t neach;
    bool running;     /* machines ran before: the steps of a ladder over their life are behind them */
    bool fixed_hours; /* a month has terms->hours; else the hours of the calendar */
    bool allow_stale; /* rank stale sites */
    const char *lang; /* of reasons, as text() takes it */
};

/* A sum of usage. */
struct reprice_line {
    const struct bill_sum *sum;
    const char *why; /* it is not repriced; "" when it is */
    dec_t net, list; /* as billed; list is of no meaning without sum->has_list */
    const struct region *region;
    struct resource resource; /* when it is repriced */
    enum unit unit;           /* of the bill's quantity */
    bool summed;              /* the resource's size is that of all items: how many there were is not known */
    size_t group;
};

/* The lines of a month and region: one estimate. */
struct reprice_group {
    struct month month;
    const struct region *region; /* of the bill */
    struct reprice_line **lines;
    size_t nlines;
    struct scenario scenario;
    struct estimate estimate;
};

/* A line at a site. */
struct reprice_cell {
    const struct line *line;     /* NULL when the site refuses the buyer, or the line is not repriced */
    const struct region *region; /* NULL: none */
    bool priced;
    const char *reason; /* why not */
};

struct reprice_site {
    const char *column; /* site or site@buyer */
    const struct site *site;
    const struct buyer *buyer;
    enum site_status status;
    int rank;                   /* 0: not ranked */
    struct reprice_cell *cells; /* by line */
    struct line *fees;          /* of each month */
    size_t nfees;
    bool has_totals; /* every line and fee is priced */
    struct money m;
    dec_t difference; /* of m.net to what was billed for the same */
    bool has_share;
    dec_t share; /* the difference of what was billed */
    const char *regions;
    const char *const *reasons;
    size_t nreasons, unpriced; /* lines without a price */
    size_t stepped;            /* lines whose ladder over a life was begun with the month */
};

struct reprice {
    struct arena arena;
    struct kept kept;
    const struct reprice_input *in;
    int places;                 /* of the budget currency */
    struct reprice_line *lines; /* all usage, in the order of the bill */
    size_t nlines, ntaken;
    struct reprice_group *groups; /* by month, then region */
    size_t ngroups;
    struct reprice_site *sites; /* ranked first, by rank; then stale, incomplete, ineligible, each by column */
    size_t nsites;
    dec_t net[BILL_CATEGORIES]; /* what was billed, without tax; of Tax: the tax, that beside charges too */
    long rows[BILL_CATEGORIES];
    dec_t billed;  /* net of all but Tax */
    dec_t taken;   /* of it, what is repriced */
    bool has_list; /* the bill gives a list cost for all of that */
    dec_t taken_list;
    bool has_coverage;
    dec_t coverage; /* taken / billed */
};

int reprice_run(const struct reprice_input *in, struct reprice *out, struct err *err);
void reprice_free(struct reprice *r);

/* What was billed of a sum in the budget currency, without tax; of Tax the tax. */
dec_t reprice_amount(const struct reprice *r, const struct bill_sum *s);

/* 0, ERR_INCOMPLETE or ERR_STALE. */
int reprice_status(const struct reprice *r);

#endif
