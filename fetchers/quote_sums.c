/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything a quote states as a sum is worked out again: rows, tax, subtotals, totals. What differs is
 * shown to the minor unit; the stated figure stays as it is.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

/* Months a price is owed for, as a count of its periods; 1 for what has no term. */
static int periods(const struct quote_item *i)
{
    if (i->term_months == 0)
        return 1;
    if (i->unit == UNIT_TERM)
        return i->term_months / i->period_months;
    return unit_table[i->unit].time == PER_MONTH || unit_table[i->unit].time == PER_NONE ? i->term_months : 1;
}

static bool is_usage(const struct quote_item *i)
{
    return unit_table[i->unit].time == PER_NONE;
}

/* Hours, minutes and days are not counted by a quote: its amounts of those cannot be checked. */
static bool countable(const struct quote_item *i)
{
    enum unit_time time = unit_table[i->unit].time;

    return time == PER_MONTH || time == PER_TERM || time == PER_NONE;
}

static dec_t minor(const struct quote_reading *r, dec_t v)
{
    return dec_round(v, quote_places(r), DEC_HALF_UP);
}

static dec_t of_row(const struct quote_reading *r, const struct quote_item *i, bool per_period)
{
    dec_t v = dec_mul(i->price, i->quantity, DEC_HALF_UP);

    return minor(r, dec_muln(v, per_period ? 1 : periods(i)));
}

/* An amount of one basis on the other one; as it is when the rate is not known. */
static dec_t on_basis(const struct quote_reading *r, dec_t v, enum tax_basis from, enum tax_basis to, dec_t rate)
{
    if (from == to)
        return v;
    if (from == BASIS_EXCL)
        return dec_add(v, minor(r, dec_mul(v, rate, DEC_HALF_UP)));
    return dec_div_round(v, dec_add(DEC_ONE, rate), quote_places(r), DEC_HALF_UP);
}

static bool comparable(const struct quote_item *i)
{
    return countable(i) && i->has_amount && (i->amount_basis == i->basis || i->has_tax_rate);
}

static bool fits(const struct quote_reading *r, const struct quote_item *i, bool per_period)
{
    dec_t v = on_basis(r, of_row(r, i, per_period), i->basis, i->amount_basis, i->tax_rate);

    return !dec_bad(v) && dec_cmp(v, i->amount) == 0;
}

/* Are the amounts those of one month of many? Only when some fit so and none otherwise. */
static bool find_per_period(const struct quote_reading *r)
{
    size_t one = 0, all = 0;

    for (size_t k = 0; k < r->nitems; k++) {
        const struct quote_item *i = &r->items[k];
        if (!comparable(i) || periods(i) == 1 || is_usage(i))
            continue;
        one += fits(r, i, true);
        all += fits(r, i, false);
    }
    return one > 0 && all == 0;
}

/* GB and requests may be meant for the whole term, or for each month of it: as their amount fits. */
static bool used_once(const struct quote_reading *r, const struct quote_item *i)
{
    return is_usage(i) && !(comparable(i) && fits(r, i, false));
}

static dec_t apart(dec_t a, dec_t b)
{
    return dec_cmp(a, b) < 0 ? dec_sub(b, a) : dec_sub(a, b);
}

/* "10.00 less". */
static const char *less_or_more(struct quote_reading *r, dec_t stated, dec_t worked)
{
    return quote_put(r, dec_cmp(stated, worked) < 0 ? TEXT_QUOTE_LESS : TEXT_QUOTE_MORE,
                     quote_money(r, apart(stated, worked)));
}

static const char *where_of(struct quote_reading *r, const struct quote_item *i)
{
    const struct quote_raw row = {.sheet = i->sheet, .row = i->row};

    return quote_place(r, &row, -1);
}

/* Not as money: a price has the decimals it has. */
static const char *exact(struct quote_reading *r, dec_t v)
{
    char text[DEC_TEXT];

    dec_format(v, 0, text);
    const char *copy = arena_strdup(r->a, text);
    r->nomem = r->nomem || copy == NULL;
    return copy != NULL ? copy : "";
}

/* The months or periods an amount was worked out with: "" for 1. */
static const char *times_of(struct quote_reading *r, const struct quote_item *i)
{
    bool many = !r->per_period && periods(i) > 1 && !used_once(r, i);

    return many ? quote_put(r, TEXT_QUOTE_TIMES, quote_count(r, periods(i))) : "";
}

static void compare_amount(struct quote_reading *r, const struct quote_item *i, enum tax_basis basis, dec_t stated)
{
    dec_t v = on_basis(r, i->worked_out, i->basis, basis, i->tax_rate);

    if ((basis != i->basis && !i->has_tax_rate) || dec_bad(v) || dec_cmp(v, stated) == 0)
        return;
    quote_say(r, QUOTE_DIFFERS,
              basis == i->basis     ? TEXT_QUOTE_ROW_DIFFERS
              : basis == BASIS_INCL ? TEXT_QUOTE_ROW_DIFFERS_INCL
                                    : TEXT_QUOTE_ROW_DIFFERS_EXCL,
              where_of(r, i), exact(r, i->quantity), exact(r, i->price), times_of(r, i), quote_money(r, v),
              quote_money(r, stated), less_or_more(r, stated, v));
}

static void compare_tax(struct quote_reading *r, const struct quote_item *i)
{
    dec_t net = on_basis(r, i->worked_out, i->basis, BASIS_EXCL, i->tax_rate);
    dec_t v = dec_sub(on_basis(r, i->worked_out, i->basis, BASIS_INCL, i->tax_rate), net);

    if (!i->has_tax_rate || dec_bad(v) || dec_cmp(v, i->tax_amount) == 0)
        return;
    quote_say(r, QUOTE_DIFFERS, TEXT_QUOTE_TAX_DIFFERS, where_of(r, i), quote_money(r, net),
              exact(r, dec_muln(i->tax_rate, 100)), quote_money(r, v), quote_money(r, i->tax_amount),
              less_or_more(r, i->tax_amount, v));
}

static void compare_row(struct quote_reading *r, const struct quote_item *i)
{
    if (i->has_amount)
        compare_amount(r, i, i->amount_basis, i->amount);
    if (i->has_other_amount)
        compare_amount(r, i, i->amount_basis == BASIS_INCL ? BASIS_EXCL : BASIS_INCL, i->other_amount);
    if (i->has_tax_amount)
        compare_tax(r, i);
}

static bool settle_rows(struct quote_reading *r)
{
    bool all = true;

    r->per_period = find_per_period(r);
    if (r->per_period)
        quote_say_plain(r, QUOTE_ASSUMED, TEXT_QUOTE_PER_PERIOD);
    for (size_t k = 0; k < r->nitems; k++) {
        struct quote_item *i = &r->items[k];
        for (r->at_row = 0; r->at_row < r->nrows; r->at_row++)
            if (r->rows[r->at_row].row == i->row && r->rows[r->at_row].sheet == i->sheet)
                break;
        i->worked_out = of_row(r, i, r->per_period || used_once(r, i));
        if (dec_bad(i->worked_out)) {
            quote_say(r, QUOTE_OPEN, TEXT_QUOTE_AMOUNT_OVERFLOWS, where_of(r, i));
            i->worked_out = DEC_ZERO;
            all = false;
        } else if (!countable(i)) {
            quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_NOT_COUNTED, where_of(r, i),
                      quote_unit_shown(r->terms->lang, i->unit));
            all = false;
        } else {
            compare_row(r, i);
        }
    }
    return all;
}

/* ---- totals ---- */

/* Sums over items [first, last); known: which of them every item allows. */
struct sums {
    dec_t v[4]; /* by enum quote_sum */
    bool known[4];
    dec_t stated; /* of the rows' own amounts, on the basis of the prices */
};

static void add_item(const struct quote_reading *r, const struct quote_item *i, struct sums *s)
{
    dec_t net = on_basis(r, i->worked_out, i->basis, BASIS_EXCL, i->tax_rate);
    dec_t gross = on_basis(r, i->worked_out, i->basis, BASIS_INCL, i->tax_rate);

    s->v[SUM_NET] = dec_add(s->v[SUM_NET], net);
    s->v[SUM_GROSS] = dec_add(s->v[SUM_GROSS], gross);
    s->v[SUM_TAX] = dec_add(s->v[SUM_TAX], dec_sub(gross, net));
    s->v[SUM_PRICES] = dec_add(s->v[SUM_PRICES], i->worked_out);
    s->known[SUM_NET] = s->known[SUM_NET] && (i->has_tax_rate || i->basis == BASIS_EXCL);
    s->known[SUM_GROSS] = s->known[SUM_GROSS] && (i->has_tax_rate || i->basis == BASIS_INCL);
    s->known[SUM_TAX] = s->known[SUM_TAX] && i->has_tax_rate;
}

static struct sums add_up(const struct quote_reading *r, size_t first, size_t last)
{
    struct sums s = {.known = {true, true, true, true}};

    for (size_t k = first; k < last; k++) {
        add_item(r, &r->items[k], &s);
        s.known[SUM_PRICES] = s.known[SUM_PRICES] && r->items[k].basis == r->items[first].basis;
    }
    for (int i = 0; i < 4; i++)
        s.known[i] = s.known[i] && last > first && !dec_bad(s.v[i]);
    return s;
}

static void keep_stated(struct quote_reading *r, const struct quote_total *t)
{
    struct quote *q = r->q;
    enum quote_sum which = t->which;

    if (which == SUM_PRICES && r->nitems > 0)
        which = r->items[0].basis == BASIS_INCL ? SUM_GROSS : SUM_NET;
    if (which == SUM_NET)
        q->stated_net = t->value, q->has_stated_net = true;
    else if (which == SUM_TAX)
        q->stated_tax = t->value, q->has_stated_tax = true;
    else if (which == SUM_GROSS)
        q->stated_gross = t->value, q->has_stated_gross = true;
}

static void compare_total(struct quote_reading *r, const struct quote_total *t, size_t first)
{
    static const enum text_id differs[] = {[SUM_NET] = TEXT_QUOTE_NET_DIFFERS,
                                           [SUM_TAX] = TEXT_QUOTE_TAXES_DIFFER,
                                           [SUM_GROSS] = TEXT_QUOTE_GROSS_DIFFERS,
                                           [SUM_PRICES] = TEXT_QUOTE_SUM_DIFFERS};
    struct sums s = add_up(r, first, t->last);

    if (!s.known[t->which]) {
        quote_say(r, QUOTE_ASSUMED, t->which == SUM_PRICES ? TEXT_QUOTE_NO_ONE_BASIS : TEXT_QUOTE_NO_ONE_RATE,
                  t->where);
        return;
    }
    dec_t v = s.v[t->which];
    if (dec_cmp(v, t->value) != 0)
        quote_say(r, QUOTE_DIFFERS, differs[t->which], t->where, quote_money(r, v), quote_money(r, t->value),
                  less_or_more(r, t->value, v));
}

/* A total is that of its own table or of all tables up to it: of what it comes nearer to. */
static bool covers_all(const struct quote_reading *r, const struct quote_total *t)
{
    struct sums all = add_up(r, 0, t->last), own = add_up(r, t->first, t->last);

    return !t->sub && all.known[t->which] &&
           (!own.known[t->which] || dec_cmp(apart(all.v[t->which], t->value), apart(own.v[t->which], t->value)) <= 0);
}

/* The total of some rows is none of the quote. */
static void keep_total(struct quote_reading *r, const struct quote_total *t, size_t from)
{
    if (from == 0 && t->last == r->nitems)
        keep_stated(r, t);
    else
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_TOTAL_OF, t->where, quote_count(r, (int)(t->last - from)),
                  quote_count(r, (int)(r->nitems)));
}

static void settle_totals(struct quote_reading *r, bool rows_known)
{
    size_t first = 0; /* of the rows that no subtotal has summed yet */

    for (size_t k = 0; k < r->ntotals; k++) {
        const struct quote_total *t = &r->totals[k];
        const size_t from = t->sub && first > t->first ? first : covers_all(r, t) ? 0 : t->first;
        r->at_row = t->row;
        if (!t->sub)
            keep_total(r, t, from);
        if (!rows_known || !t->whole)
            quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_TOTAL_OPEN, t->where);
        else
            compare_total(r, t, from);
        if (t->sub && (k + 1 == r->ntotals || r->totals[k + 1].row != t->row))
            first = t->last;
    }
}

void quote_sums(struct quote_reading *r)
{
    bool known = settle_rows(r);
    struct sums s = add_up(r, 0, r->nitems);
    struct quote *q = r->q;

    settle_totals(r, known);
    known = known && r->open_rows == 0;
    q->net = s.v[SUM_NET], q->has_net = known && s.known[SUM_NET];
    q->tax = s.v[SUM_TAX], q->has_tax = known && s.known[SUM_TAX];
    q->gross = s.v[SUM_GROSS], q->has_gross = known && s.known[SUM_GROSS];
}
