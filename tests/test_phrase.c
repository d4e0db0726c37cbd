/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures, days and phrases as people read them; expected texts were written by hand.
 */
#include "tests/support/test.h"

#include "calc/phrase.h"
#include "tests/support/estimate_fixture.h"

#include <string.h>

static struct estimate_fixture fixture;

static int set_up(void **state)
{
    static struct phrases p;
    estimate_fixture(&fixture);
    p = (struct phrases){.lang = "en", .rules = &fixture.rules};
    *state = &p;
    return 0;
}

static int tear_down(void **state)
{
    struct phrases *p = *state;
    arena_free(&p->arena);
    return 0;
}

static void figures(void **state)
{
    struct phrases *p = *state;
    assert_string_equal(say_amount(p, dec_of(123456789, 2), 2), "1,234,567.89");
    assert_string_equal(say_amount(p, dec_of(99999, 2), 2), "999.99");
    assert_string_equal(say_amount(p, dec_int64(1000), 2), "1,000.00");
    assert_string_equal(say_amount(p, dec_of(-123456, 2), 2), "-1,234.56");
    assert_string_equal(say_amount(p, dec_of(-12345, 2), 2), "-123.45");
    assert_string_equal(say_amount(p, DEC_ZERO, 0), "0");
    assert_string_equal(say_money(p, dec_int64(1234567), "JPY"), "1,234,567 JPY");
    assert_string_equal(say_money(p, dec_of(5, 1), "CNY"), "0.50 CNY");
    assert_string_equal(say_exact(p, dec_of(70944174, 5), "USD"), "709.44174 USD");
    assert_string_equal(say_exact(p, dec_of(6179, 1), "CNY"), "617.90 CNY");
    assert_string_equal(say_number(p, dec_of(161973, 6)), "0.161973");
    assert_string_equal(say_rate(p, dec_of(71, 1)), "7.10");
    assert_string_equal(say_rate(p, dec_of(688817391, 8)), "6.88817391");
    assert_string_equal(say_percent(p, dec_of(2, 3)), "0.2 %");
    assert_string_equal(say_percent(p, DEC_ONE), "100 %");
    assert_string_equal(say_percent1(p, dec_of(16745, 5)), "16.7 %");
    assert_string_equal(say_percent1(p, dec_of(1675, 4)), "16.8 %"); /* half-up */
    /* the longest decimal there is */
    assert_string_equal(say_number(p, (dec_t){-(((dec_int)1 << 126) + 1)}),
                        "-85,070,591,730,234,615,865,843,651.857942052865");
}

static void units_and_counts(void **state)
{
    struct phrases *p = *state;
    assert_string_equal(say_units(p, dec_int64(4380), "hour"), "4,380 hours");
    assert_string_equal(say_units(p, DEC_ONE, "hour"), "1 hour");
    assert_string_equal(say_units(p, dec_int64(500), "GB"), "500 GB");
    assert_string_equal(say_units(p, dec_int64(2), "10k-requests"), "2 10k-requests");
    assert_string_equal(say_items(p, DEC_ONE), "1 item");
    assert_string_equal(say_items(p, dec_of(612, 2)), "6.12 items");
    assert_string_equal(say_month_count(p, 1), "1 month");
    assert_string_equal(say_month_count(p, 12), "12 months");
    p->lang = "zh";
    assert_string_equal(say_units(p, dec_int64(4380), "hour"), "4,380 hour");
    assert_string_equal(say_month_count(p, 12), "12 个月");
}

static struct date day(const char *text)
{
    struct date d = DATE_NONE;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static void days_and_ages(void **state)
{
    struct phrases *p = *state;
    struct date now = day("2026-11-21");
    struct month m;
    assert_true(month_parse("2027-03", 7, &m));
    assert_string_equal(say_day(p, now), "2026-11-21");
    assert_string_equal(say_day(p, DATE_NONE), "");
    assert_string_equal(say_months(p, m, 1), "2027-03");
    assert_string_equal(say_months(p, m, 10), "2027-03 … 2027-12");
    assert_string_equal(say_age(p, now, now), "0 days");
    assert_string_equal(say_age(p, day("2026-11-20"), now), "1 day");
    assert_string_equal(say_age(p, day("2026-10-22"), now), "30 days");
    assert_string_equal(say_age(p, day("2026-10-21"), now), "1 month");
    assert_string_equal(say_age(p, day("2025-11-22"), now), "11 months");
    assert_string_equal(say_age(p, day("2025-11-21"), now), "1 year");
    assert_string_equal(say_age(p, day("2024-12-31"), now), "1 year 10 months");
    assert_string_equal(say_age(p, day("2018-10-08"), now), "8 years 1 month");
    assert_string_equal(say_age(p, day("2027-01-01"), now), "0 days"); /* not of the past */
}

static void phrases_are_filled(void **state)
{
    struct phrases *p = *state;
    assert_string_equal(say(p, TEXT_ONE_RATE, "1", "EUR", "1.15", "USD", "2026-03-18"),
                        "1 EUR = 1.15 USD (2026-03-18)");
    /* what is filled in is not filled again, and a place without a text stays */
    assert_string_equal(say(p, TEXT_PER_UNIT, "{2}", "hour"), "{2} per hour");
    assert_string_equal(say(p, TEXT_PER_UNIT, "x"), "x per {2}");
    assert_string_equal(say_joined(p, "a", "", "b"), "ab");
    assert_false(p->failed);
}

static void text_from_outside(void **state)
{
    struct phrases *p = *state;
    assert_string_equal(say_clean(p, "店铺\n\033[31m\x7f"), "店铺??[31m?");
    assert_string_equal(say_clean(p, "\xC2\x9B"
                                     "cut \xE5\xBA"),
                        "?cut ??");
    assert_string_equal(say_cut(p, "阿里云中国站", 12), "阿里云中国站");
    assert_string_equal(say_cut(p, "阿里云中国站", 9), "阿里云中~");
    assert_string_equal(say_first(p, "abc", 2), "ab");
    assert_string_equal(say_site(p, &fixture.site_estimates[FIX_INTL]), "aliyun-intl");
    p->lang = "zh";
    assert_string_equal(say_site(p, &fixture.site_estimates[FIX_INTL]), "阿里云国际站");
    fixture.site_estimates[FIX_INTL].column = "aliyun-intl@sg-sub";
    assert_string_equal(say_site(p, &fixture.site_estimates[FIX_INTL]), "阿里云国际站@sg-sub");
}

static void where_a_rate_comes_from(void **state)
{
    struct phrases *p = *state;
    struct fx_used u = fixture.usd_cny;
    struct published_rate jpy = {
        .base = "JPY", .quote = "CNY", .units = 100, .value = dec_of(43135, 4), .source = "cfets"};
    assert_string_equal(say_rate_how(p, &u), "budget rate of the configuration");
    u.path = FX_INVERSE;
    u.operands[0] = (struct published_rate){.base = "CNY", .quote = "USD", .units = 1, .value = dec_of(14, 2)};
    u.operands[0].date = DATE_NONE;
    u.noperands = 1;
    assert_string_equal(say_rate_how(p, &u), "budget rate of the configuration, the inverse of 1 CNY = 0.14 USD");
    jpy.date = day("2026-06-01");
    u.source = "cfets";
    u.operands[0] = jpy;
    u.stale = true;
    assert_string_equal(say_rate_how(p, &u),
                        "central parity published by CFETS, computed from 100 JPY = 4.3135 CNY (2026-06-01), older "
                        "than the configuration allows");
    assert_string_equal(say_rate_source(p, "another"), "another");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(units_and_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_and_ages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(phrases_are_filled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_from_outside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_a_rate_comes_from, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
