/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a bill summed; sums by hand.
 */
#include "tests/support/numbers.h"
#include "tests/support/test.h"

#include "calc/bill_sums.h"

#include <string.h>

static struct bill_row row_of(const char *sku, const char *billed)
{
    struct bill_row row = {.line = 2,
                           .month = {2027 * 12},
                           .currency = "USD",
                           .provider = "P",
                           .service = "S",
                           .service_category = "",
                           .region = "r",
                           .sku = sku,
                           .pricing = "",
                           .unit = "hour",
                           .has_list = true,
                           .has_quantity = true};
    struct err err;

    assert_int_equal(dec_parse(billed, strlen(billed), &row.billed, &err), 0);
    row.list = row.billed;
    row.quantity = DEC_ONE;
    return row;
}

static void add(struct bill_sums *s, struct bill_row row)
{
    struct err err = {0};

    if (bill_sums_add(s, &row, &err) != 0)
        fail_msg("%s", err.text);
}

static void rows_of_one_kind_add_up_exactly(void **state)
{
    struct bill_sums s = {0};
    struct bill_row other = row_of("a", "5");

    (void)state;
    add(&s, row_of("a", "0.000000000001"));
    add(&s, row_of("b", "7"));
    add(&s, row_of("a", "1.1"));
    other.month.n++;
    add(&s, other);
    assert_int_equal(s.n, 3);
    assert_string_equal(s.v[0].sku, "a");
    assert_int_equal(s.v[0].rows, 2);
    assert_true(s.v[0].billed.v == (dec_int)1100000000001);
    assert_true(s.v[0].quantity.v == 2 * DEC_ONE_UNIT);
    assert_int_equal(s.v[1].rows, 1);
    assert_int_equal(s.v[2].month.n, 2027 * 12 + 1);
    bill_sums_free(&s);
}

/* Texts that look the same when they are joined are not the same. */
static void every_part_of_a_key_counts(void **state)
{
    struct bill_sums s = {0};
    struct bill_row row = row_of("ab", "1");

    (void)state;
    add(&s, row);
    row.sku = "a";
    row.region = "br";
    add(&s, row);
    row.category = BILL_CREDIT;
    add(&s, row);
    row.unit = "GB";
    add(&s, row);
    memcpy(row.currency, "CNY", 4);
    add(&s, row);
    row.service = "T";
    add(&s, row);
    row.provider = "Q";
    add(&s, row);
    row.service_category = "Compute";
    add(&s, row);
    row.pricing = "Committed";
    add(&s, row);
    assert_int_equal(s.n, 9);
    bill_sums_free(&s);
}

static void one_row_without_leaves_the_sum_unknown(void **state)
{
    struct bill_sums s = {0};
    struct bill_row row = row_of("a", "1");

    (void)state;
    add(&s, row);
    assert_true(s.v[0].has_list && s.v[0].has_quantity);
    row.has_list = false;
    add(&s, row);
    assert_false(s.v[0].has_list);
    assert_true(s.v[0].has_quantity);
    bill_sums_free(&s);
}

static void there_is_a_ceiling(void **state)
{
    struct bill_sums s = {.ceiling = 2};
    struct bill_row row = row_of("c", "1");
    struct err err = {0};

    (void)state;
    add(&s, row_of("a", "1"));
    add(&s, row_of("b", "1"));
    add(&s, row_of("a", "1"));
    assert_int_equal(bill_sums_add(&s, &row, &err), -1);
    assert_string_equal(err.text, "more than 2 different charges (month, service, region, SKU, unit)");
    bill_sums_free(&s);
}

static void a_sum_that_overflows_is_an_error(void **state)
{
    struct bill_sums s = {0};
    struct bill_row row = row_of("a", "160000000000000000000000000");
    struct err err = {0};

    (void)state;
    add(&s, row);
    assert_int_equal(bill_sums_add(&s, &row, &err), -1);
    assert_string_equal(err.text, "the sum of BilledCost overflows");
    bill_sums_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_one_kind_add_up_exactly),        cmocka_unit_test(every_part_of_a_key_counts),
        cmocka_unit_test(one_row_without_leaves_the_sum_unknown), cmocka_unit_test(there_is_a_ceiling),
        cmocka_unit_test(a_sum_that_overflows_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
