/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/commitments.h"

#include <assert.h>

enum { SHARE_PLACES = 6 };

static dec_t at(const dec_t *flow, int end, int month)
{
    return flow && month < end ? flow[month] : DEC_ZERO;
}

/* What is paid by a month's end, counted from its start. */
static dec_t paid(const struct buying_way *w, int month)
{
    return dec_add(at(w->at_start, w->end, month), at(w->at_end, w->end, month));
}

static int check(const struct buying_way *w, const char *name, struct err *err)
{
    for (int m = 0; m < w->end; m++) {
        dec_t start = at(w->at_start, w->end, m), due = at(w->at_end, w->end, m);
        if (dec_check(start, "an upfront payment", err) || dec_check(due, "a monthly payment", err))
            return -1;
        if (dec_sign(start) < 0 || dec_sign(due) < 0)
            return err_set(err, ERR_USAGE, "%s: a payment below 0", name);
        if (w->term == 0 && dec_sign(start) != 0)
            return err_set(err, ERR_USAGE, "%s: an upfront payment without a term to spread it over", name);
    }
    return 0;
}

/* What was paid, split at the horizon's end: upfront by the months of its term that lie within it and after it (as
 * amount x months, so that nothing is divided yet), and what is due monthly. */
struct split {
    dec_t within, after;         /* upfront x months; of no meaning without a term */
    dec_t due, due_after;        /* monthly payments */
    dec_t upfront_all, all_paid; /* sums */
};

static void split_month(const struct buying_way *w, int months, int m, struct split *s)
{
    dec_t start = at(w->at_start, w->end, m), due = at(w->at_end, w->end, m);
    int left = m < months ? months - m : 0;
    int within = w->term < left ? w->term : left;
    s->within = dec_add(s->within, dec_muln(start, within));
    s->after = dec_add(s->after, dec_muln(start, w->term - within));
    if (m < months)
        s->due = dec_add(s->due, due);
    else
        s->due_after = dec_add(s->due_after, due);
    s->upfront_all = dec_add(s->upfront_all, start);
    s->all_paid = dec_add(s->all_paid, dec_add(start, due));
}

static struct split split_at(const struct buying_way *w, int months)
{
    struct split s = {0};
    for (int m = 0; m < w->end; m++)
        split_month(w, months, m, &s);
    return s;
}

static int spreading_term(const struct buying_way *w)
{
    return w->term > 0 ? w->term : 1;
}

/* The cost of the horizon x term. */
static dec_t used_times_term(const struct buying_way *w, const struct split *s)
{
    return dec_add(s->within, dec_muln(s->due, spreading_term(w)));
}

static dec_t unused(const struct buying_way *w, const struct split *s, int places)
{
    int term = spreading_term(w);
    return dec_div_round(dec_add(s->after, dec_muln(s->due_after, term)), dec_int64(term), places, DEC_HALF_UP);
}

static dec_t net_present(const struct buying_way *w, const struct npv_table *t, int places)
{
    struct npv v = {0};
    for (int m = 0; m < w->end; m++) {
        npv_add(&v, t, m, 1, AT_START, at(w->at_start, w->end, m));
        npv_add(&v, t, m, 1, AT_END, at(w->at_end, w->end, m));
    }
    return dec_round(npv_result(&v, t, places), places, DEC_HALF_UP);
}

/* The share u at which both cost the same: cost / term = u x on-demand, each of the horizon, divided once. */
static void break_even(const struct buying_way *way, const struct split *s, const struct buying_way *demand, int months,
                       struct buying_facts *f)
{
    struct split d = split_at(demand, months);
    dec_t full = used_times_term(demand, &d);
    if (dec_bad(full) || dec_sign(full) <= 0)
        return;
    f->has_break_even = true;
    dec_t cost = dec_muln(used_times_term(way, s), spreading_term(demand));
    f->break_even = dec_div_round(cost, dec_muln(full, spreading_term(way)), SHARE_PLACES, DEC_HALF_UP);
}

static int payback(const struct buying_way *way, const struct buying_way *demand, int months, struct buying_facts *f,
                   struct err *err)
{
    dec_t more = DEC_ZERO; /* paid so far than on demand */
    f->payback = f->payback_stays = -1;
    for (int m = 0; m < months; m++) {
        more = dec_add(more, dec_sub(paid(way, m), paid(demand, m)));
        if (dec_check(more, "cumulative cash", err))
            return -1;
        bool done = dec_sign(more) <= 0;
        if (done && f->payback < 0)
            f->payback = m;
        if (!done)
            f->payback_stays = -1;
        else if (f->payback_stays < 0)
            f->payback_stays = m;
    }
    return 0;
}

static int check_facts(const struct buying_facts *f, struct err *err)
{
    bool bad = dec_check(f->cash, "cash of a commitment", err) ||
               dec_check(f->monthly, "effective monthly cost", err) || dec_check(f->npv, "NPV of a commitment", err) ||
               dec_check(f->unused, "unused commitment", err) ||
               (f->has_break_even && dec_check(f->break_even, "break-even utilisation", err));
    return bad ? -1 : 0;
}

int commitments_weigh(const struct buying_way *way, const struct buying_way *on_demand, int months,
                      const struct npv_table *t, int places, struct buying_facts *out, struct err *err)
{
    assert(months >= 1 && way->end <= t->months && on_demand->end <= t->months && way->term >= 0);
    if (check(way, "commitment", err) || check(on_demand, "on-demand", err))
        return -1;
    struct split s = split_at(way, months);
    dec_t month_terms = dec_int64((int64_t)months * spreading_term(way));
    struct buying_facts f = {
        .upfront = at(way->at_start, way->end, 0),
        .upfront_all = s.upfront_all,
        .cash = s.all_paid,
        .monthly = dec_div_round(used_times_term(way, &s), month_terms, places, DEC_HALF_UP),
        .npv = net_present(way, t, places),
        .unused = unused(way, &s, places),
        .renewals = way->term ? (months - 1) / way->term : 0,
    };
    break_even(way, &s, on_demand, months, &f);
    if (payback(way, on_demand, months, &f, err) || check_facts(&f, err))
        return -1;
    *out = f;
    return 0;
}
