/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Best of breed: each line bought from the offer where it is cheapest, with at most N providers, when
 * every offer used also costs a fixed sum (fees, filings, staff). Exact: a search over the sets of
 * offers that drops a set as soon as no extension of it can beat the best one found.
 */
#ifndef TCO_MIXTURE_H
#define TCO_MIXTURE_H

#include "calc/decimal.h"

#include <stdbool.h>
#include <stddef.h>

enum { MIXTURE_OFFERS_MOST = 24 };

struct mixture_cell {
    bool known; /* else this offer has no price for the line, and is not taken for it */
    dec_t cost;
};

struct mixture_offer {
    int provider; /* offers of one provider have the same number */
    dec_t fixed;  /* >= 0, once, when any line is bought there */
};

struct mixture_ask {
    const struct mixture_cell *cells; /* cells[line * offers + offer] */
    size_t lines, offers;             /* each at least 1 */
    const struct mixture_offer *offer;
    int providers; /* at most, >= 1 */
};

struct mixture {
    bool found;            /* else no set of offers within `providers` has a price for every line, */
    size_t unpriced;       /* and this is the first line that no offer prices; `lines` when each has one */
    dec_t total, fixed;    /* total includes fixed */
    int providers, offers; /* used */
};

/* line_offer[line] becomes the offer it is bought from, when found. Of equal totals the one with fewer providers, then with
 * fewer offers, then with the earlier offers is taken; of equal costs of a line the earlier offer. */
int mixture_best(const struct mixture_ask *ask, size_t *line_offer, struct mixture *out, struct err *err);

#endif
