/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Net present value at the start of the first month: prepaid money leaves at the start of its
 * month, post-paid at the end. A yearly effective rate r gives (1+r)^(1/12)-1 a month. Binary
 * floating point inside, rounded once on the way out; at a rate of 0 the exact sum.
 */
#ifndef TCO_NPV_H
#define TCO_NPV_H

#include "models/charge.h"

struct npv_table {
    double *sum; /* sum[k]: discount factors of the ends of k months from the start, sum[0] = 0 */
    int months;
    bool zero; /* the rate is 0 */
};

/* Discount factors for `months` months; 0 <= yearly < 1e6. Free with npv_table_free(). */
int npv_table_make(struct npv_table *t, dec_t yearly, int months, struct err *err);
void npv_table_free(struct npv_table *t);

/* A running sum. A zeroed struct is 0. */
struct npv {
    double sum, carry;
    dec_t exact; /* undiscounted */
};
/* Adds `amount` in each of `months` months from `first` (0-based) on; first + months <= t->months. */
void npv_add(struct npv *v, const struct npv_table *t, int first, int months, enum timing at, dec_t amount);
/* The same of an amount in minor units of so many decimals, within 2^53 of them. */
void npv_add_minor(struct npv *v, const struct npv_table *t, int first, int months, enum timing at, int64_t amount,
                   int places);
/* Half-up to the given decimals; bad when it does not fit. */
dec_t npv_result(const struct npv *v, const struct npv_table *t, int places);

#endif
