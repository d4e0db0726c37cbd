/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/risk_rates.h"

#include <string.h>

enum { SLACK_DAYS = 10 }; /* from the first day asked to the first with a rate: weekends and feasts */

/* Rates of one currency against its source's base, the newest first; `at` goes from the last to the first. */
struct series {
    bool is_base;
    const struct published_rate *v;
    size_t n, at;
};

struct reading {
    struct catalogue *catalogue;
    const struct scenario *s;
    struct arena *arena;
    struct series budget, *each;
    size_t n;
};

static const char *base_of(const char *source)
{
    for (size_t i = 0; i < nrate_sources; i++)
        if (strcmp(rate_sources[i].id, source) == 0)
            return rate_sources[i].base;
    return "";
}

static int no_rates(const struct scenario *s, const char *currency, struct err *err)
{
    return err_set(err, ERR_USAGE, "no history of rates: source %s has none of %s (say [risk] fx = volatility 4%%)",
                   s->fx_source, currency);
}

static int read_series(struct reading *r, const char *currency, struct series *out, struct err *err)
{
    struct published_rate *v = NULL;
    size_t n = 0;
    *out = (struct series){.is_base = strcmp(currency, base_of(r->s->fx_source)) == 0};
    if (out->is_base)
        return 0;
    struct date from = date_add_months(r->s->as_of, -12 * (r->s->risk.fx.years + 2));
    if (!date_is(from) ||
        catalogue_rates(r->catalogue, r->arena, r->s->fx_source, currency, from, r->s->as_of, &v, &n, err))
        return date_is(from) ? -1 : no_rates(r->s, currency, err);
    out->v = v;
    out->n = out->at = n;
    return n > 0 ? 0 : no_rates(r->s, currency, err);
}

/* Moves on to the day, or past it where there is no rate of it. Is there one? */
static bool reach(struct series *s, struct date day)
{
    if (s->is_base)
        return true;
    while (s->at > 0 && date_cmp(s->v[s->at - 1].date, day) < 0)
        s->at--;
    return s->at > 0 && date_cmp(s->v[s->at - 1].date, day) == 0;
}

/* One base is num / den units of the currency. */
static void leg(const struct series *s, const char *currency, dec_t *num, dec_t *den)
{
    *num = *den = DEC_ONE;
    if (s->is_base)
        return;
    const struct published_rate *p = &s->v[s->at - 1];
    bool quoted = strcmp(p->quote, currency) == 0;
    *num = quoted ? p->value : dec_int64(p->units);
    *den = quoted ? dec_int64(p->units) : p->value;
}

static dec_t cross(const struct reading *r, const struct series *s, const char *currency)
{
    dec_t num, den, of_num, of_den;
    leg(&r->budget, r->s->currency, &num, &den);
    leg(s, currency, &of_num, &of_den);
    return dec_muldiv(dec_mul(num, of_den, DEC_HALF_UP), DEC_ONE, dec_mul(den, of_num, DEC_HALF_UP), DEC_HALF_UP);
}

/* The days to go through: those of a series that is not the base itself. */
static const struct series *leading(const struct reading *r)
{
    const struct series *s = &r->budget;
    for (size_t i = 0; s->is_base && i < r->n; i++)
        s = &r->each[i];
    return s;
}

static bool all_reach(struct reading *r, struct date day)
{
    bool all = reach(&r->budget, day);
    for (size_t i = 0; i < r->n; i++)
        all &= reach(&r->each[i], day);
    return all;
}

static int too_short(const struct reading *r, struct date from, struct date to, size_t days, struct err *err)
{
    char first[DATE_TEXT], last[DATE_TEXT];
    date_format(from, first);
    date_format(to, last);
    if (days == 0)
        return err_set(err, ERR_USAGE, "no history of rates: source %s has no day with a rate of every currency",
                       r->s->fx_source);
    return err_set(err, ERR_USAGE,
                   "the history of rates is shorter than %d years: source %s has %zu days from %s to %s (ask for fewer "
                   "years, or say [risk] fx = volatility 4%%)",
                   r->s->risk.fx.years, r->s->fx_source, days, first, last);
}

/* Only the years asked for, up to the last day. */
static int cut(const struct reading *r, dec_t *const *rate, const struct date *day, size_t days,
               struct rate_history *out, struct err *err)
{
    size_t first = 0;
    if (days == 0)
        return too_short(r, DATE_NONE, DATE_NONE, 0, err);
    struct date to = day[days - 1], from = date_add_months(to, -12 * r->s->risk.fx.years);
    while (first < days && date_cmp(day[first], from) < 0)
        first++;
    if (day[first].day > from.day + SLACK_DAYS || first + 2 >= days)
        return too_short(r, day[first], to, days - first, err);
    const dec_t **v = arena_array(r->arena, r->n, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < r->n; i++)
        v[i] = rate[i] + first;
    *out = (struct rate_history){.rate = v, .days = days - first, .from = day[first], .to = to};
    out->years = dec_div(dec_int64(to.day - day[first].day), dec_of(36525, 2), DEC_HALF_UP);
    return 0;
}

static int collect(struct reading *r, const char *const *currencies, struct rate_history *out, struct err *err)
{
    const struct series *lead = leading(r);
    dec_t **rate = arena_array(r->arena, r->n, sizeof *rate);
    struct date *day = arena_array(r->arena, lead->n + 1, sizeof *day);
    size_t days = 0;
    if (!rate || !day)
        return err_nomem(err);
    for (size_t i = 0; i < r->n; i++)
        if (!(rate[i] = arena_array(r->arena, lead->n + 1, sizeof **rate)))
            return err_nomem(err);
    for (size_t at = lead->n; at > 0; at--) {
        if (!all_reach(r, lead->v[at - 1].date))
            continue;
        for (size_t i = 0; i < r->n; i++) {
            rate[i][days] = cross(r, &r->each[i], currencies[i]);
            if (dec_check(rate[i][days], "a rate of the history", err))
                return -1;
        }
        day[days++] = lead->v[at - 1].date;
    }
    return cut(r, rate, day, days, out, err);
}

int risk_rates(struct catalogue *c, const struct scenario *s, const char *const *currencies, size_t n, struct arena *a,
               struct rate_history *out, struct err *err)
{
    struct reading r = {.catalogue = c, .s = s, .arena = a, .n = n};
    r.each = arena_array(a, n, sizeof *r.each);
    if (!r.each)
        return err_nomem(err);
    if (read_series(&r, s->currency, &r.budget, err))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (read_series(&r, currencies[i], &r.each[i], err))
            return -1;
    return collect(&r, currencies, out, err);
}
