/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A place of a row, added up line by line in the order of the estimate, so that even the binary sums of the net
 * present value are the estimate's own.
 */
#include "calc/swift_row.h"

#include "calc/notes.h"

#include <assert.h>
#include <string.h>

/* What a place is added up in. */
struct sum {
    const struct swift *s;
    struct swift_scratch *t;
    const struct swift_stand *stand;
    unsigned wanted;
    struct swift_site *out;
    struct npv npv;
    int npaid; /* months that have a payment */
};

static void add_money(struct minor_money *to, const struct minor_money *m, uint64_t months)
{
    to->net += m->net * months;
    to->tax += m->tax * months;
    to->recoverable += m->recoverable * months;
    to->withheld += m->withheld * months;
    to->fees += m->fees * months;
    to->other += m->other * months;
}

static bool sums_fit(const struct minor_money *m)
{
    const uint64_t most = (uint64_t)1 << 62;
    return m->net < most && m->tax < most && m->withheld < most && m->fees < most && m->other < most &&
           m->recoverable < most;
}

/* What a month pays in one go: the net, and the tax the seller charges. */
static void add_payment(struct sum *u, int first, int months, enum timing at, uint64_t due)
{
    assert(first + months <= u->s->scenario.months + TERM_MAX);
    for (int m = first; m < first + months; m++) {
        if (u->t->paid[m] == 0 || at == AT_END)
            u->t->paid_at[m] = at;
        u->t->paid[m] += due;
    }
    if (first + months > u->npaid)
        u->npaid = first + months;
}

static bool pays(const struct sum *u)
{
    return (u->wanted & SWIFT_COSTS) && (u->stand->payment.any || u->stand->handled);
}

/* ---- lines the row changes */

static void watch_limit(struct sum *u, const struct swift_bill *b)
{
    for (int m = b->first; m < b->first + b->months; m++)
        u->t->limit[m] += b->billed;
}

static void note_day(struct swift_site *e, struct date day)
{
    if (date_is(day) && (!date_is(e->oldest_price) || date_cmp(day, e->oldest_price) < 0))
        e->oldest_price = day;
}

static bool add_line(struct sum *u, const struct swift_line *l)
{
    const struct swift_bills *b;
    if (!swift_line_price(u->s, u->t, l, &b))
        return false;
    for (size_t i = 0; i < b->n; i++) {
        const struct swift_bill *v = &b->v[i];
        u->out->list += v->list * (uint64_t)v->months;
        if (u->wanted & SWIFT_TAXES)
            add_money(&u->out->m, &v->m, (uint64_t)v->months);
        else
            u->out->m.net += v->m.net * (uint64_t)v->months;
        if (u->wanted & SWIFT_NPV)
            npv_add_minor(&u->npv, &u->s->npv, v->first, v->months, b->group->at, minor_cost(&v->m),
                          u->s->budget_places);
        if (pays(u))
            add_payment(u, v->first, v->months, b->group->at, v->chain->by_buyer ? v->m.net : v->m.net + v->m.tax);
        if ((u->wanted & SWIFT_NOTES) && u->stand->watches_limit && b->group->limited)
            watch_limit(u, v);
    }
    note_day(u->out, b->offer->as_of);
    return sums_fit(&u->out->m) && u->out->list < (uint64_t)1 << 62;
}

/* ---- lines as the base has them */

static uint64_t minor(const struct sum *u, dec_t amount)
{
    uint64_t v = 0;
    bool fits = minor_of(amount, u->s->budget_places, &v); /* looked at when the place was made */
    (void)fits;
    return v;
}

static void add_constant(struct sum *u, const struct line *l)
{
    bool bill = l->resource != NULL;
    uint64_t list;
    if (l->status != LINE_PRICED && l->status != LINE_STALE)
        return;
    if (bill && minor_of(l->list, u->stand->list_places, &list))
        u->out->list += list;
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        struct minor_money m = {minor(u, r->m.net),      minor(u, r->m.tax),  minor(u, r->m.recoverable),
                                minor(u, r->m.withheld), minor(u, r->m.fees), minor(u, r->m.other)};
        add_money(&u->out->m, &m, (uint64_t)r->months);
        if (u->wanted & SWIFT_NPV)
            npv_add_minor(&u->npv, &u->s->npv, r->first, r->months, r->at, minor_cost(&m), u->s->budget_places);
        if (bill && pays(u))
            add_payment(u, r->first, r->months, r->at, minor(u, tax_due(r)));
        uint64_t billed;
        bool limited = bill && u->stand->watches_limit && !strcmp(l->fx->from, notes_filing_limit.currency);
        if ((u->wanted & SWIFT_NOTES) && limited && minor_of(r->billed, u->s->limit_places, &billed))
            for (int k = r->first; k < r->first + r->months && k < u->s->scenario.months; k++)
                u->t->limit[k] += billed;
    }
}

/* ---- fees */

static void add_fee(struct sum *u, int month, enum timing at, uint64_t fee)
{
    u->out->m.fees += fee;
    if (u->wanted & SWIFT_NPV)
        npv_add_minor(&u->npv, &u->s->npv, month, 1, at, (int64_t)fee, u->s->budget_places);
}

static bool fee_of(const struct swift_fee *f, uint64_t paid, uint64_t *fee, bool *none)
{
    uint64_t there, part;
    if (!ratio_apply(&f->to_fee, paid, &there) || !ratio_apply(&f->percent, there, &part))
        return false;
    if (f->has_min && part < f->min)
        part = f->min;
    if (f->has_max && part > f->max)
        part = f->max;
    part += f->fixed;
    *none = part == 0;
    return ratio_apply(&f->back, part, fee);
}

/* The payment's fee, month by month; a month that pays what the one before did costs the same. */
static bool add_payment_fees(struct sum *u)
{
    const struct swift_fee *f = &u->stand->payment;
    uint64_t before = 0, fee = 0;
    bool none = true;
    for (int m = 0; m < u->npaid; m++) {
        uint64_t paid = u->t->paid[m], there;
        if (paid == 0 || !ratio_apply(&f->to_fee, paid, &there))
            continue;
        if (there == 0)
            continue;
        if (paid != before && !fee_of(f, paid, &fee, &none))
            return false;
        before = paid;
        if (!none)
            add_fee(u, m, u->t->paid_at[m], fee);
    }
    return true;
}

static bool add_fees(struct sum *u)
{
    if (u->stand->payment.any && !add_payment_fees(u))
        return false;
    for (int m = 0; u->stand->handled && m < u->npaid; m++)
        if (u->t->paid[m] != 0)
            add_fee(u, m, u->t->paid_at[m], u->stand->handling);
    return true;
}

/* ---- the place */

/* A place that nothing changes is what it was for the base. */
static bool take_base(const struct swift *s, const struct swift_stand *stand, struct swift_site *out)
{
    const struct site_estimate *e = &stand->estimate;
    int places = s->budget_places;
    *out = (struct swift_site){.site = e, .npv = e->npv, .oldest_price = e->oldest_price, .version = stand->version};
    if (!e->has_totals)
        return true;
    struct minor_money *m = &out->m;
    return minor_of(e->m.net, places, &m->net) && minor_of(e->m.tax, places, &m->tax) &&
           minor_of(e->m.recoverable, places, &m->recoverable) && minor_of(e->m.withheld, places, &m->withheld) &&
           minor_of(e->m.fees, places, &m->fees) && minor_of(e->m.other, places, &m->other) &&
           (!e->has_list || minor_of(e->list, stand->list_places, &out->list));
}

static void start(struct sum *u)
{
    size_t months = (size_t)u->s->scenario.months;
    u->t->full = u->wanted & SWIFT_TAXES;
    struct swift_site *out = u->out; /* member by member: a row does this for every place */
    out->site = &u->stand->estimate;
    out->version = u->stand->version;
    out->list = 0;
    out->m = (struct minor_money){.net = 0};
    out->npv = out->vs_best = DEC_ZERO;
    out->rank = 0;
    out->has_vs_best = false;
    out->oldest_price = u->stand->oldest;
    if (pays(u))
        memset(u->t->paid, 0, (months + TERM_MAX) * sizeof *u->t->paid);
    if ((u->wanted & SWIFT_NOTES) && u->stand->watches_limit)
        memset(u->t->limit, 0, months * sizeof *u->t->limit);
}

/* The notes of the side of the limit that the bill is on. */
static void choose_notes(const struct sum *u)
{
    uint64_t limit = u->s->filing_limit;
    if (!(u->wanted & SWIFT_NOTES) || !u->stand->watches_limit)
        return;
    for (int m = 0; m < u->s->scenario.months; m++)
        if (u->t->limit[m] > limit) {
            u->out->site = &u->stand->above;
            u->out->version = u->stand->version + 1;
            return;
        }
}

static bool add_changed(struct sum *u)
{
    for (size_t i = 0; i < u->stand->n; i++)
        if (!add_line(u, &u->stand->lines[i]))
            return false;
    return true;
}

/* The lines in their order: what the row changes, and what is as the base has it. */
static bool add_lines(struct sum *u)
{
    const struct site_estimate *e = &u->stand->estimate;
    size_t next = 0;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        if (next < u->stand->n && u->stand->lines[next].line == i) {
            if (!add_line(u, &u->stand->lines[next++]))
                return false;
        } else if (l->resource || l->cost) {
            add_constant(u, l);
        }
    }
    return true;
}

bool swift_stand_price(const struct swift *s, struct swift_scratch *t, const struct swift_stand *stand, unsigned wanted,
                       struct swift_site *out)
{
    if (stand->constant)
        return take_base(s, stand, out);
    struct sum u = {.s = s, .t = t, .stand = stand, .wanted = wanted, .out = out};
    start(&u);
    if (!(stand->plain ? add_changed(&u) : add_lines(&u)))
        return false;
    if (pays(&u) && !add_fees(&u))
        return false;
    if (wanted & SWIFT_NPV)
        out->npv = npv_result(&u.npv, &s->npv, s->budget_places);
    choose_notes(&u);
    return sums_fit(&out->m) && !dec_bad(out->npv);
}
