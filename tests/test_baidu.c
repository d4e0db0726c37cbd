/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Baidu AI Cloud over recorded answers, and over answers with each oddity of the source. What figures stand
 * for is in fixtures/baidu/README.md; sums by hand.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_baidu;

static const char *const beijing[] = {"bj", NULL};
static const struct fetch_sku known[] = {
    {"block-storage", "hdd", "", ""}, {"compute", "bcc.g5.c2m8", "2", "8"}, {"compute", "bcc.gone.c1m1", "1", "1"}};

#define AT(...)                                                                                                        \
    {                                                                                                                  \
        .fetcher = &fetcher_baidu, .site = "baidu-cn", .regions = beijing, __VA_ARGS__                                 \
    }
#define BJ "baidu-cn,bj,"
#define CNY ",CNY,incl,,2026-11-21"

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

static void fails(struct fetch_case *c, const char *says)
{
    struct err err;

    assert_int_equal(fetch_case_run(c, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("said: %s", err.text);
    fetch_case_free(c);
}

static bool asked(const struct fetch_case *c, const char *name)
{
    const char(*names)[sizeof c->names[0]] = c->names;

    for (size_t i = c->asked < 64 ? c->asked : 64; i-- > 0;)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

/* Trap 3: by the minute as published, not by the hour. Traps 5 and 6: texts; every size by its own name. */
static void machines_are_priced_by_family(void **state)
{
    static const char *const lines[] = {
        BJ "compute,bcc.g5.c2m8,linux,on-demand,,,minute,0,,,0.00736" CNY,
        BJ "compute,bcc.g5.c4m16,linux,on-demand,,,minute,0,,,0.01472" CNY,
        BJ "compute,bcc.g5.c2m8,linux,prepaid,,1,term,0,,,212" CNY,
        BJ "compute,bcc.g5.c4m16,linux,prepaid,,1,term,0,,,424" CNY,
        BJ "compute,bcc.g5.c2m8,linux,prepaid,,12,term,0,,,2544" CNY,
        BJ "compute,bcc.g5.c2m8,linux,prepaid,,24,term,0,,,5088" CNY,
        BJ "compute,bcc.g5.c4m16,linux,prepaid,,36,term,0,,,15264" CNY,
    };
    struct fetch_case c = AT();

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_int_equal(fetch_case_count(&c, BJ "compute,"), 10);
    /* Trap 7: sold out is no reason to forget a price; 5 questions have one such size. */
    assert_int_equal(fetch_case_counted(&c, "not sold now"), 5);
    /* Trap 8: an empty list is no price of 0; the other family is refused once and empty four times. */
    assert_int_equal(fetch_case_counted(&c, "a family that is not sold this way"), 4);
    assert_int_equal(fetch_case_counted(&c, "not sold here: Instance.NotSupportInstanceTypeException"), 1);
    assert_non_null(strstr(c.got.contracted.body, "bcc.g5.c2m8,linux,prepaid,,12,term,0,2111.52,CNY"));
    assert_int_equal(fetch_case_counted(&c, "a group of bare metal"), 1);
    assert_true(fetch_case_scope(&c, "bj,compute,no"));
    assert_string_equal(c.urls[0], "https://bcc.bj.baidubce.com/v2/instance/flavorSpec");
    fetch_case_free(&c);
}

static void sizes_become_shapes(void **state)
{
    struct fetch_case c = AT();

    (void)state;
    run(&c);
    const char *shapes = c.got.tables[PACK_SHAPES].body;
    assert_non_null(strstr(shapes, "\nbaidu,bcc.g5.c2m8,compute,g5,general,current,2,8,,0,amd64,no,5\n"));
    assert_non_null(
        strstr(shapes, "\nbaidu,bcc.hgn5IB.c116m978.8A100-80g,compute,hgn5IB,gpu,current,116,978,,8,amd64,no,5\n"));
    fetch_case_free(&c);
}

/* Traps 10 and 11: one machine, and a length even for what has none. */
static void questions_say_count_and_length(void **state)
{
    static const char sizes[] = "{\"zoneResources\":[{\"zoneName\":\"cn-bj-d\",\"bccResources\":{\"flavorGroups\":[{"
                                "\"flavors\":[{\"spec\":\"bcc.g5.c2m8\",\"specId\":\"g5\",\"cpuCount\":2,"
                                "\"memoryCapacityInGB\":8}]}]}}]}";
    struct fetch_case c = AT(.replace = {{.name = "bj/sizes.json", .body = sizes},
                                         {.name = "bj/machines-g5-minute.json", .body = "{\"x\":1}"}});
    struct err err;

    (void)state;
    assert_int_equal(fetch_case_run(&c, &err), -1); /* so that the last question is this one */
    assert_non_null(strstr(err.text, "bj/machines-g5-minute.json: no 'price' in the answer"));
    assert_string_equal(c.last_body, "{\"specId\":\"g5\",\"paymentTiming\":\"Postpaid\",\"zoneName\":\"cn-bj-d\","
                                     "\"purchaseCount\":1,\"purchaseLength\":1}");
    fetch_case_free(&c);
}

/* Trap 6: what answers for another family is not taken for this one. */
static void other_families_are_not_taken(void **state)
{
    static const char body[] = "{\"price\":[{\"specId\":\"c5\",\"specPrices\":[{\"spec\":\"bcc.c5.c2m4\",\"specPrice\":"
                               "\"1\",\"status\":\"available\"}]},{\"specId\":\"g5\",\"specPrices\":[{\"spec\":"
                               "\"bcc.g5.c8m32\",\"specPrice\":\"0.03\",\"status\":\"available\"},{\"spec\":"
                               "\"bcc.g5.c1m4\",\"specPrice\":\"0\",\"status\":\"available\"},{\"spec\":"
                               "\"bcc.g5.c3m1\",\"status\":\"available\"}]}]}";
    struct fetch_case c = AT(.replace = {{.name = "bj/machines-g5-minute.json", .body = body}});

    (void)state;
    run(&c);
    fetch_case_expect(&c, BJ "compute,bcc.g5.c8m32,linux,on-demand,,,minute,0,,,0.03" CNY);
    assert_int_equal(fetch_case_count(&c, BJ "compute,bcc.c5"), 0);
    assert_int_equal(fetch_case_counted(&c, "a size of a family that was not asked about"), 1);
    assert_int_equal(fetch_case_counted(&c, "a size without a price"), 2);
    fetch_case_free(&c);
}

/* Trap 9: type and size are matched; 0.0007 of 100 GB a minute is 0.000007 a GB. Without a unit it is by the
 * minute, or for the month that was asked about. */
static void disks_are_divided_by_their_size(void **state)
{
    struct fetch_case c = AT();

    (void)state;
    run(&c);
    fetch_case_expect(&c, BJ "block-storage,hdd,,on-demand,,,GB-minute,0,,,0.000007" CNY);
    fetch_case_expect(&c, BJ "block-storage,hdd,,prepaid,,1,GB-month,0,,,0.3" CNY);
    fetch_case_expect(&c, BJ "block-storage,cloud_hp1,,on-demand,,,GB-minute,0,,,0.000023" CNY);
    fetch_case_expect(&c, BJ "block-storage,cloud_hp1,,prepaid,,1,GB-month,0,,,1" CNY);
    assert_int_equal(fetch_case_count(&c, BJ "block-storage,"), 4);
    assert_int_equal(fetch_case_counted(&c, "a disk that is not sold this way"), 6);
    fetch_case_free(&c);
}

static void disks_with_odd_units_are_passed_over(void **state)
{
#define DISK(unit) "{\"price\":[{\"storageType\":\"hdd\",\"cdsSizeInGB\":100,\"price\":1.2,\"unit\":\"" unit "\"}]}"
    static const struct {
        const char *question, *body, *line, *counted;
    } rows[] = {
        {"bj/disk-hdd-minute.json", DISK("hour"), BJ "block-storage,hdd,,on-demand,,,GB-hour,0,,,0.012" CNY, NULL},
        {"bj/disk-hdd-minute.json", DISK("second"), NULL, "a price with a unit that is not known: second"},
        {"bj/disk-hdd-minute.json", DISK("元/分钟"), NULL, "a price with a unit that is not known: other words"},
        {"bj/disk-hdd-minute.json", DISK("month"), NULL, "a price with a unit that is not known: month"},
        {"bj/disk-hdd-month.json", DISK("minute"), NULL, "a price with a unit that is not known: minute"},
        {"bj/disk-hdd-month.json",
         "{\"price\":[{\"storageType\":\"hdd\",\"cdsSizeInGB\":100,\"price\":0.00000000001}]}", NULL,
         "a disk whose price of one GB is not exact"},
        {"bj/disk-hdd-month.json", "{\"price\":[{\"storageType\":\"hdd\",\"cdsSizeInGB\":100,\"price\":0}]}", NULL,
         "a disk that is not sold this way"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = AT(.replace = {{.name = rows[i].question, .body = rows[i].body}});
        run(&c);
        if (rows[i].line != NULL)
            fetch_case_expect(&c, rows[i].line);
        if (rows[i].counted != NULL && fetch_case_counted(&c, rows[i].counted) == 0)
            fail_msg("not counted: %s", rows[i].counted);
        fetch_case_free(&c);
    }
}

/* Trap 4: number and unit in one text. 0.01631 - 0.01165 = 0.00466 a minute for the sixth Mbps; 195 - 115 = 80
 * a month. */
static void traffic_and_bandwidth_have_their_unit_in_the_text(void **state)
{
    static const char *const lines[] = {
        BJ "egress,eip-BGP-traffic,,on-demand,,,GB,0,,,0.76" CNY,
        BJ "bandwidth,eip-BGP,,on-demand,,,Mbps-minute,0,5,,0.00233" CNY,
        BJ "bandwidth,eip-BGP,,on-demand,,,Mbps-minute,5,,,0.00466" CNY,
        BJ "bandwidth,eip-BGP,,prepaid,,1,Mbps-month,0,5,,23" CNY,
        BJ "bandwidth,eip-BGP,,prepaid,,1,Mbps-month,5,,,80" CNY,
    };
    struct fetch_case c = AT();

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_int_equal(fetch_case_counted(&c, "a fee of an address billed by traffic, due at times not published"), 1);
    fetch_case_free(&c);
}

static void odd_prices_of_addresses_are_passed_over(void **state)
{
    static const struct {
        const char *question, *body, *counted;
    } rows[] = {
        {"bj/eip-traffic.json", "{\"prices\":{\"netrafficPrice\":\"0.76/MB\"}}",
         "a price with a unit that is not known: MB"},
        {"bj/eip-traffic.json", "{\"prices\":{\"netrafficPrice\":\"0.76\"}}",
         "a price with a unit that is not known: none"},
        {"bj/eip-traffic.json", "{\"prices\":{\"netrafficPrice\":\"0/GB\"}}", "traffic without a price"},
        {"bj/eip-traffic.json", "{\"prices\":{}}", "traffic without a price"},
        {"bj/eip-minute-5.json", "{\"prices\":{\"configPrice\":\"0.00233/hour\"}}",
         "a price with a unit that is not known: hour"},
        {"bj/eip-minute-5.json", "{\"prices\":{\"configPrice\":\"0.01165\"}}",
         "a price with a unit that is not known: none"},
        {"bj/eip-minute-5.json", "{\"prices\":{}}", "bandwidth with a total missing"},
        {"bj/eip-minute-1.json", "{\"code\":\"NoSuchKey\",\"message\":\"no\"}", "bandwidth with a total missing"},
        {"bj/eip-minute-10.json", "{\"prices\":{\"configPrice\":\"0.09/minute\"}}",
         "bandwidth whose totals make no ladder with a step at 5 Mbps"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = AT(.replace = {{.name = rows[i].question, .body = rows[i].body}});
        run(&c);
        if (fetch_case_counted(&c, rows[i].counted) == 0)
            fail_msg("not counted: %s", rows[i].counted);
        if (strstr(rows[i].question, "traffic") != NULL)
            assert_int_equal(fetch_case_count(&c, BJ "egress,"), 0);
        else
            assert_int_equal(fetch_case_count(&c, BJ "bandwidth,eip-BGP,,on-demand"), 0);
        fetch_case_free(&c);
    }
}

/* Reservations of what the program knows and the region sells; a list price that is not what is paid first is
 * not understood, so it is none. */
static void reservations_are_asked_by_name(void **state)
{
    struct fetch_case c = AT(.skus = known, .nskus = 3);

    (void)state;
    run(&c);
    fetch_case_expect(&c, BJ "compute,bcc.g5.c2m8,linux,reserved,all-upfront,12,term,0,,,2111.52" CNY);
    assert_int_equal(fetch_case_count(&c, BJ "compute,bcc.g5.c2m8,linux,reserved"), 1);
    assert_int_equal(fetch_case_counted(&c, "a reservation whose list price is not what is paid first"), 1);
    assert_true(asked(&c, "bj/reserved-bcc.g5.c2m8-12.json") && asked(&c, "bj/reserved-bcc.g5.c2m8-36.json"));
    assert_false(asked(&c, "bj/reserved-bcc.gone.c1m1-12.json"));
    assert_non_null(strstr(c.last_body, "\"spec\":\"bcc.g5.c2m8\",\"offeringType\":\"FullyPrepay\","
                                        "\"reservedInstanceTime\":36,\"scope\":\"AZ\",\"zoneName\":\"cn-bj-a\""));
    fetch_case_free(&c);
}

static void a_reservation_of_another_machine_is_none(void **state)
{
    struct fetch_case c = AT(.skus = known, .nskus = 3,
                             .replace = {{.name = "bj/reserved-bcc.g5.c2m8-12.json",
                                          .body = "{\"spec\":\"bcc.g5.c4m16\",\"catagoryPrice\":1,"
                                                  "\"prePaidSpecPrice\":1}"}});

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, BJ "compute,bcc.g5.c2m8,linux,reserved"), 0);
    assert_int_equal(fetch_case_counted(&c, "a reservation without a price"), 1);
    fetch_case_free(&c);
}

/* Trap 12: the currency is the site's, in Singapore as well. */
static void singapore_is_priced_in_the_currency_of_the_site(void **state)
{
    static const char *const singapore[] = {"sin", NULL};
    static const char body[] = "{\"zoneResources\":[],\"price\":[],\"prices\":{\"netrafficPrice\":\"0.9/GB\"}}";
    struct fetch_case c = AT(.replace = {{.name = "*", .body = body}});

    (void)state;
    c.regions = singapore;
    run(&c);
    fetch_case_expect(&c, "baidu-cn,sin,egress,eip-BGP-traffic,,on-demand,,,GB,0,,,0.9" CNY);
    assert_string_equal(c.urls[1], "https://eip.sin.baidubce.com/v1/eip/price");
    fetch_case_free(&c);
}

static void a_region_without_hosts_is_not_asked(void **state)
{
    static const char *const elsewhere[] = {"mars", "sin", NULL};
    struct fetch_case c = AT(.replace = {{.name = "*", .body = "{\"zoneResources\":[],\"prices\":{}}"}});

    (void)state;
    c.regions = elsewhere;
    run(&c);
    assert_string_equal(c.names[0], "sin/sizes.json");
    assert_int_equal(fetch_case_counted(&c, "a region no host is known for"), 1);
    fetch_case_free(&c);
}

/* Trap 13: keys in any order, blanks about the id. Trap 15: an old signature is the clock's fault. */
static void refusals_are_understood(void **state)
{
    static const struct {
        int status;
        const char *body, *says;
    } rows[] = {
        {403, "{\"message\":\"Access denied\",\"requestId\":\" 1 \",\"code\":\"AccessDenied\"}",
         "the key may not ask for prices: AccessDenied (Access denied)"},
        {403, "{\"code\":\"InvalidAccessKeyId\",\"message\":\"m\"}", "the key is not known"},
        {400, "{\"code\":\"SignatureDoesNotMatch\",\"message\":\"m\"}", "the key's secret is not right"},
        {403, "{\"code\":\"OptInRequired\",\"message\":\"m\"}", "the account has not opened the service"},
        {403, "{\"code\":\"RequestExpired\",\"message\":\"m\"}", "the clock of this computer is off"},
        {403, "{\"code\":\"AccessDenied\",\"message\":\"Request has expired\"}", "the clock of this computer is off"},
        {400, "{\"code\":\"MalformedJSON\",\"message\":\"m\"}", "the question is not understood: MalformedJSON"},
        {404, "{\"code\":\"InvalidVersion\",\"message\":\"m\"}", "the call is no longer there"},
        {404, "{}", "status 404 and no code that says why"},
        {404, "<html></html>", "status 404: not JSON"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c =
            AT(.replace = {{.name = "bj/machines-g5-1.json", .body = rows[i].body, .status = rows[i].status}});
        fails(&c, rows[i].says);
    }
}

static void what_is_refused_alone_is_passed_over_alone(void **state)
{
    struct fetch_case c = AT(.replace = {{.name = "bj/machines-g5-1.json",
                                          .body = "{\"code\":\"Instance.Odd\",\"message\":\"m\"}",
                                          .status = 400},
                                         {.name = "bj/sizes.json",
                                          .body = "{\"code\":\"NoSuchKey\",\"message\":\"m\",\"requestId\":\"1\"}",
                                          .status = 404}});

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "not sold here: NoSuchKey"), 1);
    assert_int_equal(fetch_case_count(&c, BJ "compute,"), 0);
    assert_int_equal(fetch_case_count(&c, BJ "egress,"), 1); /* the rest is asked all the same */
    fetch_case_free(&c);
    c = (struct fetch_case)AT(.replace = {{.name = "bj/machines-g5-1.json",
                                           .body = "{\"code\":\"Instance.Odd\",\"message\":\"m\"}",
                                           .status = 400}});
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "refused: Instance.Odd"), 1);
    assert_int_equal(fetch_case_count(&c, BJ "compute,bcc.g5.c2m8,linux,prepaid"), 3);
    fetch_case_free(&c);
}

static void a_busy_service_is_asked_again(void **state)
{
    struct fetch_case c =
        AT(.replace = {{.name = "bj/sizes.json", .body = "{\"code\":\"InternalError\",\"message\":\"m\"}"}});

    (void)state;
    fails(&c, "the answer at hand only says to ask again later");
}

static void what_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *question, *body, *says;
    } rows[] = {
        {"bj/sizes.json", "{}", "bj/sizes.json: no 'zoneResources'"},
        {"bj/sizes.json", "[", "not JSON"},
        {"bj/machines-g5-1.json",
         "{\"price\":[{\"specId\":\"g5\",\"specPrices\":[{\"spec\":\"a\",\"specPrice\":\"x\"}]}]}",
         "specPrice: 'x' is no amount"},
        {"bj/disk-hdd-month.json", "{}", "no 'price'"},
        {"bj/disk-hdd-month.json", "{\"price\":[{\"storageType\":\"hdd\",\"cdsSizeInGB\":100,\"price\":\"one\"}]}",
         "price: 'one' is no amount"},
        {"bj/eip-traffic.json", "{}", "no 'prices'"},
        {"bj/eip-traffic.json", "{\"prices\":{\"netrafficPrice\":\"/GB\"}}", "netrafficPrice"},
        {"bj/eip-minute-1.json", "{\"prices\":{\"configPrice\":\"a/minute\"}}", "configPrice: 'a' is no amount"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = AT(.replace = {{.name = rows[i].question, .body = rows[i].body}});
        fails(&c, rows[i].says);
    }
}

/* What an answer names goes into later questions only when it is a plain word. */
static void names_that_are_none_are_not_asked_about(void **state)
{
    static const char body[] = "{\"zoneResources\":[{\"zoneName\":\"cn "
                               "bj\\\"\",\"bccResources\":{}},{\"zoneName\":\"cn-bj-a\",\"bccResources\":"
                               "{\"flavorGroups\":[{\"flavors\":[{\"spec\":\"a\",\"specId\":\"g\\\"5\",\"cpuCount\":1,"
                               "\"memoryCapacityInGB\":1},{\"spec\":\"\",\"specId\":\"g5\"},{\"spec\":\"bcc.g5.c2m8\","
                               "\"specId\":\"g5\"}]}]}}]}";
    struct fetch_case c = AT(.replace = {{.name = "bj/sizes.json", .body = body}});

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "a zone without a name that can be asked about"), 1);
    assert_int_equal(fetch_case_counted(&c, "a size without a name that can be asked about"), 2);
    assert_int_equal(fetch_case_counted(&c, "a size without vCPU or memory"), 1);
    fetch_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_are_priced_by_family),
        cmocka_unit_test(sizes_become_shapes),
        cmocka_unit_test(questions_say_count_and_length),
        cmocka_unit_test(other_families_are_not_taken),
        cmocka_unit_test(disks_are_divided_by_their_size),
        cmocka_unit_test(disks_with_odd_units_are_passed_over),
        cmocka_unit_test(traffic_and_bandwidth_have_their_unit_in_the_text),
        cmocka_unit_test(odd_prices_of_addresses_are_passed_over),
        cmocka_unit_test(reservations_are_asked_by_name),
        cmocka_unit_test(a_reservation_of_another_machine_is_none),
        cmocka_unit_test(singapore_is_priced_in_the_currency_of_the_site),
        cmocka_unit_test(a_region_without_hosts_is_not_asked),
        cmocka_unit_test(refusals_are_understood),
        cmocka_unit_test(what_is_refused_alone_is_passed_over_alone),
        cmocka_unit_test(a_busy_service_is_asked_again),
        cmocka_unit_test(what_cannot_be_read_is_refused),
        cmocka_unit_test(names_that_are_none_are_not_asked_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
