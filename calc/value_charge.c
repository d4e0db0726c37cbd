/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a resource is bought: "on-demand", "best", or a kind with a term in months or years and,
 * where commitments differ in what is paid upfront, an offering.
 */
#include "calc/offering.h"
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

static const struct form {
    const char *word;
    enum charge_kind kind;
    bool term, offering;
} forms[] = {
    {"on-demand", CHARGE_ON_DEMAND, false, false}, {"prepaid", CHARGE_PREPAID, true, false},
    {"reserved", CHARGE_RESERVED, true, true},     {"savings-plan", CHARGE_SAVINGS_PLAN, true, true},
    {"best", CHARGE_BEST, false, false},
};

static const struct term_unit {
    const char *word;
    int months;
} term_units[] = {{"months", 1}, {"month", 1}, {"years", 12}, {"year", 12}};

#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { WORDS_MAX = 4 };

/* Cuts text at its blanks into at most WORDS_MAX words; the last one keeps what is left. */
static size_t cut_words(char *text, char *words[WORDS_MAX])
{
    size_t n = 0;
    for (char *p = text + strspn(text, " \t"); *p && n < WORDS_MAX; p += strspn(p, " \t")) {
        words[n++] = p;
        if (n == WORDS_MAX)
            break;
        p += strcspn(p, " \t");
        if (*p)
            *p++ = '\0';
    }
    return n;
}

static const struct form *form_of(const char *word, struct err *err)
{
    const char *known[COUNT(forms)];
    for (size_t i = 0; i < COUNT(forms); i++) {
        if (strcmp(word, forms[i].word) == 0)
            return &forms[i];
        known[i] = forms[i].word;
    }
    value_unknown(err, "charge", word, known, COUNT(forms));
    return NULL;
}

/* "12" "months" */
static int read_term(const struct form *f, const char *number, const char *unit, const struct value_env *env,
                     int *months, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *known[COUNT(term_units)];
    struct value_env range = *env;
    range.allowed = "1 to 600 months";
    for (size_t i = 0; i < COUNT(term_units); i++) {
        known[i] = term_units[i].word;
        if (strcmp(unit, term_units[i].word) != 0)
            continue;
        if (value_whole(number, &range, months, err) != 0)
            return -1;
        *months *= term_units[i].months;
        if (*months > MONTHS_MAX)
            return err_set(err, ERR_USAGE, "'%s %s' is out of range (%s)", shown(number, cut), unit, range.allowed);
        return 0;
    }
    if (!unit[0])
        return err_set(err, ERR_USAGE, "'%s %s' lacks its unit (such as %s 12 months)", f->word, shown(number, cut),
                       f->word);
    return value_unknown(err, "unit", unit, known, COUNT(term_units));
}

/* A word of the table, or "unnamed" for the price without one. */
static int read_offering(const struct form *f, const char *word, const struct value_env *env, const char **out,
                         struct err *err)
{
    char cut[SHOWN_MAX];
    const char *known[OFFERINGS_MAX + 1];
    size_t n = offering_names(f->kind, known);
    known[n++] = "unnamed";
    if (word[0] && !f->offering)
        return err_set(err, ERR_USAGE, "'%s' after the term (%s takes no offering)", shown(word, cut), f->word);
    for (size_t i = 0; i < n && word[0]; i++)
        if (strcmp(word, known[i]) == 0)
            return value_text(word, env, out, err);
    return word[0] ? value_unknown(err, "offering", word, known, n) : 0;
}

int value_charge(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct charge_choice *to = out, c = {.offering = ""};
    char cut[SHOWN_MAX], *words[WORDS_MAX] = {NULL, NULL, NULL, NULL}, *copy = arena_strdup(env->arena, text);
    if (!copy)
        return err_nomem(err);
    size_t n = cut_words(copy, words);
    const struct form *f = form_of(n > 0 ? words[0] : "", err);
    if (!f)
        return -1;
    c.kind = f->kind;
    if (!f->term && n > 1)
        return err_set(err, ERR_USAGE, "'%s' after the charge (%s takes no term)", shown(words[1], cut), f->word);
    if (f->term && n == 1)
        return err_set(err, ERR_USAGE, "'%s' lacks its term (such as %s 12 months)", f->word, f->word);
    if (f->term && (read_term(f, words[1], n > 2 ? words[2] : "", env, &c.months, err) != 0 ||
                    read_offering(f, n > 3 ? words[3] : "", env, &c.offering, err) != 0))
        return -1;
    *to = c;
    return 0;
}
