/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers and days of cells. Expected figures by hand, and from what Microsoft publishes of Excel: it keeps 15
 * significant digits; 1 January 2008 is day 39448; 5 July 2011 is day 40729 of the count from 1900 and day 39267
 * of the one from 1904; day 60 is the 29 February 1900, which never was.
 */
#include "tests/support/test.h"

#include "fetchers/xlsx_number.h"

#include <string.h>

static void is(const char *text, const char *expected, bool expect_rounded)
{
    struct buf out = {0};
    bool rounded;

    if (!xlsx_number(text, strlen(text), &out, &rounded))
        fail_msg("'%s' is no number", text);
    assert_string_equal(out.v, expected);
    assert_int_equal(rounded, expect_rounded);
    buf_free(&out);
}

static void is_none(const char *text, size_t len)
{
    struct buf out = {0};
    bool rounded;

    if (xlsx_number(text, len, &out, &rounded))
        fail_msg("'%s' is a number: %s", text, out.v);
    buf_free(&out);
}

static void numbers_are_kept_as_the_file_has_them(void **state)
{
    (void)state;
    is("0", "0", false);
    is("-0", "0", false);
    is("0.00", "0", false);
    is("1", "1", false);
    is("-1.50", "-1.5", false);
    is("+7", "7", false);
    is(" 12.25\n", "12.25", false);
    is(".5", "0.5", false);
    is("5.", "5", false);
    is("007", "7", false);
    is("1220.16", "1220.16", false);
    is("0.0000166667", "0.0000166667", false);
    is("100", "100", false);
    is("0.000000000001", "0.000000000001", false);
}

static void exponents_are_written_out(void **state)
{
    (void)state;
    is("1.0E-2", "0.01", false);
    is("1.6667000000000001E-5", "0.000016667", false);
    is("1E+3", "1000", false);
    is("1.25e1", "12.5", false);
    is("125e-1", "12.5", false);
    is("0E+5", "0", false);
    is("1E20", "100000000000000000000", false);
    is("-2.5E-07", "-0.00000025", false);
}

static void the_noise_of_binary_is_not_read(void **state)
{
    (void)state;
    is("0.30000000000000004", "0.3", false);
    is("0.29999999999999999", "0.3", false);
    is("6222.8159999999998", "6222.816", false);
    is("999999999999999.9", "1000000000000000", false);
    is("-1.1000000000000001", "-1.1", false);
    is("0.99999999999999989", "1", false);
    is("12345678.1234567", "12345678.1234567", false);
    is("12345678.12345678", "12345678.1234568", false);
    is("12345678.12345674", "12345678.1234567", false);
    is("1234.567890123455", "1234.56789012346", false);
    /* Whole numbers are names more often than amounts. */
    is("12345678901234567890", "12345678901234567890", false);
    is("1234567890123456.7", "1234567890123457", false);
}

static void twelve_decimals_are_kept_and_six_digits_at_least(void **state)
{
    (void)state;
    is("0.33333333333333331", "0.333333333333", true);
    is("0.66666666666666663", "0.666666666667", true);
    is("3.3333333333333335", "3.333333333333", true);
    is("8.3333333333333329E-2", "0.083333333333", true);
    is("0.0000001234564999", "0.000000123456", true);
    is("0.9999999999999", "1", true);
    is("1.0000000000005", "1.000000000001", true);
    is("1.23456789E-9", "0.00000000123456789", false);
    is("5.5511151231257827E-17", "0.0000000000000000555111512312578", false);
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const none[] = {"",     " ",     "-",      ".",   "1,5",          "1 5", "1e",
                                       "1e+",  "e5",    "0x10",   "NaN", "INF",          "--1", "1.2.3",
                                       "1e5.", "1e401", "1e-999", "１",  "1e99999999999"};
    char many[66];

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        is_none(none[i], strlen(none[i]));
    memset(many, '7', 65);
    is_none(many, 65);
    is_none("1\0002", 3);
}

static void day_is(const char *plain, bool from_1904, const char *expected)
{
    struct date day;
    char text[DATE_TEXT] = "none";

    if (xlsx_day(plain, strlen(plain), from_1904, &day))
        date_format(day, text);
    assert_string_equal(text, expected);
}

static void days_count_from_1900_or_1904(void **state)
{
    (void)state;
    day_is("39448", false, "2008-01-01");
    day_is("40729", false, "2011-07-05");
    day_is("39267", true, "2011-07-05");
    day_is("40729.75", false, "2011-07-05");
    day_is("1", false, "1900-01-01");
    day_is("59", false, "1900-02-28");
    day_is("60", false, "none");
    day_is("60.5", false, "none");
    day_is("61", false, "1900-03-01");
    day_is("0", false, "none");
    day_is("0", true, "1904-01-01");
    day_is("60", true, "1904-03-01");
    day_is("-1", false, "none");
    day_is("2958465", false, "none"); /* 9999-12-31: "until further notice"; our days end with 2999 */
    day_is("99999999", false, "none");
    day_is("401768", false, "2999-12-31");
    day_is("401769", false, "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_kept_as_the_file_has_them),
        cmocka_unit_test(exponents_are_written_out),
        cmocka_unit_test(the_noise_of_binary_is_not_read),
        cmocka_unit_test(twelve_decimals_are_kept_and_six_digits_at_least),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(days_count_from_1900_or_1904),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
