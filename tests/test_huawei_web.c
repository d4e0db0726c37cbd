/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Huawei Cloud's calculator over recorded answers, and over answers with each oddity of the source. Figures:
 * fixtures/huawei-web/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_huawei_web;

static const char *const jakarta[] = {"ap-southeast-4", NULL};
static const char *const asia[] = {"ap-southeast-1", "ap-southeast-4", NULL};
static const char *const shanghai[] = {"cn-east-2", NULL};

#define J "huawei-intl,ap-southeast-4,"
#define USD ",USD,excl,,2026-11-21"
#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct fetch_case intl(const char *const *regions)
{
    return (struct fetch_case){.fetcher = &fetcher_huawei_web, .site = "huawei-intl", .regions = regions};
}

/* Jakarta with one answer of its own in place of a recorded one. */
static struct fetch_case with(const char *name, const char *body)
{
    struct fetch_case c = intl(jakarta);

    c.replace[0].name = name;
    c.replace[0].body = body;
    return c;
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

static void expect_all(const struct fetch_case *c, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fetch_case_expect(c, lines[i]);
}

/* Trap 12: usage in measure 6, the hour of plans. Trap 11: plans in bakPlanList only. */
static void machines_by_hour_month_and_year(void **state)
{
    static const char *const lines[] = {
        J "compute,c6.2xlarge.4,linux,on-demand,,,hour,0,,,0.456" USD,
        J "compute,c6.2xlarge.4,linux,prepaid,,1,term,0,,,241.78" USD,
        J "compute,c6.2xlarge.4,linux,prepaid,,12,term,0,,,2417.76" USD,
        J "compute,i7n.2xlarge.8,linux,on-demand,,,hour,0,,,0.7416" USD,
        J "compute,t6.large.2,linux,on-demand,,,hour,0,,,0.046" USD,
    };
    struct fetch_case c = intl(jakarta);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    assert_int_equal(fetch_case_count(&c, J "compute,"), 4 * 3);
    assert_true(fetch_case_scope(&c, "ap-southeast-4,compute,yes"));
    assert_true(fetch_case_scope(&c, "ap-southeast-4,block-storage,no"));
    assert_int_equal(c.pack.nwarnings, 0);
    fetch_case_free(&c);
}

/* Traps 4, 11, 17: licences, what is hidden (t7 is five times too cheap) and licences brought along are no rows. */
static void what_is_no_price_of_ours_is_counted(void **state)
{
    struct fetch_case c = intl(jakarta);

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, J "compute,t7."), 0);
    assert_int_equal(fetch_case_counted(&c, "hidden in the calculator"), 1);
    assert_int_equal(fetch_case_counted(&c, "licence of an operating system"), 1);
    assert_int_equal(fetch_case_counted(&c, "machine with a licence brought along"), 1);
    assert_int_equal(fetch_case_counted(&c, "plan of several months by size"), 5);
    assert_int_equal(fetch_case_counted(&c, "disk, address or bandwidth without a name of ours"), 1);
    assert_int_equal(fetch_case_counted(&c, "part of object storage without a name of ours"), 1);
    fetch_case_free(&c);
}

/* Trap 10: 4096 of measure 21 (MB) are 4 GiB, 32 of measure 102 are 32 GiB, unit or pluralUnit. */
static void machines_have_shapes(void **state)
{
    static const char *const rows[] = {
        "huawei,c6.2xlarge.4,compute,c6,general,current,8,32,,0,amd64,no,6\n",
        "huawei,s7n.large.2,compute,s7n,compute,current,2,4,,0,amd64,no,7\n",
        "huawei,t6.large.2,compute,t6,burstable,current,2,4,,0,amd64,yes,6\n",
        "huawei,i7n.2xlarge.8,compute,i7n,storage,current,8,64,,0,amd64,no,7\n",
    };
    struct fetch_case c = intl(jakarta);

    (void)state;
    run(&c);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strstr(c.got.tables[PACK_SHAPES].body, rows[i]) == NULL)
            fail_msg("no %s in\n%s", rows[i], c.got.tables[PACK_SHAPES].body);
    fetch_case_free(&c);
}

/* Trap 13: the last tier is open. Prices of object storage are told apart by their billing event. */
static void disks_and_object_storage(void **state)
{
    static const char *const lines[] = {
        J "block-storage,GPSSD,,on-demand,,,GiB-hour,0,,,0.000157" USD,
        J "block-storage,GPSSD,,prepaid,,1,GiB-month,0,,,0.114" USD,
        J "block-storage,GPSSD2,,on-demand,,,GiB-hour,0,,,0.000125" USD,
        J "object-storage,obs.standard.single-az,,on-demand,,,GB-hour,0,,,0.0000319444" USD,
        J "object-storage,obs.infrequent.retrieval-standard,,on-demand,,,GB,0,,,0.01" USD,
        J "object-storage,obs.archive.retrieval-urgent,,on-demand,,,GB,0,,,0.03" USD,
        J "requests,obs.standard.read,,on-demand,,,10k-requests,0,,,0.004" USD,
        J "requests,obs.standard.write,,on-demand,,,10k-requests,0,,,0.01" USD,
        J "cross-region-transfer,obs.replication,,on-demand,,,GB,0,,,0.076" USD,
        J "egress,obs.internet,,on-demand,,,GB,0,10240,month,0.114" USD,
        J "egress,obs.internet,,on-demand,,,GB,10240,51200,month,0.081" USD,
        J "egress,obs.internet,,on-demand,,,GB,51200,153600,month,0.078" USD,
        J "egress,obs.internet,,on-demand,,,GB,153600,,month,0.076" USD,
    };
    struct fetch_case c = intl(jakarta);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    fetch_case_free(&c);
}

static void addresses_bandwidth_and_traffic(void **state)
{
#define H "huawei-intl,ap-southeast-1,"
    static const char *const lines[] = {
        H "public-ip,5_bgp,,on-demand,,,hour,0,,,0.005" USD,
        H "bandwidth,19_bgp,,on-demand,,,Mbps-hour,0,,,0.0281" USD,
        H "bandwidth,19_bgp,,prepaid,,1,Mbps-month,0,,,9" USD,
        H "egress,12_bgp,,on-demand,,,GB,0,10240,month,0.135" USD,
        H "egress,12_bgp,,on-demand,,,GB,153600,,month,0.103" USD,
    };
    struct fetch_case c = intl(asia);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    fetch_case_free(&c);
}

/* The menu, whose lists nest, says what to ask; a region it names and we do not know is no question. */
static void the_menu_says_what_to_ask(void **state)
{
    struct fetch_case c = intl(asia);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 1 + 4);
    assert_string_equal(c.names[0], "menu-en-us.json");
    assert_string_equal(c.names[1], "ap-southeast-1/eip.json");
    assert_string_equal(c.names[2], "ap-southeast-4/ecs.json");
    assert_string_equal(
        c.urls[1], "https://portal-intl.huaweicloud.com/api/calculator/rest/cbc/portalcalculatornodeservice/v4/api/"
                   "productInfo?urlPath=eip&tag=general.online.portal&region=ap-southeast-1&tab=calc&sign=common");
    assert_int_equal(fetch_case_counted(&c, "product that the calculator does not offer in the region"), 4);
    fetch_case_free(&c);
}

/* A product the menu says nothing we understand about is asked for. */
static void a_menu_without_regions_rules_nothing_out(void **state)
{
    struct fetch_case c = intl(jakarta);

    (void)state;
    c.replace[0].name = "menu-en-us.json";
    c.replace[0].body = "{\"menuInfos\":[{\"urlPath\":\"ecs\"},{\"urlPath\":\"evs\",\"regionOnline\":{\"regionList\":"
                        "[\"xx-1\"]}}]}";
    c.replace[1].name = "ap-southeast-4/eip.json";
    c.replace[1].body = "{\"region\":\"ap-southeast-4\",\"product\":{\"vpc_ip\":[]}}";
    run(&c);
    assert_int_equal(c.asked, 1 + 4);
    assert_int_equal(fetch_case_counted(&c, "product without a price in the region"), 1);
    fetch_case_free(&c);
}

/* Traps 7, 16: currency and tax basis are the site's; 32.2 CNY a month, the vendor's example. */
static void the_china_site_is_in_yuan_with_tax(void **state)
{
    struct fetch_case c = {.fetcher = &fetcher_huawei_web, .site = "huawei-cn", .regions = shanghai};

    (void)state;
    run(&c);
    assert_int_equal(c.got.nprices, 1);
    fetch_case_expect(&c, "huawei-cn,cn-east-2,compute,s6.small.1,linux,prepaid,,1,term,0,,,32.2,CNY,incl,,2026-11-21");
    assert_string_equal(c.names[0], "menu-zh-cn.json");
    assert_int_equal(strncmp(c.urls[0], "https://portal.huaweicloud.com/", 31), 0);
    assert_false(fetch_case_scope(&c, "cn-east-2,block-storage,yes"));
    fetch_case_free(&c);
}

/* ---- odd plans of one machine ---- */

static char made[4096];

static const char *machine(const char *plans)
{
    snprintf(made, sizeof made,
             "{\"product\":{\"ec2_vm\":[{\"resourceType\":\"hws.resource.type.vm\",\"resourceSpecCode\":\"c9.a.linux\","
             "\"cpu\":\"2dataInfo_36_\",\"mem\":\"4BSSUNIT.unit.102\",\"planList\":[%s]}]}}",
             plans);
    return made;
}

static void plans_that_are_no_list_price_are_counted(void **state)
{
    static const struct {
        const char *plan, *says;
    } rows[] = {
        {"{\"billingMode\":\"ONDEMAND\",\"amount\":0}", "plan without a price"},
        {"{\"billingMode\":\"ONDEMAND\",\"amount\":null}", "plan without a price"},
        {"{\"billingMode\":\"ONDEMAND\",\"amount\":1,\"usageMeasureId\":10}", "plan in another unit of usage"},
        {"{\"billingMode\":\"ONDEMAND\",\"amount\":1,\"siteCode\":\"ALLY_HWCEU\"}",
         "price of a site of another operator"},
        {"{\"billingMode\":\"ONDEMAND\",\"amount\":1,\"originType\":\"perPrice\"}", "price worked out from another"},
        {"{\"billingMode\":\"ONDEMAND\",\"amount\":1,\"condition\":\"x>1\"}", "price under a condition"},
        {"{\"billingMode\":\"MONTHLY\",\"amount\":1,\"periodNum\":1.5}", "plan for an unusual term"},
        {"{\"billingMode\":\"YEARLY\",\"amount\":1,\"periodNum\":11}", "plan for an unusual term"},
        {"{\"billingMode\":\"WEEKLY\",\"amount\":1}", "plan of an unknown way to pay"},
        {"{\"billingMode\":\"RI\",\"amount\":1,\"originType\":\"price\"}",
         "reservation of an unknown kind or duration"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetch_case c = with("ap-southeast-4/ecs.json", machine(rows[i].plan));
        run(&c);
        assert_int_equal(fetch_case_count(&c, J "compute,"), 0);
        if (fetch_case_counted(&c, rows[i].says) != 1)
            fail_msg("not counted: %s", rows[i].says);
        assert_false(fetch_case_scope(&c, "ap-southeast-4,compute,yes"));
        fetch_case_free(&c);
    }
}

/* An amount for several units is divided; terms are multiplied; amounts may be texts (trap 6). */
static void steps_and_periods(void **state)
{
    struct fetch_case c = with("ap-southeast-4/ecs.json",
                               machine("{\"billingMode\":\"ONDEMAND\",\"amount\":\"5.5\",\"measureUnitStep\":10,"
                                       "\"usageMeasureId\":4},"
                                       "{\"billingMode\":\"YEARLY\",\"amount\":900,\"periodNum\":3},"
                                       "{\"billingMode\":\"MONTHLY\",\"amount\":90,\"periodNum\":\"3\"}"));

    (void)state;
    run(&c);
    fetch_case_expect(&c, J "compute,c9.a,linux,on-demand,,,hour,0,,,0.55" USD);
    fetch_case_expect(&c, J "compute,c9.a,linux,prepaid,,36,term,0,,,900" USD);
    fetch_case_expect(&c, J "compute,c9.a,linux,prepaid,,3,term,0,,,90" USD);
    fetch_case_free(&c);
}

#define PART(kind, origin, amount)                                                                                     \
    "{\"billingMode\":\"RI\",\"periodNum\":1,\"paymentType\":\"nodeData." kind "\",\"originType\":\"" origin           \
    "\",\"amount\":" amount "}"

/* The parts of a reservation: a sum and a rate by the month; the effective rate holds the sum again. */
static void reservations_have_their_parts(void **state)
{
    static const char parts[] = PART("NO_UPFRONT", "price", "0") "," PART("NO_UPFRONT", "perPrice", "5.11") "," PART(
        "NO_UPFRONT", "perEffectivePrice",
        "0.007") "," PART("PARTIAL_UPFRONT", "price", "30") "," PART("PARTIAL_UPFRONT", "perPrice",
                                                                     "2.5") "," PART("ALL_UPFRONT", "price",
                                                                                     "0") "," PART("ALL_UPFRONT",
                                                                                                   "perPrice", "0");
    struct fetch_case c = with("ap-southeast-4/ecs.json", machine(parts));

    (void)state;
    run(&c);
    fetch_case_expect(&c, J "compute,c9.a,linux,reserved,no-upfront,12,month,0,,,5.11" USD);
    fetch_case_expect(&c, J "compute,c9.a,linux,reserved,partial-upfront,12,term,0,,,30" USD);
    fetch_case_expect(&c, J "compute,c9.a,linux,reserved,partial-upfront,12,month,0,,,2.5" USD);
    assert_int_equal(fetch_case_count(&c, J "compute,c9.a,linux,reserved,all"), 0);
    assert_int_equal(fetch_case_counted(&c, "reservation without a part of its price"), 1);
    fetch_case_free(&c);
}

/* ---- odd tiers ---- */

static const char *traffic(const char *divisions)
{
    snprintf(made, sizeof made,
             "{\"product\":{\"vpc_bandwidth\":[{\"resourceType\":\"hws.resource.type.bandwidth\",\"resourceSpecCode\":"
             "\"12_bgp\",\"planList\":[{\"billingMode\":\"ONDEMAND\",\"usageFactor\":\"upflow\",\"usageMeasureId\":10,"
             "\"divisionList\":[%s]}]}]}}",
             divisions);
    return made;
}

#define TIER(amount, bounds) "{\"amount\":" amount ",\"division\":{" bounds "}}"

static void tiers_that_are_not_sure_are_counted(void **state)
{
    static const struct {
        const char *divisions, *says;
    } rows[] = {
        /* 10 and 50 of what: TB in the list, GB by the plan's measure */
        {TIER("0.135", "\"beginValue\":0,\"endValue\":10") "," TIER("0.124", "\"beginValue\":10"),
         "tiers of traffic in GB or TB: not said"},
        {TIER("0.135", "\"beginValue\":0,\"endValue\":10240") "," TIER("0.124", "\"beginValue\":20480"),
         "tiers with a gap between them"},
        {TIER("0.135", "\"beginValue\":0") "," TIER("0.124", "\"beginValue\":10240"), "tiers with a gap between them"},
        {TIER("0", "\"beginValue\":0,\"endValue\":10240") "," TIER("0.124", "\"beginValue\":10240"),
         "tiers of which one has no price"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetch_case c = with("ap-southeast-4/ecs.json", traffic(rows[i].divisions));
        run(&c);
        assert_int_equal(fetch_case_count(&c, J "egress,12_bgp"), 0);
        if (fetch_case_counted(&c, rows[i].says) != 1)
            fail_msg("not counted: %s", rows[i].says);
        fetch_case_free(&c);
    }
}

/* Trap 13: the last tier has no end, or a negative one. */
static void the_last_tier_is_open(void **state)
{
    struct fetch_case c =
        with("ap-southeast-4/ecs.json", traffic(TIER("0.135", "\"beginValue\":0,\"endValue\":10240") "," TIER(
                                            "0.124", "\"beginValue\":10240,\"endValue\":-1")));

    (void)state;
    run(&c);
    fetch_case_expect(&c, J "egress,12_bgp,,on-demand,,,GB,0,10240,month,0.135" USD);
    fetch_case_expect(&c, J "egress,12_bgp,,on-demand,,,GB,10240,,month,0.124" USD);
    fetch_case_free(&c);
}

/* Bandwidth by the 95th percentile shares the code of bandwidth by size. */
static void bandwidth_by_another_factor_is_no_bandwidth(void **state)
{
    struct fetch_case c =
        with("ap-southeast-4/ecs.json",
             "{\"product\":{\"vpc_bandwidth\":[{\"resourceType\":\"hws.resource.type.bandwidth\",\"resourceSpecCode\":"
             "\"19_share\",\"planList\":[{\"billingMode\":\"ONDEMAND\",\"usageFactor\":\"95peak\",\"amount\":20,"
             "\"usageMeasureId\":4}]},{\"resourceType\":\"hws.resource.type.bandwidth\",\"resourceSpecCode\":"
             "\"12_bgp_100GB\",\"planList\":[]}]}}");

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, J "bandwidth"), 0);
    assert_int_equal(fetch_case_counted(&c, "plan by another measure of usage"), 1);
    assert_int_equal(fetch_case_counted(&c, "disk, address or bandwidth without a name of ours"), 2);
    fetch_case_free(&c);
}

static void requests_by_another_number_are_counted(void **state)
{
    struct fetch_case c =
        with("ap-southeast-4/obs.json",
             "{\"product\":{\"obs_obs\":[{\"resourceType\":\"hws.resource.type.obs\",\"planList\":[{\"billingMode\":"
             "\"ONDEMAND\",\"billingEvent\":\"event.type.obsget\",\"amount\":0.0004,\"measureUnitStep\":1000},"
             "{\"billingMode\":\"ONDEMAND\",\"billingEvent\":\"event.type.obssize\",\"amount\":0.02,"
             "\"usageMeasureId\":10}]}]}}");

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, J "requests"), 0);
    assert_int_equal(fetch_case_count(&c, J "object-storage"), 0);
    assert_int_equal(fetch_case_counted(&c, "price of an unusual number of requests"), 1);
    assert_int_equal(fetch_case_counted(&c, "plan in another unit of usage"), 1);
    fetch_case_free(&c);
}

/* Trap 15: what is not JSON is refused, as is an answer about another region. */
static void what_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *name, *body, *says;
    } rows[] = {
        {"menu-en-us.json", "define('config', function(){})", "menu-en-us.json: not JSON at byte 0"},
        {"menu-en-us.json", "{\"global\":{}}", "no 'menuInfos' in the answer"},
        {"ap-southeast-4/ecs.json", "<!DOCTYPE html>", "ap-southeast-4/ecs.json: not JSON at byte 0"},
        {"ap-southeast-4/ecs.json", "{\"region\":\"ap-southeast-3\",\"product\":{}}",
         "the answer is about region 'ap-southeast-3'"},
        {"ap-southeast-4/ecs.json", "{\"region\":\"ap-southeast-4\"}", "no 'product' in the answer"},
        {"ap-southeast-4/ecs.json",
         "{\"product\":{\"ec2_vm\":[{\"resourceType\":\"hws.resource.type.vm\",\"resourceSpecCode\":\"a.linux\","
         "\"planList\":[{\"billingMode\":\"ONDEMAND\",\"amount\":\"1,5\"}]}]}}",
         "ec2_vm[0]: a: "},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetch_case c = with(rows[i].name, rows[i].body);
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' lacks '%s'", err.text, rows[i].says);
        fetch_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_by_hour_month_and_year),
        cmocka_unit_test(what_is_no_price_of_ours_is_counted),
        cmocka_unit_test(machines_have_shapes),
        cmocka_unit_test(disks_and_object_storage),
        cmocka_unit_test(addresses_bandwidth_and_traffic),
        cmocka_unit_test(the_menu_says_what_to_ask),
        cmocka_unit_test(a_menu_without_regions_rules_nothing_out),
        cmocka_unit_test(the_china_site_is_in_yuan_with_tax),
        cmocka_unit_test(plans_that_are_no_list_price_are_counted),
        cmocka_unit_test(steps_and_periods),
        cmocka_unit_test(reservations_have_their_parts),
        cmocka_unit_test(tiers_that_are_not_sure_are_counted),
        cmocka_unit_test(the_last_tier_is_open),
        cmocka_unit_test(bandwidth_by_another_factor_is_no_bandwidth),
        cmocka_unit_test(requests_by_another_number_are_counted),
        cmocka_unit_test(what_cannot_be_read_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
