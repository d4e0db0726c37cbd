/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By the type of a key and, for the best known ones, by its name.
 */
#include "calc/vary_form.h"

#include "calc/value.h"

#include <string.h>

enum { FINEST = 10, PERCENT_PLACES = 2, FINE_PERCENT_PLACES = 3, HOUR_PLACES = 2, RATE_PLACES = 4 };

/* ---- how its numbers are written */

enum form form_of(const struct key *k)
{
    switch (k->type) {
    case VALUE_TYPE_NUMBER:
    case VALUE_TYPE_DRAWN_NUMBER:
    case VALUE_TYPE_ITEMS:
    case VALUE_TYPE_WHOLE:
    case VALUE_TYPE_BUDGET_RATE:
        return FORM_NUMBER;
    case VALUE_TYPE_PERCENT:
    case VALUE_TYPE_DRAWN_PERCENT:
    case VALUE_TYPE_DISCOUNT:
        return FORM_PERCENT;
    case VALUE_TYPE_GROWTH:
        return FORM_GROWTH;
    case VALUE_TYPE_SIZE:
    case VALUE_TYPE_DRAWN_SIZE:
        return FORM_SIZE;
    case VALUE_TYPE_RATE:
    case VALUE_TYPE_DRAWN_RATE:
        return FORM_RATE;
    case VALUE_TYPE_QUANTITY:
    case VALUE_TYPE_DRAWN_QUANTITY:
        return FORM_QUANTITY;
    case VALUE_TYPE_AMOUNT:
    case VALUE_TYPE_COST_AMOUNT:
        return FORM_MONEY;
    default:
        return FORM_NONE;
    }
}

/* Is the key's range in the numbers of the text, whatever unit follows? */
static bool range_is_plain(const struct key *k)
{
    return form_of(k) == FORM_NUMBER || form_of(k) == FORM_PERCENT || form_of(k) == FORM_GROWTH ||
           form_of(k) == FORM_MONEY;
}

/* Decimals that tell numbers about as large as x apart to some parts in a hundred thousand. */
static int places_for(dec_t x)
{
    int places = RATE_PLACES;
    dec_t size = dec_sign(x) < 0 ? dec_neg(x) : x;
    for (dec_t below = DEC_ONE; places < FINEST && dec_sign(size) > 0 && dec_cmp(size, below) < 0; places++)
        below = dec_div(below, dec_int64(10), DEC_HALF_UP);
    return places;
}

static bool is_word(const struct key *k, const char *name)
{
    return !strcmp(k->name, name);
}

/* Money has the decimals of its currency, which is the end of the suffix " CNY". */
static int money_places(const struct vary *v, const struct rules *r)
{
    const struct currency *c = rules_currency(r, v->suffix + strspn(v->suffix, " \t"));
    return c ? c->minor_units : 0;
}

void form_finest(struct vary *v, const struct key *k, const struct rules *r)
{
    v->finest = form_of(k) == FORM_MONEY ? money_places(v, r) : v->whole ? 0 : FINEST;
}

/* What is usual for the number, and more where its present value is finer than that. */
void form_places(struct vary *v, const struct key *k)
{
    int usual = is_word(k, "growth") || is_word(k, "spread") ? FINE_PERCENT_PLACES
                : v->percent                                 ? PERCENT_PLACES
                : is_word(k, "hours") || is_word(k, "count") ? HOUR_PLACES
                                                             : 0;
    v->places = usual;
    if (usual == 0 || dec_bad(dec_round(v->base, usual, DEC_EXACT)))
        v->places = places_for(v->base);
    if (v->places > v->finest)
        v->places = v->finest;
}

/* ---- where it is searched */

static const struct usual {
    const char *key;
    int low, high;
} usual_ranges[] = {
    {"taxable_use", 0, 100}, {"hours", 1, 744}, {"months", 1, 120}, {"spread", 0, 10}, {"discount_rate", 0, 30},
};

static bool usual_range(struct vary *v, const struct key *k)
{
    for (size_t i = 0; i < sizeof usual_ranges / sizeof *usual_ranges; i++)
        if (is_word(k, usual_ranges[i].key)) {
            v->low = dec_int64(usual_ranges[i].low);
            v->high = dec_int64(usual_ranges[i].high);
            return true;
        }
    return false;
}

/* At least up to 100 of what is counted; growth of a year goes further than that of a month. */
static bool range_of_key(struct vary *v, const struct key *k)
{
    if (usual_range(v, k))
        return true;
    v->low = DEC_ZERO;
    v->high = dec_int64(k->type == VALUE_TYPE_GROWTH && !strstr(v->suffix, "year") ? 10 : 100);
    if (k->type == VALUE_TYPE_DISCOUNT || k->type == VALUE_TYPE_GROWTH)
        return true;
    v->low = DEC_ONE;
    v->high = dec_max(v->high, dec_muln(v->base, 10));
    return is_word(k, "count");
}

void form_range(struct vary *v, const struct key *k)
{
    if (!range_of_key(v, k)) { /* half to double */
        v->low = vary_round(v, dec_div(v->base, dec_int64(2), DEC_HALF_UP));
        v->high = vary_round(v, dec_muln(v->base, 2));
    }
    v->low = dec_min(v->low, v->base);
    v->high = dec_max(v->high, v->base);
    if (v->has_limits && dec_cmp(v->high, v->most) > 0)
        v->high = v->most;
    if (v->has_limits && dec_cmp(v->low, v->least) < 0)
        v->low = v->least;
}

void form_limits(struct vary *v, const struct key *k)
{
    v->has_limits = range_is_plain(k);
    if (!v->has_limits)
        return;
    struct value_range r = value_range(k->allowed);
    v->least = r.open ? dec_add(r.low, dec_of(1, v->finest)) : r.low;
    v->most = r.high;
}
