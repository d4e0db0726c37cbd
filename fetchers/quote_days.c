/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days and lengths of time in the middle of a sentence.
 */
#include "fetchers/quote_common.h"

#include <stdio.h>
#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static int number_at(const char **p)
{
    int n = 0;

    for (int i = 0; i < 4 && digit(**p); i++)
        n = n * 10 + (*(*p)++ - '0');
    return n;
}

static bool pass(const char **p, const char *cjk)
{
    if (**p == '-' || **p == '/' || **p == '.') {
        (*p)++;
        return true;
    }
    if (strncmp(*p, cjk, strlen(cjk)) != 0)
        return false;
    *p += strlen(cjk);
    return true;
}

bool quote_find_day(const char *text, struct date *out)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (!digit(*p) || (p > text && digit(p[-1])))
            continue;
        const char *at = p;
        char day[DATE_TEXT + 32];
        int y = number_at(&at), m, d;
        if (y < 1900 || !pass(&at, "年"))
            continue;
        m = number_at(&at);
        if (!pass(&at, "月"))
            continue;
        d = number_at(&at);
        int len = snprintf(day, sizeof day, "%04d-%02d-%02d", y, m, d);
        bool ok = len > 0 && !digit(*at) && date_parse(day, (size_t)len, out);
        if (ok)
            return true;
    }
    return false;
}

/* The unit behind a number: days or months, 0: neither. A month alone ("12月") may be December. */
static char span_unit(const char *p)
{
    static const struct {
        const char *text;
        char unit;
    } units[] = {{"天", 'd'}, {"日", 'd'}, {"个自然日", 'd'}, {"day", 'd'}, {"个月", 'm'}, {"month", 'm'}};

    p += *p == ' ';
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strncmp(p, units[i].text, strlen(units[i].text)))
            return units[i].unit;
    return 0;
}

bool quote_find_span(const char *text, struct duration *out)
{
    for (const char *p = text; *p != '\0'; p++) {
        int n;
        size_t len = quote_whole(p, &n);
        if (len == 0 || (p > text && digit(p[-1])))
            continue;
        char unit = span_unit(p + len);
        if (unit == 0 && p >= text + 4 && !strncmp(p - 4, "net ", 4))
            unit = 'd';
        if (unit != 0) {
            *out = unit == 'd' ? (struct duration){.days = n, .given = true}
                               : (struct duration){.months = n, .given = true};
            return true;
        }
        p += len - 1;
    }
    return false;
}
