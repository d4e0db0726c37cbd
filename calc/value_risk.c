/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values of [risk], and the amount of a cost, which may be a distribution before its currency.
 */
#include "calc/shown.h"
#include "calc/value_uncertain.h"

#include <string.h>

static const char volatility_allowed[] = "over 0% to 1000%", years_allowed[] = "1 to 50";

/* What follows the word in text; NULL when it begins with another one. */
static const char *after(const char *text, const char *word)
{
    size_t n = strlen(word), blank = strspn(text + strnlen(text, n), " \t");
    return strncmp(text, word, n) == 0 && blank > 0 ? text + n + blank : NULL;
}

static int read_volatility(const char *text, const struct value_env *env, dec_t *out, struct err *err)
{
    struct value_env own = *env;
    struct value v;
    own.allowed = volatility_allowed;
    if (value_percent(text, &own, &v, err) != 0)
        return -1;
    *out = v.fixed;
    return 0;
}

/* "5 years" */
static int read_years(const char *text, const struct value_env *env, int *out, struct err *err)
{
    char cut[SHOWN_MAX];
    struct value_env own = *env;
    size_t digits = strspn(text, "0123456789"), blank = strspn(text + digits, " \t");
    const char *unit = text + digits + blank;
    own.allowed = years_allowed;
    if (digits == 0 || (strcmp(unit, "years") != 0 && strcmp(unit, "year") != 0))
        return err_set(err, ERR_USAGE, "'%s' is no number of years (such as history 5 years)", shown(text, cut));
    char *number = arena_strndup(env->arena, text, digits);
    return number ? value_whole(number, &own, out, err) : err_nomem(err);
}

int value_risk_rates(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    struct risk_rates r = {0}, *to = out;
    const char *volatility = after(text, "volatility"), *history = after(text, "history");
    if (volatility)
        r.kind = RISK_FX_VOLATILITY;
    else if (history)
        r.kind = RISK_FX_HISTORY;
    else if (strcmp(text, "none") != 0)
        return err_set(err, ERR_USAGE, "'%s' says nothing of rates (none, volatility 4%%, history 5 years)",
                       shown(text, cut));
    if ((volatility && read_volatility(volatility, env, &r.volatility, err) != 0) ||
        (history && read_years(history, env, &r.years, err) != 0))
        return -1;
    *to = r;
    return 0;
}

int value_price_change(const char *text, const struct value_env *env, void *out, struct err *err)
{
    static const char *const known[] = {"year"};
    struct value *to = out;
    size_t n = strcspn(text, "/"), rest = n + (text[n] == '/');
    const char *period = text + rest + strspn(text + rest, " \t");
    if (strcmp(text, "none") == 0) {
        *to = (struct value){0};
        return 0;
    }
    if (text[n] && strcmp(period, known[0]) != 0)
        return value_unknown(err, "period", period, known, 1);
    while (n > 0 && strchr(" \t", text[n - 1]))
        n--;
    char *step = arena_strndup(env->arena, text, n);
    return step ? value_or_uncertain(value_percent, step, env, to, err) : err_nomem(err);
}

/* "uniform(1000, 2000) CNY": the mean, rounded to the minor unit, is the amount. */
static int drawn_amount(const char *text, const struct value_env *env, struct cost *c, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *close = strrchr(text, ')'), *code = close ? close + 1 + strspn(close + 1, " \t") : "";
    struct amount a;
    struct value v;
    if (!code[0])
        return err_set(err, ERR_USAGE, "'%s' lacks its currency (such as uniform(1000, 2000) CNY)", shown(text, cut));
    char *head = arena_strndup(env->arena, text, (size_t)(close + 1 - text));
    if (!head)
        return err_nomem(err);
    if (value_currency(code, env, a.currency, err) != 0 || value_or_uncertain(value_number, head, env, &v, err) != 0)
        return -1;
    a.value = dec_round(v.fixed, rules_currency(env->rules, a.currency)->minor_units, DEC_HALF_UP);
    c->amount = a;
    c->uncertain = v.uncertain;
    return 0;
}

int value_cost_amount(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct cost *c = out;
    if (env->found && value_is_uncertain(text))
        return drawn_amount(text, env, c, err);
    return value_amount(text, env, &c->amount, err);
}
