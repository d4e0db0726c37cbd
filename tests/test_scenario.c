/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of kinds and the lookups of a scenario.
 */
#include "tests/support/test.h"

#include "calc/scenario.h"

#define SHARE(percent)                                                                                                 \
    {                                                                                                                  \
        .kind = VALUE_FIXED, .fixed = { DEC_ONE_UNIT / 100 * (percent) }                                               \
    }

static void kinds(void **state)
{
    (void)state;
    for (int i = 0; i < KIND_COUNT; i++)
        assert_true(kind_table[i].name[0] && kind_table[i].service[0]);
    assert_string_equal(kind_table[KIND_BLOCK_STORAGE].name, "block-storage");
    assert_string_equal(kind_table[KIND_BLOCK_STORAGE].class_default, "ssd");
    assert_int_equal(kind_table[KIND_DATABASE].choose, CHOOSE_SHAPE);
    assert_int_equal(kind_table[KIND_EGRESS].time, TIME_FLOW);
    assert_string_equal(charge_names[CHARGE_SAVINGS_PLAN], "savings-plan");
    assert_string_equal(charge_names[CHARGE_BEST], "best");
}

static void buyers_and_regions(void **state)
{
    (void)state;
    static const struct buyer buyers[] = {{.name = ""}, {.name = "sg-sub"}};
    static const struct region_choice regions[] = {{"a", "r1", 0}};
    const struct scenario s = {.buyers = buyers, .nbuyers = 2, .regions = regions, .nregions = 1};
    assert_ptr_equal(scenario_buyer(&s, ""), &buyers[0]);
    assert_ptr_equal(scenario_buyer(&s, "sg-sub"), &buyers[1]);
    assert_null(scenario_buyer(&s, "other"));
    assert_string_equal(scenario_region(&s, "a"), "r1");
    assert_null(scenario_region(&s, "b"));
}

static void the_kinds_discount_wins(void **state)
{
    (void)state;
    static const struct discount discounts[] = {
        {"a", -1, SHARE(15), 0}, {"a", KIND_COMPUTE, SHARE(20), 0}, {"b", KIND_EGRESS, SHARE(5), 0}};
    const struct scenario s = {.discounts = discounts, .ndiscounts = 3};
    static const struct {
        const char *site;
        int kind, percent;
    } rows[] = {
        {"a", KIND_COMPUTE, 20}, {"a", KIND_EGRESS, 15}, {"b", KIND_EGRESS, 5}, {"b", KIND_COMPUTE, 0}, {"c", 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(dec_cmp(scenario_discount(&s, rows[i].site, rows[i].kind), dec_of(rows[i].percent, 2)), 0);
}

static const struct payment payments[] = {
    {.site = "", .method = "card", .fee = SHARE(2), .settlement = "", .invoice_handling = {{DEC_ONE_UNIT}, "CNY"}},
    {.site = "own", .method = "wire", .settlement = ""},
    {.site = "cheaper", .method = "", .fee = SHARE(1), .settlement = "EUR", .settlement_rate = SHARE(92)},
};

static void a_sites_payment_lies_over_the_general_one(void **state)
{
    (void)state;
    const struct scenario s = {.payments = payments, .npayments = 3}, none = {.npayments = 0};
    struct payment p = scenario_paying(&s, "else");
    assert_string_equal(p.site, "else");
    assert_string_equal(p.method, "card");
    assert_int_equal(dec_cmp(p.fee.fixed, dec_of(2, 2)), 0);

    p = scenario_paying(&s, "own"); /* a wire does not cost the card's fee */
    assert_string_equal(p.method, "wire");
    assert_int_equal(p.fee.kind, VALUE_NONE);
    assert_string_equal(p.invoice_handling.currency, "CNY");

    p = scenario_paying(&s, "cheaper");
    assert_string_equal(p.method, "card");
    assert_int_equal(dec_cmp(p.fee.fixed, dec_of(1, 2)), 0);
    assert_string_equal(p.settlement, "EUR");
    assert_int_equal(dec_cmp(p.settlement_rate.fixed, dec_of(92, 2)), 0);

    assert_string_equal(scenario_paying(&none, "own").method, "");
    assert_null(scenario_payment(&none, ""));
    assert_ptr_equal(scenario_payment(&s, "own"), &payments[1]);
}

static void lists_of_sites_take(void **state)
{
    (void)state;
    static const struct site_ref list[] = {{.site = "a", .buyer = ""}, {.site = "b", .buyer = "sg-sub"}};
    assert_true(sites_take(NULL, 0, "x", ""));
    assert_true(sites_take(list, 2, "a", ""));
    assert_true(sites_take(list, 2, "a", "sg-sub")); /* a site alone takes every buyer */
    assert_true(sites_take(list, 2, "b", "sg-sub"));
    assert_false(sites_take(list, 2, "b", ""));
    assert_false(sites_take(list, 2, "c", ""));
}

static void pins(void **state)
{
    (void)state;
    static const struct pin list[] = {{"a", "sku", 0}};
    const struct resource r = {.pins = list, .npins = 1};
    assert_string_equal(resource_pin(&r, "a"), "sku");
    assert_null(resource_pin(&r, "b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds),
        cmocka_unit_test(buyers_and_regions),
        cmocka_unit_test(the_kinds_discount_wins),
        cmocka_unit_test(a_sites_payment_lies_over_the_general_one),
        cmocka_unit_test(lists_of_sites_take),
        cmocka_unit_test(pins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
