/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the price of a row is per, and for how long it is owed: both from its cells, else from what holds for the
 * whole quote; together they must make whole periods.
 */
#include "fetchers/quote_row.h"

#include <string.h>

/* Does one of the columns say how long, or that nothing is owed? */
static void read_term_text(struct row_reading *w, enum quote_role role)
{
    const char *t = row_folded(w, row_text(w, role));
    const struct quote_word *charge = quote_word_in(w->r->words, "charge", t);
    struct duration d;
    int n;

    if (*t == '\0')
        return;
    if (charge != NULL && !strcmp(charge->meaning, "on-demand")) {
        w->on_demand = true;
        return;
    }
    if (charge != NULL) {
        w->has_paid = true;
        w->item.paid = !strcmp(charge->meaning, "upfront") ? QUOTE_PAID_UPFRONT : QUOTE_PAID_PERIOD;
    }
    size_t len = quote_whole(t, &n);
    if (len > 0 && t[len] == '\0' && role == ROLE_TERM) {
        const struct quote_qualifier *head = row_head(w, role);
        const char *title = row_folded(w, w->r->table->columns[w->r->table->at[role]].title);
        const char *unit = quote_word(w->r->words, "time", title);
        enum quote_time time = unit != NULL ? quote_time_of(unit) : head->per.time;
        if (time == TIME_MONTH || time == TIME_YEAR) {
            w->term = (struct duration){.months = time == TIME_YEAR ? 12 * n : n, .given = true};
            w->has_term = true;
            return;
        }
        row_open(w, role, TEXT_QUOTE_TERM_UNIT);
        w->bad_term = true;
        return;
    }
    if (quote_span(w->r->words, t, &d)) {
        w->term = d;
        w->has_term = true;
    } else if (role == ROLE_TERM && charge == NULL) {
        row_open(w, role, TEXT_QUOTE_TERM_UNREAD);
        w->bad_term = true;
    }
}

void row_term(struct row_reading *w)
{
    const struct quote_common *c = &w->r->common;

    read_term_text(w, ROLE_CHARGE);
    read_term_text(w, ROLE_TERM);
    if (w->on_demand && w->has_term && w->term.months > 0)
        row_open(w, ROLE_TERM, TEXT_QUOTE_TERM_BOTH);
    if (!w->on_demand && w->has_term && c->term_where == quote_section &&
        (c->term.months != w->term.months || c->term.days != w->term.days))
        row_open(w, ROLE_TERM, TEXT_QUOTE_TERM_DIFFERS);
    if (!w->has_term && !w->on_demand && c->term_where != NULL) {
        w->term = c->term;
        w->has_term = true;
    }
    if (!w->has_term || (w->term.days == 0 && w->term.months <= TERM_MAX))
        return;
    row_open(w, ROLE_TERM, w->term.days != 0 ? TEXT_QUOTE_TERM_DAYS : TEXT_QUOTE_TERM_LONG);
    w->bad_term = true;
}

/* ---- unit and term together ---- */

/* GB and requests are used up; the others are kept for a time. */
static bool is_usage(enum unit unit)
{
    return unit_table[unit].time == PER_NONE;
}

/* Machines are not sold by the GB, traffic not by the piece: such a reading would be wrong by orders of magnitude. */
static bool suits(const struct quote_item *i)
{
    static const struct {
        const char *service;
        enum unit_base base;
    } only[] = {{"compute", BASE_ITEM}, {"public-ip", BASE_ITEM}, {"requests", BASE_REQUEST}, {"egress", BASE_GIB}},
      sized[] = {
          {"object-storage", BASE_GIB}, {"snapshot", BASE_GIB}, {"block-storage", BASE_GIB}, {"bandwidth", BASE_MBPS}};
    enum unit_base base = unit_table[i->unit].base;

    for (size_t k = 0; k < sizeof only / sizeof *only; k++)
        if (!strcmp(i->service, only[k].service))
            return base == only[k].base;
    for (size_t k = 0; k < sizeof sized / sizeof *sized; k++)
        if (!strcmp(i->service, sized[k].service))
            return base == sized[k].base || (base == BASE_ITEM && (i->has_size || *i->sku != '\0'));
    return true;
}

/* Traffic at a price "per GB and month" is so much of it in a month: it is used up, not kept. */
static void settle_use(struct row_reading *w, enum quote_role role)
{
    struct quote_item *i = &w->item;

    if (!strcmp(i->service, "egress") && i->unit == UNIT_GB_MONTH)
        i->unit = UNIT_GB;
    if (suits(i))
        return;
    const char *lang = w->r->terms->lang;
    row_open_text(w, role,
                  quote_put(w->r, TEXT_QUOTE_UNIT_UNSUITED, quote_unit_shown(lang, i->unit),
                            quote_service_shown(lang, i->service)));
}

static void settle_unit(struct row_reading *w)
{
    const enum quote_role role = w->r->table->at[ROLE_UNIT] >= 0         ? ROLE_UNIT
                                 : w->r->table->at[ROLE_PRICE_EXCL] >= 0 ? ROLE_PRICE_EXCL
                                 : w->r->table->at[ROLE_PRICE_INCL] >= 0 ? ROLE_PRICE_INCL
                                                                         : ROLE_PRICE;
    struct quote_per common = w->r->common.per;
    struct quote_item *i = &w->item;

    /* A row that counts GB is not contradicted by "per month" of the whole quote, nor one per month by "per item". */
    if (w->per.time != TIME_NONE)
        common.time = TIME_NONE;
    if (w->per.has_base)
        common.has_base = false;
    quote_per_join(&w->per, &common);
    if (w->r->common.per_term && w->per.time == TIME_NONE) {
        i->unit = UNIT_TERM;
        i->period_months = w->has_term ? w->term.months : 0;
        if (i->period_months == 0)
            row_open(w, ROLE_TERM, TEXT_QUOTE_TERM_MISSING);
        return;
    }
    if (quote_per_unit(&w->per, &i->unit, &i->period_months))
        settle_use(w, role);
    else
        row_open(w, role, w->per.time == TIME_NONE ? TEXT_QUOTE_NO_PER : TEXT_QUOTE_UNKNOWN_PER);
}

static void settle_term(struct row_reading *w)
{
    struct quote_item *i = &w->item;
    struct quote_reading *r = w->r;
    int period = i->unit == UNIT_TERM ? i->period_months : 0;

    i->term_months = w->has_term ? w->term.months : 0;
    if (w->on_demand && period > 1)
        row_open(w, ROLE_TERM, TEXT_QUOTE_DEMAND_MONTHS);
    else if (period > 0 && i->term_months == 0) {
        i->term_months = period;
        if (r->period_told != period)
            quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_TERM_OF_PRICE, quote_place(r, w->row, -1), quote_count(r, period),
                      quote_count(r, period));
        r->period_told = period;
    } else if (period > 0 && i->term_months % period != 0) {
        row_open_text(w, ROLE_TERM,
                      quote_put(r, TEXT_QUOTE_TERM_PERIODS, quote_count(r, i->term_months), quote_count(r, period)));
    } else if (!w->has_term && !w->on_demand && unit_table[i->unit].time == PER_MONTH) {
        row_open(w, ROLE_TERM, TEXT_QUOTE_NO_TERM);
    } else if (!w->has_term && !w->on_demand && !r->term_told) {
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_NO_COMMITMENT, quote_place(r, w->row, -1),
                  quote_unit_shown(r->terms->lang, i->unit));
        r->term_told = true;
    }
}

static void settle_paid(struct row_reading *w)
{
    const struct quote_common *c = &w->r->common;
    struct quote_item *i = &w->item;

    if (is_usage(i->unit) || i->term_months == 0) {
        i->paid = QUOTE_PAID_PERIOD;
        return;
    }
    if (w->has_paid)
        return;
    i->paid = c->paid_where != NULL ? c->paid : i->unit == UNIT_TERM ? QUOTE_PAID_UPFRONT : QUOTE_PAID_PERIOD;
    if (c->paid_where != NULL || w->r->paid_told[i->paid])
        return;
    quote_say(w->r, QUOTE_ASSUMED, i->paid == QUOTE_PAID_UPFRONT ? TEXT_QUOTE_PAID_UPFRONT : TEXT_QUOTE_PAID_PERIOD,
              quote_place(w->r, w->row, -1));
    w->r->paid_told[i->paid] = true;
}

void row_settle(struct row_reading *w)
{
    bool open_so_far = w->open;

    w->open = false;
    settle_unit(w);
    if (!w->open && !w->bad_term)
        settle_term(w);
    w->open = w->open || open_so_far;
    if (!w->open)
        settle_paid(w);
}
