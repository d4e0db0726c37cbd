/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calendar days as a count from 1970-01-01, years 1900 to 2999; everything outside is DATE_NONE.
 */
#include "calc/date.h"

#include <assert.h>
#include <stdio.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2999 };
enum { DAYS_BEFORE_1970 = 719162 }; /* from 0001-01-01: 1969 x 365 + 477 leap days */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days of the years before this one. */
static int32_t days_before_year(int year)
{
    int y = year - 1;

    return y * 365 + y / 4 - y / 100 + y / 400;
}

static int days_before_month(int year, int month)
{
    static const int16_t before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    return before[month - 1] + (month > 2 && is_leap(year));
}

static struct date from_parts(int year, int month, int day)
{
    return (struct date){days_before_year(year) + days_before_month(year, month) + day - 1 - DAYS_BEFORE_1970};
}

struct parts {
    int year, month, day;
};

static struct parts to_parts(struct date d)
{
    int32_t days = d.day + DAYS_BEFORE_1970;
    struct parts p = {.year = days / 366 + 1, .month = 1};

    /* the guess is at most a few years early */
    while (days_before_year(p.year + 1) <= days)
        p.year++;
    p.day = days - days_before_year(p.year) + 1;
    while (p.day > days_in_month(p.year, p.month))
        p.day -= days_in_month(p.year, p.month++);
    return p;
}

static bool in_range(int64_t day)
{
    return day >= from_parts(FIRST_YEAR, 1, 1).day && day <= from_parts(LAST_YEAR, 12, 31).day;
}

/* n decimal digits as a number, -1 when one is none. */
static int number(const char *text, int n)
{
    int v = 0;

    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        v = v * 10 + (text[i] - '0');
    }
    return v;
}

bool date_is(struct date d)
{
    return d.day != DATE_NONE.day;
}

bool month_parse(const char *text, size_t len, struct month *out)
{
    if (len != 7 || text[4] != '-')
        return false;
    int year = number(text, 4), month = number(text + 5, 2);
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
        return false;
    *out = (struct month){year * 12 + month - 1};
    return true;
}

bool date_parse(const char *text, size_t len, struct date *out)
{
    struct month m;

    if (len != 10 || text[7] != '-' || !month_parse(text, 7, &m))
        return false;
    int year = m.n / 12, month = m.n % 12 + 1, day = number(text + 8, 2);
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *out = from_parts(year, month, day);
    return true;
}

void date_format(struct date d, char buf[DATE_TEXT])
{
    buf[0] = '\0';
    if (!date_is(d))
        return;
    assert(in_range(d.day));
    struct parts p = to_parts(d);
    snprintf(buf, DATE_TEXT, "%04d-%02d-%02d", p.year, p.month, p.day);
}

int date_cmp(struct date a, struct date b)
{
    return (a.day > b.day) - (a.day < b.day);
}

struct date date_add_days(struct date d, int days)
{
    int64_t day = (int64_t)d.day + days;

    if (!date_is(d) || !in_range(day))
        return DATE_NONE;
    return (struct date){(int32_t)day};
}

struct date date_add_months(struct date d, int n)
{
    if (!date_is(d))
        return DATE_NONE;
    struct parts p = to_parts(d);
    int64_t months = (int64_t)p.year * 12 + p.month - 1 + n;
    if (months < FIRST_YEAR * 12 || months >= (LAST_YEAR + 1) * 12)
        return DATE_NONE;
    int year = (int)(months / 12), month = (int)(months % 12) + 1, last = days_in_month(year, month);
    return from_parts(year, month, p.day < last ? p.day : last);
}

struct month date_month(struct date d)
{
    assert(date_is(d));
    struct parts p = to_parts(d);
    return (struct month){p.year * 12 + p.month - 1};
}

struct date month_first_day(struct month m)
{
    if (m.n < FIRST_YEAR * 12 || m.n >= (LAST_YEAR + 1) * 12)
        return DATE_NONE;
    return from_parts(m.n / 12, m.n % 12 + 1, 1);
}

void month_format(struct month m, char buf[DATE_TEXT])
{
    assert(m.n >= 0);
    snprintf(buf, DATE_TEXT, "%04d-%02d", m.n / 12, m.n % 12 + 1);
}

struct month month_add(struct month m, int n)
{
    return (struct month){m.n + n};
}
