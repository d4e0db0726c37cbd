/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a month's list amount comes about: items and hours to a quantity, the quantity through the
 * tiers to an amount. What a formula says is worked out anew from the resource and the offer; where
 * that does not meet the figure of the estimate (items of many ages), it says so in words instead.
 */
#include "calc/explain_parts.h"
#include "calc/unit.h"

#include <string.h>

/* One item of the line in the unit of a price, and how many items a quantity is. */
struct items {
    bool known;
    struct measure m;
    dec_t n, hours;
};

/* The part of the offer that a run pays: what is due at a term's start, or what is due each month. */
static const struct price_part *part_of(const struct offer *o, const struct line_run *r)
{
    for (size_t i = 0; i < o->nparts; i++) {
        bool at_start = o->charge == CHARGE_PREPAID || unit_table[o->parts[i].unit].time == PER_TERM;
        if (at_start == (r->at == AT_START))
            return &o->parts[i];
    }
    return &o->parts[0];
}

static dec_t times_time(const struct measure *m, dec_t amount)
{
    return dec_muldiv(amount, m->time, m->time_div, DEC_HALF_UP);
}

/* The line's items from its quantity: known when they give the quantity back. */
static struct items find_items(const struct explain *x, const struct line *l, const struct price_part *part,
                               const struct line_run *r)
{
    const struct offer *o = l->offer;
    bool runs = o->charge == CHARGE_ON_DEMAND || o->charge == CHARGE_SPOT;
    struct items it = {.hours = x->e->scenario->hours.fixed};
    enum text_id why;
    dec_t one;
    if (runs && l->resource->hours.kind != VALUE_NONE)
        it.hours = l->resource->hours.fixed;
    if (!unit_measure(l->resource, part->unit, it.hours, &it.m, &why))
        return it;
    if (r->at == AT_START)
        it.m = measure_term(it.m, part->unit, o->term_months);
    one = times_time(&it.m, it.m.size);
    if (dec_bad(one) || dec_sign(one) <= 0)
        return it;
    it.n = dec_div(r->quantity, one, DEC_HALF_UP);
    it.known = !dec_bad(it.n) && dec_cmp(times_time(&it.m, dec_mul(it.n, it.m.size, DEC_HALF_UP)), r->quantity) == 0;
    return it;
}

/* What one item's size is counted in; "" for what is counted by the piece. */
static const char *base_name(enum unit unit)
{
    static const char *const names[] = {
        [BASE_ITEM] = "", [BASE_GIB] = "GiB", [BASE_MBPS] = "Mbps", [BASE_REQUEST] = "", [BASE_LCU] = "LCU"};
    const struct unit_info *u = &unit_table[unit];
    return u->base == BASE_REQUEST ? u->name : names[u->base];
}

/* " × 500 GiB"; nothing for what is counted by the piece. */
static const char *size_text(struct phrases *p, const struct items *it, enum unit unit)
{
    const char *name = base_name(unit);
    if (name[0] == '\0')
        return "";
    return say_joined(p, " × ", say_units(p, it->m.size, name));
}

/* " × 730 hours", " × 730 hours × 60", " × 730 hours / 24", " × 12 months" */
static const char *time_text(struct phrases *p, const struct items *it, enum unit unit)
{
    enum unit_time time = unit_table[unit].time;
    const char *hours = say(p, TEXT_X_HOURS, say_number(p, it->hours));
    dec_t hours_of_unit = time == PER_MINUTE ? dec_muln(it->hours, 60) : it->hours;
    dec_t months = time == PER_MONTH ? it->m.time : dec_div(it->m.time, hours_of_unit, DEC_HALF_UP);
    const char *term = "";
    if (time == PER_NONE || time == PER_TERM)
        return "";
    if (!dec_bad(months) && dec_cmp(months, DEC_ONE) != 0)
        term = say_joined(p, " × ", say(p, TEXT_MONTHS, say_number(p, months)));
    if (time == PER_MONTH)
        return term;
    return say_joined(p, " × ", hours, time == PER_DAY ? " / 24" : time == PER_MINUTE ? " × 60" : "", term);
}

static const char *quantity_note(struct phrases *p, const struct items *it, enum unit unit)
{
    if (!it->known)
        return "";
    return say_joined(p, say_items(p, it->n), size_text(p, it, unit), time_text(p, it, unit));
}

/* What stands beside the list amount, and which stretch of the ladder is set out below it. */
struct ladder_view {
    const char *formula, *unit;
    bool tiers, ages;
    dec_t from, to;
};

const struct charge_run *explain_pool(const struct line *l, const struct line_run *r)
{
    for (size_t i = 0; i < l->pool->nruns; i++) {
        const struct charge_run *c = &l->pool->runs[i];
        if (r->first >= c->first && r->first < c->first + c->months)
            return c;
    }
    return NULL;
}

static void view_pool(struct explain *x, const struct line *l, const struct line_run *r, struct ladder_view *v)
{
    struct phrases *p = &x->p;
    const struct charge_run *c = explain_pool(l, r);
    if (c == NULL)
        return;
    v->formula =
        say(p, TEXT_X_POOL_SHARE, say_exact(p, c->list, l->offer->currency), say_number(p, r->quantity),
            say_units(p, c->quantity, unit_table[l->offer->parts[0].unit].name), say_count(p, (long)l->pool->nlines));
    v->tiers = true;
    v->to = c->quantity;
}

/* "1.555 CNY for one item × 6 × 730 hours" */
static void view_item(struct explain *x, const struct line *l, const struct price_part *part, const struct items *it,
                      struct ladder_view *v)
{
    struct phrases *p = &x->p;
    bool beyond = false;
    dec_t one = ladder_amount(part->tiers, part->ntiers, DEC_ZERO, it->m.size, &beyond);
    if (!it->known || beyond || dec_bad(one))
        return;
    v->formula = say_joined(p, say(p, TEXT_X_OF_ONE_ITEM, say_exact(p, one, l->offer->currency)), " × ",
                            say_items(p, it->n), time_text(p, it, part->unit));
    v->tiers = true;
    v->to = it->m.size;
    v->unit = base_name(part->unit);
}

/* Items that all started together are of one age. */
static void view_life(struct explain *x, const struct price_part *part, const struct items *it, struct span s,
                      struct ladder_view *v)
{
    struct phrases *p = &x->p;
    bool beyond = false;
    dec_t from, to, sum;
    v->formula = say_plain(p, TEXT_X_AS_LIFE_MIXED);
    v->ages = true;
    if (!it->known)
        return;
    from = times_time(&it->m, dec_muln(it->m.size, s.first));
    to = times_time(&it->m, dec_muln(it->m.size, s.first + 1));
    sum = ladder_amount(part->tiers, part->ntiers, from, to, &beyond);
    if (beyond || dec_bad(sum) || dec_cmp(dec_mul(sum, it->n, DEC_HALF_UP), s.run->list_exact) != 0)
        return;
    v->formula = say(p, TEXT_X_AS_LIFE, say_items(p, it->n), say_number(p, from), say_number(p, to));
    if (s.months > 1)
        v->formula = say(p, TEXT_X_AS_LIFE_FIRST, v->formula);
    v->ages = false;
    v->tiers = true;
    v->from = from;
    v->to = to;
}

static struct ladder_view view(struct explain *x, const struct line *l, const struct price_part *part,
                               const struct items *it, struct span s)
{
    struct phrases *p = &x->p;
    struct ladder_view v = {.formula = say_plain(p, TEXT_X_AS_TIERS), .unit = unit_table[part->unit].name};
    const char *quantity = say_units(p, s.run->quantity, unit_table[part->unit].name);
    if (l->pool != NULL)
        view_pool(x, l, s.run, &v);
    else if (part->scope == SCOPE_LIFE)
        view_life(x, part, it, s, &v);
    else if (part->ntiers == 1)
        v.formula = say_joined(p, quantity, " × ", say_exact(p, part->tiers[0].price, l->offer->currency));
    else if (part->scope == SCOPE_ITEM)
        view_item(x, l, part, it, &v);
    else {
        v.tiers = true;
        v.to = s.run->quantity;
    }
    return v;
}

/* The stretch of the ladder tier by tier: "96 hours × 4.92". */
static void add_tiers(struct explain *x, int depth, const struct offer *o, const struct price_part *part,
                      const struct ladder_view *v)
{
    struct phrases *p = &x->p;
    for (size_t i = 0; i < part->ntiers; i++) {
        const struct tier *t = &part->tiers[i];
        dec_t low = dec_max(t->from, v->from), high = t->open ? v->to : dec_min(t->to, v->to), amount;
        if (dec_cmp(low, high) >= 0)
            continue;
        amount = dec_mul(dec_sub(high, low), t->price, DEC_HALF_UP);
        tree_add(&x->tree, depth,
                 say_joined(p, say_units(p, dec_sub(high, low), v->unit), " × ", say_number(p, t->price)),
                 say_exact(p, amount, o->currency), "");
    }
}

void explain_list(struct explain *x, int depth, const struct line *l, struct span s)
{
    struct phrases *p = &x->p;
    const struct line_run *r = s.run;
    const struct price_part *part = part_of(l->offer, r);
    struct items it = find_items(x, l, part, r);
    struct ladder_view v = view(x, l, part, &it, s);
    explain_node(x, depth, TEXT_X_QUANTITY, say_units(p, r->quantity, unit_table[part->unit].name),
                 quantity_note(p, &it, part->unit));
    explain_node(x, depth, TEXT_X_LIST, say_money(p, r->list, l->price_currency),
                 explain_rounded(x, v.formula, r->list_exact, r->list, l->price_currency));
    if (v.tiers)
        add_tiers(x, depth + 1, l->offer, part, &v);
    if (v.ages && it.m.size.v != 0)
        explain_life(x, depth + 1, l, part, times_time(&it.m, it.m.size), s.first);
}
