/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a quote states as a sum, worked out again to the fen. Worked out by hand with each case.
 */
#include "tests/support/quote_intake.h"

#include <stdio.h>

/* 3 x 1,200 is 3,600 a month, and the row says 3,500: 100 less, 106 with its tax. */
static void differences_to_the_fen(void **state)
{
    struct intake *in = *state;

    take_file(in, "tests/quotes/sums.csv");
    assert_int_equal(in->q.nopen, 0);
    must_say(in, QUOTE_ASSUMED, "amounts are those of one period");
    must_say(in, QUOTE_DIFFERS, "row 2: 3 x 1200 is 3,600.00, stated 3,500.00: 100.00 less");
    must_say(in, QUOTE_DIFFERS,
             "row 4, column F '不含税金额': its rows are 3,705.00 without tax, stated 3,605.00: 100.00 less");
    must_say(in, QUOTE_DIFFERS, "stated 3,824.45: 106.00 less");
    is(in->q.stated_gross, "3824.45"), is(in->q.gross, "3930.45");
}

/* 3 x 212 x 12 = 7,632.00; 6 % of it 457.92, together 8,089.92. Every figure of the row is checked, none is mended. */
static void each_figure_of_a_row(void **state)
{
    struct intake *in = *state;
    static const char head[] = "产品,数量,不含税单价（元/台/月）,税率,期限,不含税金额,税额,价税合计\n";
    char body[512];

    snprintf(body, sizeof body, "%s云服务器,3,212,6%%,1年,7632,457.92,8089.92\n", head);
    take(in, body);
    assert_false(says(in, QUOTE_DIFFERS, ""));
    snprintf(body, sizeof body, "%s云服务器,3,212,6%%,1年,7631.99,457.93,8100\n", head);
    take(in, body);
    must_say(in, QUOTE_DIFFERS, "row 2: 3 x 212 x 12 is 7,632.00, stated 7,631.99: 0.01 less");
    must_say(in, QUOTE_DIFFERS, "row 2: the tax of 7,632.00 at 6% is 457.92, stated 457.93: 0.01 more");
    must_say(in, QUOTE_DIFFERS, "row 2: 3 x 212 x 12 is 8,089.92 with tax, stated 8,100.00: 10.08 more");
    is(in->q.items[0].tax_amount, "457.93"), is(in->q.items[0].other_amount, "8100");
}

/* Included at 13 %: 1,130 / 1.13 = 1,000, the tax 130; at 9 %: 109 / 1.09 = 100, the tax 9. */
static void tax_rates_of_their_own(void **state)
{
    struct intake *in = *state;

    take(in, "产品,数量,含税单价（元/月）,税率,税额,期限\n云服务器,1,1130,13%,130,按量\n云盘 100G,1,109,9%,8,按量\n");
    assert_int_equal(in->q.nopen, 0);
    is(in->q.net, "1100"), is(in->q.tax, "139"), is(in->q.gross, "1239");
    must_say(in, QUOTE_DIFFERS, "row 3: the tax of 100.00 at 9% is 9.00, stated 8.00: 1.00 less");
    assert_false(says(in, QUOTE_DIFFERS, "row 2"));
}

/* 0.0123 x 1.06 = 0.013038: 0.0130 at the four decimals that are stated, not 0.0190. */
static void prices_on_both_bases(void **state)
{
    struct intake *in = *state;

    take(in, "产品,数量,不含税单价（元/小时）,含税单价（元/小时）,税率,期限\n"
             "云服务器,1,0.0123,0.013,6%,按量\n云服务器,1,0.0123,0.019,6%,按量\n");
    must_say(in, QUOTE_DIFFERS, "row 3: 0.0123 without tax is 0.013 with it, stated 0.019");
    assert_false(says(in, QUOTE_DIFFERS, "row 2"));
}

/* Two tables: 200 and 300, each with its total, and the second time with that of both. */
static void totals_of_tables(void **state)
{
    struct intake *in = *state;

    in->terms.basis = "excl", in->terms.tax_rate = (struct value){.kind = VALUE_FIXED, .fixed = dec_of(6, 2)};
    take(in, "产品,数量,单价（元/月）,期限,金额\n云服务器,2,100,按量,200\n合计,,,,200\n"
             "产品,规格,数量,单价（元/月）,期限,金额\n云盘,100G,3,100,按量,300\n合计,,,,,300\n");
    assert_false(says(in, QUOTE_DIFFERS, "") || in->q.has_stated_net);
    must_say(in, QUOTE_ASSUMED, "row 3, column E '金额': a total of 1 of the 2 items");
    take(in, "产品,数量,单价（元/月）,期限,金额\n云服务器,2,100,按量,200\n小计,,,,200\n"
             "产品,规格,数量,单价（元/月）,期限,金额\n云盘,100G,3,100,按量,300\n总计,,,,,499\n");
    must_say(in, QUOTE_DIFFERS, "row 6, column F '金额': the amounts of its rows are 500.00, stated 499.00: 1.00 less");
    is(in->q.stated_net, "499"), is(in->q.net, "500");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INTAKE_TEST(differences_to_the_fen), INTAKE_TEST(each_figure_of_a_row), INTAKE_TEST(tax_rates_of_their_own),
        INTAKE_TEST(prices_on_both_bases),   INTAKE_TEST(totals_of_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
