/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands beside an amount of the bridge: 730 -> 1,460 hours, ecs.g7.large -> ecs.g7.xlarge.
 */
#include "calc/bridge_view.h"

#include <string.h>

#define ARROW " -> "

enum { SHOWN_PLACES = 2 }; /* of a quantity; CSV and JSON have them all */

/* "a -> b", nothing when they are the same. */
static const char *moved(struct phrases *p, const char *old, const char *new)
{
    return !strcmp(old, new) ? "" : say_joined(p, old, ARROW, new);
}

static const char *both(struct phrases *p, const char *a, const char *b)
{
    return say_joined(p, a, *a != '\0' && *b != '\0' ? say_plain(p, TEXT_SEMICOLON) : "", b);
}

/* "what a -> b" */
static const char *named(struct phrases *p, const char *what, const char *change)
{
    return *change == '\0' ? "" : say_joined(p, what, " ", change);
}

static const char *scope_fact(struct phrases *p, const struct bridge_line *l)
{
    static const enum text_id texts[] = {[BRIDGE_ADDED] = TEXT_DIFF_LINE_ADDED,
                                         [BRIDGE_REMOVED] = TEXT_DIFF_LINE_REMOVED,
                                         [BRIDGE_COMPARED] = TEXT_DIFF_OTHER_MONTHS};

    return l->change == BRIDGE_UNKNOWN ? "" : say_plain(p, texts[l->change]);
}

/* Sums over horizons of other lengths say nothing of each other. */
static const char *quantity_fact(struct phrases *p, const struct bridge *b, const struct bridge_line *l)
{
    bool sums = b->old->months == b->new->months && !strcmp(l->old->unit, l->new->unit);
    dec_t old = dec_round(l->old->quantity, SHOWN_PLACES, DEC_HALF_UP);
    dec_t new = dec_round(l->new->quantity, SHOWN_PLACES, DEC_HALF_UP);

    if (!sums || dec_bad(old) || dec_bad(new) || dec_cmp(old, new) == 0)
        return "";
    return say_joined(p, say_number(p, old), ARROW, say_units(p, new, say_clean(p, l->new->unit)));
}

static const char *product_fact(struct phrases *p, const struct offer *a, const struct offer *b,
                                const struct bridge_line *l)
{
    const char *sku = moved(p, say_clean(p, a->sku), say_clean(p, b->sku));
    const char *region = moved(p, say_clean(p, a->region), say_clean(p, b->region));
    const char *os = moved(p, say_clean(p, a->os), say_clean(p, b->os));
    const char *charge = moved(p, say_clean(p, l->old->charge), say_clean(p, l->new->charge));

    return both(p, both(p, sku, region), both(p, os, charge));
}

/* The price of what has one. */
static const char *one_price(struct phrases *p, const struct offer *o)
{
    if (o->nparts != 1 || o->parts[0].ntiers != 1)
        return "";
    return say(p, TEXT_DIFF_PER, say_number(p, o->parts[0].tiers[0].price), o->currency,
               unit_table[o->parts[0].unit].name);
}

static const char *price_fact(struct phrases *p, const struct bridge_line *l)
{
    if (l->old->offer == NULL || l->new->offer == NULL)
        return "";
    const char *old = one_price(p, l->old->offer), *new = one_price(p, l->new->offer);
    return *old == '\0' || *new == '\0' ? "" : moved(p, old, new);
}

static const char *rate_fact(struct phrases *p, const struct fx_used *a, const struct fx_used *b)
{
    if (a == NULL || b == NULL || dec_cmp(a->rate, b->rate) == 0 || strcmp(a->from, b->from) != 0 ||
        strcmp(a->to, b->to) != 0)
        return "";
    return say_joined(p, a->from, "/", a->to, " ", say_number(p, a->rate), ARROW, say_number(p, b->rate));
}

static bool same_pair(const struct fx_used *a, const struct fx_used *b)
{
    return a != NULL && b != NULL && !strcmp(a->from, b->from) && !strcmp(a->to, b->to);
}

/* Each pair once: taxes are often reckoned in the budget currency. */
static const char *rates_fact(struct phrases *p, const struct saved_line *a, const struct saved_line *b)
{
    const char *billed = both(p, rate_fact(p, a->settle_fx, b->settle_fx), rate_fact(p, a->fx, b->fx));
    const char *taxed = same_pair(b->tax_fx, b->fx) ? "" : rate_fact(p, a->tax_fx, b->tax_fx);
    const char *back = same_pair(b->back_fx, b->fx) ? "" : rate_fact(p, a->back_fx, b->back_fx);

    return both(p, billed, both(p, taxed, back));
}

static const char *shares(struct phrases *p, enum text_id what, dec_t a, dec_t b)
{
    return named(p, say_plain(p, what), moved(p, say_percent(p, a), say_percent(p, b)));
}

/* Of the first month; a rule that changes later speaks by its amount alone. */
static const char *tax_fact(struct phrases *p, const struct saved_line *a, const struct saved_line *b)
{
    const struct tax_used *x = a->nruns > 0 ? a->runs[0].tax : NULL, *y = b->nruns > 0 ? b->runs[0].tax : NULL;

    if (x == NULL || y == NULL)
        return "";
    return both(p, shares(p, TEXT_DIFF_RATE, x->rate, y->rate),
                both(p, shares(p, TEXT_DIFF_DEDUCTIBLE, x->deductible, y->deductible),
                     shares(p, TEXT_DIFF_INCOME_TAX, x->wht, y->wht)));
}

static const char *units_fact(struct phrases *p, const struct bridge_line *l)
{
    return l->notes & BRIDGE_UNITS ? say_plain(p, TEXT_DIFF_UNITS_NOTE) : "";
}

/* Stands at the parts where a line may lack a rate. */
static const char *stuck_fact(struct phrases *p, const struct bridge_line *l)
{
    return l->notes & BRIDGE_RATES ? say_plain(p, TEXT_DIFF_RATES_NOTE) : "";
}

const char *bridge_fact(struct phrases *p, const struct bridge *b, const struct bridge_line *l, enum bridge_part part)
{
    const struct saved_line *old = l->old, *new = l->new;

    if (part == PART_SCOPE)
        return scope_fact(p, l);
    if (old == NULL || new == NULL)
        return scope_fact(p, l);
    switch (part) {
    case PART_QUANTITY:
        return quantity_fact(p, b, l);
    case PART_PRODUCT:
        return both(p, both(p, product_fact(p, old->offer, new->offer, l), price_fact(p, l)),
                    both(p, units_fact(p, l), stuck_fact(p, l)));
    case PART_PRICE:
        return both(p, price_fact(p, l), both(p, units_fact(p, l), stuck_fact(p, l)));
    case PART_DISCOUNT:
        return moved(p, say_percent(p, old->discount), say_percent(p, new->discount));
    case PART_FX:
        return both(p, rates_fact(p, old, new), stuck_fact(p, l));
    case PART_TAX:
        return tax_fact(p, old, new);
    case PART_FEES:
        return shares(p, TEXT_DIFF_SPREAD, old->spread, new->spread);
    default:
        return "";
    }
}
