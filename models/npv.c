/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/npv.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

int npv_table_make(struct npv_table *t, dec_t yearly, int months, struct err *err)
{
    double *sum = malloc(((size_t)months + 1) * sizeof *sum);
    if (!sum)
        return err_nomem(err);
    double base = 1.0 + dec_to_double(yearly);
    sum[0] = 0.0;
    for (int m = 1; m <= months; m++)
        sum[m] = sum[m - 1] + pow(base, -m / 12.0);
    *t = (struct npv_table){sum, months, dec_sign(yearly) == 0};
    return 0;
}

void npv_table_free(struct npv_table *t)
{
    free(t->sum);
    *t = (struct npv_table){0};
}

/* The discount factors of a run: ends of months first+1 .. first+months; their starts are the ends of the months
 * before, the very first being worth 1. */
static double factors(const struct npv_table *t, int first, int months, enum timing at)
{
    if (at == AT_END)
        return t->sum[first + months] - t->sum[first];
    if (first == 0)
        return 1.0 + t->sum[months - 1];
    return t->sum[first + months - 1] - t->sum[first - 1];
}

/* Kahan's sum keeps what each addition would lose. */
static void add(struct npv *v, double present)
{
    double x = present - v->carry;
    double next = v->sum + x;
    v->carry = (next - v->sum) - x;
    v->sum = next;
}

void npv_add(struct npv *v, const struct npv_table *t, int first, int months, enum timing at, dec_t amount)
{
    assert(first >= 0 && months >= 1 && first + months <= t->months);
    v->exact = dec_add(v->exact, dec_muln(amount, months));
    if (!dec_bad(amount))
        add(v, dec_to_double(amount) * factors(t, first, months, at));
}

void npv_add_minor(struct npv *v, const struct npv_table *t, int first, int months, enum timing at, int64_t amount,
                   int places)
{
    static const double units[] = {1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    assert(first >= 0 && months >= 1 && first + months <= t->months);
    if (t->zero)
        v->exact = dec_add(v->exact, dec_muln(dec_of(amount, places), months));
    else /* both are exact: the quotient is the nearest double, as dec_to_double() gives it */
        add(v, (double)amount / units[places] * factors(t, first, months, at));
}

dec_t npv_result(const struct npv *v, const struct npv_table *t, int places)
{
    if (t->zero || dec_bad(v->exact))
        return v->exact;
    return dec_from_double(v->sum, places);
}
