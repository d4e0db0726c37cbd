/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an estimate comes to when rates move, prices are set anew and values of the configuration are
 * drawn: the ranked sites of a base estimate, each value priced exactly at levels of it, simulated
 * together. The report points into the estimate; risk_close() frees the rest.
 */
#ifndef TCO_RISK_H
#define TCO_RISK_H

#include "calc/estimate.h"
#include "calc/kept.h"
#include "models/levels.h"
#include "models/risk_run.h"

enum { RISK_STEP_MONTHS = 12 }; /* list prices step after so many; a shorter simulation has no step */

struct risk_input {
    const struct estimate *e; /* at the means of all values */
    const struct estimate_options *options;
    struct catalogue *catalogue;
    int threads;
};

/* A value of the configuration as it was simulated. */
struct risk_drawn {
    const struct uncertain *u;
    dec_t levels[LEVELS_MAX];
    size_t nlevels;
    bool told; /* does it change any ranked site's amounts? */
};

struct risk_report {
    struct arena arena;
    const struct estimate *e;
    const struct risk *asked;
    int threads;

    const struct site_estimate **sites; /* ranked in the base, in its order */
    size_t nsites;
    const char **unpriced; /* [nsites] where a site has no price: "compute web count at 9"; NULL: priced everywhere */

    const char **currencies; /* that the costs follow, other than the budget's own */
    dec_t *rates;            /* of each at the start: budget currency per unit */
    size_t ncurrencies;
    struct date from, to;   /* of the history, DATE_NONE without one */
    size_t days;            /* with a rate of each */
    const char **providers; /* whose prices are drawn */
    size_t nproviders;
    struct risk_drawn *drawn;
    size_t ndrawn;

    struct risk_told told;
    int tries;      /* exact estimates that the model was held against */
    dec_t off_most; /* the largest deviation of a site's cost in them, a share of it */
    bool has_off;
};

/* Kind ERR_USAGE: nothing that is uncertain, no ranked site, no or too short a history, too many paths. */
int risk_open(struct risk_report *out, const struct risk_input *in, struct err *err);
void risk_close(struct risk_report *r);

#endif
