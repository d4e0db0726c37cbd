/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/growth.h"

#include <stdlib.h>

enum { YEAR = 12 };

static int fill(struct quantity_run *v, dec_t count, dec_t rate, bool per_year, int months, struct err *err)
{
    dec_t step = dec_add(DEC_ONE, rate);
    dec_t monthly = per_year ? dec_root(step, YEAR) : step;
    dec_t factor = DEC_ONE, anniversary = DEC_ONE;
    for (int m = 0; m < months; m++) {
        if (m > 0)
            factor = dec_mul(factor, monthly, DEC_HALF_UP);
        if (per_year && m > 0 && m % YEAR == 0) {
            anniversary = dec_mul(anniversary, step, DEC_HALF_UP);
            factor = anniversary;
        }
        v[m] = (struct quantity_run){m, 1, dec_mul(count, factor, DEC_HALF_UP)};
        if (dec_check(v[m].quantity, "growing quantity", err))
            return -1;
    }
    return 0;
}

int growth_runs(dec_t count, dec_t rate, bool per_year, int months, struct quantity_list *out, struct err *err)
{
    size_t n = dec_sign(rate) == 0 ? 1 : (size_t)months;
    struct quantity_run *v = malloc(n * sizeof *v);
    if (!v)
        return err_nomem(err);
    if (n == 1 && months > 1)
        v[0] = (struct quantity_run){0, months, count};
    else if (fill(v, count, rate, per_year, months, err)) {
        free(v);
        return -1;
    }
    *out = (struct quantity_list){v, n};
    return 0;
}

int profile_runs(const dec_t *counts, int months, struct quantity_list *out, struct err *err)
{
    struct quantity_run *v = malloc((size_t)months * sizeof *v);
    size_t n = 0;
    if (!v)
        return err_nomem(err);
    for (int m = 0; m < months; m++) {
        if (n > 0 && dec_cmp(v[n - 1].quantity, counts[m]) == 0)
            v[n - 1].months++;
        else
            v[n++] = (struct quantity_run){m, 1, counts[m]};
    }
    *out = (struct quantity_list){v, n};
    return 0;
}

void quantity_free(struct quantity_list *l)
{
    free(l->v);
    *l = (struct quantity_list){0};
}

dec_t quantity_at(const struct quantity_run *v, size_t n, int month)
{
    for (size_t i = 0; i < n; i++)
        if (month >= v[i].first && month < v[i].first + v[i].months)
            return v[i].quantity;
    return DEC_ZERO;
}
