/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From runs of months to single months. Sums only; nothing is rounded here.
 */
#include "calc/month_sums.h"

#include "calc/line_view.h"

#include <stdlib.h>

struct month_sum *month_sums_new(int months)
{
    return calloc(months > 0 ? (size_t)months : 1, sizeof(struct month_sum));
}

void money_add(struct money *to, const struct money *m)
{
    to->net = dec_add(to->net, m->net);
    to->tax = dec_add(to->tax, m->tax);
    to->recoverable = dec_add(to->recoverable, m->recoverable);
    to->withheld = dec_add(to->withheld, m->withheld);
    to->fees = dec_add(to->fees, m->fees);
    to->other = dec_add(to->other, m->other);
    to->cash_out = dec_add(to->cash_out, m->cash_out);
    to->cost = dec_add(to->cost, m->cost);
}

bool money_same(const struct money *a, const struct money *b)
{
    return dec_cmp(a->net, b->net) == 0 && dec_cmp(a->tax, b->tax) == 0 &&
           dec_cmp(a->recoverable, b->recoverable) == 0 && dec_cmp(a->withheld, b->withheld) == 0 &&
           dec_cmp(a->fees, b->fees) == 0 && dec_cmp(a->other, b->other) == 0 &&
           dec_cmp(a->cash_out, b->cash_out) == 0 && dec_cmp(a->cost, b->cost) == 0;
}

/* A sum with a bad part is bad, so two checks serve all eight. */
static int check(const struct money *m, struct err *err)
{
    dec_t all = dec_add(dec_add(m->net, m->tax), dec_add(m->recoverable, m->withheld));
    if (dec_check(dec_add(all, dec_add(m->fees, m->other)), "a month's sum", err) != 0)
        return -1;
    return dec_check(dec_add(m->cash_out, m->cost), "a month's sum", err);
}

int month_sums_add(struct month_sum *sums, int months, const struct line *l, struct err *err)
{
    if (!line_has_amounts(l))
        return 0;
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        for (int m = r->first; m < r->first + r->months && m < months; m++) {
            sums[m].any = true;
            money_add(&sums[m].m, &r->m);
            if (check(&sums[m].m, err) != 0)
                return -1;
        }
    }
    return 0;
}
