/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The difference of a cell and its parts.
 */
#include "calc/reconcile_parts.h"

#include "calc/bill_words.h"

/* An amount in the cell's currency as the budget currency has it, beside what the estimate made of its own. */
static dec_t converted(const struct work *w, const struct cell *c, dec_t amount, dec_t own, dec_t anchor)
{
    /* nothing is nothing, whatever the roundings of the anchor were */
    if (dec_bad(amount) || dec_bad(own) || dec_sign(amount) != 0)
        return dec_add(anchor, dec_mul_round(dec_sub(amount, own), c->rate, w->places, DEC_HALF_UP));
    return DEC_ZERO;
}

static dec_t net_of(const struct work *w, const struct cell *c, dec_t amount)
{
    return converted(w, c, amount, c->est.net, c->anchor_net);
}

/* A list cost is rounded once a month, as the estimate's is, unless it is what is billed. */
static dec_t listed(const struct work *w, const struct cell *c)
{
    const struct side *b = &c->bill;

    if (dec_bad(b->list) || dec_bad(b->net) || dec_cmp(b->list, b->net) == 0)
        return b->list;
    return dec_round(b->list, work_places(w, c->currency), DEC_HALF_UP);
}

/* What rounding took from the difference of a charge. */
static void drop(struct work *w, const struct cell *c, dec_t rounded, dec_t fx)
{
    dec_t more = dec_sub(dec_add(c->bill.net, c->bill.tax), dec_add(c->est.net, c->est.tax));

    if (!c->bill.any)
        return;
    w->dropped = dec_add(w->dropped, dec_sub(dec_mul(more, c->rate, DEC_HALF_UP), rounded));
    w->dropped = dec_add(w->dropped, dec_sub(c->fx, fx));
}

void cell_split(struct work *w, struct cell *c)
{
    struct reconcile_parts *p = &c->row.parts;
    const struct side *e = &c->est, *b = &c->bill;
    dec_t net = net_of(w, c, b->net);
    dec_t tax = converted(w, c, b->tax, e->tax, c->anchor_tax);
    /* what is not billed at all is billed zero times, at no other price */
    bool known = e->any && c->row.status != RECONCILE_UNMATCHED;
    bool lists = known && b->has_list;
    bool units = lists && e->has_quantity && !dec_bad(e->quantity) && dec_sign(e->quantity) > 0 &&
                 (!b->any || (b->has_quantity && bill_same_unit(e->unit, b->unit)));

    p->estimated = dec_add(c->anchor_net, c->anchor_tax);
    p->fx = dec_round(c->fx, w->places, DEC_HALF_UP);
    p->billed = dec_add(dec_add(net, tax), p->fx);
    p->tax = dec_sub(tax, c->anchor_tax);
    drop(w, c, dec_sub(dec_add(net, tax), p->estimated), p->fx);
    dec_t list_e = net_of(w, c, e->list), list_b = net_of(w, c, listed(w, c));
    if (units) {
        dec_t expected = net_of(w, c, dec_muldiv(b->quantity, e->list, e->quantity, DEC_HALF_UP));
        p->quantity = dec_sub(expected, list_e);
        p->price = dec_sub(list_b, expected);
    }
    if (lists)
        p->discount = dec_sub(dec_sub(net, list_b), dec_sub(c->anchor_net, list_e));
    p->unexplained = dec_sub(dec_sub(p->billed, p->estimated), dec_add(p->tax, p->fx));
    p->unexplained = dec_sub(p->unexplained, dec_add(dec_add(p->quantity, p->price), p->discount));
    c->row.has_quantities = units && b->any;
    c->row.estimated_quantity = e->quantity;
    c->row.billed_quantity = b->quantity;
}

void parts_add(struct reconcile_parts *to, const struct reconcile_parts *p)
{
    to->estimated = dec_add(to->estimated, p->estimated);
    to->billed = dec_add(to->billed, p->billed);
    to->quantity = dec_add(to->quantity, p->quantity);
    to->price = dec_add(to->price, p->price);
    to->discount = dec_add(to->discount, p->discount);
    to->tax = dec_add(to->tax, p->tax);
    to->fx = dec_add(to->fx, p->fx);
    to->unexplained = dec_add(to->unexplained, p->unexplained);
}

int parts_check(const struct reconcile_parts *p, struct err *err)
{
    return dec_check(p->unexplained, "a difference to the bill", err) || dec_check(p->billed, "the bill", err) ||
                   dec_check(p->price, "a difference in price", err) || dec_check(p->fx, "a difference in rates", err)
               ? -1
               : 0;
}
