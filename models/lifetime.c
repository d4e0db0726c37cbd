/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps over an item's life: the ladder counts the hours each item has been billed since it was
 * created, month after month (Tencent's 96 and 360 hours). Each month's increase is a cohort with
 * a life of its own; when the number falls, the youngest go first. Post-paid.
 */
#include "models/component.h"

#include <stdlib.h>

/* What one item pays in its age-th month. From `steady` on every month costs the same. */
struct ages {
    dec_t *amount;
    int steady;
};

static dec_t hours_at(const struct component_input *in, int age)
{
    return dec_muldiv(dec_muln(in->time, age), in->size, in->time_div, DEC_HALF_UP);
}

static enum component_result price_ages(const struct component_input *in, struct ages *a, struct err *err)
{
    a->amount = calloc((size_t)in->months + 1, sizeof *a->amount);
    if (!a->amount) {
        err_nomem(err);
        return COMPONENT_FAILED;
    }
    a->steady = in->months;
    for (int age = 0; age < in->months; age++) {
        dec_t from = hours_at(in, age), to = hours_at(in, age + 1);
        bool beyond = false;
        if (dec_check(to, "hours of a life", err))
            return COMPONENT_FAILED;
        a->amount[age] = ladder_amount(in->tiers, in->ntiers, from, to, &beyond);
        if (beyond)
            return COMPONENT_BEYOND;
        if (in->tiers[in->ntiers - 1].open && dec_cmp(from, in->tiers[in->ntiers - 1].from) >= 0) {
            a->steady = age;
            break;
        }
    }
    return COMPONENT_DONE;
}

/* Takes `less` items from the youngest cohorts up to month m. */
static void shrink(dec_t *cohort, int m, dec_t less)
{
    for (int k = m; k >= 0 && dec_sign(less) > 0; k--) {
        dec_t gone = dec_min(cohort[k], less);
        cohort[k] = dec_sub(cohort[k], gone);
        less = dec_sub(less, gone);
    }
}

static dec_t month_amount(const struct ages *a, const dec_t *cohort, int m)
{
    dec_t sum = DEC_ZERO, old = DEC_ZERO;
    for (int k = 0; k <= m; k++) {
        if (m - k >= a->steady)
            old = dec_add(old, cohort[k]);
        else if (dec_sign(cohort[k]) > 0)
            sum = dec_add(sum, dec_mul(cohort[k], a->amount[m - k], DEC_HALF_UP));
    }
    return dec_add(sum, dec_mul(old, a->amount[a->steady], DEC_HALF_UP));
}

static enum component_result add_months(const struct component_input *in, const struct ages *a, dec_t *cohort,
                                        struct charge_list *out, struct err *err)
{
    dec_t running = DEC_ZERO, month = hours_at(in, 1);
    for (int m = 0; m < in->months; m++) {
        dec_t want = quantity_at(in->items, in->nitems, m);
        if (dec_cmp(want, running) > 0)
            cohort[m] = dec_sub(want, running);
        else
            shrink(cohort, m, dec_sub(running, want));
        running = want;
        if (dec_sign(want) == 0)
            continue;
        struct charge_run run = {m, 1, AT_END, dec_mul(want, month, DEC_HALF_UP), month_amount(a, cohort, m)};
        if (charge_add(out, run, err))
            return COMPONENT_FAILED;
    }
    return COMPONENT_DONE;
}

static enum component_result charges(const struct component_input *in, struct charge_list *out, struct err *err)
{
    if (in->nitems == 0)
        return COMPONENT_DONE;
    struct ages a = {0};
    enum component_result r = price_ages(in, &a, err);
    dec_t *cohort = NULL;
    if (r == COMPONENT_DONE) {
        cohort = calloc((size_t)in->months, sizeof *cohort);
        if (!cohort) {
            err_nomem(err);
            r = COMPONENT_FAILED;
        }
    }
    if (r == COMPONENT_DONE)
        r = add_months(in, &a, cohort, out, err);
    free(cohort);
    free(a.amount);
    return r;
}

const struct component component_lifetime = {
    .name = "lifetime",
    .about = "steps over the billed hours of each item's life, post-paid",
    .charges = charges,
};
