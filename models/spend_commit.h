/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A spend commitment: so much to be spent in each contract year of twelve months, for a discount on all
 * spending. What a year's discounted spending falls short of the amount is due at the year's end;
 * more than the amount in one year does not count for another.
 */
#ifndef TCO_SPEND_COMMIT_H
#define TCO_SPEND_COMMIT_H

#include "calc/decimal.h"

/* A last year that the contract's or the horizon's end cuts short. */
enum spend_part {
    SPEND_WHOLE_YEARS, /* the year's whole amount is due, as contracts are signed for whole years */
    SPEND_PRO_RATA     /* amount x months / 12: for a horizon that ends before the contract does */
};

struct spend_commit {
    dec_t amount;   /* a contract year, >= 0 */
    dec_t discount; /* a share of list, 0 .. 1 */
    int first;      /* month (0-based) the contract begins */
    int months;     /* it runs, >= 1 */
    enum spend_part part;
};

struct spend_month {
    dec_t discount;  /* taken off this month's list spending */
    dec_t spent;     /* list less discount, rounded half-up */
    dec_t shortfall; /* due at this month's end */
};

struct spend_totals {
    dec_t list, discount, spent, shortfall;
    int years; /* begun within the horizon */
};

/* list[m] is the spending that counts, at list prices (a negative one is a credit); out[m] what the contract makes of it,
 * for `months` months of the horizon. Amounts have `places` decimals. */
int spend_commit(const struct spend_commit *c, const dec_t *list, int months, int places, struct spend_month *out,
                 struct spend_totals *totals, struct err *err);

#endif
