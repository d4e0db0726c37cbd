/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of one line: the price, a month of each kind from list to cost, the sums over all
 * months, and the rules and rates behind them.
 */
#include "calc/explain_parts.h"

#include "calc/line_view.h"
#include "calc/month_sums.h"
#include "calc/price.h"

/* How many different months are set out in full before the rest is one row each; more are asked for by month. */
enum { SPANS_FULL = 3 };

struct spans {
    struct span *v;
    size_t n;
};

static bool same_run(const struct line_run *a, const struct line_run *b)
{
    return a->at == b->at && a->tax == b->tax && dec_cmp(a->quantity, b->quantity) == 0 &&
           dec_cmp(a->list_exact, b->list_exact) == 0 && dec_cmp(a->contract, b->contract) == 0 &&
           dec_cmp(a->billed, b->billed) == 0 && money_same(&a->m, &b->m);
}

/* Runs that go on where an equal one ended are one span. Runs ascend, so only open spans are looked at. */
static struct spans fold(struct explain *x, const struct line *l)
{
    struct spans s = {arena_array(&x->p.arena, l->nruns + 1, sizeof *s.v), 0};
    if (s.v == NULL) {
        x->p.failed = true;
        return s;
    }
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        struct span *open = NULL;
        for (size_t k = s.n; k-- > 0 && open == NULL && k + 4 > s.n;) /* upfront and monthly parts alternate */
            if (s.v[k].first + s.v[k].months == r->first && same_run(s.v[k].run, r))
                open = &s.v[k];
        if (open != NULL)
            open->months += r->months;
        else
            s.v[s.n++] = (struct span){r, r->first, r->months};
    }
    return s;
}

static bool covers(const struct span *s, int month)
{
    return month >= s->first && month < s->first + s->months;
}

static void add_month(struct explain *x, int depth, const struct line *l, const struct spans *s)
{
    int month = x->opt->month - 1;
    bool any = false;
    for (size_t i = 0; i < s->n; i++)
        if (covers(&s->v[i], month)) {
            explain_span(x, depth, l, (struct span){s->v[i].run, month, 1});
            any = true;
        }
    if (!any)
        tree_add(&x->tree, depth,
                 say(&x->p, TEXT_X_NO_CHARGE, say_month(&x->p, month_add(x->e->scenario->start, month))), "", "");
}

/* A span like one before it (a term that is renewed) only says so. */
static void add_span(struct explain *x, int depth, const struct line *l, const struct spans *s, size_t i)
{
    struct phrases *p = &x->p;
    struct month start = x->e->scenario->start;
    bool age = l->offer != NULL && l->offer->parts[0].scope == SCOPE_LIFE; /* equal amounts of different hours */
    for (size_t k = 0; k < i && !age; k++)
        if (same_run(s->v[k].run, s->v[i].run)) {
            tree_add(&x->tree, depth,
                     say_joined(p, say_months(p, month_add(start, s->v[i].first), s->v[i].months),
                                say_plain(p, TEXT_COLON),
                                say(p, TEXT_X_SAME_AS, say_month(p, month_add(start, s->v[k].first)))),
                     "", "");
            return;
        }
    explain_span(x, depth, l, s->v[i]);
}

static void add_further(struct explain *x, int depth, const struct line *l, const struct spans *s)
{
    struct phrases *p = &x->p;
    const char *code = x->e->scenario->currency;
    tree_add(&x->tree, depth, say(p, TEXT_X_FURTHER, say_count(p, (long)(s->n - SPANS_FULL))), "", "");
    for (size_t i = SPANS_FULL; i < s->n; i++) {
        const struct span *v = &s->v[i];
        tree_add(&x->tree, depth + 1, say_months(p, month_add(x->e->scenario->start, v->first), v->months),
                 say_money(p, v->run->m.cost, code),
                 say(p, TEXT_X_FURTHER_RUN, say_number(p, dec_round(v->run->quantity, 3, DEC_HALF_UP)),
                     say_money(p, v->run->list, l->price_currency), say_money(p, v->run->m.cash_out, code)));
    }
}

static void add_spans(struct explain *x, int depth, const struct line *l, const struct spans *s)
{
    if (x->opt->month > 0) {
        add_month(x, depth, l, s);
        return;
    }
    for (size_t i = 0; i < s->n && i < SPANS_FULL; i++)
        add_span(x, depth, l, s, i);
    if (s->n > SPANS_FULL)
        add_further(x, depth, l, s);
}

/* "1,641.19 + 11 × 1,150.09" */
static const char *sum_note(struct explain *x, const struct spans *s, size_t at)
{
    struct phrases *p = &x->p;
    const char *text = "";
    if (s->n > SPANS_FULL)
        return say(p, TEXT_X_SUM_OF_RUNS, say_count(p, (long)s->n));
    for (size_t i = 0; i < s->n; i++) {
        dec_t amount = *(const dec_t *)((const char *)&s->v[i].run->m + at);
        const char *times = s->v[i].months > 1 ? say_joined(p, say_count(p, s->v[i].months), " × ") : "";
        text = say_joined(p, text, i > 0 ? " + " : "", times, say_amount(p, amount, x->e->minor_units));
    }
    return text;
}

static const char *npv_note(struct explain *x, const struct line *l)
{
    struct value rate = x->e->scenario->discount_rate;
    bool start = false, end = false;
    enum text_id when;
    if (rate.kind == VALUE_NONE || dec_sign(rate.fixed) == 0)
        return say_plain(&x->p, TEXT_X_NPV_SAME);
    for (size_t i = 0; i < l->nruns; i++) {
        start = start || l->runs[i].at == AT_START;
        end = end || l->runs[i].at == AT_END;
    }
    when = start && end ? TEXT_X_NPV_BOTH : start ? TEXT_X_NPV_START : TEXT_X_NPV_END;
    return say(&x->p, TEXT_X_NPV_HOW, say_percent(&x->p, rate.fixed), say_plain(&x->p, when));
}

static void add_sums(struct explain *x, int depth, const struct line *l, const struct spans *s)
{
    const struct {
        enum text_id label;
        size_t at;
        bool always;
    } sums[] = {{TEXT_X_NET, offsetof(struct money, net), false},
                {TEXT_X_VAT, offsetof(struct money, tax), false},
                {TEXT_X_WITHHELD, offsetof(struct money, withheld), false},
                {TEXT_X_FEES, offsetof(struct money, fees), false},
                {TEXT_X_OTHER, offsetof(struct money, other), false},
                {TEXT_X_CASH_OUT, offsetof(struct money, cash_out), true},
                {TEXT_X_RECOVERABLE, offsetof(struct money, recoverable), false},
                {TEXT_X_COST, offsetof(struct money, cost), true}};
    struct phrases *p = &x->p;
    const char *code = x->e->scenario->currency;
    explain_node(x, depth, TEXT_X_SUMS, "", "");
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        dec_t amount = *(const dec_t *)((const char *)&l->m + sums[i].at);
        if (sums[i].always || dec_sign(amount) != 0)
            explain_node(x, depth + 1, sums[i].label, say_money(p, amount, code), sum_note(x, s, sums[i].at));
    }
    explain_node(x, depth + 1, TEXT_X_NPV, say_money(p, l->npv, code), npv_note(x, l));
    if (dec_sign(l->unused_item_months) > 0)
        explain_node(x, depth + 1, TEXT_X_UNUSED, say_money(p, l->unused_cost, code),
                     say(p, TEXT_X_UNUSED_IS, say_number(p, l->unused_item_months)));
}

static void add_runners_up(struct explain *x, int depth, const struct line *l)
{
    struct phrases *p = &x->p;
    const char *code = x->e->scenario->currency;
    if (l->ncandidates < 2)
        return;
    explain_node(x, depth, TEXT_X_RUNNERS_UP, "", "");
    for (size_t i = 1; i < l->ncandidates; i++)
        tree_add(&x->tree, depth + 1, say_runner_up(p, l, &l->candidates[i]), "",
                 say(p, TEXT_X_RUNNER_UP, say_money(p, l->candidates[i].cost, code),
                     say_money(p, l->candidates[i].npv, code)));
}

static void add_notes(struct explain *x, int depth, const struct line *l)
{
    if (l->nnotes > 0)
        explain_node(x, depth, TEXT_X_NOTES, "", "");
    for (size_t i = 0; i < l->nnotes; i++)
        tree_add(&x->tree, depth + 1, say_clean(&x->p, l->notes[i]), "", "");
}

static void add_amounts(struct explain *x, int depth, const struct line *l)
{
    struct spans s = fold(x, l);
    if (s.v == NULL)
        return;
    add_spans(x, depth, l, &s);
    if (x->opt->month == 0)
        add_sums(x, depth, l, &s);
}

static const char *root(struct explain *x, const struct line *l)
{
    struct phrases *p = &x->p;
    const char *label = say_clean(p, l->label), *site = say_site(p, x->site);
    if (!line_has_amounts(l))
        return say(p, TEXT_X_LINE_ROOT_NONE, label, site, say_plain(p, TEXT_X_WHY_NOT));
    return say(p, TEXT_X_LINE_ROOT, label, site,
               say(p, TEXT_X_COST_OF, say_money(p, l->m.cost, x->e->scenario->currency)), explain_horizon(x));
}

void explain_line(struct explain *x, const struct line *l)
{
    tree_add(&x->tree, 0, root(x, l), "", "");
    if (l->reason[0] != '\0')
        explain_fact(x, 1, TEXT_X_STATUS, say_clean(&x->p, l->reason));
    explain_offer(x, 1, l);
    if (line_has_amounts(l))
        add_amounts(x, 1, l);
    explain_rules(x, 1, l);
    add_runners_up(x, 1, l);
    add_notes(x, 1, l);
    if (line_has_amounts(l) && l->offer != NULL)
        tree_add(&x->tree, 1, say_plain(&x->p, TEXT_X_ROUNDING), "", "");
}
