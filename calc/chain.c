/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/chain.h"

static bool rate_of(const struct fx_used *fx, int from, int to, struct ratio *out)
{
    return ratio_make(fx ? fx->rate : DEC_ONE, DEC_ONE, from, to, out);
}

bool chain_make(const struct tax_used *t, const struct tax_money *how, struct chain *out)
{
    int own = how->tax_places, budget = how->budget_places;
    dec_t one_v = dec_add(DEC_ONE, t->rate), rest = dec_sub(DEC_ONE, t->wht);
    struct chain c = {
        .by_buyer = t->by_buyer,
        .incl = how->basis == BASIS_INCL,
        .by_supplier = t->borne_by == BORNE_BY_SUPPLIER,
        .has_wht = dec_sign(t->wht) > 0,
        .has_tax_fx = how->tax_fx != NULL,
        .has_spread = dec_sign(how->spread) != 0,
    };
    const struct fx_used *back = how->back_fx ? how->back_fx : how->fx;
    bool fits = rate_of(how->tax_fx, how->billed_places, own, &c.tax_fx) &&
                ratio_make(DEC_ONE, one_v, own, own, &c.ex) && ratio_make(t->rate, DEC_ONE, own, own, &c.v) &&
                ratio_make(t->wht, DEC_ONE, own, own, &c.wht) &&
                (!c.has_wht || ratio_make(DEC_ONE, rest, own, own, &c.gross)) &&
                rate_of(how->fx, how->billed_places, budget, &c.fx) && rate_of(back, own, budget, &c.back) &&
                ratio_make(t->deductible, DEC_ONE, budget, budget, &c.deductible) &&
                ratio_make(t->surcharge, DEC_ONE, budget, budget, &c.surcharge) &&
                ratio_make(how->spread, DEC_ONE, budget, budget, &c.spread);
    if (fits)
        *out = c;
    return fits;
}

/* The sum in the tax's own currency. */
struct own {
    uint64_t amount, net, tax, withheld;
};

static bool seller_charged(const struct chain *c, struct own *o)
{
    uint64_t ex = o->amount;
    if (c->incl) {
        if (!ratio_apply(&c->ex, o->amount, &ex))
            return false;
        o->tax = o->amount - ex;
    } else if (!ratio_apply(&c->v, ex, &o->tax)) {
        return false;
    }
    o->net = ex;
    o->withheld = 0;
    if (!c->has_wht)
        return true;
    uint64_t base = ex;
    if ((!c->by_supplier && !ratio_apply(&c->gross, ex, &base)) || !ratio_apply(&c->wht, base, &o->withheld))
        return false;
    if (c->by_supplier)
        o->net = ex - o->withheld;
    return o->withheld <= ex || !c->by_supplier;
}

static bool buyer_assessed(const struct chain *c, struct own *o)
{
    uint64_t n = o->amount, base;
    if (c->incl && !ratio_apply(&c->ex, o->amount, &n))
        return false;
    base = n;
    if (c->by_supplier ? !ratio_apply(&c->ex, n, &base) : c->has_wht && !ratio_apply(&c->gross, n, &base))
        return false;
    if (!ratio_apply(&c->wht, base, &o->withheld) || !ratio_apply(&c->v, base, &o->tax))
        return false;
    o->net = n;
    if (!c->by_supplier)
        return true;
    o->net = n - o->withheld - o->tax;
    return o->withheld + o->tax <= n;
}

/* What is left of the bill without taxes; the whole sum where the seller bears some of them. */
bool chain_net(const struct chain *c, uint64_t billed, struct minor_money *out)
{
    uint64_t amount = billed, net;
    if (c->by_supplier && (c->by_buyer || c->has_wht))
        return chain_run(c, billed, out);
    *out = (struct minor_money){.net = 0};
    if (c->has_tax_fx && !ratio_apply(&c->tax_fx, billed, &amount))
        return false;
    net = amount;
    if (c->incl && !ratio_apply(&c->ex, amount, &net))
        return false;
    return net == amount ? ratio_apply(&c->fx, billed, &out->net) : ratio_apply(&c->back, net, &out->net);
}

bool chain_run(const struct chain *c, uint64_t billed, struct minor_money *out)
{
    struct own o = {.amount = billed};
    uint64_t back, relief;
    struct minor_money m = {.other = 0};
    if (c->has_tax_fx && !ratio_apply(&c->tax_fx, billed, &o.amount))
        return false;
    if (c->by_buyer ? !buyer_assessed(c, &o) : !seller_charged(c, &o))
        return false;
    bool whole = o.net == o.amount;
    if (!ratio_apply(whole ? &c->fx : &c->back, whole ? billed : o.net, &m.net) ||
        !ratio_apply(&c->back, o.tax, &m.tax) || !ratio_apply(&c->back, o.withheld, &m.withheld) ||
        !ratio_apply(&c->deductible, m.tax, &back) || !ratio_apply(&c->surcharge, back, &relief))
        return false;
    m.recoverable = back + relief;
    if (c->has_spread && !ratio_apply(&c->spread, c->by_buyer ? m.net : m.net + m.tax, &m.fees))
        return false;
    *out = m;
    return true;
}

uint64_t chain_surely_dearer(const struct chain *c)
{
    enum { FAR = 1000000000, ROUNDINGS = 12 };
    struct minor_money m;
    if (!chain_run(c, FAR, &m) || minor_cost(&m) <= 0)
        return 0;
    /* what a minor unit of the tax's currency, rounded before the exchange, becomes; two costs may be rounded
     * towards each other */
    uint64_t step = c->back.num / c->back.den.d + 1, most = 2 * ROUNDINGS * step;
    return most * FAR / (uint64_t)minor_cost(&m) + 3;
}
