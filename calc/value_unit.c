/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers with a unit: sizes, bandwidths, growth. Price lists' GB and GiB are both 2^30 bytes, TB
 * and TiB are 1,024 of them; bandwidth goes in steps of 1,000.
 */
#include "calc/shown.h"
#include "calc/value_uncertain.h"

#include <string.h>

struct measure {
    const char *name;
    int times, per; /* one of it is times / per base units */
};

static const struct measure sizes[] = {
    {"MiB", 1, 1024}, {"GiB", 1, 1}, {"TiB", 1024, 1}, {"PiB", 1024 * 1024, 1},
    {"MB", 1, 1024},  {"GB", 1, 1},  {"TB", 1024, 1},  {"PB", 1024 * 1024, 1},
};
static const struct measure rates[] = {{"Mbps", 1, 1}, {"Gbps", 1000, 1}};

#define COUNT(a) (sizeof(a) / sizeof *(a))
static const struct scale {
    const char *what, *usual; /* for messages */
    const struct measure *units;
    size_t n;
} size_scale = {"size", "GiB", sizes, COUNT(sizes)}, rate_scale = {"rate", "Mbps", rates, COUNT(rates)};

static const struct measure *unit_of(const char *name, const struct scale *s, struct err *err)
{
    const char *known[COUNT(sizes)];
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->units[i].name, name) == 0)
            return &s->units[i];
        known[i] = s->units[i].name;
    }
    value_unknown(err, "unit", name, known, s->n);
    return NULL;
}

/* text is "16 GiB": in base units to *out. */
static int measured(const char *text, const struct scale *s, const struct value_env *env, struct value *out,
                    struct err *err)
{
    char cut[SHOWN_MAX];
    const char *unit, *seen = shown(text, cut);
    dec_t v;
    size_t len = value_number_length(text, &unit);
    if (value_decimal(text, len, s->what, env, &v, err) != 0)
        return -1;
    if (!*unit)
        return err_set(err, ERR_USAGE, "'%s' lacks its unit (such as %s %s)", seen, seen, s->usual);
    const struct measure *m = unit_of(unit, s, err);
    if (!m)
        return -1;
    v = dec_muldiv(v, dec_int64(m->times), dec_int64(m->per), DEC_EXACT);
    if (dec_bad(v))
        return err_set(err, ERR_USAGE, "'%s' has too many digits (12 decimals of a %s at most)", seen, s->usual);
    if (value_in_range(v, text, env, err) != 0)
        return -1;
    *out = (struct value){.kind = VALUE_FIXED, .fixed = v};
    return 0;
}

int value_size(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return measured(text, &size_scale, env, out, err);
}

int value_rate(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return measured(text, &rate_scale, env, out, err);
}

int value_quantity(const char *text, const struct value_env *env, void *out, struct err *err)
{
    const char *unit;
    value_number_length(text, &unit);
    return *unit ? value_size(text, env, out, err) : value_number(text, env, out, err);
}

/* "month" or "year" after "2% /"; nothing is fine for 0%. */
static int growth_period(const char *rate, const char *period, bool zero, bool *per_year, struct err *err)
{
    static const char *const periods[] = {"month", "year"};
    char cut[SHOWN_MAX];
    const char *seen = shown(rate, cut);
    *per_year = strcmp(period, periods[1]) == 0;
    if (*per_year || strcmp(period, periods[0]) == 0 || (zero && !*period))
        return 0;
    if (!*period)
        return err_set(err, ERR_USAGE, "'%s' lacks its period (such as %s / month, %s / year)", seen, seen, seen);
    return value_unknown(err, "period", period, periods, COUNT(periods));
}

int value_growth(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct growth g = {0}, *to = out;
    size_t n = strcspn(text, "/"); /* no distribution holds one */
    const char *period = text + n + (text[n] == '/');
    period += strspn(period, " \t");
    while (n > 0 && strchr(" \t", text[n - 1]))
        n--;
    char *rate = arena_strndup(env->arena, text, n);
    if (!rate)
        return err_nomem(err);
    if (value_or_uncertain(value_percent, rate, env, &g.rate, err) != 0 ||
        growth_period(rate, period, !g.rate.uncertain && dec_sign(g.rate.fixed) == 0, &g.per_year, err) != 0)
        return -1;
    *to = g;
    return 0;
}
