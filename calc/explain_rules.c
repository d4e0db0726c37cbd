/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules and rates behind a line: each tax rule that one of its months uses, with document, law,
 * days and confidence; each exchange rate with its date, source and operands; the fee's rule.
 */
#include "calc/explain_parts.h"

#include "calc/line_view.h"

#include <string.h>

static const char *any(struct phrases *p, const char *cell)
{
    bool all = cell[0] == '\0' || strcmp(cell, "*") == 0;
    return all ? say_plain(p, TEXT_X_ANY) : say_clean(p, cell);
}

static const char *in_force(struct phrases *p, const struct tax_row *row)
{
    if (date_is(row->effective_from) && date_is(row->effective_to))
        return say(p, TEXT_X_FROM_TO_DAY, say_day(p, row->effective_from), say_day(p, row->effective_to));
    if (date_is(row->effective_from))
        return say(p, TEXT_X_FROM_DAY, say_day(p, row->effective_from));
    return say_plain(p, TEXT_X_ALWAYS);
}

static const char *applies_to(struct phrases *p, const struct tax_row *row)
{
    const char *text = say(p, TEXT_X_APPLIES_TO, any(p, row->buyer_country), any(p, row->buyer_status),
                           any(p, row->station), any(p, row->provider), any(p, row->invoice));
    if (row->row > 0)
        text = say_joined(p, text, " (", say(p, TEXT_X_TABLE_ROW, say_count(p, row->row)), ")");
    return text;
}

static const char *confidence(struct phrases *p, const char *word)
{
    const char *said = say_clean(p, say_confidence(p->lang, word));
    return word[0] == '\0' || strcmp(word, "high") == 0 ? said : say(p, TEXT_X_CONFIDENCE_FLAG, said);
}

static void add_tax(struct explain *x, int depth, const struct tax_used *t)
{
    static const enum text_id origins[] = {[RATE_FROM_LINE] = TEXT_X_RATE_FROM_LINE,
                                           [RATE_FROM_PRICE] = TEXT_X_RATE_FROM_PRICE,
                                           [RATE_FROM_BUYER] = TEXT_X_RATE_FROM_BUYER,
                                           [RATE_FROM_RULE] = TEXT_X_RATE_FROM_RULE};
    struct phrases *p = &x->p;
    explain_node(x, depth, TEXT_X_RULE, "", "");
    depth++;
    explain_fact(x, depth, TEXT_X_RATE,
                 say_joined(p, say_percent(p, t->rate), say_plain(p, TEXT_COMMA), say_plain(p, origins[t->rate_from])));
    if (dec_sign(t->wht) > 0)
        explain_fact(
            x, depth, TEXT_X_INCOME_TAX_RATE,
            say_joined(p, say_percent(p, t->wht), say_plain(p, TEXT_COMMA), say_plain(p, TEXT_X_INCOME_TAX_FROM)));
    if (t->row == NULL)
        return;
    explain_fact(x, depth, TEXT_X_APPLIES, applies_to(p, t->row));
    explain_fact(x, depth, TEXT_X_DOCUMENT, say_clean(p, t->row->document));
    explain_fact(x, depth, TEXT_X_LAW, say_clean(p, t->row->source));
    explain_fact(x, depth, TEXT_X_IN_FORCE, in_force(p, t->row));
    explain_fact(x, depth, TEXT_X_CONFIDENCE, confidence(p, t->row->confidence));
}

static bool used_before(const struct line *l, size_t run)
{
    for (size_t i = 0; i < run; i++)
        if (l->runs[i].tax == l->runs[run].tax)
            return true;
    return false;
}

static bool in_month(const struct explain *x, const struct line_run *r)
{
    int month = x->opt->month - 1;
    return x->opt->month == 0 || (month >= r->first && month < r->first + r->months);
}

static void add_taxes(struct explain *x, int depth, const struct line *l)
{
    for (size_t i = 0; i < l->nruns; i++)
        if (l->runs[i].tax != NULL && in_month(x, &l->runs[i]) && !(x->opt->month == 0 && used_before(l, i)))
            add_tax(x, depth, l->runs[i].tax);
}

void explain_rate(struct explain *x, int depth, const struct fx_used *u)
{
    struct phrases *p = &x->p;
    const char *day = date_is(u->date) ? say_joined(p, say_day(p, u->date), say_plain(p, TEXT_COMMA)) : "";
    tree_add(&x->tree, depth, say_joined(p, u->from, "/", u->to), say_rate(p, u->rate),
             say_joined(p, day, say_rate_how(p, u)));
}

static void add_rates(struct explain *x, int depth, const struct line *l)
{
    const struct fx_used *rates[] = {l->settle_fx, l->tax_fx, l->back_fx, l->fx};
    bool any_rate = false;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        bool again = rates[i] == NULL || rates[i]->path == FX_SAME;
        for (size_t k = 0; k < i && !again; k++)
            again = rates[k] == rates[i];
        if (again)
            continue;
        if (!any_rate)
            explain_node(x, depth, TEXT_X_RATES, "", "");
        any_rate = true;
        explain_rate(x, depth + 1, rates[i]);
    }
}

static void add_fee_rule(struct explain *x, int depth, const struct fee_row *f)
{
    struct phrases *p = &x->p;
    if (f == NULL)
        return;
    explain_fact(x, depth, TEXT_X_LAW, say_clean(p, f->source));
    explain_fact(x, depth, TEXT_X_CONFIDENCE, confidence(p, f->confidence));
}

void explain_rules(struct explain *x, int depth, const struct line *l)
{
    if (line_has_amounts(l))
        add_taxes(x, depth, l);
    add_fee_rule(x, depth, l->fee_rule);
    add_rates(x, depth, l);
}
