/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The calendar, against day numbers from GNU date and a day-by-day walk over all 1,100 years.
 */
#include "tests/support/test.h"

#include "calc/date.h"

#include <stdio.h>
#include <string.h>

static struct date day(const char *text)
{
    struct date d = DATE_NONE;

    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static void shows(struct date d, const char *want)
{
    char text[DATE_TEXT];

    date_format(d, text);
    assert_string_equal(text, want);
}

/* Numbers: date -u -d DAY +%s divided by 86,400. */
static void known_day_numbers(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01").day, 0);
    assert_int_equal(day("1969-12-31").day, -1);
    assert_int_equal(day("1900-01-01").day, -25567);
    assert_int_equal(day("2000-02-29").day, 11016);
    assert_int_equal(day("2026-11-21").day, 20778);
    assert_int_equal(day("2999-12-31").day, 376199);
}

static void refuses_what_does_not_exist(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           "2026",       "2026-11",    "2026-02-29", "1900-02-29",  "2100-02-29", "2026-04-31",
        "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "1899-12-31",  "3000-01-01", "2026/11/21",
        "2026-11/21", "26-11-21",   "2026-1-2",   " 2026-1-21", "2026-11-21 ", "+026-11-21", "2026-11-2x",
        "2026-11-2/", "2026-0:-10", "202/-11-21", "2026-1x-21", "-026-11-21",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct date d;
        assert_false(date_parse(bad[i], strlen(bad[i]), &d));
    }
    struct month m;
    assert_false(month_parse("2027-13", 7, &m) || month_parse("2027-00", 7, &m) || month_parse("2027-1", 6, &m));
    assert_false(month_parse("1899-12", 7, &m) || month_parse("3000-01", 7, &m) || month_parse("2027-011", 8, &m));
}

static void every_day_follows_the_one_before(void **state)
{
    (void)state;
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date d = day("1900-01-01");
    char want[32], text[DATE_TEXT];

    for (int y = 1900; y <= 2999; y++)
        for (int m = 1; m <= 12; m++) {
            int leap = m == 2 && (y % 400 == 0 || (y % 4 == 0 && y % 100 != 0));
            for (int n = 1; n <= days[m - 1] + leap; n++) {
                snprintf(want, sizeof want, "%d-%02d-%02d", y, m, n);
                date_format(d, text);
                assert_string_equal(text, want);
                assert_int_equal(day(want).day, d.day);
                assert_int_equal(date_month(d).n, y * 12 + m - 1);
                d.day++;
            }
        }
    assert_int_equal(d.day, day("2999-12-31").day + 1);
}

static void steps(void **state)
{
    (void)state;
    shows(date_add_days(day("2026-12-31"), 1), "2027-01-01");
    shows(date_add_days(day("2027-03-01"), -1), "2027-02-28");
    shows(date_add_months(day("2027-01-31"), 1), "2027-02-28");
    shows(date_add_months(day("2027-01-31"), 13), "2028-02-29");
    shows(date_add_months(day("2028-02-29"), -12), "2027-02-28");
    shows(date_add_months(day("2027-03-15"), -27), "2024-12-15");
    shows(date_add_months(day("2027-03-15"), 0), "2027-03-15");
    shows(date_add_months(day("1900-02-15"), -1), "1900-01-15");
    shows(date_add_months(day("2999-11-30"), 1), "2999-12-30");
}

static void none_and_the_ends(void **state)
{
    (void)state;
    struct month m;

    assert_false(date_is(DATE_NONE));
    assert_true(date_is(day("1970-01-01")));
    shows(DATE_NONE, "");
    shows(date_add_days(DATE_NONE, 1), "");
    shows(date_add_months(DATE_NONE, 1), "");
    shows(date_add_days(day("2999-12-31"), 1), "");
    shows(date_add_days(day("1900-01-01"), -1), "");
    shows(date_add_days(day("2026-11-21"), INT32_MAX), "");
    shows(date_add_days(day("2026-11-21"), INT32_MIN), "");
    shows(date_add_months(day("2999-12-31"), 1), "");
    shows(date_add_months(day("1900-01-31"), -1), "");
    shows(date_add_months(day("2026-11-21"), INT32_MAX), "");
    assert_true(month_parse("1900-01", 7, &m));
    shows(month_first_day(m), "1900-01-01");
    shows(month_first_day(month_add(m, -1)), "");
    assert_true(month_parse("2999-12", 7, &m));
    shows(month_first_day(m), "2999-12-01");
    shows(month_first_day(month_add(m, 1)), "");
    assert_true(date_cmp(DATE_NONE, day("1900-01-01")) < 0);
    assert_true(date_cmp(day("2026-11-21"), day("2026-11-20")) > 0);
    assert_int_equal(date_cmp(day("2026-11-21"), day("2026-11-21")), 0);
}

static void months(void **state)
{
    (void)state;
    struct month m;
    char text[DATE_TEXT];

    assert_true(month_parse("2027-01", 7, &m));
    assert_int_equal(m.n, 2027 * 12);
    shows(month_first_day(m), "2027-01-01");
    month_format(month_add(m, 35), text);
    assert_string_equal(text, "2029-12");
    month_format(month_add(m, -1), text);
    assert_string_equal(text, "2026-12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_day_numbers),
        cmocka_unit_test(refuses_what_does_not_exist),
        cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(steps),
        cmocka_unit_test(none_and_the_ends),
        cmocka_unit_test(months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
