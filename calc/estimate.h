/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The estimate: everything computed for a scenario, with every operand kept, so that reports,
 * explain and the JSON form only read. Made by estimate_run(); lives in its own arena, but
 * points into the scenario and the rules, which must outlive it.
 *
 * Amounts are in the budget currency unless the comment names another. All are rounded to the
 * minor unit of their currency, except list_exact.
 */
#ifndef TCO_ESTIMATE_H
#define TCO_ESTIMATE_H

#include "calc/catalogue.h"
#include "calc/offer.h"
#include "calc/rules.h"
#include "calc/scenario.h"
#include "models/charge.h"

enum line_status { LINE_PRICED, LINE_UNPRICED, LINE_AMBIGUOUS, LINE_STALE };
extern const char *const line_status_names[]; /* "priced", "unpriced", "ambiguous", "stale" */
enum site_status { SITE_COMPLETE, SITE_INCOMPLETE, SITE_STALE, SITE_INELIGIBLE };
extern const char *const site_status_names[]; /* "complete", "incomplete", "stale", "ineligible" */

/* An exchange rate as used: `rate` is `to` per `from`. Same currency: rate 1, source "". */
struct fx_used {
    char from[CURRENCY_TEXT], to[CURRENCY_TEXT];
    dec_t rate;
    const char *source; /* "", "budget", "vendor" (settlement_rate), "ecb", "cfets" */
    enum { FX_SAME, FX_DIRECT, FX_INVERSE, FX_CROSS } path;
    struct date date;                  /* of the older operand; DATE_NONE for budget and vendor rates */
    struct published_rate operands[2]; /* what it was computed from */
    int noperands;
    bool stale; /* older than [fx] max_age */
};

/* The tax rule as it applies to a line in some months. */
struct tax_used {
    const struct tax_row *row;
    dec_t rate; /* v */
    enum { RATE_FROM_LINE, RATE_FROM_PRICE, RATE_FROM_BUYER, RATE_FROM_RULE } rate_from;
    bool by_buyer;                /* self-assessed or withheld by the buyer; else charged by the seller */
    dec_t wht;                    /* income tax rate w, 0 when none */
    enum bearer borne_by;         /* who bears v and w when by_buyer or w > 0 */
    dec_t deductible;             /* d = recoverable share x taxable use */
    dec_t surcharge;              /* relief on surcharges per credited tax */
    char currency[CURRENCY_TEXT]; /* the taxes are computed in this one */
};

/* A month's money, or a sum of months. */
struct money {
    dec_t net, tax, recoverable, withheld, fees, other;
    dec_t cash_out; /* net + tax + withheld + fees + other */
    dec_t cost;     /* cash_out - recoverable */
};

/* A run of equal months of one line. Every amount is of one month. Of a line that stands for several (repeats of
 * struct resource), a run stands for `copies` of them, from the `copy`-th on, and every amount is the sum of theirs:
 * a minor unit that a shared ladder leaves over goes to the first ones only. copies 0: a line that stands for itself. */
struct line_run {
    int first, months; /* 0-based */
    int copy, copies;  /* 0-based */
    enum timing at;
    dec_t quantity;             /* in the price's unit (terms bought for a term); 0 for fees and costs */
    dec_t list_exact;           /* before rounding, price currency and basis */
    dec_t list;                 /* rounded, price currency and basis */
    dec_t contract;             /* after the discount, rounded, price currency and basis */
    dec_t billed;               /* contract in the settlement currency (= contract when there is none) */
    const struct tax_used *tax; /* NULL when the line bears none */
    /* the tax sum in its own currency (tax->currency): amount taxed, its base, the taxes, what the seller keeps */
    dec_t own_amount, own_base, own_tax, own_withheld, own_net;
    struct money m;
};

struct candidate {
    const struct offer *offer;
    dec_t cost, npv; /* of the line over the horizon */
};

/* Lines that share one monthly ladder: what the pool came to in each run is in `pooled`. */
struct pool {
    size_t nlines;                 /* each counted as often as it stands for one */
    const struct charge_run *runs; /* of the pool as a whole */
    size_t nruns;
};

/* A spend commitment at a site, by contract year. In the currency and basis of the site's prices. */
struct shortfall {
    const struct spend_contract *contract;
    const struct shortfall_year {
        int last;                /* month, 0-based, at whose end the rest is due */
        dec_t owed, spent, rest; /* spent: list less discount, prepaid terms in the month they are paid */
    } * years;
    int nyears;
    enum tax_basis basis;
};

struct line {
    const char *label;                 /* column `line` */
    const char *kind;                  /* column `kind`: kind of resource, "cost" or "fee" */
    const struct resource *resource;   /* NULL for costs and fees */
    const struct cost *cost;           /* NULL otherwise */
    const struct fee_row *fee_rule;    /* of the payment fee, when it came from the rules; else NULL */
    const struct shortfall *shortfall; /* of a line that is the rest of a spend commitment; else NULL */
    enum line_status status;
    const char *reason; /* why not priced, "" else */
    const char *const *notes;
    size_t nnotes;

    const struct offer *offer; /* NULL when unpriced, for costs and fees */
    const char *charge;    /* "on-demand", "prepaid 12 months", "reserved 12 months all-upfront"; "": English always */
    const char *size_note; /* "8 vCPU 16 GiB for 4 vCPU 16 GiB", "" when exactly as asked or without a shape */
    dec_t quantity;        /* of the whole horizon, in the price's unit, to 6 decimals */
    const char *unit;
    dec_t discount;
    char price_currency[CURRENCY_TEXT];
    const struct fx_used *settle_fx; /* price -> settlement currency; NULL when none */
    const struct fx_used *tax_fx;    /* billed -> tax currency; NULL when it is the same */
    const struct fx_used *back_fx;   /* tax currency -> budget; NULL when billed -> budget serves */
    const struct fx_used *fx;        /* billed -> budget */
    dec_t spread;                    /* share added when another currency is bought, 0 when none applies */
    const struct pool *pool;         /* NULL unless the ladder is shared with other lines */

    const struct line_run *runs; /* ascending; two runs may cover the same months (upfront and monthly part) */
    size_t nruns;
    dec_t list, contract; /* sums in the price currency */
    struct money m;       /* sums */
    dec_t npv;
    int unused_months;        /* of prepaid or reserved terms beyond the horizon, of all items together: item-months */
    dec_t unused_item_months; /* of all items together */
    dec_t unused_cost;        /* the part of cost that pays for them, straight line */

    /* [0] is the chosen one; with --candidates N up to N more; of a line that stands for several, each is of one */
    const struct candidate *candidates;
    size_t ncandidates;
};

/* What a cap on cash upfront made of a site: cash of the very start, with its tax. */
struct cap_result {
    bool kept;     /* upfront is within the cap */
    bool changed;  /* without the cap more would be paid at the start */
    dec_t upfront; /* of the site's resources; when it is not kept: the least there is */
    dec_t npv;     /* by how much the net present value is higher than without the cap */
    dec_t off;     /* the search was cut short: at most so much above the best mix; else 0 */
};

struct line_ways;

/* What a plan is made of: the same workload over several offers. */
struct plan_estimate {
    const struct site_estimate *parts; /* one an offer, priced for its resources alone; not ranked */
    size_t nparts;
    const size_t *first; /* of the part's lines among those of the plan */
    const char *best; /* column of the best ranked site that all resources go to; "": none, or the plan is not ranked */
    dec_t difference; /* NPV of the plan - NPV of that site */
    dec_t twice;      /* NPV of costs and fees that several parts bear: all but the dearest of each */
};

struct site_estimate {
    const char *column; /* "site", "site@buyer", of a quote "site:quote" or "site@buyer:quote", of a plan "plan:name" */
    const struct plan_estimate *plan; /* NULL: one site. Else `site` has its names, `buyer` is that of the first part,
                                         region is NULL, lines and amounts are those of all parts */
    const struct quote *quote;        /* NULL: the price list */
    const struct site *site;
    const struct buyer *buyer;
    const struct region *region;               /* NULL when none fits */
    const struct region *const *other_regions; /* looked at as well, in the same city */
    size_t nother_regions;
    enum site_status status;
    const char *const *reasons; /* why incomplete, stale or ineligible */
    size_t nreasons;
    const char *const *notes; /* conditions, caveats, filing, low-confidence sources */
    size_t nnotes;

    struct line *lines; /* resources, costs, fees, in that order, each as in the file */
    size_t nlines;
    const struct cap_result *cap; /* NULL: no cap */
    const struct line_ways *ways; /* by resource, in the file's order; only when asked for (ways.h) */
    size_t nways;
    bool has_totals; /* false when a line is unpriced or ambiguous, or the site was not priced */
    bool has_list;   /* one currency and one tax basis */
    char list_currency[CURRENCY_TEXT];
    enum tax_basis list_basis;
    dec_t list;
    struct money m;
    dec_t npv, cost_per_month;
    int rank;      /* 0: not ranked */
    dec_t vs_best; /* share above the best NPV; meaningful when ranked */
    bool has_vs_best;
    struct date oldest_price; /* DATE_NONE when nothing is priced */
};

struct estimate {
    struct arena arena;
    const struct scenario *scenario;
    const struct rules *rules;
    int minor_units;             /* of the budget currency */
    struct site_estimate *sites; /* ranked first, by rank; then stale, incomplete, ineligible, each by column */
    size_t nsites;
    const struct fx_used *const *rates; /* every distinct rate used, in order of first use */
    size_t nrates;
    const struct snapshot *snapshots;
    size_t nsnapshots;
};

struct kept;
struct estimate_options {
    bool all;          /* price ineligible sites too */
    bool allow_stale;  /* rank stale sites */
    int candidates;    /* how many runners-up each line keeps */
    bool plans;        /* the scenario's plans too */
    int max_providers; /* of the search for the best of breed, with plans; 0: what the scenario says */
    bool ways;         /* every way to buy each resource, side by side (ways.h) */
    const char *lang;  /* of reasons and notes, as text() takes it */
    /* What estimates over the same catalogue and rules share; NULL: nothing. The estimate points into it. */
    struct kept *kept;
};

int estimate_run(const struct scenario *s, const struct rules *r, struct catalogue *c,
                 const struct estimate_options *opt, struct estimate *out, struct err *err);
void estimate_free(struct estimate *e);

/* 0, or the exit status the result asks for: ERR_INCOMPLETE, ERR_STALE (not with allow_stale). */
int estimate_status(const struct estimate *e, const struct estimate_options *opt);

#endif
