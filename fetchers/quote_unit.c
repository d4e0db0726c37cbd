/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a price is per: "元/台/月", "GB-month", "per year", in words of any order, and the unit it comes to.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

static bool set_base(struct quote_per *p, const char *meaning)
{
    static const struct {
        const char *name;
        enum unit_base base;
        int divisor;
    } rows[] = {{"item", BASE_ITEM, 1},
                {"GiB", BASE_GIB, 1},
                {"Mbps", BASE_MBPS, 1},
                {"request", BASE_REQUEST, 1},
                {"LCU", BASE_LCU, 1},
                {"10k-requests", BASE_REQUEST, 10000},
                {"1M-requests", BASE_REQUEST, 1000000}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, meaning)) {
            const struct quote_per base = {.has_base = true, .base = rows[i].base, .divisor = rows[i].divisor};
            return quote_per_join(p, &base);
        }
    return false;
}

static bool set_time(struct quote_per *p, const char *meaning, int times)
{
    const struct quote_per time = {.time = quote_time_of(meaning), .times = times};

    return time.time != TIME_NONE && quote_per_join(p, &time);
}

bool quote_per_join(struct quote_per *into, const struct quote_per *more)
{
    if (more->has_base) {
        if (into->has_base && (into->base != more->base || into->divisor != more->divisor))
            return false;
        into->has_base = true;
        into->base = more->base;
        into->divisor = more->divisor;
    }
    if (more->time != TIME_NONE) {
        if (into->time != TIME_NONE && (into->time != more->time || into->times != more->times))
            return false;
        into->time = more->time;
        into->times = more->times;
    }
    return true;
}

/* "月", "台", "元", "含税", "12个月", "台月": one part between strokes. */
static bool take_part(const struct quote_words *w, const char *part, struct quote_qualifier *q)
{
    const char *found;
    int times = 1;

    if (*part == '\0' || !strcmp(part, "per"))
        return true;
    if (!strcmp(part, "%"))
        return q->percent = true;
    if ((found = quote_currency(part)) != NULL) {
        bool same = *q->currency == '\0' || !strcmp(q->currency, found);
        q->currency = found;
        return same;
    }
    if ((found = quote_word(w, "basis", part)) != NULL) {
        bool same = *q->basis == '\0' || !strcmp(q->basis, found);
        q->basis = found;
        return same;
    }
    if ((found = quote_word(w, "unit", part)) != NULL)
        return set_base(&q->per, found);
    if ((found = quote_word(w, "time", part)) != NULL)
        return set_time(&q->per, found, 1);
    size_t n = quote_whole(part, &times);
    if (n > 0 && (found = quote_word(w, "time", part + n + (part[n] == ' '))) != NULL)
        return set_time(&q->per, found, times);
    const struct quote_word *first = quote_word_first(w, "unit", part);
    if (first != NULL && (found = quote_word(w, "time", part + first->len)) != NULL)
        return set_base(&q->per, first->meaning) && set_time(&q->per, found, 1);
    return false;
}

static const char *stroke(const char *p, size_t *width)
{
    static const char *const strokes[] = {"每", "·", "、", "，", "；", "×"};

    for (; *p != '\0'; p++) {
        if (strchr("/-*,;()[]\n", *p)) {
            *width = 1;
            return p;
        }
        for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
            if (!strncmp(p, strokes[i], strlen(strokes[i]))) {
                *width = strlen(strokes[i]);
                return p;
            }
    }
    *width = 0;
    return p;
}

/* Blanks part too, when the whole part says nothing ("CNY per month"). */
static bool take_words(const struct quote_words *w, char *part, struct quote_qualifier *q)
{
    struct quote_qualifier before = *q;

    if (take_part(w, part, q))
        return true;
    *q = before;
    for (char *p = part;;) {
        char *blank = strchr(p, ' ');
        if (blank != NULL)
            *blank = '\0';
        if (!take_part(w, p, q))
            return false;
        if (blank == NULL)
            return true;
        p = blank + 1;
    }
}

bool quote_qualifier(const struct quote_words *w, const char *text, struct quote_qualifier *out)
{
    char part[128];
    bool all = true;

    if (out->currency == NULL)
        out->currency = "";
    if (out->basis == NULL)
        out->basis = "";
    if (strlen(text) < sizeof part) {
        struct quote_qualifier whole = *out;
        if (take_part(w, text, &whole)) {
            *out = whole;
            return true;
        }
    }
    for (const char *p = text;;) {
        size_t width;
        const char *end = stroke(p, &width);
        size_t len = (size_t)(end - p);
        while (len > 0 && *p == ' ')
            p++, len--;
        while (len > 0 && p[len - 1] == ' ')
            len--;
        if (len >= sizeof part)
            return false;
        memcpy(part, p, len);
        part[len] = '\0';
        all = take_words(w, part, out) && all;
        if (width == 0)
            return all;
        p = end + width;
    }
}

static int months_of(const struct quote_per *p)
{
    return p->time == TIME_MONTH     ? p->times
           : p->time == TIME_QUARTER ? 3 * p->times
           : p->time == TIME_YEAR    ? 12 * p->times
                                     : 0;
}

bool quote_per_unit(const struct quote_per *p, enum unit *unit, int *months)
{
    static const struct {
        enum unit_base base;
        enum quote_time time;
        int divisor;
        enum unit unit;
    } rows[] = {
        {BASE_ITEM, TIME_MINUTE, 1, UNIT_MINUTE},
        {BASE_ITEM, TIME_HOUR, 1, UNIT_HOUR},
        {BASE_ITEM, TIME_DAY, 1, UNIT_DAY},
        {BASE_ITEM, TIME_MONTH, 1, UNIT_MONTH},
        {BASE_GIB, TIME_NONE, 1, UNIT_GB},
        {BASE_GIB, TIME_MINUTE, 1, UNIT_GB_MINUTE},
        {BASE_GIB, TIME_HOUR, 1, UNIT_GB_HOUR},
        {BASE_GIB, TIME_MONTH, 1, UNIT_GB_MONTH},
        {BASE_MBPS, TIME_MINUTE, 1, UNIT_MBPS_MINUTE},
        {BASE_MBPS, TIME_HOUR, 1, UNIT_MBPS_HOUR},
        {BASE_MBPS, TIME_DAY, 1, UNIT_MBPS_DAY},
        {BASE_MBPS, TIME_MONTH, 1, UNIT_MBPS_MONTH},
        {BASE_LCU, TIME_HOUR, 1, UNIT_LCU_HOUR},
        {BASE_REQUEST, TIME_NONE, 1, UNIT_REQUEST},
        {BASE_REQUEST, TIME_NONE, 10000, UNIT_REQUESTS_10K},
        {BASE_REQUEST, TIME_NONE, 1000000, UNIT_REQUESTS_1M},
    };
    enum unit_base base = p->has_base ? p->base : BASE_ITEM;
    int divisor = p->has_base ? p->divisor : 1;

    *months = months_of(p);
    if (base == BASE_ITEM && *months > 1 && *months <= TERM_MAX) {
        *unit = UNIT_TERM;
        return true;
    }
    *months = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].base == base && rows[i].time == p->time && rows[i].divisor == divisor &&
            (p->time == TIME_NONE || p->times == 1)) {
            *unit = rows[i].unit;
            return true;
        }
    return false;
}
