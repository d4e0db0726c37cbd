/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for a whole quote: from the section, and from what stands around its tables. What is said twice must be
 * the same.
 */
#include "fetchers/quote_common.h"

#include <string.h>

const char quote_section[] = "the section";

/* ---- keeping ---- */

void quote_differ(struct quote_reading *r, enum text_id what, const char *first, const char *second)
{
    quote_say(r, QUOTE_OPEN, TEXT_QUOTE_DISAGREE, quote_plain(r, what), quote_who(r, first), quote_who(r, second));
}

bool quote_fresh(struct quote_reading *r, const char **where, const char *who, bool same, enum text_id what)
{
    if (*where == NULL) {
        *where = who;
        return true;
    }
    if (!same)
        quote_differ(r, what, *where, who);
    return false;
}

void quote_set_basis(struct quote_reading *r, const char *who, const char *basis)
{
    struct quote_common *c = &r->common;

    if (quote_fresh(r, &c->basis_where, who, !strcmp(c->basis, basis), TEXT_QUOTE_BASIS_OF))
        c->basis = basis;
}

void quote_set_rate(struct quote_reading *r, const char *who, dec_t rate)
{
    struct quote_common *c = &r->common;

    if (quote_fresh(r, &c->rate_where, who, dec_cmp(c->tax_rate, rate) == 0, TEXT_QUOTE_RATE_OF))
        c->tax_rate = rate;
}

void quote_set_invoice(struct quote_reading *r, const char *who, enum invoice invoice)
{
    struct quote_common *c = &r->common;

    if (quote_fresh(r, &c->invoice_where, who, c->invoice == invoice, TEXT_QUOTE_INVOICE_OF))
        c->invoice = invoice;
}

void quote_set_currency(struct quote_reading *r, const char *who, const char *currency)
{
    struct quote_common *c = &r->common;

    if (quote_fresh(r, &c->currency_where, who,
                    quote_sign_fits(c->currency, currency) || quote_sign_fits(currency, c->currency),
                    TEXT_QUOTE_CURRENCY_OF))
        c->currency = currency;
}

void quote_set_term(struct quote_reading *r, const char *who, struct duration term)
{
    struct quote_common *c = &r->common;

    if (quote_fresh(r, &c->term_where, who, c->term.months == term.months && c->term.days == term.days,
                    TEXT_QUOTE_TERM_OF))
        c->term = term;
}

void quote_set_days(struct quote_reading *r, const char *who, int days)
{
    if (quote_fresh(r, &r->common.days_where, who, r->q->days == days, TEXT_QUOTE_DAYS_OF))
        r->q->days = days;
}

void quote_set_paid(struct quote_reading *r, const char *who, enum quote_paid paid)
{
    struct quote_common *c = &r->common;

    if (quote_fresh(r, &c->paid_where, who, c->paid == paid, TEXT_QUOTE_PAID_OF))
        c->paid = paid;
}

void quote_set_valid(struct quote_reading *r, const char *who, struct date day)
{
    if (quote_fresh(r, &r->common.valid_where, who, date_cmp(r->q->valid_until, day) == 0, TEXT_QUOTE_VALID_OF))
        r->q->valid_until = day;
}

void quote_set_region(struct quote_reading *r, const char *who, const char *text)
{
    struct quote_common *c = &r->common;
    const char *why;

    if (r->site == NULL)
        return;
    const struct region *found = quote_region(r, text, &why);
    if (found == NULL)
        quote_say(r, QUOTE_OPEN, TEXT_QUOTE_AT, quote_who(r, who), why);
    else if (quote_fresh(r, &c->region_where, who, !strcmp(c->region, found->id), TEXT_QUOTE_REGION_OF))
        c->region = found->id;
}

bool quote_take_unit(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};
    struct quote_common *c = &r->common;

    if (!quote_qualifier(r->words, value, &q))
        return false;
    if (*q.currency != '\0')
        quote_set_currency(r, who, q.currency);
    if (*q.basis != '\0')
        quote_set_basis(r, who, q.basis);
    if (q.per.time == TIME_NONE && !q.per.has_base)
        return true;
    if (c->per_where != NULL && !quote_per_join(&q.per, &c->per))
        quote_differ(r, TEXT_QUOTE_PER_OF, c->per_where, who);
    else if (c->per_where == NULL) {
        c->per_where = who;
        c->per = q.per;
    }
    return true;
}

/* ---- the section ---- */

static void take_section_unit(struct quote_reading *r, const char *unit)
{
    struct quote_common *c = &r->common;
    const char *text = quote_fold(r->a, unit);

    if (text == NULL)
        r->nomem = true;
    else if (!strcmp(text, "term"))
        c->per_term = true, c->per_where = quote_section;
    else if (!quote_take_unit(r, quote_section, text))
        quote_say(r, QUOTE_OPEN, TEXT_QUOTE_SECTION_UNIT, quote_shown(r, unit));
}

void quote_take_terms(struct quote_reading *r)
{
    const struct quote_terms *t = r->terms;

    r->common = (struct quote_common){.currency = "", .basis = "", .region = ""};
    if (*t->currency != '\0')
        quote_set_currency(r, quote_section, t->currency);
    if (*t->basis != '\0')
        quote_set_basis(r, quote_section, t->basis);
    if (t->tax_rate.kind == VALUE_FIXED)
        quote_set_rate(r, quote_section, t->tax_rate.fixed);
    if (*t->invoice != '\0')
        quote_set_invoice(r, quote_section, !strcmp(t->invoice, "ordinary") ? INVOICE_ORDINARY : INVOICE_SPECIAL);
    if (t->discount.kind == VALUE_FIXED)
        r->common.discount = t->discount.fixed, r->common.discount_where = quote_section;
    if (t->term.given)
        quote_set_term(r, quote_section, t->term);
    if (t->days > 0)
        quote_set_days(r, quote_section, t->days);
    if (date_is(t->valid_until))
        quote_set_valid(r, quote_section, t->valid_until);
    if (*t->region != '\0')
        quote_set_region(r, quote_section, t->region);
    if (*t->unit != '\0')
        take_section_unit(r, t->unit);
}

void quote_settle_days(struct quote_reading *r)
{
    const struct duration *span = &r->common.valid_for;

    if (span->given && date_is(r->q->dated))
        quote_set_valid(r, r->common.valid_for_where,
                        date_add_days(date_add_months(r->q->dated, span->months), span->days));
    else if (span->given && !date_is(r->q->valid_until))
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_VALID_SPAN, quote_span_shown(r, span));
    if (!span->given && !date_is(r->q->valid_until))
        quote_say_plain(r, QUOTE_ASSUMED, TEXT_QUOTE_NO_VALID);
    if (r->common.days_where == NULL)
        quote_say_plain(r, QUOTE_ASSUMED, TEXT_QUOTE_NO_DAYS);
}
