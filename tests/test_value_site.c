/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that name sites.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

#define SITES "known: aliyun-cn, aliyun-intl, aws-cn, azure-cn, baidu-cn"

static void lists_of_sites(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"", "an empty place in the list"},
        {"aliyun-cn,", "an empty place in the list"},
        {"aliyun-cn,,aws-cn", "an empty place in the list"},
        {" , aws-cn", "an empty place in the list"},
        {"aliyun-cn aws-cn", "unknown site 'aliyun-cn aws-cn' (" SITES ")"},
        {"gcp", "unknown site 'gcp' (" SITES ")"},
        {"alyun-cn", "unknown site 'alyun-cn' (did you mean 'aliyun-cn'? " SITES ")"},
        {"aws-cn, aliyun-cn, aws-cn", "aws-cn is given twice"},
        {"aws-cn@sg-sub, aws-cn@sg-sub", "aws-cn@sg-sub is given twice"},
        {"aws-cn@sg-sup", "unknown buyer 'sg-sup' (did you mean 'sg-sub'? known: sg-sub)"},
        {"aws-cn@", "unknown buyer '' (known: sg-sub)"},
        {"aws-cn@a@b", "unknown buyer 'a@b' (known: sg-sub)"},
        {"@sg-sub", "unknown site '' (" SITES ")"},
        {"all, aws-cn", "unknown site 'all' (" SITES ")"},
    };
    struct scenario s = {.nsites = 0};
    value_case_good(value_compared, NULL, NULL, "aliyun-cn, aliyun-intl ,aliyun-intl@sg-sub", &s);
    assert_int_equal(s.nsites, 3);
    assert_string_equal(s.sites[1].site, "aliyun-intl");
    assert_string_equal(s.sites[1].buyer, "");
    assert_string_equal(s.sites[2].site, "aliyun-intl");
    assert_string_equal(s.sites[2].buyer, "sg-sub");
    BAD(value_compared, NULL, NULL, bad);
    BAD(value_resource_sites, NULL, NULL, bad);
    BAD(value_cost_sites, NULL, NULL, bad);
}

static void all_means_every_site_or_no_limit(void **state)
{
    (void)state;
    struct scenario s = {.nsites = 0};
    struct resource r = {.nsites = 0};
    struct cost c = {.nsites = 0};
    value_case_good(value_compared, NULL, NULL, "all", &s);
    assert_int_equal(s.nsites, 5);
    assert_string_equal(s.sites[4].site, "baidu-cn");
    assert_string_equal(s.sites[4].buyer, "");
    value_case_good(value_resource_sites, NULL, NULL, "all", &r);
    assert_int_equal(r.nsites, 0);
    value_case_good(value_cost_sites, NULL, NULL, "all", &c);
    assert_int_equal(c.nsites, 0);
    value_case_good(value_cost_sites, NULL, NULL, "aws-cn", &c);
    assert_int_equal(c.nsites, 1);
    value_case_good(value_resource_sites, NULL, NULL, "aws-cn@sg-sub", &r);
    assert_string_equal(r.sites[0].buyer, "sg-sub");
}

static void without_named_buyers_the_message_says_so(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {{"aws-cn@sub", "unknown buyer 'sub' (there is no section [buyer NAME])"}};
    value_case_scenario.nbuyers = 1;
    BAD(value_compared, NULL, NULL, bad);
    value_case_scenario.nbuyers = 2;
}

static void discounts(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text, *message;
    } rows[] = {
        {"discount.aliyun-cn", "15%", NULL},
        {"discount.aliyun-cn.compute", "20 %", NULL},
        {"discount.aliyun-cn", "100%", NULL},
        {"discount.aliyun-cn", "101%", "'101%' is out of range (0% to 100%)"},
        {"discount.aliyun-cn", "0.15", "'0.15' lacks its percent sign (such as 0.15%)"},
        {"discount.google", "15%", "unknown site 'google' (" SITES ")"},
        {"discount.aws-cn.computer", "15%",
         "unknown kind 'computer' (did you mean 'compute'? known: compute, block-storage, object-storage, egress, "
         "bandwidth, database, public-ip, load-balancer, nat, snapshot, requests)"},
    };
    struct scenario s = {.ndiscounts = 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err;
        int rc = value_case(value_discount, rows[i].key, "0% to 100%", rows[i].text, &s, &err);
        assert_int_equal(rc, rows[i].message ? -1 : 0);
        if (rows[i].message)
            assert_string_equal(err.text, rows[i].message);
    }
    assert_int_equal(s.ndiscounts, 3);
    assert_int_equal(s.discounts[0].kind, -1);
    assert_int_equal(s.discounts[1].kind, KIND_COMPUTE);
    value_case_is(s.discounts[1].rate, "0.2");
    assert_int_equal(s.discounts[1].line, 7);
}

static void pins(void **state)
{
    (void)state;
    struct err err;
    struct resource r = {.npins = 0};
    value_case_good(value_pin, "sku.aliyun-cn", NULL, "ecs.g7.xlarge", &r);
    value_case_good(value_pin, "sku.azure-cn", NULL, "P1 ZRS", &r);
    assert_int_equal(value_case(value_pin, "sku.azure", NULL, "P1", &r, &err), -1);
    assert_string_equal(err.text, "unknown site 'azure' (" SITES ")");
    assert_int_equal(value_case(value_pin, "sku.azure-cn", NULL, "", &r, &err), -1);
    assert_string_equal(err.text, "nothing is given");
    assert_int_equal(r.npins, 2);
    assert_string_equal(resource_pin(&r, "azure-cn"), "P1 ZRS");
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
        cmocka_unit_test(lists_of_sites),
        cmocka_unit_test(all_means_every_site_or_no_limit),
        cmocka_unit_test(without_named_buyers_the_message_says_so),
        cmocka_unit_test(discounts),
        cmocka_unit_test(pins),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
