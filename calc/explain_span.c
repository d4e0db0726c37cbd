/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One month of a line (or one of several equal ones), from the list amount to the cost: contract,
 * settlement, the taxes in their own currency, and everything in the budget currency.
 */
#include "calc/explain_parts.h"

#include "calc/price.h"

#include <string.h>

static const char *with_money(struct explain *x, dec_t amount, const char *code)
{
    return say_money(&x->p, amount, code);
}

/* "amount / (1 + 6 %)" rounded into result */
static const char *divided(struct explain *x, dec_t amount, dec_t share, bool less, dec_t result, const char *code)
{
    struct phrases *p = &x->p;
    dec_t by = less ? dec_sub(DEC_ONE, share) : dec_add(DEC_ONE, share);
    const char *formula = say_joined(p, say_amount(p, amount, currency_places(x->e->rules, code)), " / (1 ",
                                     less ? "- " : "+ ", say_percent(p, share), ")");
    return explain_rounded(x, formula, dec_div(amount, by, DEC_HALF_UP), result, code);
}

/* A share of what the pool comes to after the discount. */
static const char *pool_contract(struct explain *x, const struct line *l, const struct charge_run *pool)
{
    struct phrases *p = &x->p;
    dec_t keep = dec_sub(DEC_ONE, l->discount);
    int places = currency_places(x->e->rules, l->price_currency);
    dec_t all = dec_mul_round(pool->list, keep, places, DEC_HALF_UP);
    const char *formula = say_joined(p, say_exact(p, pool->list, l->price_currency), " × ", say_percent(p, keep));
    return say(p, TEXT_X_POOL_CONTRACT, say_percent(p, l->discount),
               explain_rounded(x, formula, dec_mul(pool->list, keep, DEC_HALF_UP), all, l->price_currency));
}

static void add_contract(struct explain *x, int depth, const struct line *l, const struct line_run *r)
{
    struct phrases *p = &x->p;
    const char *note = say_plain(p, TEXT_X_NO_DISCOUNT);
    const struct charge_run *pool = l->pool != NULL ? explain_pool(l, r) : NULL;
    if (dec_sign(l->discount) != 0 && pool != NULL) {
        note = pool_contract(x, l, pool);
    } else if (dec_sign(l->discount) != 0) {
        dec_t keep = dec_sub(DEC_ONE, l->discount);
        const char *formula = say_joined(p, say(p, TEXT_X_AFTER_DISCOUNT, say_percent(p, l->discount)),
                                         say_exact(p, r->list_exact, l->price_currency), " × ", say_percent(p, keep));
        note = explain_rounded(x, formula, dec_mul(r->list_exact, keep, DEC_HALF_UP), r->contract, l->price_currency);
    }
    explain_node(x, depth, TEXT_X_CONTRACT, with_money(x, r->contract, l->price_currency), note);
}

static void add_price(struct explain *x, int depth, const struct line *l, struct span s)
{
    const struct line_run *r = s.run;
    if (l->offer != NULL) {
        explain_list(x, depth, l, s);
        add_contract(x, depth, l, r);
    } else if (l->cost != NULL) {
        explain_node(x, depth, TEXT_X_LIST, with_money(x, r->list, l->price_currency),
                     say_plain(&x->p, TEXT_X_AMOUNT_CONFIG));
    } else {
        explain_fee(x, depth, l, s);
    }
    if (l->settle_fx != NULL)
        explain_node(x, depth, TEXT_X_BILLED, with_money(x, r->billed, l->settle_fx->to),
                     say(&x->p, TEXT_X_AT_VENDOR_RATE, explain_converted(x, r->contract, l->settle_fx, r->billed)));
}

/* The seller puts the tax on its bill; amounts in the tax's currency. */
static void add_seller_tax(struct explain *x, int depth, const struct line_run *r, bool incl)
{
    const struct tax_used *t = r->tax;
    const char *code = t->currency;
    dec_t tax = r->own_tax, without = incl ? dec_sub(r->own_amount, tax) : r->own_amount;
    if (incl) {
        explain_node(x, depth, TEXT_X_WITHOUT_TAX, with_money(x, without, code),
                     divided(x, r->own_amount, t->rate, false, without, code));
        explain_node(x, depth, TEXT_X_VAT, with_money(x, tax, code),
                     say_joined(&x->p, with_money(x, r->own_amount, code), " - ", with_money(x, without, code)));
    } else {
        explain_node(x, depth, TEXT_X_VAT, with_money(x, tax, code), explain_times(x, without, t->rate, tax, code));
    }
}

/* What the income tax is reckoned on. */
static const char *base_note(struct explain *x, const struct line_run *r, dec_t without)
{
    const struct tax_used *t = r->tax;
    const char *code = t->currency;
    if (t->borne_by == BORNE_BY_SUPPLIER && t->by_buyer)
        return say(&x->p, TEXT_X_BASE_SUPPLIER, divided(x, without, t->rate, false, r->own_base, code));
    if (t->borne_by == BORNE_BY_BUYER && dec_sign(t->wht) > 0)
        return say(&x->p, TEXT_X_BASE_BUYER, divided(x, without, t->wht, true, r->own_base, code));
    return say_plain(&x->p, TEXT_X_BASE_SAME);
}

static void add_income_tax(struct explain *x, int depth, const struct line_run *r)
{
    if (dec_sign(r->tax->wht) > 0)
        explain_node(x, depth, TEXT_X_INCOME_TAX, with_money(x, r->own_withheld, r->tax->currency),
                     explain_times(x, r->own_base, r->tax->wht, r->own_withheld, r->tax->currency));
}

/* The buyer withholds or assesses the taxes itself, on the contract amount. */
static void add_buyer_tax(struct explain *x, int depth, const struct line_run *r, bool incl)
{
    const struct tax_used *t = r->tax;
    const char *code = t->currency;
    int places = currency_places(x->e->rules, code);
    dec_t without = r->own_amount;
    if (incl) {
        without = dec_div_round(r->own_amount, dec_add(DEC_ONE, t->rate), places, DEC_HALF_UP);
        explain_node(x, depth, TEXT_X_WITHOUT_TAX, with_money(x, without, code),
                     divided(x, r->own_amount, t->rate, false, without, code));
    }
    explain_node(x, depth, TEXT_X_BASE, with_money(x, r->own_base, code), base_note(x, r, without));
    explain_node(x, depth, TEXT_X_VAT, with_money(x, r->own_tax, code),
                 explain_times(x, r->own_base, t->rate, r->own_tax, code));
    add_income_tax(x, depth, r);
}

/* The seller keeps what is left of the amount when the taxes that it bears are taken off. */
static void add_kept(struct explain *x, int depth, const struct line_run *r)
{
    const char *code = r->tax->currency;
    struct phrases *p = &x->p;
    dec_t left = dec_sub(dec_sub(r->own_amount, r->own_tax), r->own_withheld);
    const char *note = "";
    if (dec_cmp(r->own_net, r->own_amount) == 0)
        note = say_plain(p, TEXT_X_ALL_OF_IT);
    else if (dec_cmp(r->own_net, left) == 0)
        note = say_joined(p, with_money(x, r->own_amount, code), " - ", with_money(x, r->own_tax, code),
                          dec_sign(r->own_withheld) > 0 ? " - " : "",
                          dec_sign(r->own_withheld) > 0 ? with_money(x, r->own_withheld, code) : "");
    explain_node(x, depth, TEXT_X_SELLER_KEEPS, with_money(x, r->own_net, code), note);
}

static void add_tax(struct explain *x, int depth, const struct line *l, const struct line_run *r)
{
    const struct tax_used *t = r->tax;
    bool incl = l->offer != NULL && l->offer->basis == BASIS_INCL;
    const char *amount = explain_converted(x, r->billed, l->tax_fx, r->own_amount);
    tree_add(&x->tree, depth, say(&x->p, t->by_buyer ? TEXT_X_TAX_BY_BUYER : TEXT_X_TAX_BY_SELLER, t->currency), "",
             "");
    depth++;
    explain_node(x, depth, TEXT_X_AMOUNT, with_money(x, r->own_amount, t->currency),
                 amount[0] != '\0' ? amount : say_plain(&x->p, TEXT_X_AMOUNT_BILLED));
    if (t->by_buyer) {
        add_buyer_tax(x, depth, r, incl);
    } else {
        add_seller_tax(x, depth, r, incl);
        if (dec_sign(t->wht) > 0) {
            dec_t without = incl ? dec_sub(r->own_amount, r->own_tax) : r->own_amount;
            explain_node(x, depth, TEXT_X_BASE, with_money(x, r->own_base, t->currency), base_note(x, r, without));
            add_income_tax(x, depth, r);
        }
    }
    add_kept(x, depth, r);
}

/* Where net comes from: the bill as a whole, or what the seller keeps of it. */
static const char *net_note(struct explain *x, const struct line *l, const struct line_run *r)
{
    const struct fx_used *back = l->back_fx != NULL ? l->back_fx : l->fx;
    if (r->tax == NULL || dec_cmp(r->own_net, r->own_amount) == 0)
        return explain_converted(x, r->billed, l->fx, l->cost != NULL ? r->m.other : r->m.net);
    return explain_converted(x, r->own_net, back, l->cost != NULL ? r->m.other : r->m.net);
}

/* The credit of the tax, and how much tax on the tax it saves where the buyer pays such. */
static void add_recoverable(struct explain *x, int depth, const struct line_run *r)
{
    const struct tax_used *t = r->tax;
    const char *code = x->e->scenario->currency, *note;
    struct phrases *p = &x->p;
    dec_t credit = dec_mul_round(r->m.tax, t->deductible, x->e->minor_units, DEC_HALF_UP);
    dec_t use = x->site->buyer->taxable_use.kind == VALUE_NONE ? DEC_ONE : x->site->buyer->taxable_use.fixed;
    dec_t relief = dec_sub(r->m.recoverable, credit);
    if (dec_sign(t->deductible) == 0)
        note = say(p, TEXT_X_NOT_RECOVERABLE, say_clean(p, t->row != NULL ? t->row->document : ""));
    else
        note = explain_times(x, r->m.tax, t->deductible, credit, code);
    if (dec_sign(t->deductible) != 0 && t->row != NULL)
        note = say(p, TEXT_X_RECOVERABLE_SHARE, note, say_percent(p, t->row->recoverable_share), say_percent(p, use));
    if (dec_sign(relief) == 0) {
        explain_node(x, depth, TEXT_X_RECOVERABLE, with_money(x, r->m.recoverable, code), note);
        return;
    }
    explain_node(x, depth, TEXT_X_RECOVERABLE, with_money(x, r->m.recoverable, code),
                 say_plain(p, TEXT_X_CREDIT_AND_RELIEF));
    explain_node(x, depth + 1, TEXT_X_CREDIT, with_money(x, credit, code), note);
    explain_node(x, depth + 1, TEXT_X_RELIEF, with_money(x, relief, code),
                 explain_times(x, credit, t->surcharge, relief, code));
}

static const char *fees_note(struct explain *x, const struct line *l, const struct line_run *r)
{
    dec_t paid = r->tax != NULL && !r->tax->by_buyer ? dec_add(r->m.net, r->m.tax) : r->m.net;
    if (l->offer == NULL)
        return explain_converted(x, r->billed, l->fx, r->m.fees);
    return say(&x->p, TEXT_X_SPREAD, explain_times(x, paid, l->spread, r->m.fees, x->e->scenario->currency));
}

/* "net + tax + fees": the parts that are there. */
static const char *cash_out_note(struct explain *x, const struct money *m)
{
    const struct {
        enum text_id name;
        dec_t amount;
    } parts[] = {{TEXT_X_NET, m->net},
                 {TEXT_X_VAT, m->tax},
                 {TEXT_X_WITHHELD, m->withheld},
                 {TEXT_X_FEES, m->fees},
                 {TEXT_X_OTHER, m->other}};
    const char *text = "";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (dec_sign(parts[i].amount) != 0)
            text = say_joined(&x->p, text, text[0] != '\0' ? " + " : "", say_plain(&x->p, parts[i].name));
    return text;
}

static void add_if_any(struct explain *x, int depth, enum text_id label, dec_t amount, const char *note)
{
    if (dec_sign(amount) != 0)
        explain_node(x, depth, label, with_money(x, amount, x->e->scenario->currency), note);
}

static void add_budget(struct explain *x, int depth, const struct line *l, const struct line_run *r)
{
    const char *code = x->e->scenario->currency;
    const struct fx_used *back = l->back_fx != NULL ? l->back_fx : l->fx;
    tree_add(&x->tree, depth, say(&x->p, TEXT_X_IN_BUDGET, code), "", "");
    depth++;
    if (l->offer != NULL)
        explain_node(x, depth, TEXT_X_NET, with_money(x, r->m.net, code), net_note(x, l, r));
    if (r->tax != NULL) {
        explain_node(x, depth, TEXT_X_VAT, with_money(x, r->m.tax, code),
                     explain_converted(x, r->own_tax, back, r->m.tax));
        add_if_any(x, depth, TEXT_X_WITHHELD, r->m.withheld,
                   explain_converted(x, r->own_withheld, back, r->m.withheld));
    }
    add_if_any(x, depth, TEXT_X_FEES, r->m.fees, fees_note(x, l, r));
    if (l->cost != NULL)
        explain_node(x, depth, TEXT_X_OTHER, with_money(x, r->m.other, code), net_note(x, l, r));
    explain_node(x, depth, TEXT_X_CASH_OUT, with_money(x, r->m.cash_out, code), cash_out_note(x, &r->m));
    if (r->tax != NULL)
        add_recoverable(x, depth, r);
    explain_node(x, depth, TEXT_X_COST, with_money(x, r->m.cost, code),
                 r->tax != NULL ? say_plain(&x->p, TEXT_X_COST_IS) : "");
}

void explain_span(struct explain *x, int depth, const struct line *l, struct span s)
{
    struct phrases *p = &x->p;
    const char *months = say_months(p, month_add(x->e->scenario->start, s.first), s.months);
    const char *when = say_plain(p, s.run->at == AT_START ? TEXT_X_PAID_START : TEXT_X_PAID_END);
    if (s.months > 1)
        months = say(p, TEXT_X_RUN, months, say_count(p, s.months));
    if (s.first >= x->e->scenario->months)
        when = say_joined(p, when, say_plain(p, TEXT_COMMA), say_plain(p, TEXT_X_BEYOND));
    tree_add(&x->tree, depth, say_joined(p, months, say_plain(p, TEXT_COMMA), when), "", "");
    add_price(x, depth + 1, l, s);
    if (s.run->tax != NULL)
        add_tax(x, depth + 1, l, s.run);
    add_budget(x, depth + 1, l, s.run);
}
