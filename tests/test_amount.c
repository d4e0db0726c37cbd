/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts and days as providers write them. The exact values are those a person reads off the text.
 */
#include "tests/support/test.h"

#include "fetchers/harvest.h"

#include <string.h>

static void reads(const char *text, const char *value)
{
    char got[DEC_TEXT];
    struct err err = {.text = ""};
    dec_t v;

    if (fetch_amount(text, strlen(text), &v, &err) != 0)
        fail_msg("%s", err.text);
    dec_format(v, 0, got);
    assert_string_equal(got, value);
}

static void refuses(const char *text, const char *says)
{
    struct err err = {.text = ""};
    dec_t v;

    if (fetch_amount(text, strlen(text), &v, &err) == 0)
        fail_msg("took '%s'", text);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' said: %s", text, err.text);
}

static void amounts_keep_every_digit(void **state)
{
    (void)state;
    reads("0.0000166667", "0.0000166667"); /* a price of one GB-second */
    reads("0.0100000000", "0.01");
    reads("0.52325", "0.52325");
    reads("0", "0");
    reads("0.000000000000", "0");
    reads("007.50", "7.5");
    reads("99999999999999", "99999999999999");
    reads("0.1234567890120000", "0.123456789012");
}

static void powers_of_ten_are_exact(void **state)
{
    (void)state;
    reads("1e-05", "0.00001");
    reads("1.5E-5", "0.000015");
    reads("1.25e2", "125");
    reads("1.2345e+1", "12.345");
    reads("12345e-3", "12.345");
    reads("1e-12", "0.000000000001");
    reads("0e-40", "0");
    reads("1e0", "1");
    reads("9.6e-2", "0.096");
}

static void what_is_no_amount_is_refused(void **state)
{
    static const char *const rows[] = {"",     "-1",       "+1",    " 1",     "1 ",   "1,000", ".5",
                                       "NaN",  "Infinity", "0x10",  "1e",     "1e+",  "1e--1", "1e1.5",
                                       "1.e5", "e5",       "1e1e1", "1e0041", "1e41", "one",   "1f"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refuses(rows[i], "'");
    refuses("1.", "");
    refuses("1.2.3", "");
    refuses("0.0000000000001", "more than 12 decimals");
    refuses("1e-13", "more than 12 decimals");
    refuses("1e40", "");
    refuses("0.00000000000000000000000000000000000000000000000000000000000000001e1", "is no amount");
    refuses("123456789012345678901234567890123456789012345678901234567890", "");
}

/* Only the bytes given are read. */
static void the_length_bounds_the_text(void **state)
{
    struct err err;
    dec_t v;

    (void)state;
    assert_int_equal(fetch_amount("1.5e9", 3, &v, &err), 0);
    assert_int_equal(dec_cmp(v, dec_of(15, 1)), 0);
    assert_int_equal(fetch_amount("15", 0, &v, &err), -1);
    assert_int_equal(fetch_amount("1\0005", 3, &v, &err), -1);
}

/* ---- in tables for people ---- */

static void amounts_among_words_are_found(void **state)
{
    static const struct {
        const char *text, *value, *rest;
    } rows[] = {
        {"￥ 1,220.16", "1220.16", ""},
        {"¥0.31/小时", "0.31", "/小时"},
        {" \t\r\n0.2", "0.2", ""},
        {"\xc2\xa0￥\xc2\xa0"
         "5元",
         "5", "元"},
        {"0.35", "0.35", ""},
        {"1,234,567", "1234567", ""},
        {"12,345.678 CNY", "12345.678", " CNY"},
        {"123", "123", ""},
        {"1234.5", "1234.5", ""},
        {"0.0020 - 0.0030", "0.002", " - 0.0030"},
    };
    char got[DEC_TEXT];
    struct err err = {.text = ""};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *rest = NULL;
        dec_t v;
        if (fetch_amount_in(rows[i].text, &v, &rest, &err) != 1)
            fail_msg("'%s': %s", rows[i].text, err.text);
        dec_format(v, 0, got);
        assert_string_equal(got, rows[i].value);
        assert_string_equal(rest, rows[i].rest);
    }
}

static void words_without_an_amount_are_none(void **state)
{
    static const char *const rows[] = {"", "-", "不适用", "￥", "免费", "N/A", "--", " ", "-5", "约 5"};
    struct err err = {.text = ""};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *rest;
        dec_t v;
        if (fetch_amount_in(rows[i], &v, &rest, &err) != 0)
            fail_msg("'%s' was taken", rows[i]);
    }
}

/* A comma is a point in half of the world: unless it clearly parts thousands, nothing is guessed. */
static void commas_that_part_no_thousands_are_refused(void **state)
{
    static const char *const rows[] = {"12,34",  "1,2345", "1234,567", "1.234,567", "1,000,5",  "0.5,1",  "1,000,",
                                       "1,,000", "1,00.5", "1.2.3",    "5.",        "1,234567", "1,2,345"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err = {.text = ""};
        const char *rest;
        dec_t v;
        if (fetch_amount_in(rows[i], &v, &rest, &err) != -1)
            fail_msg("'%s' was taken", rows[i]);
        assert_int_equal(err.kind, ERR_FETCH);
        assert_true(err.text[0] != '\0');
    }
}

/* ---- days ---- */

static void the_day_of_a_time_is_read(void **state)
{
    static const char *const good[] = {"2020-10-19", "2020-10-19T20:48:02Z", "2020-10-19 20:48:02", "2020-10-19Z"};
    static const char *const bad[] = {"", "2020-10-1", "2020-10-190", "20201019", "2020-02-30", "10/19/2020", "today"};
    char text[DATE_TEXT];
    struct err err;
    struct date d;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(fetch_day(good[i], strlen(good[i]), &d, &err), 0);
        date_format(d, text);
        assert_string_equal(text, "2020-10-19");
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(fetch_day(bad[i], strlen(bad[i]), &d, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        assert_non_null(strstr(err.text, "is no date"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_keep_every_digit),
        cmocka_unit_test(powers_of_ten_are_exact),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(the_length_bounds_the_text),
        cmocka_unit_test(amounts_among_words_are_found),
        cmocka_unit_test(words_without_an_amount_are_none),
        cmocka_unit_test(commas_that_part_no_thousands_are_refused),
        cmocka_unit_test(the_day_of_a_time_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
