/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole terms bought to cover a demand: in each month, as many new terms as the running ones do
 * not cover. So the first month's items renew when their term ends, each month's increase starts
 * terms of its own, and a falling demand lets terms lapse.
 */
#ifndef TCO_TERMS_H
#define TCO_TERMS_H

#include "models/growth.h"

struct terms {
    int months;        /* of the horizon */
    int end;           /* months until the last term has run out, >= months when anything is bought */
    dec_t *bought;     /* by month 0 .. end-1: terms begun */
    dec_t *active;     /* by month 0 .. end-1: items under a term */
    dec_t item_months; /* bought x term */
    dec_t unused;      /* item-months beyond the horizon */
};

/* term >= 1. Free with terms_free(). */
int terms_cover(const struct quantity_run *items, size_t n, int months, int term, struct terms *out, struct err *err);
void terms_free(struct terms *t);

#endif
