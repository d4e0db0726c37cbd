/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quotes as they come: what each is read as, what it leaves open and in which words. The figures are worked
 * out by hand: 1,060 x 6 x 12 = 76,320; 1,000 x 0.85 x 4 x 12 = 40,800, with 6 % 43,248.
 */
#include "calc/value.h"
#include "tests/support/quote_intake.h"

#include <string.h>

static void a_chinese_quote(void **state)
{
    struct intake *in = *state;

    take_file(in, "tests/quotes/aliyun-utf8.csv");
    assert_int_equal(in->q.nopen, 0);
    assert_int_equal(in->q.nitems, 4);
    const struct quote_item *i = in->q.items;
    assert_string_equal(i->service, "compute");
    assert_string_equal(i->sku, "ecs.g7.2xlarge");
    assert_string_equal(i->region, "cn-hangzhou");
    assert_true(i->has_shape && i->has_tax_rate && i->has_invoice);
    is(i->vcpu, "8"), is(i->memory, "32"), is(i->quantity, "6"), is(i->price, "1060"), is(i->tax_rate, "0.06");
    assert_int_equal(i->basis, BASIS_INCL);
    assert_int_equal(i->unit, UNIT_MONTH);
    assert_int_equal(i->term_months, 12);
    assert_int_equal(i->paid, QUOTE_PAID_UPFRONT);
    is(i->worked_out, "76320");
    is(in->q.items[1].size, "500");
    assert_string_equal(in->q.items[2].service, "bandwidth");
    is(in->q.items[2].price, "212");
    assert_int_equal(in->q.items[3].unit, UNIT_GB_MONTH);
    is(in->q.gross, "120288"), is(in->q.stated_gross, "120288");
    assert_false(says(in, QUOTE_DIFFERS, ""));
    struct date day;
    assert_true(date_parse("2026-12-01", 10, &day)); /* 30 days after 2026-11-01 */
    assert_int_equal(in->q.valid_until.day, day.day);
    must_say(in, QUOTE_SKIPPED, "row 8: a subtotal");
    must_say(in, QUOTE_MAPPED, "column G '含税单价（元/月）' read as the unit price, tax included, in CNY, per month");
}

static void two_rates_and_a_discount_in_gb18030(void **state)
{
    struct intake *in = *state;

    take_file(in, "tests/quotes/huawei-gb18030.csv");
    assert_int_equal(in->q.nopen, 0);
    assert_string_equal(in->q.encoding, "GB18030");
    is(in->q.items[0].list_price, "1000"), is(in->q.items[0].price, "850"), is(in->q.items[0].tax_rate, "0.06");
    is(in->q.items[1].tax_rate, "0.09");
    is(in->q.net, "42480"), is(in->q.tax, "2599.2"), is(in->q.gross, "45079.2");
    assert_false(says(in, QUOTE_DIFFERS, ""));
}

static void dollars_without_tax(void **state)
{
    struct intake *in = *state;

    in->terms.site = "aws-global";
    take_file(in, "tests/quotes/usd.csv");
    assert_int_equal(in->q.nopen, 0);
    assert_string_equal(in->q.currency, "USD");
    assert_int_equal(in->q.days, 45);
    is(in->q.items[0].price, "119.136"), is(in->q.items[0].worked_out, "14296.32");
    assert_int_equal(in->q.items[1].unit, UNIT_GB);
    is(in->q.net, "15279.36");
    assert_false(in->q.has_tax || in->q.has_gross); /* no rate is stated */
}

static void nothing_is_guessed(void **state)
{
    struct intake *in = *state;

    take_file(in, "tests/quotes/open.csv");
    assert_int_equal(in->q.nitems, 0);
    must_say(in, QUOTE_OPEN, "row 2, column B 'Qty': no quantity (fill it in; 1 is not assumed)");
    must_say(in, QUOTE_OPEN, "row 3, column C 'Unit Price': no tax basis (say tax_basis = incl or excl)");
    must_say(in, QUOTE_OPEN, "row 3, column C 'Unit Price': no currency (say currency = CNY, USD ...)");
    must_say(in, QUOTE_OPEN, "row 3, column C 'Unit Price': nothing says what the price is per");
    must_say(in, QUOTE_OPEN, "row 4, column D 'Term': a term without its unit");
    must_say(in, QUOTE_OPEN, "row 4, column C 'Unit Price': 0 is no price");
    must_say(in, QUOTE_OPEN, "row 5, column C 'Unit Price': no price");
    assert_false(in->q.has_net || in->q.has_tax || in->q.has_gross);
}

static void the_section_says_what_is_open(void **state)
{
    struct intake *in = *state;

    in->terms.currency = "CNY", in->terms.basis = "excl", in->terms.unit = "year";
    in->terms.tax_rate = (struct value){.kind = VALUE_FIXED, .fixed = dec_of(6, 2)};
    take_file(in, "tests/quotes/open.csv");
    must_say(in, QUOTE_OPEN, "row 3, column D 'Term': a term of 18 months is not whole periods of 12 months");
    take(in, "Product,Qty,Unit Price,Term\nVM,2,100,3 years\n");
    assert_int_equal(in->q.nopen, 0);
    assert_int_equal(in->q.items[0].unit, UNIT_TERM);
    assert_int_equal(in->q.items[0].period_months, 12);
    assert_int_equal(in->q.items[0].term_months, 36);
    is(in->q.net, "600"), is(in->q.tax, "36"), is(in->q.gross, "636");
    in->terms.unit = "month";
    take(in, "Product,Qty,Unit Price\nVM,2,100\n");
    must_say(in, QUOTE_OPEN, "row 2: no term (say term = 12 months, or term = none");
    in->terms.term = (struct duration){.given = true};
    take(in, "Product,Qty,Unit Price\nVM,2,100\n");
    assert_int_equal(in->q.nopen, 0);
    assert_int_equal(in->q.items[0].term_months, 0);
}

static void contradictions(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "excl", in->terms.currency = "CNY";
    take(in, "产品,数量,含税单价(元/月),期限\n云服务器,2,100,1年\n以上价格均含税\n");
    must_say(in, QUOTE_OPEN, "tax included here, excluded by the section");
    must_say(in, QUOTE_OPEN, "the tax basis: the section and row 3 do not agree");
    take(in, "产品,数量,不含税单价(USD/月),期限\n云服务器,2,100,1年\n");
    must_say(in, QUOTE_OPEN, "row 2: CNY, but elsewhere USD (change one of them)");
    take(in, "产品,数量,单价,价格,期限\n云服务器,2,100,100,1年\n");
    must_say(in, QUOTE_OPEN, "column C '单价' and column D '价格' would both be the unit price");
    take(in, "产品,数量,单位,单价(元/月),期限\n云服务器,2,年,100,1年\n");
    must_say(in, QUOTE_OPEN, "what the price is per is said twice and not alike");
}

static void shares_with_two_readings(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "incl";
    take(in, "产品,数量,原价(元/月),折扣率,期限\n云服务器,2,100,85%,1年\n");
    must_say(in, QUOTE_OPEN, "row 2, column D '折扣率': paid, or taken off? (write 85折 or 15% off)");
    take(in, "产品,数量,原价(元/月),折扣率,期限,金额\n云服务器,2,100,85%,1年,2040\n");
    assert_int_equal(in->q.nopen, 0);
    is(in->q.items[0].price, "85");
    must_say(in, QUOTE_ASSUMED, "read as what is paid, as its amount fits");
    take(in, "产品,数量,单价(元/月),折扣,期限,金额\n云服务器,2,85,85折,1年,2040\n");
    is(in->q.items[0].price, "85");
    must_say(in, QUOTE_ASSUMED, "the price is after this discount, as its amount fits");
    take(in, "产品,数量,原价(元/月),折扣,折后价(元/月),期限\n云服务器,2,100,85折,80,1年\n");
    is(in->q.items[0].price, "80");
    must_say(in, QUOTE_DIFFERS, "100.00 after the discount of 85折 is 85.00, stated 80.00");
}

static void regions_by_their_names(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "incl";
    take(in, "产品,地域,数量,单价(元/"
             "月),期限\n云服务器,杭州,2,85,1年\n云服务器,华东1,2,85,1年\n云服务器,cn-hangzhou,2,85,1年\n"
             "云服务器,上海,2,85,1年\n云服务器,Mars,2,85,1年\n");
    assert_int_equal(in->q.nitems, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(in->q.items[i].region, "cn-hangzhou");
    must_say(in, QUOTE_OPEN, "row 5, column B '地域': '上海' may be east-a or east-b");
    must_say(in, QUOTE_OPEN, "site aliyun-cn: unknown region 'Mars'");
}

static void units_that_do_not_suit(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "incl";
    take(in, "产品,数量,单价(元/月),期限\n公网流量,8192,0.8,1年\n");
    must_say(in, QUOTE_OPEN, "a price per month does not suit egress");
    take(in, "产品,数量,单价(元/GB/月),期限\n云服务器,8,0.8,1年\n");
    must_say(in, QUOTE_OPEN, "a price per GB-month does not suit compute");
}

static void no_table(void **state)
{
    struct intake *in = *state;
    static const char *const bodies[] = {"", "hello\nworld\n", "产品,数量\nVM,2\n", "1,2,3\n4,5,6\n"};

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_int_equal(
            quote_read(&in->terms, in->words, &intake_rules, bodies[i], strlen(bodies[i]), &in->a, &in->q, &in->err),
            -1);
    assert_int_equal(in->err.kind, ERR_USAGE);
    assert_non_null(strstr(in->err.text, "no table found"));
}

static void a_workbook(void **state)
{
    struct intake *in = *state;

    take_file(in, "tests/quotes/quote.xlsx");
    must_say(in, QUOTE_SKIPPED, "sheet '成本' is hidden: not read (say sheet = 成本 to read it)");
    must_say(in, QUOTE_ASSUMED, "sheet '报价单', row 7: hidden in the file, read as the others");
    must_say(in, QUOTE_MAPPED, "column C '单价' read as the unit price");
    must_say(in, QUOTE_MAPPED, "sheet 'Notes & terms', row 1: 'VAT 6% included' holds for the whole quote");
}

/* A price that cannot be read is said once, not once more for all that its column says. */
static void one_fault_is_said_once(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "excl";
    take(in, "产品,数量,单价（元/台/月）,税率,期限\n云服务器,2,面议,6%,1年\n云服务器,2,约100,6%,1年\n"
             "云服务器,2,100,6,1年\n");
    assert_int_equal(in->q.nopen, 3);
    must_say(in, QUOTE_OPEN, "row 2, column C '单价（元/台/月）': no price");
    must_say(in, QUOTE_OPEN, "row 3, column C '单价（元/台/月）': '约100' is no amount");
    must_say(in, QUOTE_OPEN, "row 4, column D '税率': no tax rate (write 6%)");
    assert_false(says(in, QUOTE_ASSUMED, "that of the tax rules counts"));
}

static void digits_of_full_width(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "excl";
    take(in, "产品,数量,单价（元/台/月）,期限\n云服务器,,２１２,\n云服务器,３,２１２,１年\n");
    must_say(in, QUOTE_OPEN, "row 2, column B '数量': no quantity");
    assert_int_equal(in->q.nitems, 1);
    is(in->q.items[0].quantity, "3"), is(in->q.items[0].price, "212");
}

/* Each assumption is said once, but each: a year's price is taken as paid at its start, a month's at its end. */
static void assumptions_that_differ_by_row(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "excl", in->terms.currency = "CNY";
    take(in, "产品,数量,单价,单位,期限\n云服务器,1,1200,台/年,1年\n云服务器,1,100,台/月,1年\n云服务器,1,300,台/季度,\n"
             "云服务器,1,1200,台/年,\n云服务器,1,90,台/月,1年\n");
    assert_int_equal(in->q.nopen, 0);
    must_say(in, QUOTE_ASSUMED, "row 2 and rows like it: nothing says when it is paid: the whole term at its start");
    must_say(in, QUOTE_ASSUMED, "row 3 and rows like it: nothing says when it is paid: each month at its end");
    must_say(in, QUOTE_ASSUMED, "row 4 and rows like it: a price for 3 months and no term: the term is 3 months");
    must_say(in, QUOTE_ASSUMED, "row 5 and rows like it: a price for 12 months and no term: the term is 12 months");
    assert_false(says(in, QUOTE_ASSUMED, "row 6"));
}

static void a_system_that_is_not_named(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "excl";
    take(in, "产品,规格,数量,单价（元/台/月）,期限\n云服务器,4核8G Windows,1,212,1年\n云服务器,4核8G,1,112,1年\n"
             "云服务器,2核8G,1,92,1年\n云盘,100G,1,35,1年\n");
    must_say(in, QUOTE_ASSUMED, "row 3 and rows like it: no operating system is named: Linux is taken");
    must_say(in, QUOTE_ASSUMED, "row 2 and rows like it: no SKU: matched by its vCPUs and memory, taken as amd64");
    assert_false(says(in, QUOTE_ASSUMED, "row 3 and rows like it: no SKU"));
    assert_false(says(in, QUOTE_ASSUMED, "row 2 and rows like it: no operating") ||
                 says(in, QUOTE_ASSUMED, "row 4 and rows like it: no operating") ||
                 says(in, QUOTE_ASSUMED, "row 5 and rows like it: no operating"));
}

/* Every remark is in Chinese then, what is wrong with a text as well; English stays where the quote has it. */
static void remarks_in_chinese(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "incl", in->terms.lang = "zh";
    take(in, "产品,地域,数量,单价(元/月),税率,期限\n云服务器,杭州,2,约85,6%,1年\n云服务器,火星,2,85,6%/13%,1年\n"
             "云服务器,上海,2,85折,6%,1年\n以上价格均不含税\n");
    must_say(in, QUOTE_OPEN, "第 2 行，D 列“单价(元/月)”：“约85”不是有效金额（例如 1,234.50，可带币种）");
    must_say(in, QUOTE_OPEN, "第 3 行，E 列“税率”：“6%/13%”不是单一税率（例如 6%）");
    must_say(in, QUOTE_OPEN, "第 3 行，B 列“地域”：站点 aliyun-cn 没有地域“火星”（可用：cn-hangzhou, east-a, east-b）");
    must_say(in, QUOTE_OPEN, "第 4 行，B 列“地域”：“上海”可能是 east-a 或 east-b（请写明）");
    must_say(in, QUOTE_OPEN, "含税口径：配置与第 5 行不一致（请改正其一）");
    must_say(in, QUOTE_MAPPED, "D 列“单价(元/月)”读作单价，币种 CNY，按月计");
    for (size_t i = 0; i < in->q.nremarks; i++)
        assert_true((unsigned char)in->q.remarks[i].text[0] >= 0x80 || strstr(in->q.remarks[i].text, " 列“") != NULL);
}

static void terms_of_a_section(void **state)
{
    struct intake *in = *state;
    const struct value_env env = {.arena = &in->a, .rules = &intake_rules, .key = "term"};
    struct duration d;
    const char *site;

    assert_int_equal(value_term("3 years", &env, &d, &in->err), 0);
    assert_true(d.given && d.months == 36);
    assert_int_equal(value_term("none", &env, &d, &in->err), 0);
    assert_true(d.given && d.months == 0);
    assert_int_equal(value_term("30 days", &env, &d, &in->err), -1);
    assert_int_equal(value_term("11 years", &env, &d, &in->err), -1);
    assert_int_equal(value_quote_site("aws-global", &env, &site, &in->err), 0);
    assert_int_equal(value_quote_site("aws-globe", &env, &site, &in->err), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INTAKE_TEST(a_chinese_quote),
        INTAKE_TEST(two_rates_and_a_discount_in_gb18030),
        INTAKE_TEST(dollars_without_tax),
        INTAKE_TEST(nothing_is_guessed),
        INTAKE_TEST(the_section_says_what_is_open),
        INTAKE_TEST(contradictions),
        INTAKE_TEST(shares_with_two_readings),
        INTAKE_TEST(regions_by_their_names),
        INTAKE_TEST(units_that_do_not_suit),
        INTAKE_TEST(no_table),
        INTAKE_TEST(a_workbook),
        INTAKE_TEST(one_fault_is_said_once),
        INTAKE_TEST(digits_of_full_width),
        INTAKE_TEST(assumptions_that_differ_by_row),
        INTAKE_TEST(a_system_that_is_not_named),
        INTAKE_TEST(remarks_in_chinese),
        INTAKE_TEST(terms_of_a_section),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
