/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of a variable as text, and a range of them from text.
 */
#include "calc/shown.h"
#include "calc/vary.h"

#include <string.h>

/* One end of a range: a number, with or without what follows it in the file. */
static int range_end(const struct vary *v, const char *text, size_t n, dec_t *out, struct err *err)
{
    const char *unit = v->suffix + strspn(v->suffix, " \t");
    size_t digits = 0, left;
    while (n > 0 && strchr(" \t", text[n - 1]))
        n--;
    while (n > 0 && strchr(" \t", *text)) {
        text++;
        n--;
    }
    while (digits < n && strchr("+-.0123456789", text[digits]))
        digits++;
    for (left = digits; left < n && strchr(" \t", text[left]);)
        left++;
    bool named = left == n || (n - left <= strlen(unit) && !strncmp(text + left, unit, n - left));
    if (digits == 0 || !named || dec_parse(text, digits, out, err))
        return err_set(err, ERR_USAGE, "'%.*s' is no end of a range of %s (a number%s%s)", (int)(n < 40 ? n : 40), text,
                       v->name, *unit ? ", " : "", *unit ? unit : "");
    if (dec_bad(dec_round(*out, v->finest, DEC_EXACT)))
        return err_set(err, ERR_USAGE, "'%.*s' is finer than %s can be (%d decimals)", (int)(n < 40 ? n : 40), text,
                       v->name, v->finest);
    return 0;
}

int vary_range(struct vary *v, const char *text, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *dots = strstr(text, "..");
    dec_t low, high;
    if (!dots || dots == text || !dots[2])
        return err_set(err, ERR_USAGE, "--range '%s' is no range (LOW..HIGH, such as 5..9)", shown(text, cut));
    if (range_end(v, text, (size_t)(dots - text), &low, err) || range_end(v, dots + 2, strlen(dots + 2), &high, err))
        return err_prefix(err, "--range '%s'", shown(text, cut));
    if (dec_cmp(low, high) >= 0)
        return err_set(err, ERR_USAGE, "--range '%s' is %s (the first number must be less than the second)",
                       shown(text, cut), dec_cmp(low, high) == 0 ? "empty" : "the wrong way round");
    v->low = low;
    v->high = high;
    return 0;
}

dec_t vary_round(const struct vary *v, dec_t x)
{
    bool coarse = !dec_bad(dec_round(v->base, v->places, DEC_EXACT));
    return dec_round(x, coarse ? v->finest : v->places, DEC_HALF_UP);
}

const char *vary_text(const struct vary *v, dec_t x, int places, struct arena *a)
{
    char number[DEC_TEXT];
    dec_format(x, places, number);
    return arena_printf(a, "%s%s", number, v->suffix);
}
