/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tencent Cloud over recorded answers, and over answers with each oddity of the source. Figures: the vendor's
 * samples and list of 2022-05-20, as fixtures/tencent/README.md says; sums by hand.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_tencent;

static const char *const guangzhou[] = {"ap-guangzhou", NULL};
static const char *const shanghai[] = {"ap-shanghai", NULL};
static const char *const singapore[] = {"ap-singapore", NULL};
static const char *const two[] = {"ap-guangzhou", "ap-shanghai", NULL};

#define AT(site_, regions_)                                                                                            \
    {                                                                                                                  \
        .fetcher = &fetcher_tencent, .site = (site_), .regions = (regions_)                                            \
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

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define G "tencent-cn,ap-guangzhou,"
#define CNY ",CNY,incl,,2026-11-21"
#define USD ",USD,excl,,2026-11-21"

/* Trap 1: a machine's price of this list is without disks, the disk stands beside it once. */
static void machines_and_disks_are_apart(void **state)
{
    static const char *const lines[] = {
        G "compute,S5.MEDIUM4,linux,on-demand,,,hour,0,,,0.28" CNY,
        G "compute,S5.MEDIUM4,linux,prepaid,,1,term,0,,,153" CNY,
        G "compute,S5.MEDIUM4,linux,prepaid,,12,term,0,,,1836" CNY,
        G "compute,S5.MEDIUM4,linux,prepaid,,36,term,0,,,5508" CNY,
        G "compute,SR1.MEDIUM4,linux,on-demand,,,hour,0,,,0.17" CNY,
        G "compute,GN10Xp.2XLARGE40,linux,on-demand,,,hour,0,,,11.98" CNY,
        G "block-storage,CLOUD_PREMIUM,,on-demand,,,GiB-hour,0,,,0.0009" CNY,
        G "block-storage,CLOUD_PREMIUM,,prepaid,,1,GiB-month,0,,,0.35" CNY,
        G "block-storage,CLOUD_HSSD,,on-demand,,,GiB-hour,0,,,0.0021" CNY,
    };
    struct fetch_case c = AT("tencent-cn", guangzhou);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    assert_int_equal(fetch_case_count(&c, G "compute,S5.MEDIUM4,"), 4); /* two zones, one row each */
    assert_int_equal(fetch_case_counted(&c, "repeated rows"), 0);
    assert_int_equal(fetch_case_counted(&c, "not sold in this configuration: "
                                            "InvalidParameterValue.DiskConfigNotSupported"),
                     2);
    assert_int_equal(c.pack.nwarnings, 0);
    fetch_case_free(&c);
}

/* Trap 8: 96 x 4.92 + 264 x 2.46 + 370 x 1.67 = 1739.66 in the first 730 hours of a machine; scope life. */
static void hourly_steps_count_the_life_of_a_machine(void **state)
{
    static const char *const lines[] = {
        G "compute,M5.2XLARGE64,linux,on-demand,,,hour,0,96,life,4.92" CNY,
        G "compute,M5.2XLARGE64,linux,on-demand,,,hour,96,360,life,2.46" CNY,
        G "compute,M5.2XLARGE64,linux,on-demand,,,hour,360,,life,1.67" CNY,
    };
    struct fetch_case c = AT("tencent-cn", guangzhou);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    /* Trap 5: sold out in one zone, sold in the other: the price is kept, and said. */
    assert_int_equal(fetch_case_counted(&c, "sold out at the moment"), 1);
    fetch_case_free(&c);
}

/* 8832 + 150 x 0.35 = 8884.5 and 15.95 + 150 x 0.0009 = 16.085: the vendor's own samples with 150 GiB. */
static void a_machine_and_its_disk_add_up_to_the_vendors_sample(void **state)
{
#define S "tencent-cn,ap-shanghai,"
    static const char *const lines[] = {
        S "compute,S5.16XLARGE256,linux,on-demand,,,hour,0,,,15.95" CNY,
        S "compute,S5.16XLARGE256,linux,prepaid,,1,term,0,,,8832" CNY,
        S "block-storage,CLOUD_PREMIUM,,prepaid,,1,GiB-month,0,,,0.35" CNY,
    };
    struct fetch_case c = AT("tencent-cn", shanghai);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    fetch_case_free(&c);
}

/* Trap 9: traffic is said to be by the hour and is by the GB. */
static void traffic_and_bandwidth(void **state)
{
    static const char *const lines[] = {
        G "egress,TRAFFIC_POSTPAID_BY_HOUR,,on-demand,,,GB,0,,,0.8" CNY,
        G "bandwidth,BANDWIDTH_POSTPAID_BY_HOUR,,on-demand,,,Mbps-hour,0,5,,0.063" CNY,
        G "bandwidth,BANDWIDTH_POSTPAID_BY_HOUR,,on-demand,,,Mbps-hour,5,,,0.25" CNY,
        G "bandwidth,BANDWIDTH_PREPAID,,prepaid,,1,Mbps-month,0,2,,20" CNY,
        G "bandwidth,BANDWIDTH_PREPAID,,prepaid,,1,Mbps-month,2,5,,25" CNY,
        G "bandwidth,BANDWIDTH_PREPAID,,prepaid,,1,Mbps-month,5,,,90" CNY,
    };
    struct fetch_case c = AT("tencent-cn", guangzhou);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    fetch_case_free(&c);
}

static void the_international_site_is_in_dollars_without_tax(void **state)
{
#define X "tencent-intl,ap-singapore,"
    static const char *const lines[] = {
        X "compute,S2.2XLARGE16,linux,on-demand,,,hour,0,96,life,0.3" USD,
        X "compute,S2.2XLARGE16,linux,on-demand,,,hour,360,,life,0.102" USD,
        X "compute,S5.LARGE8,linux,reserved,partial-upfront,12,term,0,,,412" USD,
        X "compute,S5.LARGE8,linux,reserved,partial-upfront,12,hour,0,,,0.05" USD,
        X "compute,S5.LARGE8,linux,reserved,no-upfront,12,hour,0,,,0.1" USD,
        X "compute,S5.LARGE16,linux,reserved,all-upfront,12,term,0,,,1200" USD,
        X "block-storage,CLOUD_BSSD,,on-demand,,,GiB-hour,0,,,0.00023" USD,
        X "egress,TRAFFIC_POSTPAID_BY_HOUR,,on-demand,,,GB,0,,,0.081" USD,
    };
    struct fetch_case c = AT("tencent-intl", singapore);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    assert_int_equal(fetch_case_count(&c, X "compute,S5."), 4);
    assert_int_equal(fetch_case_count(&c, X "bandwidth"), 0);
    assert_int_equal(fetch_case_counted(&c, "bandwidth with a total missing"), 0);
    fetch_case_free(&c);
}

/* Trap 16: each service has a limit of its own; questions are signed and go to the site's own hosts. */
static void questions_go_to_the_sites_own_hosts(void **state)
{
    static const struct {
        const char *site, *name, *url;
        int per_minute;
    } rows[] = {
        {"tencent-cn", "cvm", "https://cvm.tencentcloudapi.com", 600},
        {"tencent-cn", "cbs", "https://cbs.tencentcloudapi.com", 1200},
        {"tencent-cn", "vpc", "https://vpc.tencentcloudapi.com", 120},
        {"tencent-intl", "cvm", "https://cvm.intl.tencentcloudapi.com", 600},
        {"tencent-intl", "cbs", "https://cbs.intl.tencentcloudapi.com", 1200},
        {"tencent-intl", "vpc", "https://vpc.intl.tencentcloudapi.com", 120},
    };
    struct fetch_case c = AT("tencent-cn", two);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct fetch_endpoint *e = &fetcher_tencent.endpoints[i];
        assert_string_equal(e->site, rows[i].site);
        assert_string_equal(e->name, rows[i].name);
        assert_string_equal(e->url, rows[i].url);
        assert_int_equal(e->per_minute, rows[i].per_minute);
    }
    run(&c);
    assert_int_equal(c.asked, 2 * (2 + 10 + 1 + 12));
    assert_string_equal(c.names[0], "ap-guangzhou/machines-hour.json");
    assert_string_equal(c.urls[0], "https://cvm.tencentcloudapi.com/");
    assert_string_equal(c.names[2], "ap-guangzhou/disk-CLOUD_PREMIUM-hour.json");
    assert_string_equal(c.urls[2], "https://cbs.tencentcloudapi.com/");
    assert_string_equal(c.names[24], "ap-guangzhou/bandwidth-month-10.json");
    assert_string_equal(c.urls[24], "https://vpc.tencentcloudapi.com/");
    assert_string_equal(c.last_body, "{\"AddressType\":\"EIP\",\"InternetChargeType\":\"BANDWIDTH_PREPAID_BY_MONTH\","
                                     "\"InternetMaxBandwidthOut\":10,\"AddressChargePrepaid\":{\"Period\":1}}");
    fetch_case_free(&c);
}

/* Traps 2 and 6: what the account pays is kept beside the list price, never in its place. Year 0.83 of the list. */
static void the_accounts_prices_stand_beside_the_list(void **state)
{
    struct fetch_case c = AT("tencent-cn", guangzhou);

    (void)state;
    run(&c);
    assert_non_null(strstr(c.got.contracted.body,
                           "tencent-cn,ap-guangzhou,compute,S5.MEDIUM4,linux,prepaid,,12,term,0,1266.84,CNY\n"));
    assert_non_null(strstr(c.got.contracted.body,
                           "tencent-cn,ap-guangzhou,compute,S5.MEDIUM4,linux,prepaid,,1,term,0,133.11,CNY\n"));
    assert_non_null(strstr(c.got.tables[PACK_SOURCES].body, "public discount of a year"));
    fetch_case_free(&c);
}

static void machines_have_shapes(void **state)
{
    static const char *const rows[] = {
        "tencent,S5.MEDIUM4,compute,S5,compute,current,2,4,,0,amd64,no,5\n",
        "tencent,M5.2XLARGE64,compute,M5,memory,current,8,64,,0,amd64,no,5\n",
        "tencent,SR1.MEDIUM4,compute,SR1,compute,current,2,4,,0,arm64,no,1\n",
        "tencent,GN10Xp.2XLARGE40,compute,GN10Xp,gpu,current,10,40,,1,amd64,no,10\n",
    };
    struct fetch_case c = AT("tencent-cn", guangzhou);

    (void)state;
    run(&c);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strstr(c.got.tables[PACK_SHAPES].body, rows[i]) == NULL)
            fail_msg("no %s in\n%s", rows[i], c.got.tables[PACK_SHAPES].body);
    fetch_case_free(&c);
}

/* ---- one answer replaced ---- */

static char made[8192];

/* A list of machines of ap-guangzhou; "ZONE|TYPE|CHARGE|members of Price" each. */
static const char *list_of(const char *const *items, size_t n)
{
    size_t at = (size_t)snprintf(made, sizeof made, "{\"Response\":{\"InstanceTypeQuotaSet\":[");

    for (size_t i = 0; i < n; i++) {
        const char *zone = items[i], *type = strchr(zone, '|') + 1, *charge = strchr(type, '|') + 1,
                   *price = strchr(charge, '|') + 1;
        at += (size_t)snprintf(made + at, sizeof made - at,
                               "%s{\"Zone\":\"%.*s\",\"InstanceType\":\"%.*s\",\"InstanceChargeType\":\"%.*s\","
                               "\"InstanceFamily\":\"S5\",\"Cpu\":2,\"Memory\":4,\"Price\":{%s}}",
                               i > 0 ? "," : "", (int)(type - zone - 1), zone, (int)(charge - type - 1), type,
                               (int)(price - charge - 1), charge, price);
    }
    snprintf(made + at, sizeof made - at, "]}}");
    return made;
}

#define REPLACED(name_, body_)                                                                                         \
    {                                                                                                                  \
        .fetcher = &fetcher_tencent, .site = "tencent-cn", .regions = guangzhou, .replace = {                          \
            {.name = "ap-guangzhou/" name_ ".json", .body = (body_)}                                                   \
        }                                                                                                              \
    }

/* Traps 3, 4, 7: 0 and null are "not filled"; an answer to another question is none. */
static void what_is_not_the_price_asked_for_is_passed_over(void **state)
{
    static const char *const items[] = {
        /* the vendor's own sample: asked by the hour, prepaid numbers */
        "ap-guangzhou-6|S2.SMALL1|POSTPAID_BY_HOUR|\"UnitPrice\":0.0,\"OriginalPrice\":59.0,\"DiscountPrice\":59.0",
        "ap-guangzhou-6|S2.NULL|POSTPAID_BY_HOUR|\"UnitPrice\":null",
        "ap-guangzhou-6|S2.HOLE|POSTPAID_BY_HOUR|\"UnitPrice\":1.0,\"UnitPriceThirdStep\":0.5",
        "ap-guangzhou-6|S2.OTHER|PREPAID|\"UnitPrice\":1.0",
        "ap-shanghai-2|S2.AWAY|POSTPAID_BY_HOUR|\"UnitPrice\":1.0",
        "ap-guangzhou-fsi-1|S2.FSI|POSTPAID_BY_HOUR|\"UnitPrice\":1.0",
        "ap-guangzhoux1|S2.NEAR|POSTPAID_BY_HOUR|\"UnitPrice\":1.0",
        "ap-guangzhou-6|S2.GB|POSTPAID_BY_HOUR|\"UnitPrice\":1.0,\"ChargeUnit\":\"GB\"",
        "ap-guangzhou-6|S5.TEXT|POSTPAID_BY_HOUR|\"UnitPrice\":\"0.5\",\"ChargeUnit\":\"H\"", /* trap 12 */
    };
    struct fetch_case c = REPLACED("machines-hour", list_of(items, COUNT(items)));

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "compute,S2."), 0);
    fetch_case_expect(&c, G "compute,S5.TEXT,linux,on-demand,,,hour,0,,,0.5" CNY);
    assert_int_equal(fetch_case_counted(&c, "machine without a price for this charge"), 2);
    assert_int_equal(fetch_case_counted(&c, "machine with a step of its price missing"), 1);
    assert_int_equal(fetch_case_counted(&c, "machine of a charge that was not asked for"), 1);
    assert_int_equal(fetch_case_counted(&c, "machine of a zone outside the region"), 3);
    assert_int_equal(fetch_case_counted(&c, "machine not charged by the hour"), 1);
    fetch_case_free(&c);
}

/* Trap 5: each of both ways to say that there are none left. */
static void what_is_sold_out_is_kept_and_said(void **state)
{
    static const char *const items[] = {
        "ap-guangzhou-3|S5.A|POSTPAID_BY_HOUR|\"UnitPrice\":1},\"Status\":\"SOLD_OUT\",\"X\":{",
        "ap-guangzhou-3|S5.B|POSTPAID_BY_HOUR|\"UnitPrice\":1},\"Status\":\"SELL\",\"StatusCategory\":"
        "\"WithoutStock\",\"X\":{",
        "ap-guangzhou-3|S5.C|POSTPAID_BY_HOUR|\"UnitPrice\":1},\"Status\":\"SELL\",\"StatusCategory\":"
        "\"UnderStock\",\"X\":{",
    };
    struct fetch_case c = REPLACED("machines-hour", list_of(items, COUNT(items)));

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "compute,S5.A,linux,on-demand"), 1);
    assert_int_equal(fetch_case_count(&c, G "compute,S5.B,linux,on-demand"), 1);
    assert_int_equal(fetch_case_counted(&c, "sold out at the moment"), 2);
    fetch_case_free(&c);
}

/* Zones that contradict each other: both ladders are kept whole, so that the price is ambiguous. */
static void zones_with_other_prices_are_ambiguous(void **state)
{
    static const char *const items[] = {
        "ap-guangzhou-3|S5.A|POSTPAID_BY_HOUR|\"UnitPrice\":4,\"UnitPriceSecondStep\":2,\"UnitPriceThirdStep\":1",
        "ap-guangzhou-4|S5.A|POSTPAID_BY_HOUR|\"UnitPrice\":4,\"UnitPriceSecondStep\":2,\"UnitPriceThirdStep\":1",
        "ap-guangzhou-6|S5.A|POSTPAID_BY_HOUR|\"UnitPrice\":3",
    };
    struct fetch_case c = REPLACED("machines-hour", list_of(items, COUNT(items)));

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "compute,S5.A,"), 6);
    assert_int_equal(fetch_case_counted(&c, "machine with different prices in the zones of a region"), 1);
    assert_int_equal(c.pack.nwarnings > 0, 1);
    fetch_case_free(&c);
}

static void prepaid_zones_with_other_prices_are_ambiguous(void **state)
{
    static const char *const items[] = {
        "ap-guangzhou-3|S5.A|PREPAID|\"OriginalPrice\":10,\"OriginalPriceOneYear\":120",
        "ap-guangzhou-6|S5.A|PREPAID|\"OriginalPrice\":11,\"OriginalPriceOneYear\":120",
    };
    struct fetch_case c = REPLACED("machines-prepaid", list_of(items, COUNT(items)));

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "compute,S5.A,linux,prepaid,,1,"), 2);
    assert_int_equal(fetch_case_count(&c, G "compute,S5.A,linux,prepaid,,12,"), 1);
    assert_int_equal(fetch_case_counted(&c, "a second, different price for the same key: ambiguous"), 1);
    fetch_case_free(&c);
}

/* Trap 23: the console wraps the answer and writes the years with an s. 708.0 x 0.83 = 587.64, its sample. */
static void the_years_of_the_console_are_read_too(void **state)
{
    struct fetch_case c = REPLACED(
        "machines-prepaid",
        "{\"code\":0,\"data\":{\"Response\":{\"InstanceTypeQuotaSet\":[{\"Zone\":\"ap-guangzhou-6\","
        "\"InstanceType\":\"S2.SMALL1\",\"InstanceChargeType\":\"PREPAID\",\"InstanceFamily\":\"S2\",\"Cpu\":1,"
        "\"Memory\":1,\"Price\":{\"OriginalPrice\":59.0,\"OriginalPriceOneYear\":708.0,\"DiscountPriceOneYear\":587.64,"
        "\"OriginalPriceThreeYears\":2124.0,\"OriginalPriceFiveYears\":\"3540\"}}]}}}");

    (void)state;
    run(&c);
    fetch_case_expect(&c, G "compute,S2.SMALL1,linux,prepaid,,1,term,0,,,59" CNY);
    fetch_case_expect(&c, G "compute,S2.SMALL1,linux,prepaid,,12,term,0,,,708" CNY);
    fetch_case_expect(&c, G "compute,S2.SMALL1,linux,prepaid,,36,term,0,,,2124" CNY);
    fetch_case_expect(&c, G "compute,S2.SMALL1,linux,prepaid,,60,term,0,,,3540" CNY);
    assert_non_null(strstr(c.got.contracted.body, "S2.SMALL1,linux,prepaid,,12,term,0,587.64,CNY\n"));
    fetch_case_free(&c);
}

/* Traps 10, 11: the exact text wins over the rounded number, and it is the total of 1000 GiB. */
static void a_disk_is_the_total_divided(void **state)
{
    static const struct {
        const char *price, *line;
    } rows[] = {
        {"\"UnitPrice\":0.04,\"UnitPriceHigh\":\"0.042\",\"ChargeUnit\":\"HOUR\"", "0.000042"},
        {"\"UnitPrice\":0.9,\"UnitPriceHigh\":null,\"ChargeUnit\":\"H\"", "0.0009"},
        {"\"UnitPrice\":\"2.5\"", "0.0025"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char body[256], line[256];
        snprintf(body, sizeof body, "{\"Response\":{\"DiskPrice\":{%s}}}", rows[i].price);
        snprintf(line, sizeof line, G "block-storage,CLOUD_PREMIUM,,on-demand,,,GiB-hour,0,,,%s" CNY, rows[i].line);
        struct fetch_case c = REPLACED("disk-CLOUD_PREMIUM-hour", body);
        run(&c);
        fetch_case_expect(&c, line);
        fetch_case_free(&c);
    }
}

static void a_disk_without_a_price_is_counted(void **state)
{
    struct fetch_case c =
        REPLACED("disk-CLOUD_PREMIUM-hour", "{\"Response\":{\"DiskPrice\":{\"UnitPrice\":0.0,\"OriginalPrice\":35}}}");

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "block-storage,CLOUD_PREMIUM,,on-demand"), 0);
    assert_int_equal(fetch_case_counted(&c, "disk without a price for this charge"), 1);
    fetch_case_free(&c);
}

/* 0.063 printed as 0.06 makes totals of which no ladder can be read: no price, and said so. */
static void rounded_totals_make_no_ladder(void **state)
{
    struct fetch_case c = REPLACED("bandwidth-hour-2", "{\"Response\":{\"Price\":{\"AddressPrice\":{\"UnitPrice\":0.13,"
                                                       "\"DiscountPrice\":0.13,\"ChargeUnit\":\"HOUR\"}}}}");

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "bandwidth,BANDWIDTH_POSTPAID_BY_HOUR"), 0);
    assert_int_equal(fetch_case_count(&c, G "bandwidth,BANDWIDTH_PREPAID,"), 3);
    assert_int_equal(fetch_case_counted(&c, "bandwidth whose totals make no ladder with steps at 2 and 5 Mbps"), 1);
    fetch_case_free(&c);
}

static void a_missing_total_makes_no_ladder(void **state)
{
    struct fetch_case c = REPLACED("bandwidth-month-3", "{\"Response\":{\"Price\":{\"AddressPrice\":{\"OriginalPrice\":"
                                                        "0}}}}");

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, G "bandwidth,BANDWIDTH_PREPAID,"), 0);
    assert_int_equal(fetch_case_counted(&c, "bandwidth with a total missing"), 1);
    fetch_case_free(&c);
}

/* ---- refusals ---- */

#define ERROR(code) "{\"Response\":{\"Error\":{\"Code\":\"" code "\",\"Message\":\"no\"},\"RequestId\":\"r\"}}"

/* Traps 13, 14, 15: an error with status 200 is one; broken JSON is refused with its place. */
static void what_stops_the_job(void **state)
{
    static const struct {
        const char *body, *says;
        int status;
    } rows[] = {
        {ERROR("AuthFailure.SecretIdNotFound"),
         "the key is not accepted at this site: AuthFailure.SecretIdNotFound (no)", 0},
        {ERROR("AuthFailure.SignatureExpire"), "the clock is more than 5 minutes off", 0},
        {ERROR("AuthFailure.SignatureFailure"), "the key is not accepted", 403},
        {ERROR("UnauthorizedOperation"), "the key may not ask for prices", 0},
        {ERROR("ActionOffline"), "the call is no longer there", 0},
        {ERROR("InvalidParameterValuable"), "InvalidParameterValuable: no", 0},
        {ERROR("RequestLimitExceeded"), "only says to ask again later", 0},
        {ERROR("InternalError.TradeUnknownError"), "only says to ask again later", 0},
        {"{\"code\":0}", "no 'Response' in the answer", 0},
        {"{\"Response\":{}}", "no 'InstanceTypeQuotaSet' in the answer", 0},
        {"{\"Response\":{\"A\":1 \"B\":2}}", "not JSON at byte 19", 0},
        {"<html>", "not JSON at byte 0", 0},
        {"{\"Response\":{\"InstanceTypeQuotaSet\":[{}]}}", "a machine without InstanceType", 0},
        {"{\"Response\":{\"InstanceTypeQuotaSet\":[{\"Zone\":\"ap-guangzhou-1\",\"InstanceType\":\"S5.A\","
         "\"InstanceChargeType\":\"POSTPAID_BY_HOUR\",\"Price\":{\"UnitPrice\":\"-1\"}}]}}",
         "S5.A: UnitPrice: '-1' is no amount", 0},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetch_case c = REPLACED("machines-hour", rows[i].body);
        c.replace[0].status = rows[i].status;
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' lacks '%s'", err.text, rows[i].says);
        assert_int_equal(c.asked, 1);
        fetch_case_free(&c);
    }
}

/* Traps 17, 18: a region that is gone is left at once; a refusal within the account's limits is "not known". */
static void what_is_refused_is_counted(void **state)
{
    struct fetch_case c = {
        .fetcher = &fetcher_tencent,
        .site = "tencent-cn",
        .regions = two,
        .replace = {{.name = "ap-guangzhou/machines-hour.json", .body = ERROR("UnsupportedRegion")},
                    {.name = "ap-shanghai/machines-prepaid.json", .body = ERROR("LimitExceeded.InstanceQuota")}}};

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 1 + 25);
    assert_int_equal(fetch_case_count(&c, G), 0);
    assert_int_equal(fetch_case_count(&c, S "compute,S5.16XLARGE256"), 1);
    assert_int_equal(fetch_case_counted(&c, "a region the provider does not know: UnsupportedRegion"), 1);
    assert_int_equal(fetch_case_counted(&c, "not answered for this account: LimitExceeded.InstanceQuota"), 1);
    assert_false(fetch_case_scope(&c, "ap-shanghai,compute,yes"));
    assert_true(fetch_case_scope(&c, "ap-shanghai,compute,no"));
    fetch_case_free(&c);
}

/* Trap 19: the list is that of Linux; what Windows costs is not guessed from it, and its rows stay as they are. */
static void windows_is_not_guessed(void **state)
{
    struct fetch_case c = AT("tencent-cn", guangzhou);

    (void)state;
    run(&c);
    assert_null(strstr(c.got.tables[PACK_PRICES].body, "windows"));
    assert_true(fetch_case_scope(&c, "ap-guangzhou,compute,no"));
    fetch_case_free(&c);
}

/* ---- reservations ---- */

#define OFFERING(type, kind, fixed, usage, more)                                                                       \
    "{\"Zone\":\"ap-singapore-1\",\"CurrencyCode\":\"USD\",\"InstanceType\":\"" type "\",\"OfferingType\":\"" kind     \
    "\",\"ProductDescription\":\"linux\",\"FixedPrice\":" fixed ",\"UsagePrice\":" usage more "}"
#define YEAR ",\"Duration\":31536000"

static struct fetch_case offerings(const char *body)
{
    return (struct fetch_case){.fetcher = &fetcher_tencent,
                               .site = "tencent-intl",
                               .regions = singapore,
                               .replace = {{.name = "ap-singapore/offerings-0.json", .body = body},
                                           {.name = "ap-singapore/offerings-1.json", .body = body}}};
}

static const char *page(int total, const char *const *list, size_t n)
{
    size_t at = (size_t)snprintf(made, sizeof made,
                                 "{\"Response\":{\"TotalCount\":%d,\"ReservedInstancesOfferingsSet\":[", total);

    for (size_t i = 0; i < n; i++)
        at += (size_t)snprintf(made + at, sizeof made - at, "%s%s", i > 0 ? "," : "", list[i]);
    snprintf(made + at, sizeof made - at, "]}}");
    return made;
}

static void odd_reservations_are_passed_over(void **state)
{
    static const char *const list[] = {
        OFFERING("S5.A", "No Upfront", "0", "0", YEAR),
        OFFERING("S5.B", "Partial Upfront", "10", "0", YEAR),
        OFFERING("S5.C", "All Upfront", "10", "0", ",\"Duration\":1000"),
        OFFERING("S5.D", "Later", "10", "0", YEAR),
        OFFERING("S5.E", "Partial Upfront", "10", "0.1", YEAR),
        OFFERING("S5.E", "Partial Upfront", "10", "0.2", YEAR),
        OFFERING("S5.F", "All Upfront", "94", "0", ",\"Duration\":94608000"),
        OFFERING("S5.G", "All Upfront", "1", "2", YEAR),
        OFFERING("S5.I", "No Upfront", "1", "2", YEAR),
        "{\"CurrencyCode\":\"CNY\",\"InstanceType\":\"S5.H\",\"OfferingType\":\"All Upfront\",\"FixedPrice\":1,"
        "\"ProductDescription\":\"linux\"" YEAR "}",
    };
    struct fetch_case c = offerings(page(10, list, COUNT(list)));

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, X "compute,S5."), 1);
    fetch_case_expect(&c, X "compute,S5.F,linux,reserved,all-upfront,36,term,0,,,94" USD);
    assert_int_equal(fetch_case_counted(&c, "reservation without a part of its price"), 4);
    assert_int_equal(fetch_case_counted(&c, "reservation of an unknown kind, system or duration"), 2);
    assert_int_equal(fetch_case_counted(&c, "reservation with different prices in the zones of a region"), 2);
    assert_int_equal(fetch_case_counted(&c, "reservation in a currency that is not the site's"), 1);
    fetch_case_free(&c);
}

static void reservations_come_in_pages(void **state)
{
    static const char *const list[] = {OFFERING("S5.A", "No Upfront", "0", "0.3", YEAR)};
    struct fetch_case c = offerings(page(2, list, COUNT(list)));

    (void)state;
    run(&c);
    assert_string_equal(c.names[c.asked - 1], "ap-singapore/offerings-1.json");
    assert_string_equal(c.last_body, "{\"Offset\":1,\"Limit\":100}");
    fetch_case_expect(&c, X "compute,S5.A,linux,reserved,no-upfront,12,hour,0,,,0.3" USD);
    fetch_case_free(&c);
}

static void fewer_reservations_than_promised_are_refused(void **state)
{
    struct fetch_case c = offerings("{\"Response\":{\"TotalCount\":3,\"ReservedInstancesOfferingsSet\":[]}}");
    struct err err;

    (void)state;
    assert_int_equal(fetch_case_run(&c, &err), -1);
    assert_non_null(strstr(err.text, "0 reservations instead of TotalCount"));
    fetch_case_free(&c);
}

static void refused_reservations_end_the_questions_about_them(void **state)
{
    struct fetch_case c = offerings(ERROR("UnsupportedOperation"));

    (void)state;
    run(&c);
    assert_string_equal(c.names[c.asked - 1], "ap-singapore/offerings-0.json");
    assert_int_equal(fetch_case_counted(&c, "not answered for this account: UnsupportedOperation"), 1);
    fetch_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_and_disks_are_apart),
        cmocka_unit_test(hourly_steps_count_the_life_of_a_machine),
        cmocka_unit_test(a_machine_and_its_disk_add_up_to_the_vendors_sample),
        cmocka_unit_test(traffic_and_bandwidth),
        cmocka_unit_test(the_international_site_is_in_dollars_without_tax),
        cmocka_unit_test(questions_go_to_the_sites_own_hosts),
        cmocka_unit_test(the_accounts_prices_stand_beside_the_list),
        cmocka_unit_test(machines_have_shapes),
        cmocka_unit_test(what_is_not_the_price_asked_for_is_passed_over),
        cmocka_unit_test(what_is_sold_out_is_kept_and_said),
        cmocka_unit_test(zones_with_other_prices_are_ambiguous),
        cmocka_unit_test(prepaid_zones_with_other_prices_are_ambiguous),
        cmocka_unit_test(the_years_of_the_console_are_read_too),
        cmocka_unit_test(a_disk_is_the_total_divided),
        cmocka_unit_test(a_disk_without_a_price_is_counted),
        cmocka_unit_test(rounded_totals_make_no_ladder),
        cmocka_unit_test(a_missing_total_makes_no_ladder),
        cmocka_unit_test(what_stops_the_job),
        cmocka_unit_test(what_is_refused_is_counted),
        cmocka_unit_test(windows_is_not_guessed),
        cmocka_unit_test(odd_reservations_are_passed_over),
        cmocka_unit_test(reservations_come_in_pages),
        cmocka_unit_test(fewer_reservations_than_promised_are_refused),
        cmocka_unit_test(refused_reservations_end_the_questions_about_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
