/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Retail Prices API over recorded answers. Figures: fixtures/azure/README.md; those of francecentral are
 * of the vendor's own page of 2021-12.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "fetchers/walk.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_azure;

#define Q                                                                                                              \
    "/api/retail/prices?api-version=2023-01-01-preview&currencyCode=%27USD%27&meterRegion=%27primary%27"               \
    "&$filter=armRegionName%20eq%20%27eastus%27%20and%20serviceName%20eq%20%27"
#define FRANCE(product, sku, arm, type, more, price)                                                                   \
    "{\"currencyCode\":\"USD\",\"tierMinimumUnits\":0,\"unitPrice\":" price ",\"armRegionName\":\"eastus\","           \
    "\"meterName\":\"" sku "\",\"productName\":\"" product "\",\"skuName\":\"" sku "\",\"serviceName\":"               \
    "\"Virtual Machines\",\"unitOfMeasure\":\"1 Hour\",\"type\":\"" type "\",\"isPrimaryMeterRegion\":true,"           \
    "\"armSkuName\":\"" arm "\"" more "}"
#define ITEM FRANCE("Virtual Machines Dsv5 Series", "D2s v5", "Standard_D2s_v5", "Consumption", "", "0.112")
#define EMPTY "{\"Items\":[],\"NextPageLink\":null,\"Count\":0}"

static struct fetch_case azure_case(const char *machines)
{
    struct fetch_case c = {.fetcher = &fetcher_azure, .site = "azure-global"};

    if (machines != NULL)
        c.replace[0] = (struct fetch_replacement){.name = "eastus/Virtual-Machines-1.json", .body = machines};
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
    struct err err;

    if (fetch_case_run(c, &err) == 0)
        fail_msg("read, instead of '%s'", says);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, says);
    fetch_case_free(c);
}

static void prices_take_the_place_of_the_bundled_ones(void **state)
{
    static const char *const lines[] = {
        "azure-global,eastus,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.096,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2_v3,windows,on-demand,,,hour,0,,,0.188,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2_v3,linux,reserved,all-upfront,12,term,0,,,501,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2_v3,linux,reserved,all-upfront,36,term,0,,,968,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D64_v3,linux,on-demand,,,hour,0,,,3.072,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2_v5,linux,reserved,all-upfront,36,term,0,,,933,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2s_v5,linux,reserved,all-upfront,12,term,0,,,519,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2s_v5,linux,savings-plan,,12,hour,0,,,0.0658368,USD,excl,,2026-11-21",
        "azure-global,eastus,compute,Standard_D2s_v5,linux,savings-plan,,36,hour,0,,,0.0441792,USD,excl,,2026-11-21",
        "azure-global,eastus,object-storage,Hot LRS,,on-demand,,,GB-month,0,51200,month,0.0208,USD,excl,,2026-11-21",
        "azure-global,eastus,object-storage,Hot LRS,,on-demand,,,GB-month,51200,512000,month,0.019968,USD,excl,,"
        "2026-11-21",
        "azure-global,eastus,object-storage,Hot LRS,,on-demand,,,GB-month,512000,,month,0.019136,USD,excl,,2026-11-21",
        "azure-global,eastus,requests,Hot LRS Write Operations,,on-demand,,,10k-requests,0,,,0.05,USD,excl,,2026-11-21",
        "azure-global,eastus,requests,LRS List and Create Container Operations,,on-demand,,,10k-requests,0,,,0.05,USD,"
        "excl,,2026-11-21",
        "azure-global,eastus,block-storage,P10,,on-demand,,,disk-month,0,,,19.71,USD,excl,,2026-11-21",
        "azure-global,eastus,egress,Data Transfer Out,,on-demand,,,GB,0,100,month,0,USD,excl,,2026-11-21",
        "azure-global,eastus,egress,Data Transfer Out,,on-demand,,,GB,100,,month,0.087,USD,excl,,2026-11-21",
        "azure-global,eastus,load-balancer,Standard Load Balancer first 5 rules,,on-demand,,,hour,0,,,0.025,USD,excl,,"
        "2026-11-21",
        "azure-global,eastus,public-ip,Standard IPv4 Static Public IP,,on-demand,,,hour,0,,,0.005,USD,excl,,2026-11-21",
    };
    struct fetch_case c = azure_case(NULL);

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_int_equal(fetch_case_counted(&c, "price for development and test only"), 1);
    assert_int_equal(c.got.nprices, 36);
    assert_true(fetch_case_scope(&c, "eastus,compute,yes"));
    assert_true(fetch_case_scope(&c, "eastus,block-storage,yes"));
    assert_true(fetch_case_scope(&c, "eastus,requests,yes"));
    fetch_case_free(&c);
}

/* The currency stands outside of the filter; the link is followed to the end, whatever Count says. */
static void questions_follow_the_links(void **state)
{
    static const struct {
        const char *name, *url;
    } want[] = {
        {"eastus/Virtual-Machines-1.json", "https://prices.azure.com" Q "Virtual%20Machines%27"},
        {"eastus/Virtual-Machines-2.json", "https://prices.azure.com" Q "Virtual%20Machines%27&$skip=1000"},
        {"eastus/Storage-1.json", "https://prices.azure.com" Q "Storage%27"},
        {"eastus/Bandwidth-1.json", "https://prices.azure.com" Q "Bandwidth%27"},
        {"eastus/NAT-Gateway-1.json", "https://prices.azure.com" Q "NAT%20Gateway%27"},
        {"eastus/Load-Balancer-1.json", "https://prices.azure.com" Q "Load%20Balancer%27"},
        {"eastus/Virtual-Network-1.json", "https://prices.azure.com" Q "Virtual%20Network%27"},
    };
    struct fetch_case c = azure_case(NULL);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, sizeof want / sizeof *want);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_string_equal(c.names[i], want[i].name);
        assert_string_equal(c.urls[i], want[i].url);
    }
    fetch_case_free(&c);
}

/* Seven items of one size in one region: one price on demand each for Linux and Windows, two reservations. */
static void of_many_items_of_a_size_each_is_told_apart(void **state)
{
#define D2S(product, sku, type, more, price) FRANCE(product, sku, "Standard_D2s_v5", type, more, price)
#define LINUX "Virtual Machines Dsv5 Series"
    static const char *const items[] = {
        D2S(LINUX " Windows", "D2s v5", "DevTestConsumption", "", "0.112"),
        D2S(LINUX, "D2s v5 Spot", "Consumption", "", "0.0448"),
        D2S(LINUX, "D2s v5 Low Priority", "Consumption", "", "0.0224"),
        D2S(LINUX, "D2s v5", "Reservation", ",\"reservationTerm\":\"1 Year\"", "579"),
        D2S(LINUX, "D2s v5", "Reservation", ",\"reservationTerm\":\"3 Years\"", "1118"),
        D2S(LINUX, "D2s v5", "Consumption", "", "0.112"),
        D2S(LINUX " Windows", "D2s v5", "Consumption", "", "0.204"),
    };
    char body[4096];
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        n += (size_t)snprintf(body + n, sizeof body - n, "%s%s", i == 0 ? "{\"Items\":[" : ",", items[i]);
    snprintf(body + n, sizeof body - n, "],\"NextPageLink\":\"\"}");
    struct fetch_case c = azure_case(body);

    run(&c);
    fetch_case_expect(
        &c, "azure-global,eastus,compute,Standard_D2s_v5,linux,on-demand,,,hour,0,,,0.112,USD,excl,,2026-11-21");
    fetch_case_expect(
        &c, "azure-global,eastus,compute,Standard_D2s_v5,windows,on-demand,,,hour,0,,,0.204,USD,excl,,2026-11-21");
    fetch_case_expect(
        &c,
        "azure-global,eastus,compute,Standard_D2s_v5,linux,reserved,all-upfront,12,term,0,,,579,USD,excl,,2026-11-21");
    fetch_case_expect(
        &c,
        "azure-global,eastus,compute,Standard_D2s_v5,linux,reserved,all-upfront,36,term,0,,,1118,USD,excl,,2026-11-21");
    assert_int_equal(fetch_case_count(&c, "azure-global,eastus,compute,"), 4);
    assert_int_equal(fetch_case_counted(&c, "spot price"), 1);
    assert_int_equal(fetch_case_counted(&c, "low-priority price"), 1);
    fetch_case_free(&c);
}

static void an_empty_list_is_a_failure_where_there_must_be_one(void **state)
{
    struct fetch_case machines = azure_case(EMPTY), gateway = azure_case(NULL);

    (void)state;
    refused(&machines, "an empty list of 'Virtual Machines' in 'eastus'");
    gateway.replace[0] = (struct fetch_replacement){.name = "eastus/NAT-Gateway-1.json", .body = EMPTY};
    run(&gateway);
    assert_int_equal(fetch_case_counted(&gateway, "service without any meter in the region"), 1);
    assert_int_equal(fetch_case_count(&gateway, "azure-global,eastus,nat,"), 0);
    assert_false(fetch_case_scope(&gateway, "eastus,nat,yes"));
    fetch_case_free(&gateway);
}

static void links_elsewhere_are_refused(void **state)
{
    static const struct {
        const char *link, *says;
    } rows[] = {
        {"https://prices.example.com" Q "x", "leads to another host"},
        {"https://prices.azure.com.example.com/api/retail/prices?x", "leads to another host"},
        {"http://prices.azure.com" Q "x", "leads to another host"},
        {"https://prices.azure.com:8443" Q "x", "leads to another host"},
        {"https://user@prices.azure.com" Q "x", "is no address"},
        {"https://prices.azure.com/elsewhere", "leads elsewhere"},
        {"/api/retail/prices?$skip=1000", "is no address"},
        {"javascript:1", "is no address"},
    };
    char body[2048];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(body, sizeof body, "{\"Items\":[" ITEM "],\"NextPageLink\":\"%s\"}", rows[i].link);
        struct fetch_case c = azure_case(body);
        refused(&c, rows[i].says);
    }
    /* The second page leads to itself. */
    snprintf(body, sizeof body, "{\"Items\":[" ITEM "],\"NextPageLink\":\"https://prices.azure.com:443%s\"}",
             Q "Virtual%20Machines%27&$skip=1000");
    struct fetch_case c = azure_case(body);
    c.replace[1] = (struct fetch_replacement){.name = "eastus/Virtual-Machines-2.json", .body = body};
    refused(&c, "leads round in circles");
}

/* A user's endpoint replaces the host; the links in its answers still name the provider's own. */
static void links_are_followed_at_the_configured_endpoint(void **state)
{
    static const struct fetch_endpoint own[] = {{"azure-global", "", "http://127.0.0.1:8080", 60}};
    static const char *const regions[] = {"eastus"};
    static const char *const links[] = {"https://prices.azure.com:443" Q "x", "http://127.0.0.1:8080" Q "x"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct fetch_job job = {.rules = fetch_case_rules(),
                                .site = "azure-global",
                                .regions = regions,
                                .nregions = 1,
                                .currency = "",
                                .endpoints = own,
                                .nendpoints = 1};
        struct fetch_answer a = {.status = 200, .type = ""};
        struct fetch_request q;
        struct harvest *h;
        struct walk w;
        struct err err;
        char body[2048];
        assert_true(date_parse("2026-03-12", 10, &job.today));
        assert_int_equal(harvest_open(&h, "azure", "azure-global", "x", job.rules, &err), 0);
        assert_int_equal(walk_open(&w, &fetcher_azure, &job, h, &err), 0);
        assert_int_equal(walk_next(&w, &q, &err), FETCH_ASK);
        assert_string_equal(q.url, "http://127.0.0.1:8080" Q "Virtual%20Machines%27");
        a.name = q.name;
        a.body = body;
        a.len = (size_t)snprintf(body, sizeof body, "{\"Items\":[" ITEM "],\"NextPageLink\":\"%s\"}", links[i]);
        if (walk_parse(&w, &a, &err) != FETCH_READ)
            fail_msg("%s", err.text);
        assert_int_equal(walk_next(&w, &q, &err), FETCH_ASK);
        assert_string_equal(q.url, "http://127.0.0.1:8080" Q "x");
        walk_close(&w);
        harvest_free(h);
    }
}

static void other_currencies_are_for_reference_only(void **state)
{
    struct fetch_case dollars = azure_case("{\"Items\":[{\"currencyCode\":\"EUR\",\"unitPrice\":1}]}");
    struct fetch_case euros = {.fetcher = &fetcher_azure, .site = "azure-global", .currency = "EUR"};
    struct fetch_case asked = {.fetcher = &fetcher_azure, .site = "azure-global", .currency = "USD"};
    struct err err;

    (void)state;
    refused(&dollars, "priced in 'EUR' (asked for: USD)");
    assert_int_equal(fetch_case_run(&euros, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, "prices of azure-global in EUR are for reference only (known: USD)");
    assert_int_equal(euros.asked, 0);
    fetch_case_free(&euros);
    run(&asked);
    fetch_case_free(&asked);
}

static void what_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"<html>", "not JSON"},
        {"{\"error\":{\"code\":\"400\"}}", "no 'Items'"},
        {"{\"Items\":[{\"currencyCode\":\"USD\",\"meterName\":\"D2 v3\"}]}", "D2 v3: unitPrice: '' is no amount"},
        {"{\"Items\":[{\"currencyCode\":\"USD\",\"meterName\":\"D2 v3\",\"unitPrice\":1,\"savingsPlan\":[{\"term\":"
         "\"1 Year\"}]}]}",
         "D2 v3: unitPrice: '' is no amount"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = azure_case(rows[i].body);
        refused(&c, rows[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_take_the_place_of_the_bundled_ones),
        cmocka_unit_test(questions_follow_the_links),
        cmocka_unit_test(of_many_items_of_a_size_each_is_told_apart),
        cmocka_unit_test(an_empty_list_is_a_failure_where_there_must_be_one),
        cmocka_unit_test(links_elsewhere_are_refused),
        cmocka_unit_test(links_are_followed_at_the_configured_endpoint),
        cmocka_unit_test(other_currencies_are_for_reference_only),
        cmocka_unit_test(what_cannot_be_read_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
