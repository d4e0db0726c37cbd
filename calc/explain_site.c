/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of a site: who sells and buys, each line's result, the totals as sums of the lines, the
 * place in the ranking, conditions and rates. With a month, lines and totals are those of the month.
 */
#include "calc/explain_parts.h"

#include "calc/line_view.h"
#include "calc/month_sums.h"
#include "calc/price.h"
#include "calc/tax.h"

static const char *joined(struct phrases *p, const char *a, const char *b)
{
    if (a[0] == '\0' || b[0] == '\0')
        return a[0] == '\0' ? b : a;
    return say_joined(p, a, say_plain(p, TEXT_COMMA), b);
}

static void add_who(struct explain *x, int depth)
{
    struct phrases *p = &x->p;
    const struct site *s = x->site->site;
    const struct region *r = x->site->region;
    const struct buyer *b = x->site->buyer;
    dec_t use = b->taxable_use.kind == VALUE_NONE ? DEC_ONE : b->taxable_use.fixed;
    explain_node(x, depth, TEXT_X_WHO, "", "");
    depth++;
    explain_fact(x, depth, TEXT_X_CONTRACT_WITH, say_clean(p, s->contract_entity));
    explain_fact(x, depth, TEXT_X_PAYEE, say_clean(p, s->payee_country));
    if (r != NULL) {
        explain_fact(x, depth, TEXT_X_REGION, joined(p, say_clean(p, r->id), say_clean(p, r->city)));
        explain_fact(x, depth, TEXT_X_OPERATOR, say_clean(p, r->operator_name));
    }
    explain_fact(x, depth, TEXT_X_SOURCE_NOTE, say_clean(p, s->operator_note));
    explain_fact(x, depth, TEXT_X_BUYER,
                 say(p, TEXT_X_BUYER_IS, b->country, say_clean(p, b->vat),
                     b->invoice == INVOICE_SPECIAL ? "special" : "ordinary", say_percent(p, use)));
}

/* What a line comes to: over all months, or in one. */
static struct money line_money(const struct explain *x, const struct line *l)
{
    struct money m = {0};
    int month = x->opt->month - 1;
    if (!line_has_amounts(l))
        return m;
    if (x->opt->month == 0)
        return l->m;
    for (size_t i = 0; i < l->nruns; i++)
        if (month >= l->runs[i].first && month < l->runs[i].first + l->runs[i].months)
            m = money_add(m, l->runs[i].m, 1);
    return m;
}

static const char *line_note(struct explain *x, const struct line *l)
{
    struct phrases *p = &x->p;
    if (!line_has_amounts(l))
        return say_clean(p, l->reason);
    if (l->offer == NULL)
        return joined(p, l->kind, say_charge(p, l));
    return joined(p, say_clean(p, l->offer->sku), say_charge(p, l));
}

static void add_lines(struct explain *x, int depth)
{
    struct phrases *p = &x->p;
    const char *code = x->e->scenario->currency;
    if (x->site->nlines == 0)
        return;
    tree_add(&x->tree, depth, say(p, TEXT_X_LINES, code), "", "");
    for (size_t i = 0; i < x->site->nlines; i++) {
        const struct line *l = &x->site->lines[i];
        struct money m = line_money(x, l);
        const char *amount =
            line_has_amounts(l) ? say_amount(p, m.cost, x->e->minor_units) : say_plain(p, TEXT_X_WHY_NOT);
        tree_add(&x->tree, depth + 1, say_clean(p, l->label), amount, line_note(x, l));
    }
}

/* "51,890.64 web + 20,000.00 migration": the lines that are not 0; how many there are when they are many. */
static const char *lines_note(struct explain *x, size_t at)
{
    enum { NAMED = 5 };
    struct phrases *p = &x->p;
    const char *text = "";
    size_t n = 0;
    for (size_t i = 0; i < x->site->nlines; i++) {
        const struct line *l = &x->site->lines[i];
        struct money m = line_money(x, l);
        dec_t amount = *(const dec_t *)((const char *)&m + at);
        if (dec_sign(amount) == 0)
            continue;
        text = say_joined(p, text, n > 0 ? " + " : "", say_amount(p, amount, x->e->minor_units), " ",
                          say_clean(p, l->label));
        n++;
    }
    return n <= NAMED ? text : say(p, TEXT_X_SUM_OF_LINES, say_count(p, (long)n));
}

static struct money site_money(const struct explain *x)
{
    struct money sum = {0};
    if (x->opt->month == 0)
        return x->site->m;
    for (size_t i = 0; i < x->site->nlines; i++)
        sum = money_add(sum, line_money(x, &x->site->lines[i]), 1);
    return sum;
}

static void add_horizon_totals(struct explain *x, int depth)
{
    const struct site_estimate *s = x->site;
    struct phrases *p = &x->p;
    const char *code = x->e->scenario->currency;
    explain_node(
        x, depth, TEXT_X_PER_MONTH, say_money(p, s->cost_per_month, code),
        say(p, TEXT_X_PER_MONTH_IS, say_amount(p, s->m.cost, x->e->minor_units), say_count(p, x->e->scenario->months)));
    explain_node(x, depth, TEXT_X_NPV, say_money(p, s->npv, code), say_plain(p, TEXT_X_NPV_SITE));
}

static void add_totals(struct explain *x, int depth)
{
    const struct {
        enum text_id label;
        size_t at;
        bool always;
    } sums[] = {{TEXT_X_NET, offsetof(struct money, net), true},
                {TEXT_X_VAT, offsetof(struct money, tax), true},
                {TEXT_X_WITHHELD, offsetof(struct money, withheld), false},
                {TEXT_X_FEES, offsetof(struct money, fees), false},
                {TEXT_X_OTHER, offsetof(struct money, other), false},
                {TEXT_X_CASH_OUT, offsetof(struct money, cash_out), true},
                {TEXT_X_RECOVERABLE, offsetof(struct money, recoverable), true},
                {TEXT_X_COST, offsetof(struct money, cost), true}};
    const struct site_estimate *s = x->site;
    struct phrases *p = &x->p;
    struct money m = site_money(x);
    explain_node(x, depth, TEXT_X_TOTALS, "", "");
    depth++;
    if (x->opt->month == 0)
        explain_node(x, depth, TEXT_X_LIST, s->has_list ? say_money(p, s->list, s->list_currency) : "",
                     s->has_list
                         ? say_plain(p, s->list_basis == BASIS_INCL ? TEXT_X_BASIS_INCL_UNSTATED : TEXT_X_BASIS_EXCL)
                         : say_plain(p, TEXT_X_LIST_NONE));
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        dec_t amount = *(const dec_t *)((const char *)&m + sums[i].at);
        if (sums[i].always || dec_sign(amount) != 0)
            explain_node(x, depth, sums[i].label, say_money(p, amount, x->e->scenario->currency),
                         lines_note(x, sums[i].at));
    }
    if (x->opt->month == 0)
        add_horizon_totals(x, depth);
}

static const struct site_estimate *best_of(const struct estimate *e)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (e->sites[i].rank == 1)
            return &e->sites[i];
    return NULL;
}

static void add_rank(struct explain *x, int depth)
{
    const struct site_estimate *s = x->site, *best = best_of(x->e);
    struct phrases *p = &x->p;
    if (s->rank == 0) {
        explain_node(x, depth, TEXT_X_RANK, "", say_plain(p, TEXT_X_NOT_RANKED));
        for (size_t i = 0; i < s->nreasons; i++)
            tree_add(&x->tree, depth + 1, say_clean(p, s->reasons[i]), "", "");
    } else if (s->rank == 1) {
        explain_node(x, depth, TEXT_X_RANK, say_count(p, 1), say_plain(p, TEXT_X_RANK_BEST));
    } else if (best != NULL && s->has_vs_best) {
        explain_node(x, depth, TEXT_X_RANK, say_count(p, s->rank),
                     say(p, TEXT_X_RANK_ABOVE, say_percent1(p, s->vs_best),
                         say_money(p, best->npv, x->e->scenario->currency), say_site(p, best)));
    } else {
        explain_node(x, depth, TEXT_X_RANK, say_count(p, s->rank), "");
    }
}

static void add_notes(struct explain *x, int depth)
{
    const struct site_estimate *s = x->site;
    if (s->nnotes > 0)
        explain_node(x, depth, TEXT_X_NOTES, "", "");
    for (size_t i = 0; i < s->nnotes; i++)
        tree_add(&x->tree, depth + 1, say_clean(&x->p, s->notes[i]), "", "");
}

static bool uses(const struct site_estimate *s, const struct fx_used *u)
{
    for (size_t i = 0; i < s->nlines; i++) {
        const struct line *l = &s->lines[i];
        if (l->fx == u || l->tax_fx == u || l->back_fx == u || l->settle_fx == u)
            return true;
    }
    return false;
}

static void add_rates(struct explain *x, int depth)
{
    bool any = false;
    for (size_t i = 0; i < x->e->nrates; i++) {
        const struct fx_used *u = x->e->rates[i];
        if (u->path == FX_SAME || !uses(x->site, u))
            continue;
        if (!any)
            explain_node(x, depth, TEXT_X_RATES, "", "");
        any = true;
        explain_rate(x, depth + 1, u);
    }
}

static const char *root(struct explain *x)
{
    struct phrases *p = &x->p;
    const struct site_estimate *s = x->site;
    const char *name = say_clean(p, s->site->name_en);
    bool zh = x->opt->lang != NULL && x->opt->lang[0] == 'z';
    const char *title = zh ? say_joined(p, say_site(p, s), " (", say_clean(p, s->column), ")")
                           : say_joined(p, say_clean(p, s->column), " (", name, ")");
    const char *when = explain_horizon(x);
    if (x->opt->month > 0)
        when = say_month(p, month_add(x->e->scenario->start, x->opt->month - 1));
    if (!s->has_totals)
        return say(p, TEXT_X_SITE_ROOT_NONE, title, when);
    return say(p, TEXT_X_SITE_ROOT, title,
               say(p, TEXT_X_COST_OF, say_money(p, site_money(x).cost, x->e->scenario->currency)), when);
}

void explain_site(struct explain *x)
{
    tree_add(&x->tree, 0, root(x), "", "");
    add_who(x, 1);
    add_lines(x, 1);
    if (x->site->has_totals)
        add_totals(x, 1);
    add_rank(x, 1);
    add_rates(x, 1);
    add_notes(x, 1);
}
