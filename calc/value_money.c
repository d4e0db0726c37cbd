/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Currencies, amounts of money and budget rates, against the currencies of the rules.
 */
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

static const struct currency *currency_of(const char *code, const struct value_env *env, struct err *err)
{
    const struct currency *c = rules_currency(env->rules, code);
    if (c)
        return c;
    const char **known = arena_array(env->arena, env->rules->ncurrencies, sizeof *known);
    if (!known) {
        err_nomem(err);
        return NULL;
    }
    for (size_t i = 0; i < env->rules->ncurrencies; i++)
        known[i] = env->rules->currencies[i].code;
    value_unknown(err, "currency", code, known, env->rules->ncurrencies);
    return NULL;
}

static void put_code(char to[CURRENCY_TEXT], const struct currency *c)
{
    memset(to, 0, CURRENCY_TEXT);
    memcpy(to, c->code, strnlen(c->code, CURRENCY_TEXT - 1));
}

int value_currency(const char *text, const struct value_env *env, void *out, struct err *err)
{
    const struct currency *c = currency_of(text, env, err);
    if (!c)
        return -1;
    put_code(out, c);
    return 0;
}

int value_currency_word(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return currency_of(text, env, err) ? value_text(text, env, out, err) : -1;
}

/* Is text a number with at most one word after it? *code points at the word. */
static bool is_amount(const char *text, size_t *digits, const char **code)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    *digits = value_number_length(text, code);
    return *digits > 0 && (*code)[strspn(*code, letters)] == '\0';
}

int value_amount(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct amount a, *to = out;
    char cut[SHOWN_MAX];
    const char *code, *seen = shown(text, cut);
    size_t n;
    if (!is_amount(text, &n, &code))
        return err_set(err, ERR_USAGE, "'%s' is no amount (a number and a currency, such as 200000 CNY)", seen);
    if (value_decimal(text, n, "amount", env, &a.value, err) != 0)
        return -1;
    if (!*code)
        return err_set(err, ERR_USAGE, "'%s' lacks its currency (such as %s CNY)", seen, seen);
    const struct currency *c = currency_of(code, env, err);
    if (!c || value_in_range(a.value, text, env, err) != 0)
        return -1;
    if (dec_bad(dec_round(a.value, c->minor_units, DEC_EXACT)))
        return err_set(err, ERR_USAGE, "'%s' is finer than the smallest unit of %s (%d decimals)", seen, c->code,
                       c->minor_units);
    put_code(a.currency, c);
    *to = a;
    return 0;
}

int value_amount_a_year(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    size_t n = strcspn(text, "/");
    const char *per = text + n + (text[n] == '/');
    while (n > 0 && strchr(" \t", text[n - 1]))
        n--;
    if (strcmp(per + strspn(per, " \t"), "year") != 0)
        return err_set(err, ERR_USAGE, "'%s' is no amount a year (such as 1000000 CNY / year)", shown(text, cut));
    char *amount = arena_strndup(env->arena, text, n);
    return amount ? value_amount(amount, env, out, err) : err_nomem(err);
}

/* One half of a pair, without the blanks around it. */
static int pair_half(const char *text, size_t n, const struct value_env *env, char out[CURRENCY_TEXT], struct err *err)
{
    while (n > 0 && strchr(" \t", text[n - 1]))
        n--;
    size_t lead = strspn(text, " \t");
    char *code = lead < n ? arena_strndup(env->arena, text + lead, n - lead) : arena_strdup(env->arena, "");
    return code ? value_currency(code, env, out, err) : err_nomem(err);
}

static int pair_is_new(const struct scenario *s, const struct budget_rate *b, struct err *err)
{
    for (size_t i = 0; i < s->nrates; i++) {
        const struct budget_rate *r = &s->rates[i];
        bool same = strcmp(r->from, b->from) == 0 && strcmp(r->to, b->to) == 0;
        bool turned = strcmp(r->from, b->to) == 0 && strcmp(r->to, b->from) == 0;
        if (same || turned)
            return err_set(err, ERR_USAGE, "rate %s/%s is given %s", r->from, r->to,
                           same ? "twice" : "the other way round too");
    }
    return 0;
}

int value_budget_rate(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct scenario *s = out;
    struct budget_rate b = {.line = env->line}, *grown;
    struct value rate;
    size_t slash = strcspn(env->key, "/");
    if (pair_half(env->key, slash, env, b.from, err) != 0 ||
        pair_half(env->key + slash + 1, strlen(env->key + slash + 1), env, b.to, err) != 0 ||
        value_number(text, env, &rate, err) != 0)
        return -1;
    if (strcmp(b.from, b.to) == 0)
        return err_set(err, ERR_USAGE, "a rate of a currency to itself");
    if (pair_is_new(s, &b, err) != 0)
        return -1;
    b.rate = rate.fixed;
    grown = arena_grow(env->arena, s->rates, s->nrates, s->nrates + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    grown[s->nrates++] = b;
    s->rates = grown;
    return 0;
}
