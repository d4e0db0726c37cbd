/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Months, days and lengths of time.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

static void months(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"2027-13", "'2027-13' is no month (such as 2027-01, years 1900 to 2999)"},
        {"2027", "'2027' is no month (such as 2027-01, years 1900 to 2999)"},
        {"2027-01-01", "'2027-01-01' is no month (such as 2027-01, years 1900 to 2999)"},
        {"January", "'January' is no month (such as 2027-01, years 1900 to 2999)"},
        {"", "'' is no month (such as 2027-01, years 1900 to 2999)"},
    };
    struct month m;
    value_case_good(value_month, NULL, NULL, "2027-01", &m);
    assert_int_equal(m.n, 2027 * 12);
    BAD(value_month, NULL, NULL, bad);
}

static void days_exist(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"2026-02-29", "'2026-02-29' is no day that exists (such as 2026-11-21, years 1900 to 2999)"},
        {"2026-2-1", "'2026-2-1' is no day that exists (such as 2026-11-21, years 1900 to 2999)"},
        {"yesterday", "'yesterday' is no day that exists (such as 2026-11-21, years 1900 to 2999)"},
    };
    struct date d;
    char text[DATE_TEXT];
    value_case_good(value_date, NULL, NULL, "2028-02-29", &d);
    date_format(d, text);
    assert_string_equal(text, "2028-02-29");
    BAD(value_date, NULL, NULL, bad);
}

static void durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct duration d;
    } good[] = {
        {"7 days", {0, 7, true}},  {"1 day", {0, 1, true}},  {"2 weeks", {0, 14, true}}, {"18 months", {18, 0, true}},
        {"1 year", {12, 0, true}}, {"0 days", {0, 0, true}}, {"3years", {36, 0, true}},  {"none", {0, 0, false}},
    };
    static const struct bad_value bad[] = {
        {"7", "'7' lacks its unit (such as 7 days)"},
        {"7 hours", "unknown unit 'hours' (known: days, weeks, months, years)"},
        {"7 dayz", "unknown unit 'dayz' (did you mean 'days'? known: days, weeks, months, years)"},
        {"seven days", "'seven days' is no length of time (such as 7 days, 2 weeks, 18 months, 1 year, none)"},
        {"-7 days", "'-7 days' is no length of time (such as 7 days, 2 weeks, 18 months, 1 year, none)"},
        {"1.5 years", "'1.5 years' is no length of time (such as 7 days, 2 weeks, 18 months, 1 year, none)"},
        {"", "'' is no length of time (such as 7 days, 2 weeks, 18 months, 1 year, none)"},
        {"101 years", "'101 years' is out of range (0 to 100 years)"},
        {"36501 days", "'36501 days' is out of range (0 to 36500 days)"},
        {"999999999999999999999999999999 days",
         "'999999999999999999999999999999 days' has too many digits (0 to 36500 days, 12 decimals)"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct duration d = {1, 1, true};
        value_case_good(value_duration, NULL, NULL, good[i].text, &d);
        assert_int_equal(d.months, good[i].d.months);
        assert_int_equal(d.days, good[i].d.days);
        assert_int_equal(d.given, good[i].d.given);
    }
    BAD(value_duration, NULL, NULL, bad);
}

static int done(void **state)
{
    (void)state;
    value_case_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months),
        cmocka_unit_test(days_exist),
        cmocka_unit_test(durations),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
