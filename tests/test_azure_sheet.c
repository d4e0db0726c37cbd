/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The price sheet of Azure China over recorded answers. Figures: fixtures/azure-sheet/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <string.h>

extern const struct fetcher fetcher_azure_sheet;

#define HEADER                                                                                                         \
    "currencyCode,tierMinimumUnits,unitPrice,armRegionName,effectiveStartDate,meterName,productName,skuName,"          \
    "serviceName,unitOfMeasure,type,armSkuName,term,isPrimaryMeterRegion\n"
#define MACHINE(price, region, primary)                                                                                \
    "CNY,0," price "," region ",,D2 v3,Virtual Machines Dv3 Series,D2 v3,Virtual Machines,1 Hour,Consumption,"         \
    "Standard_D2_v3,," primary "\n"
#define D2_LINE "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.678302,CNY,excl,,2026-03-12"

static struct fetch_case sheet_case(const char *sheet)
{
    struct fetch_case c = {.fetcher = &fetcher_azure_sheet, .site = "azure-cn"};

    if (sheet != NULL)
        c.replace[0] = (struct fetch_replacement){.name = "AzureRetailPrices.csv", .body = sheet};
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

static void the_recorded_sheet(void **state)
{
    static const char *const lines[] = {
        D2_LINE,
        "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,reserved,all-upfront,12,term,0,,,1624.528302,CNY,excl,,"
        "2026-03-12",
        "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,reserved,all-upfront,36,term,0,,,2801.886792,CNY,excl,,"
        "2026-03-12",
        "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,savings-plan,,12,hour,0,,,0.51551,CNY,excl,,2026-03-12",
        "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,savings-plan,,36,hour,0,,,0.373066,CNY,excl,,2026-03-12",
        "azure-cn,chinaeast2,object-storage,Hot LRS,,on-demand,,,GB-month,0,51200,month,0.140564,CNY,excl,,2026-03-12",
        "azure-cn,chinaeast2,object-storage,Hot LRS,,on-demand,,,GB-month,51200,512000,month,0.134938,CNY,excl,,"
        "2026-03-12",
        "azure-cn,chinaeast2,object-storage,Hot LRS,,on-demand,,,GB-month,512000,,month,0.129317,CNY,excl,,2026-03-12",
        "azure-cn,chinaeast2,requests,Hot LRS Write Operations,,on-demand,,,10k-requests,0,,,0.042453,CNY,excl,,"
        "2026-03-12",
        "azure-cn,chinaeast2,requests,All Other Operations,,on-demand,,,10k-requests,0,,,0.0384,CNY,excl,,2026-03-12",
    };
    struct fetch_case c = sheet_case(NULL);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 2);
    assert_string_equal(c.urls[0],
                        "https://prices.azure.cn/api/retail/pricesheet/download?api-version=2023-06-01-preview");
    assert_string_equal(c.urls[1], "https://upapisachinanorth3.blob.core.chinacloudapi.cn/retailpricesasync/20260312/"
                                   "AzureRetailPrices.csv?sv=2021-08-06&sig=RECORDED");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_int_equal(c.got.nprices, 12);
    assert_int_equal(fetch_case_counted(&c, "repeated rows"), 1);
    assert_int_equal(fetch_case_counted(&c, "second meter of a price"), 1);
    assert_true(fetch_case_scope(&c, "chinaeast2,compute,yes"));
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast,"), 0);
    fetch_case_free(&c);
}

/* 0.678302 and both reservations, with 6 % on top, are what the web page prints (rounded: 0.719, 1722, 2970). */
static void the_sheet_is_without_tax(void **state)
{
    static const struct {
        int64_t sheet, web;
        int places;
    } rows[] = {{678302, 719, 3}, {1624528302, 1722, 0}, {2801886792, 2970, 0}};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(dec_cmp(dec_mul_round(dec_of(rows[i].sheet, 6), dec_of(106, 2), rows[i].places, DEC_HALF_UP),
                                 dec_of(rows[i].web, rows[i].places)),
                         0);
}

/* With and without a byte order mark, in another order, with commas in names: the same rows. */
static void columns_are_found_by_name(void **state)
{
    static const char *const sheets[] = {
        HEADER MACHINE("0.678302", "chinaeast2", "true"),
        "\xef\xbb\xbf" HEADER MACHINE("0.678302", "chinaeast2", "True"),
        "isPrimaryMeterRegion,term,location,armSkuName,type,unitOfMeasure,serviceName,skuName,productName,meterName,"
        "effectiveStartDate,armRegionName,unitPrice,retailPrice,tierMinimumUnits,currencyCode,new\r\n"
        "true,,\"China, East 2\",Standard_D2_v3,Consumption,1 Hour,Virtual Machines,D2 v3,\"Virtual Machines, Dv3\","
        "D2 v3,,chinaeast2,0.678302,9,0.0,CNY,\"a \"\"b\"\"\"\r\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct fetch_case c = sheet_case(sheets[i]);
        run(&c);
        fetch_case_expect(&c, D2_LINE);
        assert_int_equal(c.got.nprices, 1);
        fetch_case_free(&c);
    }
}

static void one_key_with_two_prices_is_ambiguous(void **state)
{
    struct fetch_case c =
        sheet_case(HEADER MACHINE("0.678302", "chinaeast2", "true") MACHINE("0.7", "chinaeast2", "true"));

    (void)state;
    run(&c);
    assert_int_equal(c.got.nprices, 2);
    assert_int_equal(fetch_case_counted(&c, "a second, different price for the same key: ambiguous"), 1);
    fetch_case_free(&c);
}

static void rows_of_no_region_are_passed_over(void **state)
{
    struct fetch_case c = sheet_case(HEADER MACHINE("0.678302", "chinaeast2", "true") MACHINE("1", "", "true")
                                         MACHINE("1", "Zone 1 (China)", "true") MACHINE("1", "chinawest", "true"));

    (void)state;
    run(&c);
    assert_int_equal(c.got.nprices, 1);
    assert_int_equal(fetch_case_counted(&c, "no region"), 1);
    assert_int_equal(fetch_case_counted(&c, "unknown region Zone 1 (China)"), 1);
    assert_int_equal(fetch_case_counted(&c, "unknown region chinawest"), 1);
    fetch_case_free(&c);
}

#define LINK(file)                                                                                                     \
    "{\"DownloadUrl\":\"https://a.blob.core.chinacloudapi.cn/" file "?sig=x\",\"LastRefreshedAt\":"                    \
    "\"2026-03-12T04:19:45Z\",\"ExpiryTime\":\"2026-03-12T06:54:57.1059946Z\"}"

static void an_expired_link_is_asked_for_once_more(void **state)
{
    struct fetch_case c = {
        .fetcher = &fetcher_azure_sheet,
        .site = "azure-cn",
        .replace = {{.name = "download.json", .body = LINK("one")},
                    {.name = "AzureRetailPrices.csv", .body = "<Error/>", .status = 403},
                    {.name = "download-again.json", .body = LINK("two")},
                    {.name = "AzureRetailPrices-again.csv", .body = HEADER MACHINE("0.678302", "chinaeast2", "true")}}};
    struct fetch_case d = c;

    (void)state;
    d.replace[3] = (struct fetch_replacement){.name = "AzureRetailPrices-again.csv", .body = "<Error/>", .status = 403};
    run(&c);
    assert_int_equal(c.asked, 4);
    assert_string_equal(c.urls[1], "https://a.blob.core.chinacloudapi.cn/one?sig=x");
    assert_string_equal(c.urls[3], "https://a.blob.core.chinacloudapi.cn/two?sig=x");
    fetch_case_expect(&c, D2_LINE);
    fetch_case_free(&c);
    refused(&d, "the link to the sheet is refused with status 403");
}

static void what_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *name, *body, *says;
        int status;
    } rows[] = {
        /* The documented sample of the first step lacks a quote in its last member. */
        {"download.json",
         "{\"DownloadUrl\":\"https://a.blob.core.chinacloudapi.cn/x\",\"LastRefreshedAt\":\"2023-06-02T04:19:45Z\","
         "\"ExpiryTime\":2023-06-02T06:54:57.1059946Z\"}",
         "not JSON", 0},
        {"download.json", "{\"LastRefreshedAt\":\"2023-06-02T04:19:45Z\"}", "no 'DownloadUrl'", 0},
        {"download.json", "{\"DownloadUrl\":\"https://a.blob.core.chinacloudapi.cn/x\"}", "no 'LastRefreshedAt'", 0},
        {"download.json", "{\"DownloadUrl\":\"https://a/x\",\"LastRefreshedAt\":\"soon\"}", "'soon' is no date", 0},
        {"download.json", "{\"DownloadUrl\":\"ftp://a/x\",\"LastRefreshedAt\":\"2023-06-02\"}", "is no address", 0},
        {"AzureRetailPrices.csv", "<Error/>", "refused with status 404", 404},
        {"AzureRetailPrices.csv", "", "an empty sheet", 0},
        {"AzureRetailPrices.csv", "<html><body>x</body></html>", "no column 'currencyCode'", 0},
        {"AzureRetailPrices.csv", "currencyCode,currencyCode\n", "more than one column 'currencyCode'", 0},
        {"AzureRetailPrices.csv", HEADER, "a sheet without rows", 0},
        {"AzureRetailPrices.csv", HEADER "CNY,0,1\n", "line 2: 3 cells where the header has 14", 0},
        {"AzureRetailPrices.csv", HEADER MACHINE("1", "chinaeast2", "maybe"), "isPrimaryMeterRegion is 'maybe'", 0},
        {"AzureRetailPrices.csv", HEADER MACHINE("free", "chinaeast2", "true"), "line 2: D2 v3: unitPrice: 'free'", 0},
        {"AzureRetailPrices.csv", HEADER "\"CNY", "a quote that is not closed", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = sheet_case(NULL);
        c.replace[0] = (struct fetch_replacement){.name = rows[i].name, .body = rows[i].body, .status = rows[i].status};
        refused(&c, rows[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_recorded_sheet),
        cmocka_unit_test(the_sheet_is_without_tax),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(one_key_with_two_prices_is_ambiguous),
        cmocka_unit_test(rows_of_no_region_are_passed_over),
        cmocka_unit_test(an_expired_link_is_asked_for_once_more),
        cmocka_unit_test(what_cannot_be_read_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
