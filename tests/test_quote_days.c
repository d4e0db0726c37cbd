/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days and lengths of time in sentences, and what they make of a quote: 2026-11-30 and a month is 2026-12-30.
 */
#include "fetchers/quote_common.h"
#include "tests/support/quote_intake.h"

#include <string.h>

static void day_is(const char *text, const char *expected)
{
    char got[DATE_TEXT] = "";
    struct date day;

    if (quote_find_day(text, &day))
        date_format(day, got);
    assert_string_equal(got, expected);
}

static void days_in_a_sentence(void **state)
{
    (void)state;
    day_is("valid until 2026-12-31", "2026-12-31");
    day_is("有效期至2026年1月5日止", "2026-01-05");
    day_is("2026/1/5 - 2026/2/5", "2026-01-05");
    day_is("2026.11.30", "2026-11-30");
    day_is("12/31/2026", "");
    day_is("2026-02-30", "");
    day_is("12026-01-05", "");
    day_is("2026-01-055", "");
    day_is("2026年12月", "");
}

static void span_is(const char *text, int months, int days)
{
    struct duration d = {0};

    assert_int_equal(quote_find_span(text, &d), months + days > 0);
    assert_int_equal(d.months, months);
    assert_int_equal(d.days, days);
}

static void spans_in_a_sentence(void **state)
{
    (void)state;
    span_is("自报价之日起30天内有效", 0, 30);
    span_is("三十日", 0, 30);
    span_is("一个月", 1, 0);
    span_is("3 months", 3, 0);
    span_is("net 45", 0, 45);
    span_is("2026年12月", 0, 0);
    span_is("45", 0, 0);
}

#define TABLE "产品,数量,不含税单价（元/月）,期限\n云服务器,1,100,按量\n"

static void until_when_it_is_valid(void **state)
{
    struct intake *in = *state;
    char got[DATE_TEXT];

    take(in, TABLE "报价日期：2026-11-30\n报价有效期：1个月\n");
    date_format(in->q.valid_until, got);
    assert_string_equal(got, "2026-12-30");
    take(in, TABLE "报价有效期：1个月\n");
    assert_false(date_is(in->q.valid_until));
    must_say(in, QUOTE_ASSUMED, "valid for 1 month from a day it does not name: no end is known (say valid_until)");
    assert_true(date_parse("2026-12-31", 10, &in->terms.valid_until));
    take(in, TABLE "报价有效期：1个月\n");
    assert_int_equal(in->q.nopen, 0);
    take(in, TABLE "报价日期：2026-11-30\n报价有效期：1个月\n");
    must_say(in, QUOTE_OPEN, "until when it is valid: the section and row 4 do not agree");
    in->terms.valid_until = DATE_NONE;
    take(in, TABLE "报价有效期：1个月\n有效期：15天\n");
    must_say(in, QUOTE_OPEN, "for how long it is valid: row 3 and row 4 do not agree");
}

static void a_payment_term_in_months(void **state)
{
    struct intake *in = *state;

    take(in, TABLE "账期：45天\n");
    assert_int_equal(in->q.days, 45);
    take(in, TABLE "账期：两个月\n");
    must_say(in, QUOTE_OPEN, "row 3: a payment term in months is no number of days (say payment_days = 30 ...)");
    in->terms.days = 60;
    take(in, TABLE "账期：两个月\n");
    assert_int_equal(in->q.nopen, 0);
    assert_int_equal(in->q.days, 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_in_a_sentence),
        cmocka_unit_test(spans_in_a_sentence),
        INTAKE_TEST(until_when_it_is_valid),
        INTAKE_TEST(a_payment_term_in_months),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
