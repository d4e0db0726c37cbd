/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taxes of a charge line: which rule applies, and the sum. The rules are rows of rules/tax.csv;
 * the formulas are those of the mainland's withheld VAT and income tax (VAT Law Art. 15; rates and
 * bases per row), of seller-charged VAT or GST, and of the reverse charge.
 */
#ifndef TCO_TAX_H
#define TCO_TAX_H

#include "calc/estimate.h"
#include "calc/fx.h"

struct tax_context {
    const struct rules *rules;
    const struct site *site;
    const struct buyer *buyer;
    struct arena *arena;
    struct month start;
    struct tax_month *rows;        /* by kind of invoice and month, looked up once each; starts NULL */
    int nrows;                     /* how many months may be asked for */
    const struct tax_used **known; /* each distinct use once; starts NULL */
    size_t nknown;
    const struct tax_row *none; /* stands for the row that is missing; starts NULL */
    const char *lang;           /* of reasons, as text() takes it */
};

/* What a line says about its tax. */
struct tax_query {
    struct value line_rate; /* vat_rate of the resource or cost */
    bool has_price_rate;    /* the rate contained in the price */
    dec_t price_rate;
    const char *billed; /* currency of the bill */
    bool has_invoice;   /* a quote says which invoice comes with it; else the buyer's */
    enum invoice invoice;
    struct value share; /* recoverable share by a quote; VALUE_NONE: by the rule */
};

/* The rule in a month (0-based, below nrows). *out is NULL when the tax is unknown: *why says what to give. */
int tax_find(struct tax_context *c, const struct tax_query *q, int month, const struct tax_used **out, const char **why,
             struct err *err);

/* The rule for a cost of the buyer's own making: bought at home, with an invoice of the kind asked
 * for, at the line's rate. NULL when nothing says how much of it is recoverable. */
int tax_find_home(struct tax_context *c, dec_t rate, const char *billed, int month, const struct tax_used **out,
                  const char **why, struct err *err);

/* Exchange and rounding for one line. */
struct tax_money {
    const struct fx_used *fx;      /* billed -> budget */
    const struct fx_used *tax_fx;  /* billed -> tax currency, NULL when the same */
    const struct fx_used *back_fx; /* tax currency -> budget, NULL when fx serves */
    int billed_places, tax_places, budget_places;
    enum tax_basis basis;
    dec_t spread; /* 0 when the bill is in the budget currency */
};

/* Fills own_* and m (net, tax, recoverable, withheld, fees, cash_out, cost) from billed. */
void tax_apply(struct line_run *run, const struct tax_used *t, const struct tax_money *how);

/* What the seller is paid of a month: the net, and the tax it charges itself. */
dec_t tax_due(const struct line_run *run);

/* cash_out and cost from the other members; the sum of two. */
void money_close(struct money *m);
struct money money_add(struct money a, struct money b, int64_t times_b);
int money_check(const struct money *m, const char *what, struct err *err);

#endif
