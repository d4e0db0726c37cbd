/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/shortfall.h"

#include "calc/say.h"
#include "models/spend_commit.h"

#include <string.h>

enum { YEAR = 12 };

static bool has_price(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

static const struct line *first_resource(const struct line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].resource)
            return &lines[i];
    return NULL;
}

/* Why the spending cannot be added up; "" when it can, NULL when there is no memory. */
static const char *why_unknown(const struct pricing *p, struct arena *a, const struct spend_contract *c,
                               const struct line *lines, size_t n)
{
    const struct line *first = first_resource(lines, n);
    for (size_t i = 0; i < n; i++) {
        const struct line *l = &lines[i];
        if (!l->resource)
            continue;
        if (!has_price(l))
            return say_in(a, p->lang, TEXT_SHORTFALL_UNKNOWN, l->label);
        if (strcmp(l->price_currency, c->amount.currency) != 0)
            return say_in(a, p->lang, TEXT_SHORTFALL_CURRENCY, l->label, l->price_currency, c->amount.currency);
        if (l->offer->basis != first->offer->basis)
            return say_in(a, p->lang, TEXT_SHORTFALL_BASIS, l->label,
                          text(p->lang, l->offer->basis == BASIS_INCL ? TEXT_SHORTFALL_WITH : TEXT_SHORTFALL_WITHOUT));
    }
    return "";
}

/* What is billed in each month of the horizon; what a term costs beyond it counts for no year looked at. */
static void add_spending(dec_t *spent, int months, const struct line *l)
{
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        for (int m = r->first; m < r->first + r->months && m < months; m++)
            spent[m] = dec_add(spent[m], r->contract);
    }
}

/* The discount is in the lines already: the contract is asked without one. */
static int reckon(const struct pricing *p, struct arena *arena, const struct spend_contract *c,
                  const struct line *lines, size_t n, struct spend_month **out, struct err *err)
{
    int months = p->scenario->months;
    dec_t *spent = arena_array(arena, (size_t)months, sizeof *spent);
    struct spend_totals totals;
    *out = arena_array(arena, (size_t)months, sizeof **out);
    if (!spent || !*out)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (lines[i].resource)
            add_spending(spent, months, &lines[i]);
    const struct spend_commit asked = {.amount = c->amount.value,
                                       .discount = DEC_ZERO,
                                       .months = (months + YEAR - 1) / YEAR * YEAR,
                                       .part = c->last_year == YEAR_WHOLE ? SPEND_WHOLE_YEARS : SPEND_PRO_RATA};
    return spend_commit(&asked, spent, months, currency_places(p->rules, c->amount.currency), *out, &totals, err);
}

/* As models/spend_commit.c has it: what is due of a year that so many months are looked at of. */
static dec_t owed(const struct pricing *p, const struct spend_contract *c, int months)
{
    if (months == YEAR || c->last_year == YEAR_WHOLE)
        return c->amount.value;
    dec_t share = dec_muldiv(c->amount.value, dec_int64(months), dec_int64(YEAR), DEC_HALF_UP);
    return dec_round(share, currency_places(p->rules, c->amount.currency), DEC_HALF_UP);
}

static int list_years(const struct pricing *p, struct arena *arena, const struct spend_month *v, int months,
                      struct shortfall *out, struct err *err)
{
    struct shortfall_year *years = arena_array(arena, (size_t)(months / YEAR + 1), sizeof *years);
    if (!years)
        return err_nomem(err);
    for (int m = 0; m < months; m += YEAR) {
        struct shortfall_year *y = &years[out->nyears++];
        y->last = (m + YEAR < months ? m + YEAR : months) - 1;
        for (int k = m; k <= y->last; k++)
            y->spent = dec_add(y->spent, v[k].spent);
        y->rest = v[y->last].shortfall;
        y->owed = owed(p, out->contract, y->last - m + 1);
    }
    out->years = years;
    return 0;
}

/* A line like that of the first resource, whose runs are the years' rests. */
static int price_rests(const struct pricing *p, struct arena *arena, const struct line *first,
                       const struct shortfall *s, struct line *out, struct err *err)
{
    struct rounded_charge *v = arena_array(arena, (size_t)s->nyears + 1, sizeof *v);
    size_t n = 0;
    if (!v)
        return err_nomem(err);
    for (int i = 0; i < s->nyears; i++)
        if (dec_sign(s->years[i].rest) > 0)
            v[n++] = (struct rounded_charge){
                .run = {.first = s->years[i].last, .months = 1, .at = AT_END, .list = s->years[i].rest},
                .list = s->years[i].rest,
                .contract = s->years[i].rest};
    out->resource = first->resource;
    out->offer = first->offer;
    int failed = price_rounded(p, arena, v, n, out, err);
    out->resource = NULL;
    out->offer = NULL;
    return failed;
}

static bool any_rest(const struct shortfall *s)
{
    for (int i = 0; i < s->nyears; i++)
        if (dec_sign(s->years[i].rest) > 0)
            return true;
    return false;
}

int shortfall_line(const struct pricing *p, struct arena *arena, const struct line *lines, size_t n, struct line *out,
                   size_t *nout, struct err *err)
{
    const struct spend_contract *c = p->quote ? NULL : scenario_commit(p->scenario, p->site->id);
    const struct line *first = first_resource(lines, n);
    struct shortfall *s = c ? arena_alloc(arena, sizeof *s) : NULL;
    *nout = 0;
    if (!c || !first || p->scenario->no_shortfall)
        return 0;
    const char *why = why_unknown(p, arena, c, lines, n);
    if (!s || !why)
        return err_nomem(err);
    *s = (struct shortfall){.contract = c};
    *out = (struct line){.label = "commitment shortfall",
                         .kind = "fee",
                         .shortfall = s,
                         .reason = why,
                         .status = LINE_UNPRICED,
                         .charge = "",
                         .size_note = "",
                         .unit = ""};
    memcpy(out->price_currency, c->amount.currency, CURRENCY_TEXT);
    *nout = 1;
    if (*why)
        return 0;
    struct spend_month *months;
    s->basis = first->offer->basis;
    if (reckon(p, arena, c, lines, n, &months, err) || list_years(p, arena, months, p->scenario->months, s, err))
        return -1;
    *nout = any_rest(s);
    return *nout ? price_rests(p, arena, first, s, out, err) : 0;
}
