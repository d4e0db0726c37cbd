/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Price lists and packs of the user's own.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_csv_list;

static const char *const nowhere[] = {NULL};
#define LIST(...)                                                                                                      \
    {                                                                                                                  \
        .fetcher = &fetcher_csv_list, .site = "", .regions = nowhere, .file = "file:///a/prices.csv", __VA_ARGS__      \
    }
#define PACK(...)                                                                                                      \
    {                                                                                                                  \
        .fetcher = &fetcher_csv_list, .site = "", .regions = nowhere, .file = "https://prices.example.com/pack/",      \
        __VA_ARGS__                                                                                                    \
    }

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

static void fails(const char *body, const char *site, const char *says)
{
    struct fetch_case c = LIST(.replace = {{.name = "list.csv", .body = body}});
    struct err err;

    c.site = site;
    assert_int_equal(fetch_case_run(&c, &err), -1);
    if (strstr(err.text, says) == NULL)
        fail_msg("said: %s\nnot:  %s", err.text, says);
    fetch_case_free(&c);
}

static void holds(const struct pack_body *b, const char *text)
{
    if (b->len == 0 || strstr(b->body, text) == NULL)
        fail_msg("no '%s' in\n%s", text, b->len > 0 ? b->body : "");
}

/* What a list leaves out is on demand, open, untiered. Lines keep their numbers: line 4 is empty. */
static void a_list_becomes_a_pack(void **state)
{
    struct fetch_case c = LIST();

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 1);
    assert_string_equal(c.urls[0], "file:///a/prices.csv");
    assert_string_equal(
        c.got.tables[PACK_PRICES].body,
        "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,price,currency,"
        "tax_basis,tax_rate,as_of,source\n"
        "aws-cn,cn-north-1,compute,m5.large,linux,on-demand,,,hour,,,,1.013,CNY,excl,,2024-11-06,csv.prices.1\n"
        "tencent-cn,ap-guangzhou,compute,S5.MEDIUM4,linux,on-demand,,,hour,,,,0.28,CNY,incl,,2022-05-20,"
        "csv.prices.2\n\n"
        "aliyun-cn,cn-hangzhou,egress,eip_bgp,,on-demand,,,GB,,,,0.80,CNY,incl,,2021-07-15,csv.prices.2\n");
    assert_string_equal(c.got.tables[PACK_SOURCES].body,
                        "id,title,origin,as_of,licence,confidence,note\n"
                        "csv.prices.1,AWS China: price list of EC2,file:///a/prices.csv,2026-11-21,not "
                        "stated,medium,\n"
                        "csv.prices.2,a price list of the user's,file:///a/prices.csv,2026-11-21,not "
                        "stated,medium,\n");
    assert_int_equal(c.got.nprices, 3);
    assert_int_equal(c.pack.nprices, 3);
    fetch_case_free(&c);
}

static void the_site_may_come_from_the_configuration(void **state)
{
    static const char body[] =
        "sku,region,service,unit,price,currency,tax_basis\neip_bgp,cn-hangzhou,egress,GB,0.80,CNY,"
        "incl\n";
    struct fetch_case c = LIST(.replace = {{.name = "list.csv", .body = body}});

    (void)state;
    c.site = "aliyun-cn";
    c.file = "https://prices.example.com/export?token=hunter2";
    run(&c);
    assert_string_equal(c.urls[0], "https://prices.example.com/export?token=hunter2");
    holds(&c.got.tables[PACK_PRICES],
          "\naliyun-cn,cn-hangzhou,egress,eip_bgp,,on-demand,,,GB,,,,0.80,CNY,incl,,2026-11-21,csv.export.1\n");
    holds(&c.got.tables[PACK_SOURCES], ",https://prices.example.com/export,");
    fetch_case_free(&c);
}

static void everything_a_pack_can_say_a_list_can_say(void **state)
{
    static const char body[] =
        "\xef\xbb\xbfsource,as_of,tax_rate,tax_basis,currency,price,tier_scope,tier_to,tier_from,unit,term_months,"
        "offering,"
        "charge,os,sku,service,region,site\r\n"
        "\"A \"\"quote\"\", of 2026\",2026-10-01,0.06,incl,CNY,0,month,10,0,GB,,,on-demand,,\"x,y\",egress,cn-hangzhou,"
        "aliyun-cn\r\n"
        "\"A \"\"quote\"\", of "
        "2026\",2026-10-01,0.06,incl,CNY,0.8,month,,10,GB,,,on-demand,,\"x,y\",egress,cn-hangzhou,"
        "aliyun-cn\r\n"
        "=evil(),2026-10-01,0.06,incl,CNY,99,,,,term,12,all-upfront,reserved,linux,a,compute,cn-hangzhou,aliyun-cn\r\n";
    struct fetch_case c = LIST(.replace = {{.name = "list.csv", .body = body}});

    (void)state;
    run(&c);
    assert_int_equal(c.pack.nprices, 3);
    holds(&c.got.tables[PACK_PRICES],
          "\naliyun-cn,cn-hangzhou,egress,\"x,y\",,on-demand,,,GB,0,10,month,0,CNY,incl,0.06,"
          "2026-10-01,csv.prices.1\n");
    holds(&c.got.tables[PACK_SOURCES], "\ncsv.prices.1,\"A \"\"quote\"\", of 2026\",");
    holds(&c.got.tables[PACK_SOURCES], "\ncsv.prices.2,'=evil(),");
    fetch_case_free(&c);
}

#define HEAD "site,region,service,sku,os,unit,price,currency,tax_basis\n"

static void what_is_missing_is_named(void **state)
{
    static const struct {
        const char *body, *site, *says;
    } rows[] = {
        {"site,region,service,sku,unit,price,currency\n", "", "tax_basis"},
        {"site,region,service,sku,unit,price,tax_basis\n", "", "currency"},
        {"", "", "list.csv"},
        {HEAD "aws-cn,cn-north-1,compute,m5.large,linux,hour,1.013,,excl\n", "", "list.csv:2: currency: blank"},
        {HEAD "\naws-cn,cn-north-1,compute,m5.large,linux,hour,1.013,CNY,\n", "", "list.csv:3: tax_basis: blank"},
        {HEAD "aws-cn,cn-north-1,compute,m5.large,linux,hour,,CNY,excl\n", "", "list.csv:2: price: blank"},
        {HEAD "aws-cn,cn-north-1,compute,m5.large,linux,,1,CNY,excl\n", "", "list.csv:2: unit: blank"},
        {HEAD "aws-cn,cn-north-1,compute,,linux,hour,1,CNY,excl\n", "", "list.csv:2: sku: blank"},
        {HEAD "aws-cn,,compute,a,linux,hour,1,CNY,excl\n", "", "list.csv:2: region: blank"},
        {HEAD "aws-cn,cn-north-1,,a,linux,hour,1,CNY,excl\n", "", "list.csv:2: service: blank"},
        {HEAD ",cn-north-1,compute,a,linux,hour,1,CNY,excl\n", "",
         "list.csv:2: site: blank, and [fetch csv] names no site"},
        {HEAD "aws-cn,cn-north-1,compute,a,,hour,1,CNY,excl\n", "",
         "list.csv:2: os: blank for compute (known: linux, windows)"},
        {"sku,amount\n", "aws-cn", "unknown column 'amount'"},
        {"sku,sku\n", "aws-cn", "sku"},
        {HEAD "aws-cn\n", "", "list.csv:2"},
        {HEAD "aws-cn,\"cn\n", "", "list.csv:2"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fails(rows[i].body, rows[i].site, rows[i].says);
}

/* Values go through the checks of every pack; their line is the list's. */
static void values_are_those_of_a_pack(void **state)
{
    (void)state;
    fails(HEAD "\n\naws-cn,cn-north-1,compute,a,linux,hours,1,CNY,excl\n", "",
          "prices.csv:4: unit: unknown unit 'hours'");
    fails(HEAD "aws-cn,cn-north-1,compute,a,linux,hour,0,CNY,excl\n", "", "prices.csv:2: price: '0' is no price");
    fails(HEAD "aws-cn,cn-north-1,compute,a,linux,hour,\"1,5\",CNY,excl\n", "", "prices.csv:2: price");
    fails(HEAD "aws-cn,cn-north-1,compute,a,linux,hour,1,USD,excl\n", "", "'USD' is not the currency of aws-cn");
    fails(HEAD "aws-cn,mars,compute,a,linux,hour,1,CNY,excl\n", "", "prices.csv:2: region");
    fails(HEAD "aws-cn,cn-north-1,compute,a,linux,hour,1,CNY,net\n", "", "unknown tax basis 'net'");
    fails(HEAD "aws-cn,cn-north-1,compute,a,linux,hour,1,CNY,excl\naws-cn,cn-north-1,compute,a,linux,hour,1,CNY,excl\n",
          "", "prices.csv:3: the same price key as in line 2");
}

static void a_directory_is_a_pack(void **state)
{
    static const char *const files[] = {"https://prices.example.com/pack/", "file:///a/b"};
    static const char *const first[] = {"https://prices.example.com/pack/prices.csv", "file:///a/b/prices.csv"};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct fetch_case c = PACK();
        c.file = files[i];
        run(&c);
        assert_int_equal(c.asked, PACK_TABLES);
        assert_string_equal(c.urls[0], first[i]);
        assert_int_equal(c.pack.nprices, 2);
        assert_int_equal(c.got.nprices, 2);
        assert_int_equal(c.got.tables[PACK_SHAPES].len, 0); /* not there: lent */
        holds(&c.got.tables[PACK_PRICES], "1266.84,CNY,incl,0.06,2022-05-20,tcn-cvm22\n");
        fetch_case_free(&c);
    }
}

static void a_pack_without_prices_or_sources_is_none(void **state)
{
    static const char *const names[] = {"prices.csv", "sources.csv"};
    static const int statuses[] = {404, 403};
    static const char *const says[] = {": status 404: a price pack needs it (one list alone is named *.csv)",
                                       ": status 403"};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct fetch_case c = PACK(.replace = {{.name = names[i / 2], .body = "x", .status = statuses[i % 2]}});
        char text[128];
        struct err err;
        snprintf(text, sizeof text, "%s%s", names[i / 2], says[i % 2]);
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        assert_string_equal(err.text, text);
        fetch_case_free(&c);
    }
}

/* That a table cannot be had now is not that there is none. */
static void a_table_that_is_refused_is_no_missing_one(void **state)
{
    struct fetch_case c = PACK(.replace = {{.name = "shapes.csv", .body = "x", .status = 403}});
    struct err err;

    (void)state;
    assert_int_equal(fetch_case_run(&c, &err), -1);
    assert_string_equal(err.text, "shapes.csv: status 403");
    fetch_case_free(&c);
}

static void without_a_file_there_is_nothing_to_ask(void **state)
{
    struct fetch_case c = LIST();
    struct err err;

    (void)state;
    c.file = NULL;
    assert_int_equal(fetch_case_run(&c, &err), -1);
    assert_string_equal(err.text, "source csv needs a file");
    fetch_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_becomes_a_pack),
        cmocka_unit_test(the_site_may_come_from_the_configuration),
        cmocka_unit_test(everything_a_pack_can_say_a_list_can_say),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(values_are_those_of_a_pack),
        cmocka_unit_test(a_directory_is_a_pack),
        cmocka_unit_test(a_pack_without_prices_or_sources_is_none),
        cmocka_unit_test(a_table_that_is_refused_is_no_missing_one),
        cmocka_unit_test(without_a_file_there_is_nothing_to_ask),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
