/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation of a book, with exact numbers at both ends: what is asked is given in decimals, and
 * what comes out is rounded once to decimals. Between them is binary floating point.
 */
#ifndef TCO_RISK_RUN_H
#define TCO_RISK_RUN_H

#include "models/book.h"

enum { RISK_BINS = 20 };

/* How rates move: each by its own history, correlated, or all by one volatility, each for itself. */
struct risk_moves {
    int currencies;
    const char *const *names;
    const dec_t *const *history; /* [currencies][days], budget currency per unit; NULL: `volatility` */
    size_t days;                 /* on the same dates, ascending */
    dec_t years;                 /* from the first to the last of them */
    dec_t volatility;            /* per year; the expected rate is today's */
};

struct risk_value {
    const char *name; /* for messages */
    struct distribution is;
    struct book_value levels;
};

struct risk_ask {
    int offers;
    const struct book *book;
    struct risk_moves rates;
    dec_t ahead; /* months from today to the start of the first month, >= 0 */
    const char *const *price_names;
    size_t nprices;
    struct distribution step; /* of each price, yearly */
    const struct risk_value *values;
    size_t nvalues;
    enum draws_method method;
    uint64_t seed, paths;
    int threads;
    int places; /* of the amounts that come out */
};

struct risk_figure {
    bool known;      /* else there is no figure on some path, and nothing below is set */
    bool has_spread; /* are standard error and deviation known? not of a single path */
    dec_t mean, standard_error, deviation, least, most, p10, p50, p90, regret; /* to `places` */
    dec_t cheapest;                                                            /* probability, to 6 decimals */
    uint64_t bins[RISK_BINS];
};

/* Of cost or of net present value. */
struct risk_figures {
    struct risk_figure *offer; /* [offers] */
    dec_t low, high;           /* of the bins of all offers */
    dec_t *below;              /* [offers x offers] probability that a's is lower than b's, to 6 decimals */
};

struct risk_told {
    struct risk_figures cost, npv;
    dec_t *drift, *volatility; /* [currencies] yearly, of the logarithm, to 6 decimals */
    dec_t *correlation;        /* [currencies x currencies], to 6 decimals */
    dec_t step_mean;           /* of the yearly price step, to 6 decimals */
};

/* Errors as simulate() and fx_estimate(). Free with risk_free(). */
int risk_simulate(const struct risk_ask *ask, struct risk_told *out, struct err *err);
void risk_free(struct risk_told *t);

/* Values as draw number `i` of a try would have them, to 12 decimals: for holding a book against exact estimates. */
int risk_draw(const struct risk_ask *ask, uint64_t i, dec_t *values, struct err *err);
/* What a book says of these values, at today's rates and prices: cost and net present value of each offer. */
int risk_said(const struct risk_ask *ask, const dec_t *values, dec_t *cost, dec_t *npv, struct err *err);

#endif
