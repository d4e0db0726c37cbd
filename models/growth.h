/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many items there are in each month. Fractions are averages.
 */
#ifndef TCO_GROWTH_H
#define TCO_GROWTH_H

#include "calc/decimal.h"
#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

struct quantity_run {
    int first, months; /* 0-based */
    dec_t quantity;
};

struct quantity_list {
    struct quantity_run *v;
    size_t n;
};

/* count x factor(m), where factor(0) = 1 and factor(m) = factor(m-1) x (1 + rate), kept to 12
 * decimals, half-up. A yearly rate takes the 12th root each month and is set right by the
 * yearly factor at every anniversary, so that 24 % a year is 1.24 after twelve months.
 * rate > -1. One run without growth, else one a month. Free with quantity_free(). */
int growth_runs(dec_t count, dec_t rate, bool per_year, int months, struct quantity_list *out, struct err *err);
/* As many as counts[month] says; months alike are one run. months is at least 1. */
int profile_runs(const dec_t *counts, int months, struct quantity_list *out, struct err *err);
void quantity_free(struct quantity_list *l);

/* The quantity of a month, 0 outside all runs. */
dec_t quantity_at(const struct quantity_run *v, size_t n, int month);

#endif
