/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/threshold.h"

#include "calc/shown.h"

#include <string.h>

/* The number that text begins with; *rest is what follows it behind blanks. */
static bool number(const char *text, const char **rest, dec_t *out)
{
    size_t n = strspn(text, "0123456789.");
    struct err unheard;

    if (n == 0 || dec_parse(text, n, out, &unheard) != 0)
        return false;
    *rest = text + n + strspn(text + n, " ");
    return true;
}

int threshold_percent(const char *option, const char *text, dec_t *out, struct err *err)
{
    const char *rest = "";
    char cut[SHOWN_MAX];

    if (!number(text, &rest, out) || strcmp(rest, "%") != 0)
        return err_set(err, ERR_USAGE, "%s '%s' is no percentage (5%%)", option, shown(text, cut));
    *out = dec_div(*out, dec_int64(100), DEC_HALF_UP);
    return 0;
}

int threshold_amount(const char *option, const char *text, struct amount *out, struct err *err)
{
    const char *rest = "";
    char cut[SHOWN_MAX];
    dec_t v = DEC_ZERO;

    if (!number(text, &rest, &v) || strlen(rest) != CURRENCY_TEXT - 1 ||
        strspn(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != CURRENCY_TEXT - 1)
        return err_set(err, ERR_USAGE, "%s '%s' is no amount with a currency ('100000 CNY')", option, shown(text, cut));
    out->value = v;
    memcpy(out->currency, rest, CURRENCY_TEXT);
    return 0;
}

int threshold_currency(const char *option, const struct amount *a, const char *budget, struct err *err)
{
    if (!strcmp(a->currency, budget))
        return 0;
    return err_set(err, ERR_USAGE, "%s is in %s, costs are in %s (give it in %s)", option, a->currency, budget, budget);
}

int threshold_status(int status, bool crossed)
{
    return status == ERR_NONE && crossed ? ERR_THRESHOLD : status;
}
