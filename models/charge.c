/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of runs a component hands over. Neighbouring runs whose months are equal become one,
 * so that an even year is one run and not twelve.
 */
#include "models/charge.h"

#include <stdlib.h>

static bool same_month(const struct charge_run *a, const struct charge_run *b)
{
    return a->at == b->at && dec_cmp(a->quantity, b->quantity) == 0 && dec_cmp(a->list, b->list) == 0;
}

static int grow(struct charge_list *l, struct err *err)
{
    size_t cap = l->cap ? l->cap * 2 : 8;
    struct charge_run *v = realloc(l->v, cap * sizeof *v);
    if (!v)
        return err_nomem(err);
    l->v = v;
    l->cap = cap;
    return 0;
}

int charge_add(struct charge_list *l, struct charge_run run, struct err *err)
{
    if (dec_check(run.quantity, "quantity", err) || dec_check(run.list, "amount", err))
        return -1;
    if (l->n) {
        struct charge_run *last = &l->v[l->n - 1];
        if (last->first + last->months == run.first && same_month(last, &run)) {
            last->months += run.months;
            return 0;
        }
    }
    if (l->n == l->cap && grow(l, err))
        return -1;
    l->v[l->n++] = run;
    return 0;
}

void charge_free(struct charge_list *l)
{
    free(l->v);
    *l = (struct charge_list){0};
}
