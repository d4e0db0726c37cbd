/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Months, days and lengths of time.
 */
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

int value_month(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    (void)env;
    if (!month_parse(text, strlen(text), out))
        return err_set(err, ERR_USAGE, "'%s' is no month (such as 2027-01, years 1900 to 2999)", shown(text, cut));
    return 0;
}

int value_date(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    (void)env;
    if (!date_parse(text, strlen(text), out))
        return err_set(err, ERR_USAGE, "'%s' is no day that exists (such as 2026-11-21, years 1900 to 2999)",
                       shown(text, cut));
    return 0;
}

static const struct span {
    const char *one, *many;
    int months, days;
    const char *allowed;
} spans[] = {
    {"day", "days", 0, 1, "0 to 36500 days"},
    {"week", "weeks", 0, 7, "0 to 5200 weeks"},
    {"month", "months", 1, 0, "0 to 1200 months"},
    {"year", "years", 12, 0, "0 to 100 years"},
};
enum { SPANS = sizeof spans / sizeof *spans };

static const struct span *span_of(const char *word, struct err *err)
{
    const char *known[SPANS];
    for (size_t i = 0; i < SPANS; i++) {
        if (strcmp(word, spans[i].one) == 0 || strcmp(word, spans[i].many) == 0)
            return &spans[i];
        known[i] = spans[i].many;
    }
    value_unknown(err, "unit", word, known, SPANS);
    return NULL;
}

/* text is "7 days", unit points at its second word. */
static int span_read(const char *text, const char *unit, const struct value_env *env, struct duration *out,
                     struct err *err)
{
    const struct span *s = span_of(unit, err);
    if (!s)
        return -1;
    dec_t v;
    struct value_env range = *env;
    range.allowed = s->allowed;
    if (value_decimal(text, strspn(text, "0123456789"), "number", &range, &v, err) != 0 ||
        value_in_range(v, text, &range, err) != 0)
        return -1;
    int n = (int)(v.v / DEC_ONE_UNIT);
    *out = (struct duration){.months = n * s->months, .days = n * s->days, .given = true};
    return 0;
}

int value_duration(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *unit;
    struct duration *to = out;
    if (strcmp(text, "none") == 0) {
        *to = (struct duration){0};
        return 0;
    }
    size_t n = value_number_length(text, &unit);
    if (n == 0 || strspn(text, "0123456789") != n)
        return err_set(err, ERR_USAGE, "'%s' is no length of time (such as 7 days, 2 weeks, 18 months, 1 year, none)",
                       shown(text, cut));
    if (!*unit)
        return err_set(err, ERR_USAGE, "'%s' lacks its unit (such as %s days)", shown(text, cut), shown(text, cut));
    return span_read(text, unit, env, to, err);
}
