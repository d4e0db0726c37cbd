/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a cost component hands over: runs of equal months. A month inside a run is priced and
 * rounded once and counts `months` times. Amounts are exact (not yet rounded to a currency).
 */
#ifndef TCO_CHARGE_H
#define TCO_CHARGE_H

#include "calc/decimal.h"
#include "calc/err.h"

#include <stddef.h>

/* When the money leaves, within its month: prepaid at its start, post-paid at its end. */
enum timing { AT_START, AT_END };

struct charge_run {
    int first;  /* first month, 0-based */
    int months; /* equal months from there, >= 1 */
    enum timing at;
    dec_t quantity; /* per month, in the price's unit (terms bought, for a term) */
    dec_t list;     /* per month, exact, price currency and basis */
};

/* A growing list; a zeroed struct is empty. */
struct charge_list {
    struct charge_run *v;
    size_t n, cap;
};
int charge_add(struct charge_list *l, struct charge_run run, struct err *err);
void charge_free(struct charge_list *l);

#endif
