/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From an offer to a priced line: the component that fits the charge gives runs of exact list
 * amounts; each month is rounded, discounted, settled, taxed and converted once per run.
 */
#ifndef TCO_PRICE_H
#define TCO_PRICE_H

#include "calc/estimate.h"
#include "calc/fx.h"
#include "calc/tax.h"
#include "models/growth.h"
#include "models/npv.h"

/* What all lines of one site, buyer and region share. */
struct pricing {
    const struct scenario *scenario;
    const struct rules *rules;
    const struct site *site;
    const struct buyer *buyer;
    const struct region *region;
    const struct quote *quote;     /* that prices it; NULL: the price list */
    const struct payment *payment; /* scenario_paying() of the site; NULL: nothing said */
    struct fx *fx;
    struct tax_context *tax;
    const struct npv_table *npv;
    const struct quantity_list *items; /* by resource, in the scenario's order */
    int budget_places;
    const char *lang; /* of reasons and notes, as text() takes it */
};

/* A month's amounts, rounded to the price currency: list as published, contract after the discount. */
struct rounded_charge {
    struct charge_run run;
    int copy, copies; /* as in struct line_run */
    dec_t list, contract;
};

/* The runs of a resource at an offer, before rounding. COMPONENT_BEYOND, or a unit that does not
 * measure the resource, gives *why and returns 1. */
int price_charges(const struct pricing *p, const struct resource *r, const struct offer *o, struct charge_list *out,
                  const char **why, struct err *err);

/* The line of a resource at an offer. status is LINE_PRICED, LINE_STALE or LINE_UNPRICED (with
 * reason). Memory comes from the arena given. */
int price_line(const struct pricing *p, struct arena *arena, const struct resource *r, const struct offer *o,
               struct line *out, struct err *err);

/* A line of price_line() in the memory of another arena. */
int price_copy(struct arena *arena, const struct line *line, struct line *out, struct err *err);

/* The same from charges that are rounded already (a share of a pool). */
int price_rounded(const struct pricing *p, struct arena *arena, const struct rounded_charge *v, size_t n,
                  struct line *line, struct err *err);

/* Makes a priced line of one into the line of all that it stands for: every amount is the sum of theirs, each
 * rounded as it would be alone; the net present value is rounded once. Nothing for a line that stands for itself. */
int price_repeat(const struct pricing *p, struct arena *arena, struct line *line, struct err *err);

/* What whole terms leave unused beyond the horizon, and what it costs. */
int price_unused(const struct pricing *p, struct line *line, struct err *err);

/* A charge as people read it: "prepaid", "prepaid 12 months", "reserved 12 months all-upfront". NULL when
 * there is no memory. */
const char *price_charge_name(const char *lang, enum charge_kind charge);
const char *price_charge_words(struct arena *arena, const char *lang, enum charge_kind charge, int months,
                               const char *offering);
const char *price_charge(struct arena *arena, const char *lang, const struct offer *o);

int currency_places(const struct rules *r, const char *code);
/* The currency the site bills in. */
const char *price_billed(const struct pricing *p, const struct offer *o);
/* Is a price older than [prices] max_age allows? A quote that says how long it holds is stale after that day. */
bool price_stale(const struct scenario *s, const struct offer *o);
/* What a month of a run counts for in the NPV, before it is discounted to the month it is billed: its cost; of
 * post-paid money that a quote lets the buyer pay d days later, cost x (1 - r x d / 365), r a year. o NULL: no offer. */
dec_t price_valued(const struct offer *o, const struct line_run *r);

#endif
