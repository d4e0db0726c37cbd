/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fee of a month's payment: share of what the site is paid, at least and at most so much, plus
 * a fixed sum. What is paid is added up from the lines of the site as the fee was reckoned on it.
 */
#include "calc/explain_parts.h"
#include "calc/tax.h"

#include "calc/line_view.h"
#include "calc/price.h"

#include <string.h>

/* What the site is paid in a month, in the budget currency. */
static dec_t paid_in(const struct site_estimate *s, int month)
{
    dec_t sum = DEC_ZERO;
    for (size_t i = 0; i < s->nlines; i++) {
        const struct line *l = &s->lines[i];
        for (size_t k = 0; (l->resource != NULL || l->shortfall != NULL) && line_has_amounts(l) && k < l->nruns; k++)
            if (month >= l->runs[k].first && month < l->runs[k].first + l->runs[k].months)
                sum = dec_add(sum, tax_due(&l->runs[k]));
    }
    return sum;
}

/* The rate that took the payment into the fee's currency; NULL when none is needed or none is found. */
static const struct fx_used *to_fee_currency(const struct explain *x, const struct line *l)
{
    for (size_t i = 0; i < x->e->nrates; i++)
        if (strcmp(x->e->rates[i]->from, x->e->scenario->currency) == 0 &&
            strcmp(x->e->rates[i]->to, l->price_currency) == 0)
            return x->e->rates[i];
    return NULL;
}

struct fee_terms {
    dec_t percent, min, max, fixed;
    bool has_min, has_max;
};

static struct fee_terms terms_of(const struct explain *x, const struct line *l)
{
    const struct fee_row *f = l->fee_rule;
    struct payment pay;
    if (f != NULL)
        return (struct fee_terms){f->percent, f->min, f->max, f->fixed, f->has_min, f->has_max};
    pay = scenario_paying(x->e->scenario, x->site->site->id);
    return (struct fee_terms){.percent = pay.fee.kind == VALUE_NONE ? DEC_ZERO : pay.fee.fixed};
}

static dec_t clamped(const struct fee_terms *t, dec_t share)
{
    if (t->has_min)
        share = dec_max(share, t->min);
    return t->has_max ? dec_min(share, t->max) : share;
}

/* Adds what the fee is reckoned on and returns how: "50.00 + 150.00". */
static const char *add_payment(struct explain *x, int depth, const struct line *l, struct span s)
{
    struct phrases *p = &x->p;
    const char *code = l->price_currency;
    int places = currency_places(x->e->rules, code);
    const struct fx_used *fx = to_fee_currency(x, l);
    struct fee_terms t = terms_of(x, l);
    dec_t paid = paid_in(x->site, s.first), there = paid, share;
    if (fx != NULL)
        there = dec_mul_round(paid, fx->rate, places, DEC_HALF_UP);
    share = dec_mul_round(there, t.percent, places, DEC_HALF_UP);
    if (dec_bad(there) || dec_bad(share))
        return "";
    explain_node(x, depth, TEXT_X_FEE_PAID, say_money(p, paid, x->e->scenario->currency),
                 say_plain(p, TEXT_X_FEE_PAID_IS));
    if (fx != NULL)
        explain_node(x, depth, TEXT_X_AMOUNT, say_money(p, there, code), explain_converted(x, paid, fx, there));
    explain_node(x, depth, TEXT_X_FEE_SHARE, say_money(p, share, code),
                 explain_times(x, there, t.percent, share, code));
    if (t.has_min)
        explain_node(x, depth, TEXT_X_FEE_MIN, say_money(p, t.min, code), "");
    if (t.has_max)
        explain_node(x, depth, TEXT_X_FEE_MAX, say_money(p, t.max, code), "");
    if (dec_sign(t.fixed) == 0)
        return say_amount(p, clamped(&t, share), places);
    explain_node(x, depth, TEXT_X_FEE_FIXED, say_money(p, t.fixed, code), "");
    return say_joined(p, say_amount(p, clamped(&t, share), places), " + ", say_amount(p, t.fixed, places));
}

static void explain_shortfall(struct explain *x, int depth, const struct line *l, struct span s)
{
    struct phrases *p = &x->p;
    const struct spend_contract *c = l->shortfall->contract;
    for (int i = 0; i < l->shortfall->nyears; i++) {
        const struct shortfall_year *y = &l->shortfall->years[i];
        if (y->last != s.first)
            continue;
        int places = currency_places(x->e->rules, l->price_currency);
        const char *month = say_month(p, month_add(x->e->scenario->start, y->last));
        tree_add(&x->tree, depth, say(p, TEXT_X_SHORTFALL_OWED, month), say_money(p, y->owed, l->price_currency), "");
        tree_add(&x->tree, depth, say(p, TEXT_X_SHORTFALL_SPENT, say_percent(p, c->discount.fixed)),
                 say_money(p, y->spent, l->price_currency), "");
        explain_node(x, depth, TEXT_X_SHORTFALL, say_money(p, y->rest, l->price_currency),
                     say_joined(p, say_amount(p, y->owed, places), " - ", say_amount(p, y->spent, places), "; ",
                                say_plain(p, TEXT_X_SHORTFALL_TAXED)));
    }
}

void explain_fee(struct explain *x, int depth, const struct line *l, struct span s)
{
    struct phrases *p = &x->p;
    const char *note = say_plain(p, TEXT_X_FEE_PER_INVOICE);
    if (l->shortfall != NULL) {
        explain_shortfall(x, depth, l, s);
        return;
    }
    if (l->charge[0] != '\0') { /* a way of paying; handling invoices has none */
        note = say_joined(p, add_payment(x, depth, l, s), say_plain(p, TEXT_COMMA),
                          say(p, TEXT_X_FEE_METHOD, say_clean(p, l->charge)));
    }
    explain_node(x, depth, TEXT_X_FEE_SUM, say_money(p, s.run->list, l->price_currency), note);
}
