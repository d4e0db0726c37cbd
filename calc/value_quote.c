/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of [quote NAME]: its site, and how long its prices are owed.
 */
#include "calc/offer.h"
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

int value_term(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    struct duration d;
    if (value_duration(text, env, &d, err) != 0)
        return -1;
    if (d.given && (d.days > 0 || d.months < 1 || d.months > TERM_MAX))
        return err_set(err, ERR_USAGE, "'%s' is no term (1 to %d months, or none)", shown(text, cut), TERM_MAX);
    *(struct duration *)out = (struct duration){.months = d.given ? d.months : 0, .given = true};
    return 0;
}

int value_quote_site(const char *text, const struct value_env *env, void *out, struct err *err)
{
    const struct site *site = value_find_site(text, env, err);
    return site ? value_text(site->id, env, out, err) : -1;
}
