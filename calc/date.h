/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days and months of the proleptic Gregorian calendar, years 1900 to 2999. No clock here: today
 * is an argument that main() takes from the system once. Stepping out of these years, or from
 * DATE_NONE, gives DATE_NONE.
 */
#ifndef TCO_DATE_H
#define TCO_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
    int32_t day; /* days since 1970-01-01; DATE_NONE in .day means no date */
};
#define DATE_NONE ((struct date){INT32_MIN})
enum { DATE_TEXT = 16 };

struct month {
    int32_t n; /* year x 12 + month - 1 */
};

bool date_is(struct date d); /* false for DATE_NONE */
/* "2026-11-21" exactly; false for days that do not exist. */
bool date_parse(const char *text, size_t len, struct date *out);
void date_format(struct date d, char buf[DATE_TEXT]); /* "" for DATE_NONE */
int date_cmp(struct date a, struct date b);
struct date date_add_days(struct date d, int days);
/* The same day so many months on (n may be negative), or the last day of that month. */
struct date date_add_months(struct date d, int n);
struct month date_month(struct date d);
struct date month_first_day(struct month m);

bool month_parse(const char *text, size_t len, struct month *out); /* "2027-01" */
void month_format(struct month m, char buf[DATE_TEXT]);
struct month month_add(struct month m, int n);

#endif
