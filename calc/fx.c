/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/fx.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void copy_code(char out[CURRENCY_TEXT], const char *code)
{
    size_t n = strlen(code);
    if (n > CURRENCY_TEXT - 1)
        n = CURRENCY_TEXT - 1;
    memcpy(out, code, n);
    out[n] = 0;
}

/* num / den, half-up to 8 decimals, or to 12 when that is below 0.01. */
static dec_t printed(dec_t num, dec_t den)
{
    dec_t fine = dec_div_round(num, den, 12, DEC_HALF_UP);
    if (dec_bad(fine) || dec_cmp(fine, dec_of(1, 2)) < 0)
        return fine;
    return dec_div_round(num, den, 8, DEC_HALF_UP);
}

static bool from_budget(const struct fx *fx, const char *from, const char *to, struct fx_used *out)
{
    for (size_t i = 0; i < fx->nbudget; i++) {
        const struct budget_rate *b = &fx->budget[i];
        bool direct = same(b->from, from) && same(b->to, to);
        if (!direct && !(same(b->from, to) && same(b->to, from)))
            continue;
        out->rate = direct ? b->rate : printed(DEC_ONE, b->rate);
        out->path = direct ? FX_DIRECT : FX_INVERSE;
        out->source = "budget";
        struct published_rate *o = &out->operands[0];
        *o = (struct published_rate){.units = 1, .value = b->rate, .date = DATE_NONE, .source = "budget"};
        copy_code(o->base, b->from);
        copy_code(o->quote, b->to);
        out->noperands = 1;
        return true;
    }
    return false;
}

/* One currency against its source's base, as base = num/den of the currency: 1 base is num / den
 * units of the currency. */
struct leg {
    dec_t num, den;
    struct published_rate rate;
    bool is_base;
};

static int find_leg(struct fx *fx, const char *base, const char *currency, struct leg *out, bool *found,
                    struct err *err)
{
    *out = (struct leg){.num = DEC_ONE, .den = DEC_ONE};
    *found = true;
    if (same(currency, base)) {
        out->is_base = true;
        return 0;
    }
    if (fx->kept ? kept_rate(fx->kept, fx->source, currency, fx->on, &out->rate, found, err)
                 : catalogue_rate(fx->catalogue, fx->source, currency, fx->on, &out->rate, found, err))
        return -1;
    if (!*found)
        return 0;
    /* `units` of rate.base are worth `value` of rate.quote */
    dec_t units = dec_int64(out->rate.units);
    bool quoted = same(out->rate.quote, currency);
    out->num = quoted ? out->rate.value : units;
    out->den = quoted ? units : out->rate.value;
    return 0;
}

static const char *base_of(const char *source)
{
    for (size_t i = 0; i < nrate_sources; i++)
        if (same(rate_sources[i].id, source))
            return rate_sources[i].base;
    return "";
}

static void take_operand(struct fx_used *out, const struct leg *leg)
{
    if (leg->is_base)
        return;
    if (!date_is(out->date) || date_cmp(leg->rate.date, out->date) < 0)
        out->date = leg->rate.date;
    out->operands[out->noperands++] = leg->rate;
}

/* Published the way it is wanted: so much of `to` for one (or a hundred) of `from`. */
static bool is_direct(const struct leg *a, const struct leg *b, const char *from, const char *to)
{
    if (a->is_base)
        return same(b->rate.quote, to);
    return b->is_base && same(a->rate.base, from);
}

static bool too_old(const struct fx *fx, struct date rate)
{
    if (!fx->max_age.given || !date_is(rate))
        return false;
    struct date limit = date_add_days(date_add_months(rate, fx->max_age.months), fx->max_age.days);
    return date_cmp(limit, fx->on) < 0;
}

static int from_table(struct fx *fx, const char *from, const char *to, struct fx_used *out, struct err *err)
{
    const char *base = base_of(fx->source);
    struct leg a, b;
    bool has_a, has_b;
    if (find_leg(fx, base, from, &a, &has_a, err) || find_leg(fx, base, to, &b, &has_b, err))
        return -1;
    if (!has_a || !has_b) {
        char day[DATE_TEXT];
        date_format(fx->on, day);
        return err_set(err, ERR_USAGE,
                       "no rate %s/%s: source %s has none for %s on or before %s (give a budget rate %s/%s in [fx])",
                       from, to, fx->source, has_a ? to : from, day, from, to);
    }
    /* 1 from = 1/a base = b/a to */
    dec_t num = dec_mul(b.num, a.den, DEC_EXACT), den = dec_mul(b.den, a.num, DEC_EXACT);
    bool direct = is_direct(&a, &b, from, to);
    out->rate = direct ? dec_div(num, den, DEC_HALF_UP) : printed(num, den);
    out->path = direct ? FX_DIRECT : (a.is_base || b.is_base) ? FX_INVERSE : FX_CROSS;
    out->source = fx->source;
    out->date = DATE_NONE;
    take_operand(out, &a);
    take_operand(out, &b);
    out->stale = too_old(fx, out->date);
    return 0;
}

static const struct fx_used *known(const struct fx *fx, const char *from, const char *to)
{
    for (size_t i = 0; i < fx->nfound; i++)
        if (same(fx->found[i]->from, from) && same(fx->found[i]->to, to))
            return fx->found[i];
    return NULL;
}

static int remember(struct fx *fx, const struct fx_used *u, const struct fx_used **out, struct err *err)
{
    struct fx_used *kept = arena_alloc(fx->arena, sizeof *kept);
    const struct fx_used **v = arena_grow(fx->arena, fx->found, fx->nfound, fx->nfound + 1, sizeof *v);
    if (!kept || !v)
        return err_nomem(err);
    *kept = *u;
    v[fx->nfound++] = kept;
    fx->found = v;
    *out = kept;
    return 0;
}

int fx_find(struct fx *fx, const char *from, const char *to, const struct fx_used **out, struct err *err)
{
    const struct fx_used *u = known(fx, from, to);
    if (u) {
        *out = u;
        return 0;
    }
    struct fx_used made = {.rate = DEC_ONE, .source = "", .path = FX_SAME, .date = DATE_NONE};
    copy_code(made.from, from);
    copy_code(made.to, to);
    if (!same(from, to) && !from_budget(fx, from, to, &made) && from_table(fx, from, to, &made, err))
        return -1;
    if (dec_bad(made.rate) || dec_sign(made.rate) <= 0)
        return err_set(err, ERR_USAGE, "rate %s/%s is out of range", from, to);
    return remember(fx, &made, out, err);
}
