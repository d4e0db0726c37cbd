/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each row of a quote is: heads of one row, of two, and again; notes, sums, items.
 */
#include "tests/support/quote_intake.h"

#include <stdio.h>

static void a_head_that_comes_twice(void **state)
{
    struct intake *in = *state;
    static const char head[] = "产品,数量,不含税单价（元/月）,期限\n", row[] = "云服务器,2,100,1年\n";
    char body[512];

    snprintf(body, sizeof body, "%s%s%s%s%s", head, head, row, head, row); /* cells over two rows; a new page */
    take(in, body);
    assert_int_equal(in->q.nopen, 0);
    assert_int_equal(in->q.nitems, 2);
    must_say(in, QUOTE_SKIPPED, "row 2: the head of the table again");
    must_say(in, QUOTE_SKIPPED, "row 4: the head of the table again");
    is(in->q.items[0].price, "100"), is(in->q.items[1].quantity, "2");
}

static void a_head_of_two_rows(void **state)
{
    struct intake *in = *state;

    take(in, "产品,数量,单价,期限\n产品,数量,元/月,期限\n云服务器,2,100,1年\n以上价格均为不含税价\n");
    assert_int_equal(in->q.nopen, 0);
    assert_int_equal(in->q.items[0].unit, UNIT_MONTH);
    assert_string_equal(in->q.currency, "CNY");
}

static void every_row_is_accounted_for(void **state)
{
    struct intake *in = *state;

    take(in, "甲方：某某公司\n产品,数量,不含税单价（元/月）,期限\n一、计算\n云服务器,2,100,1年\n合计,,2400\n谢谢\n");
    assert_int_equal(in->q.nitems, 1);
    must_say(in, QUOTE_SKIPPED, "row 1: '甲方：某某公司': not an item, not read");
    must_say(in, QUOTE_SKIPPED, "row 3: '一、计算': not an item, not read");
    must_say(in, QUOTE_SKIPPED, "row 5: a total, not an item");
    must_say(in, QUOTE_SKIPPED, "row 6: '谢谢': not an item, not read");
}

static void a_head_and_nothing_more(void **state)
{
    struct intake *in = *state;

    take(in, "产品,数量,不含税单价（元/月）,期限\n");
    assert_int_equal(in->q.nopen, 1);
    must_say(in, QUOTE_OPEN, "no row under the head of the table is an item");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INTAKE_TEST(a_head_that_comes_twice),
        INTAKE_TEST(a_head_of_two_rows),
        INTAKE_TEST(every_row_is_accounted_for),
        INTAKE_TEST(a_head_and_nothing_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
