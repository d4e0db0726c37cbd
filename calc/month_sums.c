/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From runs of months to single months. Sums only; nothing is rounded here.
 */
#include "calc/month_sums.h"

#include "calc/line_view.h"
#include "calc/tax.h"

#include <assert.h>
#include <stdlib.h>

int site_months(const struct scenario *s, const struct site_estimate *site)
{
    int months = s->months;
    for (size_t i = 0; i < site->nlines; i++) {
        const struct line *l = &site->lines[i];
        for (size_t k = 0; line_has_amounts(l) && k < l->nruns; k++)
            if (l->runs[k].first + l->runs[k].months > months)
                months = l->runs[k].first + l->runs[k].months;
    }
    return months;
}

struct month_sum *month_sums_new(int months)
{
    return calloc(months > 0 ? (size_t)months : 1, sizeof(struct month_sum));
}

bool money_same(const struct money *a, const struct money *b)
{
    return dec_cmp(a->net, b->net) == 0 && dec_cmp(a->tax, b->tax) == 0 &&
           dec_cmp(a->recoverable, b->recoverable) == 0 && dec_cmp(a->withheld, b->withheld) == 0 &&
           dec_cmp(a->fees, b->fees) == 0 && dec_cmp(a->other, b->other) == 0 &&
           dec_cmp(a->cash_out, b->cash_out) == 0 && dec_cmp(a->cost, b->cost) == 0;
}

int month_sums_add(struct month_sum *sums, int months, const struct line *l, struct err *err)
{
    if (!line_has_amounts(l))
        return 0;
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        assert(r->first >= 0 && r->first + r->months <= months);
        for (int m = r->first; m < r->first + r->months; m++) {
            sums[m].any = true;
            sums[m].m = money_add(sums[m].m, r->m, 1);
            if (money_check(&sums[m].m, l->label, err) != 0)
                return -1;
        }
    }
    return 0;
}
