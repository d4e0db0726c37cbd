/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line that stands for several rows has runs for its first ones and others for the rest (struct line_run): the rows
 * take them in the order of their groups.
 */
#include "calc/batch_shares.h"

#include "calc/price.h"
#include "calc/tax.h"
#include "calc/texts.h"

#include <stdlib.h>
#include <string.h>

/* One site on its way to groups. */
struct sharing {
    struct batch_groups *groups;
    const struct inventory_bill *bill;
    const struct estimate *e;
    const struct estimate_options *opt;
    const struct site_estimate *site;
    const struct npv_table *npv;
    const struct line **lines; /* by resource; NULL: not at this site */
    int *taken;                /* by resource: how many of its lines are given to groups */
    bool *shared;              /* by resource: all of them belong to rows */
    struct group_sum *sums;    /* by group of the bill */
    struct npv *worth;         /* the same */
};

/* ---- some of the lines that one line stands for */

/* How many of the run's are among the n from the first on; *of: how many it stands for. */
static int part_of(const struct line_run *r, int first, int n, int *of)
{
    int from = r->copies > 0 ? r->copy : 0, end = r->copies > 0 ? r->copy + r->copies : 1;
    *of = end - from;
    from = from > first ? from : first;
    end = end < first + n ? end : first + n;
    return end > from ? end - from : 0;
}

/* Exact: the amount is the sum of `of` equal ones. */
static dec_t share(dec_t amount, int part, int of)
{
    return dec_muldiv(amount, dec_int64(part), dec_int64(of), DEC_EXACT);
}

static struct money share_money(const struct money *m, int part, int of)
{
    return (struct money){
        .net = share(m->net, part, of),
        .tax = share(m->tax, part, of),
        .recoverable = share(m->recoverable, part, of),
        .withheld = share(m->withheld, part, of),
        .fees = share(m->fees, part, of),
        .other = share(m->other, part, of),
        .cash_out = share(m->cash_out, part, of),
        .cost = share(m->cost, part, of),
    };
}

static void set_list(const struct sharing *s, const struct line *l, struct group_sum *sum)
{
    sum->has_list = true;
    memcpy(sum->list_currency, l->price_currency, CURRENCY_TEXT);
    sum->list_places = currency_places(s->e->rules, l->price_currency);
    sum->list_basis = l->offer->basis;
}

static void add_part(const struct sharing *s, const struct line *l, int first, int n, struct group_sum *sum,
                     struct npv *worth)
{
    struct group_sum one = {.any = true};
    set_list(s, l, &one);
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        int of, part = part_of(r, first, n, &of);
        if (part == 0)
            continue;
        one.m = money_add(one.m, share_money(&r->m, part, of), r->months);
        one.list = dec_add(one.list, dec_muln(share(r->list, part, of), r->months));
        dec_t valued = dec_muldiv(price_valued(l->offer, r), dec_int64(part), dec_int64(of), DEC_HALF_UP);
        npv_add(worth, s->npv, r->first, r->months, r->at, valued);
    }
    group_sum_add(sum, &one);
}

/* ---- rows */

static bool counts(const struct line *l, const struct estimate_options *opt)
{
    return l && (l->status == LINE_PRICED || (l->status == LINE_STALE && opt->allow_stale));
}

/* A site that refuses the buyer has no complete rows, even when it is priced all the same. */
static bool all_count(const struct sharing *s, const struct inventory_entry *e)
{
    if (s->site->status == SITE_INELIGIBLE)
        return false;
    for (int i = 0; i < e->nlines; i++)
        if (!counts(s->lines[s->bill->place[e->lines[i]]], s->opt))
            return false;
    return true;
}

static void share_use(struct sharing *s, const struct inventory_use *use)
{
    const struct inventory_entry *e = &s->bill->entries[use->entry];
    struct group_sum *sum = &s->sums[use->group];
    bool complete = all_count(s, e);
    sum->rows += (uint64_t)use->rows;
    sum->incomplete += complete ? 0 : (uint64_t)use->rows;
    for (int i = 0; i < e->nlines; i++) {
        int at = s->bill->place[e->lines[i]];
        if (complete)
            add_part(s, s->lines[at], s->taken[at], use->rows, sum, &s->worth[use->group]);
        s->taken[at] += use->rows;
        s->shared[at] = true;
    }
}

/* ---- a site */

static int put_sum(const struct sharing *s, const char *group, const char *note, const struct group_sum *sum,
                   struct err *err)
{
    int number;
    if (batch_groups_name(s->groups, group, strlen(group), &number, err) != 0)
        return -1;
    struct group_sum *to =
        batch_groups_at(s->groups, number, s->site->column, s->e->scenario->currency, s->e->minor_units, note, err);
    if (!to)
        return -1;
    group_sum_add(to, sum);
    return 0;
}

static bool is_whole(const struct sharing *s)
{
    bool fresh = s->site->status == SITE_COMPLETE || (s->site->status == SITE_STALE && s->opt->allow_stale);
    return fresh && s->site->has_totals;
}

/* Fees and costs have no list price. */
static void add_rest(const struct sharing *s, const struct line *l, struct group_sum *rest)
{
    struct group_sum one = {.any = true, .m = l->m, .list = l->list};
    if (l->resource) {
        set_list(s, l, &one);
        group_sum_add(rest, &one);
    } else {
        rest->m = money_add(rest->m, l->m, 1);
    }
}

/* Fees, costs and the base's lines. The net present value is what the groups leave of the site's. */
static int put_rest(struct sharing *s, dec_t npv_of_groups, bool whole, struct err *err)
{
    struct group_sum rest = {.any = false};
    bool known = whole && is_whole(s);
    for (size_t i = 0; known && i < s->site->nlines; i++) {
        const struct line *l = &s->site->lines[i];
        if (!l->resource || !s->shared[l->resource - s->bill->scenario.resources])
            add_rest(s, l, &rest);
    }
    rest.any = known;
    rest.npv = dec_sub(s->site->npv, npv_of_groups);
    return put_sum(s, "", text(s->opt->lang, TEXT_BATCH_BILL_WIDE), &rest, err);
}

static int share_site(struct sharing *s, bool whole, struct err *err)
{
    dec_t npv = DEC_ZERO;
    for (size_t i = 0; i < s->site->nlines; i++)
        if (s->site->lines[i].resource)
            s->lines[s->site->lines[i].resource - s->bill->scenario.resources] = &s->site->lines[i];
    for (size_t i = 0; i < s->bill->nuses; i++)
        share_use(s, &s->bill->uses[i]);
    for (size_t i = 0; i < s->bill->ngroups; i++) {
        s->sums[i].npv = npv_result(&s->worth[i], s->npv, s->e->minor_units);
        npv = dec_add(npv, s->sums[i].npv);
        if (s->sums[i].rows > 0 && put_sum(s, s->bill->groups[i], "", &s->sums[i], err) != 0)
            return -1;
    }
    return put_rest(s, npv, whole, err);
}

static bool room(struct sharing *s, struct arena *a)
{
    size_t n = s->bill->scenario.nresources + 1, groups = s->bill->ngroups + 1;
    s->lines = arena_array(a, n, sizeof *s->lines);
    s->taken = arena_array(a, n, sizeof *s->taken);
    s->shared = arena_array(a, n, sizeof *s->shared);
    s->sums = arena_array(a, groups, sizeof *s->sums);
    s->worth = arena_array(a, groups, sizeof *s->worth);
    return s->lines && s->taken && s->shared && s->sums && s->worth;
}

int batch_shares(struct batch_groups *g, const struct inventory_bill *bill, const struct estimate *e,
                 const struct estimate_options *opt, bool whole, struct err *err)
{
    const struct scenario *s = &bill->scenario;
    struct npv_table npv = {0};
    dec_t yearly = s->discount_rate.kind == VALUE_NONE ? DEC_ZERO : s->discount_rate.fixed;
    int rc = npv_table_make(&npv, yearly, s->months + TERM_MAX, err);
    for (size_t i = 0; rc == 0 && i < s->nsites; i++) {
        struct arena a = {NULL};
        struct sharing one = {.groups = g, .bill = bill, .e = e, .opt = opt, .npv = &npv};
        one.site = batch_site(e, &s->sites[i]);
        rc = !room(&one, &a) ? err_nomem(err) : one.site ? share_site(&one, whole, err) : 0;
        arena_free(&a);
    }
    npv_table_free(&npv);
    return rc;
}
