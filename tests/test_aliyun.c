/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alibaba Cloud's price interfaces. Where the figures were published: fixtures/aliyun/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "fetchers/aliyun_answer.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_aliyun;

static const char *const beijing[] = {"cn-beijing", NULL}, *const both[] = {"cn-beijing", "cn-qingdao", NULL};
static const char *const singapore[] = {"ap-southeast-1", NULL};
static const struct fetch_sku skus[] = {
    {"block-storage", "cloud_ssd", "", ""}, {"compute", "ecs.c5.large", "2", "4"},
    {"compute", "ecs.g7.large", "2", "8"},  {"compute", "ecs.g7.xlarge", "4", "16"},
    {"compute", "ecs.n1.small", "1", "2"},  {"compute", "not a type", "", ""},
};

static struct fetch_case china(const char *const *regions)
{
    return (struct fetch_case){.fetcher = &fetcher_aliyun,
                               .site = "aliyun-cn",
                               .regions = regions,
                               .skus = skus,
                               .nskus = sizeof skus / sizeof *skus};
}

/* Beijing, where one question is answered otherwise. */
static struct fetch_case where(const char *name, const char *body, int status)
{
    struct fetch_case c = china(beijing);

    c.replace[0] = (struct fetch_replacement){.name = name, .body = body, .status = status};
    return c;
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

static void refused(struct fetch_case *c, const char *says)
{
    struct err err = {0};

    assert_int_equal(fetch_case_run(c, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' instead of '%s'", err.text, says);
    fetch_case_free(c);
}

enum { NAMES = 64 }; /* of a case */

static size_t noted(const struct fetch_case *c)
{
    return c->asked < NAMES ? c->asked : NAMES;
}

static bool asked(const struct fetch_case *c, const char *name)
{
    for (size_t i = 0; i < noted(c); i++)
        if (!strcmp(c->names[i], name))
            return true;
    return false;
}

static const char *url_of(const struct fetch_case *c, const char *name)
{
    for (size_t i = 0; i < noted(c); i++)
        if (!strcmp(c->names[i], name))
            return c->urls[i];
    fail_msg("'%s' was not asked", name);
    return "";
}

/* ---- what is asked ---- */

static void questions_name_what_they_ask(void **state)
{
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    assert_string_equal(url_of(&c, "skus/ecs/instance_type/0001"),
                        "https://business.aliyuncs.com/?Format=JSON&Action=QuerySkuPriceList&Version=2017-12-14&"
                        "CommodityCode=ecs&PriceEntityCode=instance_type&PriceFactorConditionMap=%7B%22vm_os_kind%22%3A"
                        "%5B%22linux%22%5D%7D&PageSize=50&Lang=en");
    assert_non_null(strstr(url_of(&c, "skus/ecs/instance_type/0002"), "&PageSize=50&NextPageToken=AAAAAXb1&Lang=en"));
    assert_string_equal(
        url_of(&c, "quotes/cn-beijing/eip-5mbps-hour"),
        "https://business.aliyuncs.com/?Format=JSON&Action=GetPayAsYouGoPrice&Version=2017-12-14&"
        "ProductCode=eip&SubscriptionType=PayAsYouGo&Region=cn-beijing&ModuleList.1.ModuleCode=Bandwidth&"
        "ModuleList.1.PriceType=Day&ModuleList.1.Config=Bandwidth%3A5120");
    assert_string_equal(url_of(&c, "quotes/cn-beijing/cloud_ssd-month"),
                        "https://business.aliyuncs.com/?Format=JSON&Action=GetSubscriptionPrice&Version=2017-12-14&"
                        "ProductCode=yundisk&SubscriptionType=Subscription&OrderType=NewOrder&ServicePeriodQuantity=1&"
                        "ServicePeriodUnit=Month&Quantity=1&Region=cn-beijing&ModuleList.1.ModuleCode=DataDisk&"
                        "ModuleList.1.Config=DataDisk.Size%3A100%2CDataDisk.Category%3Acloud_ssd");
    assert_string_equal(url_of(&c, "machines/cn-qingdao/ecs.n1.small/month"),
                        "https://ecs.aliyuncs.com/?Format=JSON&Action=DescribePrice&Version=2014-05-26&"
                        "RegionId=cn-qingdao&ResourceType=instance&InstanceType=ecs.n1.small&InstanceNetworkType=vpc&"
                        "IoOptimized=optimized&SystemDisk.Size=40&Period=1&PriceUnit=Month");
    fetch_case_free(&c);
}

/* One bad module fails a whole question: no question has a second one. */
static void modules_are_asked_for_one_by_one(void **state)
{
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    for (size_t i = 0; i < c.asked; i++)
        assert_null(strstr(c.urls[i], "ModuleList.2"));
    fetch_case_free(&c);
}

/* The lists have the hour; g7.large and c5.large are in no list of the regions; other services are not machines. */
static void machines_are_asked_for_by_month_and_year_where_they_are_sold(void **state)
{
    static const char *const machines[] = {
        "machines/cn-beijing/ecs.g7.xlarge/month",     "machines/cn-beijing/ecs.g7.xlarge/month-essd",
        "machines/cn-beijing/ecs.g7.xlarge/year-essd", "machines/cn-qingdao/ecs.n1.small/month",
        "machines/cn-qingdao/ecs.n1.small/year",
    };
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 4 + 2 * 12 + 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(c.names[c.asked - 5 + i], machines[i]);
    fetch_case_free(&c);
}

#define PART(resource, list, trade)                                                                                    \
    "{\"Resource\":\"" resource "\",\"OriginalPrice\":" list ",\"TradePrice\":" trade "}"
#define PRICE(currency, parts)                                                                                         \
    "{\"PriceInfo\":{\"Price\":{\"Currency\":\"" currency "\",\"OriginalPrice\":9,\"TradePrice\":9,\"DetailInfos\":{"  \
    "\"DetailInfo\":[" parts "]}},\"Rules\":{\"Rule\":[]}}}"
#define NO_PLAN "{\"Code\":\"InvalidParameter\",\"Message\":\"PRICE.PRICING_PLAN_RESULT_NOT_FOUND\",\"Success\":false}"

/* Wuhan has no known name in the lists: everything is asked for, by hour too. */
static void a_region_the_lists_do_not_know_is_asked_for_whole(void **state)
{
    static const char *const wuhan[] = {"cn-wuhan-lr", NULL};
    struct fetch_case c = china(wuhan);
    struct err err;

    (void)state;
    c.skus = &skus[3];
    c.nskus = 1;
    assert_int_equal(fetch_case_run(&c, &err), -1); /* no recorded answer, and that for the right question */
    assert_non_null(strstr(err.text, "'quotes/cn-wuhan-lr/eip-traffic-hour'"));
    fetch_case_free(&c);
    c = china(wuhan);
    c.skus = &skus[3];
    c.nskus = 1;
    c.replace[0] = (struct fetch_replacement){"skus/ecs/instance_type/0001",
                                              "{\"Success\":true,\"Data\":{\"SkuPricePage\":"
                                              "{\"TotalCount\":0}}}",
                                              0, 0};
    c.replace[1] = (struct fetch_replacement){"skus/ecs/datadisk/0001", c.replace[0].body, 0, 0};
    c.replace[2] = (struct fetch_replacement){"skus/ecs/vm_flow_out/0001", c.replace[0].body, 0, 0};
    c.replace[3] = (struct fetch_replacement){"machines/cn-wuhan-lr/ecs.g7.xlarge/hour",
                                              PRICE("CNY", PART("instanceType", "1.0465", "1.0465")), 0, 0};
    c.replace[4] = (struct fetch_replacement){"machines/cn-wuhan-lr/ecs.g7.xlarge/month",
                                              "{\"Code\":\"PriceNotFound\",\"Message\":\"\"}", 0, 400};
    c.replace[5] = (struct fetch_replacement){"*", NO_PLAN, 0, 0};
    run(&c);
    assert_true(asked(&c, "quotes/cn-wuhan-lr/cloud_essd_pl1-hour"));
    assert_int_equal(c.asked, 3 + 16 + 2);
    fetch_case_expect(&c, "aliyun-cn,cn-wuhan-lr,compute,ecs.g7.xlarge,linux,on-demand,,,hour,0,,,1.0465,CNY,incl,0.06,"
                          "2026-11-21");
    assert_int_equal(fetch_case_counted(&c, "machine not sold in the region"), 1);
    assert_int_equal(fetch_case_counted(&c, "not quoted: cloud_essd_pl1 (no pricing plan)"), 1);
    fetch_case_free(&c);
}

/* ---- prices ---- */

static void prices_are_the_published_ones(void **state)
{
    static const char *const lines[] = {
        "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,on-demand,,,hour,0,,,1.0465,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,compute,ecs.g6.xlarge,linux,on-demand,,,hour,0,,,1,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-qingdao,compute,ecs.n1.small,linux,on-demand,,,hour,0,,,0.28,CNY,incl,0.06,2026-11-21",
        /* The totals were 542.32 and 157.00: the machine's part, without the disk. */
        "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,prepaid,,1,term,0,,,502.32,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,prepaid,,12,term,0,,,6027.84,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-qingdao,compute,ecs.n1.small,linux,prepaid,,1,term,0,,,143,CNY,incl,0.06,2026-11-21",
        /* From XML, the list price: the trade price 1,458.60 is the account's. */
        "aliyun-cn,cn-qingdao,compute,ecs.n1.small,linux,prepaid,,12,term,0,,,1716,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,block-storage,cloud_efficiency,,on-demand,,,GiB-hour,0,,,0.0005,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,block-storage,cloud_ssd,,on-demand,,,GiB-hour,0,,,0.0014,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,block-storage,cloud_ssd,,prepaid,,1,GiB-month,0,,,1,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,block-storage,cloud_essd_pl1,,prepaid,,1,GiB-month,0,,,1,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-qingdao,block-storage,cloud_efficiency,,prepaid,,1,GiB-month,0,,,0.35,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,egress,ecs_public_traffic,,on-demand,,,GB,0,,,0.8,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-qingdao,egress,eip_bgp,,on-demand,,,GB,0,,,0.72,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,public-ip,eip_config_paybytraffic,,on-demand,,,hour,0,,,0.02,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,bandwidth,eip_bgp,,on-demand,,,Mbps-day,0,5,,0.96,CNY,incl,0.06,2026-11-21",
        "aliyun-cn,cn-beijing,bandwidth,eip_bgp,,on-demand,,,Mbps-day,5,,,3.36,CNY,incl,0.06,2026-11-21",
    };
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_int_equal(c.got.nprices, 22);
    assert_int_equal(c.pack.nwarnings, 0);
    fetch_case_free(&c);
}

/* Windows, snapshots and whatever no list names are missing: prices not delivered stay as they were. */
static void nothing_is_said_to_be_complete(void **state)
{
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    assert_true(fetch_case_scope(&c, "cn-beijing,compute,no"));
    assert_true(fetch_case_scope(&c, "cn-beijing,block-storage,no"));
    fetch_case_free(&c);
}

/* 5,123.66 = 6,027.84 x 0.85: kept beside, never the price. */
static void what_the_account_would_pay_is_kept_beside(void **state)
{
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    assert_non_null(strstr(c.got.contracted.body, "5123.66"));
    assert_non_null(strstr(c.got.contracted.body, "1458.6"));
    assert_null(strstr(c.got.tables[PACK_PRICES].body, "5123.66"));
    assert_non_null(strstr(c.got.tables[PACK_SOURCES].body, "without the discount of a term"));
    fetch_case_free(&c);
}

/* 0.28, 0.43, 0.57 ... for 2, 3, 4 Mbps: what each adds is the published ladder of the International site. */
static void the_international_site_has_its_own_book(void **state)
{
    static const char *const tiers[] = {"0,2,,0.14", "2,3,,0.15", "3,5,,0.14", "5,,,0.5"};
    struct fetch_case c = china(singapore);
    char line[160];

    (void)state;
    c.site = "aliyun-intl";
    run(&c);
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        snprintf(line, sizeof line,
                 "aliyun-intl,ap-southeast-1,bandwidth,eip_bgp,,on-demand,,,Mbps-day,%s,USD,excl,,2026-11-21",
                 tiers[i]);
        fetch_case_expect(&c, line);
    }
    fetch_case_expect(
        &c, "aliyun-intl,ap-southeast-1,compute,ecs.c5.large,linux,prepaid,,1,term,0,,,43.36,USD,excl,,2026-11-21");
    fetch_case_expect(
        &c, "aliyun-intl,ap-southeast-1,compute,ecs.g7.large,linux,on-demand,,,hour,0,,,0.108,USD,excl,,2026-11-21");
    assert_memory_equal(c.urls[0], "https://business.ap-southeast-1.aliyuncs.com/", 45);
    assert_non_null(strstr(c.urls[0], "CommodityCode=ecs_intl&"));
    /* In the list, but nobody can buy it. */
    assert_int_equal(fetch_case_counted(&c, "machine not sold in the region"), 1);
    assert_false(asked(&c, "machines/ap-southeast-1/ecs.g7.large/year"));
    fetch_case_free(&c);
}

/* 0.96 for every Mbps: the ladder is still open above the sixth. */
static void a_flat_ladder_is_open(void **state)
{
    struct fetch_case c = where("quotes/cn-beijing/eip-6mbps-hour",
                                "{\"Success\":true,\"Data\":{\"Currency\":\"CNY\",\"ModuleDetails\":{\"ModuleDetail\":["
                                "{\"ModuleCode\":\"Bandwidth\",\"OriginalCost\":\"5.76\"}]}}}",
                                0);

    (void)state;
    run(&c);
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,bandwidth,eip_bgp,,on-demand,,,Mbps-day,0,5,,0.96,CNY,incl,0.06,"
                          "2026-11-21");
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,bandwidth,eip_bgp,,on-demand,,,Mbps-day,5,,,0.96,CNY,incl,0.06,"
                          "2026-11-21");
    fetch_case_free(&c);
}

/* ---- lists ---- */

/* An alias is no region id, nor the other way round: cn-wuhan-lr has no known alias. */
static void names_of_the_billing_are_no_regions(void **state)
{
    struct fetch_case c = china(both);

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "unknown region cn-wuhan-lr"), 1);
    assert_int_equal(fetch_case_counted(&c, "region not asked for"), 2); /* Hangzhou */
    fetch_case_free(&c);
    assert_string_equal(aliyun_region_of("eu-west-1-gb33-a01"), "eu-west-1");
    assert_null(aliyun_region_of("cn-hangzhou"));
    assert_null(aliyun_region_of(""));
    assert_true(aliyun_has_alias("cn-hangzhou"));
    assert_false(aliyun_has_alias("ap-northeast-2"));
}

#define PAGE(skus) "{\"Success\":true,\"Data\":{\"SkuPricePage\":{\"SkuPriceList\":[" skus "]}}}"
#define BEIJING "\"vm_region_no\":\"cn-beijing-btc-a01\""
#define FLOW(prices) PAGE("{\"SkuFactorMap\":{" BEIJING "},\"CskuPriceList\":[" prices "]}")
#define STEP(price, min, max)                                                                                          \
    "{\"PriceMode\":\"STEP_ACCUMULATION\",\"Currency\":\"CNY\",\"Price\":\"" price "\",\"RangeList\":[{\"Min\":" min   \
    ",\"Max\":" max ",\"Type\":\"LORC\",\"FactorCode\":\"flow\"}]}"

static const char traffic[] = "skus/ecs/vm_flow_out/0001";
static const char machines[] = "skus/ecs/instance_type/0001";
static const char disks[] = "skus/ecs/datadisk/0001";

/* A first step at 0 is a free quantity of the month when a paid one follows, and nothing alone. */
static void steps_of_traffic_are_tiers_of_the_month(void **state)
{
    struct fetch_case c = where(
        traffic, FLOW(STEP("0", "0", "20") "," STEP("0.80", "20", "10240") "," STEP("0.60", "\"10240\"", "null")), 0);

    (void)state;
    run(&c);
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,egress,ecs_public_traffic,,on-demand,,,GB,0,20,month,0,CNY,incl,0.06,"
                          "2026-11-21");
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,egress,ecs_public_traffic,,on-demand,,,GB,20,10240,month,0.8,CNY,incl,"
                          "0.06,2026-11-21");
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,egress,ecs_public_traffic,,on-demand,,,GB,10240,,month,0.6,CNY,incl,"
                          "0.06,2026-11-21");
    fetch_case_free(&c);
    c = where(traffic, FLOW(STEP("0", "0", "20")), 0);
    run(&c);
    assert_int_equal(fetch_case_count(&c, "aliyun-cn,cn-beijing,egress,ecs_public_traffic"), 0);
    fetch_case_free(&c);
    c = where(traffic,
              FLOW("{\"PriceMode\":\"STEP_ARRIVE\",\"Currency\":\"CNY\",\"Price\":\"0.80\",\"RangeList\":[{\"Min\":0,"
                   "\"Max\":20,\"Type\":\"LORC\"}]}," STEP("0.80", "0", "20")),
              0);
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "steps that change the price of the whole quantity"), 1);
    assert_int_equal(fetch_case_count(&c, "aliyun-cn,cn-beijing,egress,ecs_public_traffic"), 1);
    fetch_case_free(&c);
}

/* Older answers, and XML, have the items one level deeper. Prices are texts or numbers, truth a text. */
static void lists_are_read_in_every_format(void **state)
{
    static const char *const pages[] = {
        "{\"Success\":\"true\",\"Data\":{\"SkuPricePage\":{\"TotalCount\":\"1\",\"SkuPriceList\":{\"SkuPricePageDTO\":["
        "{"
        "\"SkuFactorMap\":{" BEIJING
        ",\"instance_type\":\"ecs.g7.xlarge\",\"vm_os_kind\":\"linux\"},\"CskuPriceList\":{"
        "\"CSkuPriceDTO\":[{\"PriceType\":\"hourPrice\",\"Currency\":\"CNY\",\"Price\":1.1111}]}}]}}}}",
        "<?xml version='1.0' encoding='UTF-8'?><QuerySkuPriceListResponse><Success>true</Success><Data><SkuPricePage>"
        "<TotalCount>1</TotalCount><NextPageToken></NextPageToken><SkuPriceList><SkuPricePageDTO><SkuFactorMap>"
        "<vm_region_no>cn-beijing-btc-a01</vm_region_no><instance_type>ecs.g7.xlarge</instance_type><vm_os_kind>linux"
        "</vm_os_kind></SkuFactorMap><CskuPriceList><CSkuPriceDTO><PriceType>hourPrice</"
        "PriceType><PriceMode>NORMAL_PRICE"
        "</PriceMode><Price>1.1111</Price><Currency>CNY</Currency><RangeList/></CSkuPriceDTO></CskuPriceList>"
        "</SkuPricePageDTO></SkuPriceList></SkuPricePage></Data></QuerySkuPriceListResponse>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct fetch_case c = where(machines, pages[i], 0);
        run(&c);
        fetch_case_expect(&c, "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,on-demand,,,hour,0,,,1.1111,CNY,incl,"
                              "0.06,2026-11-21");
        fetch_case_free(&c);
    }
}

#define DISK(category, level, type, price)                                                                             \
    "{\"SkuFactorMap\":{" BEIJING ",\"datadisk_category\":\"" category "\",\"datadisk_performance_level\":\"" level    \
    "\"},\"CskuPriceList\":[{\"PriceType\":\"" type "\",\"Currency\":\"CNY\",\"Price\":\"" price "\"}]}"

/* An hour was once kept as a month by others: the unit comes with the entry. */
static void storage_has_the_unit_of_its_entry(void **state)
{
    struct fetch_case c =
        where(disks,
              PAGE(DISK("cloud_essd", "PL0", "hourPrice", "0.00105") "," DISK(
                  "cloud_essd", "PL2", "monthPrice",
                  "2.00") "," DISK("cloud_essd", "PL9", "hourPrice",
                                   "7") "," DISK("cloud_essd", "0 P", "hourPrice",
                                                 "7") "," DISK("cloud_auto", "PL1", "hourPrice",
                                                               "0.001") "," DISK("cloud_auto", "PL3", "hourPrice",
                                                                                 "8") "," DISK("cloud", "", "yearPrice",
                                                                                               "9")),
              0);

    (void)state;
    run(&c);
    fetch_case_expect(&c,
                      "aliyun-cn,cn-beijing,block-storage,cloud_essd_pl0,,on-demand,,,GiB-hour,0,,,0.00105,CNY,incl,"
                      "0.06,2026-11-21");
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,block-storage,cloud_essd_pl2,,prepaid,,1,GiB-month,0,,,2,CNY,incl,0.06,"
                          "2026-11-21");
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,block-storage,cloud_auto,,on-demand,,,GiB-hour,0,,,0.001,CNY,incl,0.06,"
                          "2026-11-21");
    assert_int_equal(fetch_case_counted(&c, "cloud_essd without a performance level"), 2);
    assert_int_equal(fetch_case_counted(&c, "performance level of a disk that has none"), 1);
    assert_int_equal(fetch_case_counted(&c, "price of a disk other than by hour or month"), 1);
    fetch_case_free(&c);
}

static void a_list_that_goes_round_in_circles_is_refused(void **state)
{
    struct fetch_case c = china(both);

    (void)state;
    c.replace[0].name = "skus/ecs/instance_type/0002";
    c.replace[0].body = "{\"Success\":true,\"Data\":{\"SkuPricePage\":{\"NextPageToken\":\"AAAAAXb1\"}}}";
    refused(&c, "skus/ecs/instance_type/0002: the pages lead round in circles");
    c = where(machines, "{\"Success\":true,\"Data\":{\"SkuPricePage\":{\"TotalCount\":18700}}}", 0);
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "announced by a list, but on none of its pages"), 18700);
    fetch_case_free(&c);
}

/* ---- machines ---- */

static const char month[] = "machines/cn-beijing/ecs.g7.xlarge/month";
static const char month_essd[] = "machines/cn-beijing/ecs.g7.xlarge/month-essd";

/* The example of the documentation: 4,368 for a year with a 40 GiB disk, and no parts. */
static void a_total_with_disk_is_no_price_of_a_machine(void **state)
{
    static const char *const totals[] = {
        "{\"RequestId\":\"04F0F334-1335-436C-A1D7-6C044FE73368\",\"PriceInfo\":{\"Price\":{\"Currency\":\"CNY\","
        "\"DiscountPrice\":655.2,\"OriginalPrice\":4368,\"TradePrice\":3712.8},\"Rules\":{\"Rule\":[{\"Description\":"
        "\"Receive "
        "a 15% discount on a 1-year subscription\",\"RuleId\":\"ONE_YEAR_85_PERCENT\"}]}}}",
        "<DescribePriceResponse><PriceInfo><Price><Currency>CNY</Currency><DiscountPrice>655.2</DiscountPrice>"
        "<OriginalPrice>4368</OriginalPrice><TradePrice>3712.8</TradePrice></Price></PriceInfo></"
        "DescribePriceResponse>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        struct fetch_case c = where("machines/cn-beijing/ecs.g7.xlarge/year-essd", totals[i], 0);
        run(&c);
        assert_int_equal(fetch_case_counted(&c, "price with disk: the answer has no parts"), 1);
        assert_int_equal(fetch_case_count(&c, "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,prepaid,,12"), 0);
        fetch_case_free(&c);
    }
}

/* Parts stand in PriceInfo or in Price; amounts are numbers or texts, "0.4200"; 0 is no price. */
static void parts_are_found_where_they_stand(void **state)
{
    struct fetch_case c =
        where(month,
              "{\"PriceInfo\":{\"Price\":{\"Currency\":\"CNY\"},\"DetailInfos\":{\"DetailInfo\":[" PART(
                  "image", "0", "0") "," PART("instanceType", "\"502.4200\"", "\"400.10\"") "]}}}",
              0);

    (void)state;
    c.replace[1].name = "machines/cn-beijing/ecs.g7.xlarge/year";
    c.replace[1].body = PRICE("CNY", PART("instanceType", "0", "0"));
    run(&c);
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,prepaid,,1,term,0,,,502.42,CNY,incl,0.06,"
                          "2026-11-21");
    assert_int_equal(fetch_case_count(&c, "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,prepaid,"), 1);
    assert_int_equal(fetch_case_counted(&c, "no price, or 0"), 1);
    fetch_case_free(&c);
}

/* What the first answer taught is kept; a machine that takes neither disk is passed over. */
static void the_other_disk_is_asked_for_once(void **state)
{
    static const char no_disk[] = "{\"Code\":\"InvalidSystemDiskCategory.ValueNotSupported\",\"Message\":\"\"}";
    struct fetch_case c = where(month_essd, no_disk, 400);

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "machine that takes neither cloud_efficiency nor cloud_essd"), 1);
    assert_false(asked(&c, "machines/cn-beijing/ecs.g7.xlarge/year"));
    assert_false(asked(&c, "machines/cn-beijing/ecs.g7.xlarge/year-essd"));
    fetch_case_free(&c);
    /* essd for the month, refused for the year: back to the other. */
    c = where("machines/cn-beijing/ecs.g7.xlarge/year-essd", no_disk, 400);
    c.replace[1].name = "machines/cn-beijing/ecs.g7.xlarge/year";
    c.replace[1].body = PRICE("CNY", PART("instanceType", "6000", "5000"));
    run(&c);
    fetch_case_expect(&c, "aliyun-cn,cn-beijing,compute,ecs.g7.xlarge,linux,prepaid,,12,term,0,,,6000,CNY,incl,0.06,"
                          "2026-11-21");
    fetch_case_free(&c);
}

/* ---- what is no price ---- */

static void a_machine_that_is_not_sold_is_counted(void **state)
{
    static const struct {
        const char *code;
        int status;
        const char *counted;
    } rows[] = {
        {"PriceNotFound", 400, "machine not sold in the region"},
        {"InvalidInstanceType.ValueNotSupported", 400, "machine not sold in the region"},
        {"InvalidInstanceType.Missing", 404, "machine not sold in the region"},
        {"InstanceType.Offline", 403, "machine not sold in the region"},
        {"RegionUnauthorized", 403, "region not open to the account"},
        {"InvalidParameter.Mismatch", 400, "machine that cannot be asked for so (InvalidParameter.Mismatch)"},
    };
    char body[200];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(body, sizeof body,
                 i % 2 ? "<Error><RequestId>1</RequestId><Code>%s</Code><Message>m</Message></Error>"
                       : "{\"RequestId\":\"1\",\"HostId\":\"h\",\"Code\":\"%s\",\"Message\":\"m\"}",
                 rows[i].code);
        struct fetch_case c = where(month, body, rows[i].status);
        run(&c);
        assert_int_equal(fetch_case_counted(&c, rows[i].counted), 1);
        assert_false(asked(&c, "machines/cn-beijing/ecs.g7.xlarge/year"));
        fetch_case_free(&c);
    }
}

static void our_faults_and_permissions_stop_the_job(void **state)
{
    static const struct {
        const char *code;
        int status;
        const char *says;
    } rows[] = {
        {"SignatureDoesNotMatch", 403, "the secret does not belong to the key"},
        {"IllegalTimestamp", 400, "the clock of this computer is wrong"},
        {"IncompleteSignature", 400, "the signature is refused"},
        {"IdempotentParameterMismatch", 400, "the signature is refused"},
        {"InvalidAccessKeyId.NotFound", 404, "the key is not known"},
        {"InvalidAction.Unauthorized", 403, "it needs ecs:DescribePrice, bss:DescribePrice"},
        {"Forbbiden", 403, "the key may not ask for prices"},
        {"Forbidden", 403, "the key may not ask for prices"},
        {"Forbidden.RiskControl", 403, "the key may not ask for prices"},
        {"InvalidAction", 400, "older ones need a ticket"},
        {"InvalidApi.NotFound", 404, "does not know this question any more"},
        {"NotApplicable", 400, "the key belongs to the other site"},
        {"NotApplicable", 200, "the key belongs to the other site"},
        {"Surprise", 400, "refused with Surprise: testid"},
    };
    char body[200];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c;
        snprintf(body, sizeof body, "{\"Code\":\"%s\",\"Message\":\"testid\",\"Success\":false}", rows[i].code);
        static const char *const questions[] = {machines, "quotes/cn-beijing/eip-hour-hour", month};
        for (size_t q = 0; q < 3; q++) {
            c = where(questions[q], body, rows[i].status);
            refused(&c, rows[i].says);
        }
    }
}

/* Nothing is asked after that, least of all of the other site's hosts; and no message quotes the key. */
static void a_key_of_the_other_site_is_not_tried_elsewhere(void **state)
{
    struct fetch_case c = where(
        machines, "{\"Code\":\"NotApplicable\",\"Message\":\"This API is not applicable for caller. testid\"}", 400);
    struct err err;

    (void)state;
    assert_int_equal(fetch_case_run(&c, &err), -1);
    assert_int_equal(c.asked, 1);
    assert_null(strstr(err.text, "testid"));
    fetch_case_free(&c);
}

/* The account decides the currency, whatever the host: CNY is never a price of the International site. */
static void another_currency_than_the_sites_is_refused(void **state)
{
    struct fetch_case c = where(month, PRICE("USD", PART("instanceType", "1", "1")), 0);

    (void)state;
    refused(&c, "prices in 'USD', where aliyun-cn sells in CNY");
    c = where("quotes/cn-beijing/eip-hour-hour",
              "{\"Success\":true,\"Data\":{\"Currency\":\"JPY\",\"ModuleDetails\":{\"ModuleDetail\":[]}}}", 0);
    refused(&c, "prices in 'JPY'");
    c = where(traffic, FLOW("{\"Price\":\"1\"}"), 0);
    refused(&c, "prices in ''");
}

/* Asked too often, or a hiccup: the answer at hand only says to ask again. */
static void throttling_is_asked_again(void **state)
{
    static const char *const codes[] = {"Throttling", "Throttling.User", "InternalError", "ServiceUnavailable"};
    static const char *const questions[] = {machines, "quotes/cn-beijing/eip-hour-hour", month};
    char body[100];

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        for (size_t q = 0; q < 3; q++) {
            snprintf(body, sizeof body, "{\"Code\":\"%s\",\"Message\":\"Request was denied\"}", codes[i]);
            struct fetch_case c = where(questions[q], body, q == 1 ? 200 : 400);
            refused(&c, "only says to ask again later");
        }
}

/* Status 200 is no success: Success and Data decide, whatever the code says. */
static void success_and_data_decide(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"{\"Code\":\"Success\",\"Success\":false,\"Data\":{\"SkuPricePage\":{\"TotalCount\":0}}}",
         "refused with Success"},
        {"{\"Code\":\"Success\",\"Success\":true}", "no 'Data' in the answer"},
        {"{\"Success\":true,\"Data\":null}", "no 'Data' in the answer"},
        {"{\"Success\":true,\"Data\":{\"Other\":1}}", "no 'Data/SkuPricePage' in the answer"},
        {"{}", "no 'Data' in the answer"},
        {"{\"Code\":\"InvalidParameter\",\"Message\":\"CommodityCode\",\"Success\":false}",
         "refused with InvalidParameter: CommodityCode"},
        {"[]", "the answer is a list"},
        {"Bad Gateway", "not JSON"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = where(machines, rows[i].body, 0);
        refused(&c, rows[i].says);
    }
}

/* PRICING_PLAN_RESULT_NOT_FOUND is what a call does not price, not what is not sold. */
static void a_call_without_a_plan_is_counted_by_name(void **state)
{
    struct fetch_case c = where("quotes/cn-beijing/eip-3mbps-hour", NO_PLAN, 0);

    (void)state;
    c.replace[1].name = "quotes/cn-beijing/cloud_ssd-month";
    c.replace[1].body = "{\"Code\":\"InvalidParameter\",\"Message\":\"DataDisk\",\"Success\":false}";
    c.replace[2].name = "quotes/cn-beijing/eip-hour-hour";
    c.replace[2].body =
        "{\"Success\":true,\"Data\":{\"Currency\":\"CNY\",\"ModuleDetails\":{\"ModuleDetail\":[{\"ModuleCode\":"
        "\"Other\",\"OriginalCost\":5},{\"ModuleCode\":\"ISP\",\"OriginalCost\":0}]}}}";
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "not quoted: eip-3mbps (no pricing plan)"), 1);
    assert_int_equal(fetch_case_counted(&c, "not quoted: cloud_ssd (InvalidParameter)"), 1);
    assert_int_equal(fetch_case_counted(&c, "not quoted: cloud_essd_pl0 (no pricing plan)"), 1);
    assert_int_equal(fetch_case_counted(&c, "bandwidth that does not rise with every Mbps"), 1);
    assert_int_equal(fetch_case_count(&c, "aliyun-cn,cn-beijing,bandwidth"), 0);
    assert_int_equal(fetch_case_count(&c, "aliyun-cn,cn-beijing,public-ip"), 0);
    fetch_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_name_what_they_ask),
        cmocka_unit_test(modules_are_asked_for_one_by_one),
        cmocka_unit_test(machines_are_asked_for_by_month_and_year_where_they_are_sold),
        cmocka_unit_test(a_region_the_lists_do_not_know_is_asked_for_whole),
        cmocka_unit_test(prices_are_the_published_ones),
        cmocka_unit_test(nothing_is_said_to_be_complete),
        cmocka_unit_test(what_the_account_would_pay_is_kept_beside),
        cmocka_unit_test(the_international_site_has_its_own_book),
        cmocka_unit_test(a_flat_ladder_is_open),
        cmocka_unit_test(names_of_the_billing_are_no_regions),
        cmocka_unit_test(steps_of_traffic_are_tiers_of_the_month),
        cmocka_unit_test(lists_are_read_in_every_format),
        cmocka_unit_test(storage_has_the_unit_of_its_entry),
        cmocka_unit_test(a_list_that_goes_round_in_circles_is_refused),
        cmocka_unit_test(a_total_with_disk_is_no_price_of_a_machine),
        cmocka_unit_test(parts_are_found_where_they_stand),
        cmocka_unit_test(the_other_disk_is_asked_for_once),
        cmocka_unit_test(a_machine_that_is_not_sold_is_counted),
        cmocka_unit_test(our_faults_and_permissions_stop_the_job),
        cmocka_unit_test(a_key_of_the_other_site_is_not_tried_elsewhere),
        cmocka_unit_test(another_currency_than_the_sites_is_refused),
        cmocka_unit_test(throttling_is_asked_again),
        cmocka_unit_test(success_and_data_decide),
        cmocka_unit_test(a_call_without_a_plan_is_counted_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
