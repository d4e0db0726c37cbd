/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * prices.csv, cell by cell.
 */
#include "tests/support/pack_case.h"
#include "tests/support/test.h"

#include "calc/file.h"
#include "calc/rules_read.h"

#include <stdio.h>
#include <string.h>

#define G7 "aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,"

static void a_price_keeps_every_cell(void **state)
{
    struct pack p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    if (pack_case_prices(
            &p,
            "aliyun-intl,cn-hangzhou,compute,ecs.g7.xlarge,linux,reserved,all-upfront,12,term,,,,412,USD,excl,,"
            "2026-08-21,b\n",
            &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(p.nprices, 1);
    const struct pack_price *x = &p.prices[0];
    assert_string_equal(x->site, "aliyun-intl");
    assert_string_equal(x->region, "cn-hangzhou");
    assert_string_equal(x->service, "compute");
    assert_string_equal(x->sku, "ecs.g7.xlarge");
    assert_string_equal(x->os, "linux");
    assert_int_equal(x->charge, CHARGE_RESERVED);
    assert_string_equal(x->offering, "all-upfront");
    assert_int_equal(x->term_months, 12);
    assert_int_equal(x->unit, UNIT_TERM);
    assert_int_equal(dec_sign(x->tier_from), 0);
    assert_true(x->open);
    assert_int_equal(x->scope, SCOPE_ITEM);
    assert_true(dec_cmp(x->price, dec_int64(412)) == 0);
    assert_string_equal(x->currency, "USD");
    assert_int_equal(x->basis, BASIS_EXCL);
    assert_false(x->has_tax_rate);
    assert_string_equal(x->source, "b");
    assert_int_equal(x->line, 2);
    pack_free(&p);
}

static void equal_texts_have_equal_pointers(void **state)
{
    struct pack p;
    struct err err;

    (void)state;
    assert_int_equal(pack_case_prices(&p,
                                      G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a\n" G7
                                         "prepaid,,1,term,,,,1,CNY,incl,0.06,2024-12-31,a\n",
                                      &err),
                     0);
    assert_ptr_equal(p.prices[0].sku, p.prices[1].sku);
    assert_ptr_equal(p.prices[0].source, p.prices[1].source);
    pack_free(&p);
}

static void one_bad_cell_refuses_the_pack(void **state)
{
    static const struct {
        const char *row, *message;
    } rows[] = {
        {"aliyun,cn-hangzhou,compute,x,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a",
         "site: unknown site 'aliyun' (did you mean 'aliyun-cn'? known: aliyun-cn, aliyun-intl, baidu-cn)"},
        {"aliyun-cn,cn-beijing,compute,x,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a",
         "region: aliyun-cn: unknown region 'cn-beijing' (known: cn-hangzhou)"},
        {"aliyun-cn,cn-hangzhou,compute,,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a", "sku: blank"},
        {"aliyun-cn,cn-hangzhou,compute,x,Linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a",
         "os: unknown system 'Linux' (known: linux, windows, blank)"},
        {"aliyun-cn,cn-hangzhou,compute,x,,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a",
         "os: blank for compute (known: linux, windows)"},
        {G7 "best,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a",
         "charge: unknown charge 'best' (known: on-demand, prepaid, reserved, savings-plan, spot)"},
        {G7 "reserved,none,12,hour,,,,1,CNY,incl,0.06,2024-12-31,a",
         "offering: unknown offering 'none' (known: no-upfront, partial-upfront, all-upfront, "
         "convertible-no-upfront, convertible-partial-upfront, convertible-all-upfront)"},
        {G7 "on-demand,no-upfront,,hour,,,,1,CNY,incl,0.06,2024-12-31,a", "offering: on-demand has none"},
        {G7 "prepaid,,0,term,,,,1,CNY,incl,0.06,2024-12-31,a",
         "term_months: '0' is no number of months (known: 1 to 120, blank)"},
        {G7 "prepaid,,601,term,,,,1,CNY,incl,0.06,2024-12-31,a",
         "term_months: '601' is no number of months (known: 1 to 120, blank)"},
        {G7 "prepaid,,99999999999999999999,term,,,,1,CNY,incl,0.06,2024-12-31,a",
         "term_months: '99999999999999999999' is no number of months (known: 1 to 120, blank)"},
        {G7 "prepaid,,1.5,term,,,,1,CNY,incl,0.06,2024-12-31,a",
         "term_months: '1.5' is no number of months (known: 1 to 120, blank)"},
        {G7 "prepaid,,,term,,,,1,CNY,incl,0.06,2024-12-31,a", "term_months: prepaid needs a term"},
        {G7 "on-demand,,1,hour,,,,1,CNY,incl,0.06,2024-12-31,a", "term_months: on-demand has no term"},
        {G7 "on-demand,,,term,,,,1,CNY,incl,0.06,2024-12-31,a", "unit: on-demand cannot be priced by the term"},
        {G7 "on-demand,,,hour,-1,,,1,CNY,incl,0.06,2024-12-31,a", "tier_from: '-1' is below 0"},
        {G7 "on-demand,,,hour,0,0,,1,CNY,incl,0.06,2024-12-31,a", "tier_to: '0' is not above tier_from"},
        {G7 "on-demand,,,hour,0,,year,1,CNY,incl,0.06,2024-12-31,a",
         "tier_scope: unknown scope 'year' (known: month, life, blank)"},
        {G7 "on-demand,,,hour,,,,0,CNY,incl,0.06,2024-12-31,a",
         "price: '0' is no price (known: above 0; 0 only for a free tier from 0 to a stated end)"},
        {G7 "on-demand,,,hour,5,10,,0,CNY,incl,0.06,2024-12-31,a",
         "price: '0' is no price (known: above 0; 0 only for a free tier from 0 to a stated end)"},
        {G7 "on-demand,,,hour,,,,-1,CNY,incl,0.06,2024-12-31,a",
         "price: '-1' is no price (known: above 0; 0 only for a free tier from 0 to a stated end)"},
        {G7 "on-demand,,,hour,,,,1,USD,incl,0.06,2024-12-31,a",
         "currency: 'USD' is not the currency of aliyun-cn (known: CNY)"},
        {G7 "on-demand,,,hour,,,,1,CNY,,0.06,2024-12-31,a", "tax_basis: unknown tax basis '' (known: incl, excl)"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,6,2024-12-31,a", "tax_rate: '6' is not between 0 and 1"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,-0.06,2024-12-31,a", "tax_rate: '-0.06' is not between 0 and 1"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,2024-02-30,a", "as_of: '2024-02-30' is no day (known: YYYY-MM-DD)"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,1999-12-31,a",
         "as_of: '1999-12-31' is not plausible (known: 2000-01-01 to 2099-12-31)"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,c",
         "source: unknown source 'c' (known: the ids of sources.csv)"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31", "17 cells where the header has 18"},
        {G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a,", "19 cells where the header has 18"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pack p;
        struct err err = {ERR_NONE, ""};
        char text[512], expected[512];
        /* A good row before it: the bad one is line 3. */
        snprintf(text, sizeof text, "%s%s\n", G7 "on-demand,,,day,,,,1,CNY,incl,0.06,2024-12-31,a\n", rows[i].row);
        snprintf(expected, sizeof expected, "prices.csv:3: %s", rows[i].message);
        assert_int_equal(pack_case_prices(&p, text, &err), -1);
        assert_string_equal(err.text, expected);
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void numbers_are_plain_decimals(void **state)
{
    static const char *const bad[] = {"1e3",
                                      "1,5",
                                      " 1",
                                      "0x1",
                                      "1.",
                                      ".",
                                      "inf",
                                      "0.0000000000001",
                                      "¥1",
                                      "1/minute",
                                      "1000000000000000000000000000"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct pack p;
        struct err err = {ERR_NONE, ""};
        char row[256];
        snprintf(row, sizeof row, "%son-demand,,,hour,,,,\"%s\",CNY,incl,0.06,2024-12-31,a\n", G7, bad[i]);
        assert_int_equal(pack_case_prices(&p, row, &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
        assert_ptr_equal(strstr(err.text, "prices.csv:2: price: "), err.text);
    }
}

static void unknown_units_services_and_columns_are_listed(void **state)
{
    struct pack p;
    struct err err = {ERR_NONE, ""};
    const char *const tables[PACK_TABLES] = {[PACK_PRICES] = "site,region\naliyun-cn,cn-hangzhou\n"};

    (void)state;
    assert_int_equal(pack_case_prices(&p, G7 "on-demand,,,GBs,,,,1,CNY,incl,0.06,2024-12-31,a\n", &err), -1);
    assert_non_null(strstr(err.text, "unit: unknown unit 'GBs' (did you mean 'GB'? known: minute, hour, day, "));
    assert_int_equal(
        pack_case_prices(
            &p, "aliyun-cn,cn-hangzhou,computer,x,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a\n", &err),
        -1);
    assert_non_null(strstr(err.text, "service: unknown service 'computer' (did you mean 'compute'? known: compute, "));
    assert_int_equal(pack_case(&p, tables, &err), -1);
    assert_ptr_equal(strstr(err.text, "prices.csv:1: "), err.text);
    assert_non_null(strstr(err.text, "service"));
}

static void a_region_is_looked_up_at_its_own_site(void **state)
{
    const char *const tables[PACK_TABLES] = {
        [PACK_PRICES] =
            PRICE_HEADER G7 "on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a\n"
                            "aliyun-intl,cn-hangzhou,compute,x,linux,on-demand,,,hour,,,,1,USD,excl,,2024-12-31,a\n",
        [PACK_REGIONS] = REGION_HEADER "aliyun-cn,cn-hangzhou,Hangzhou,CN,yes,Alibaba Cloud,Hangzhou,杭州\n"};
    struct pack p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    assert_int_equal(pack_case(&p, tables, &err), -1);
    assert_string_equal(err.text, "prices.csv:3: region: aliyun-intl: unknown region 'cn-hangzhou' (known: none)");
}

static void a_pack_without_prices_is_refused(void **state)
{
    struct pack p;
    struct err err;

    (void)state;
    assert_int_equal(pack_case_prices(&p, "", &err), -1);
    assert_string_equal(err.text, "prices.csv: no prices");
}

static void the_bundled_pack_is_sound(void **state)
{
    struct buf text[PACK_TABLES] = {{0}};
    struct pack_body in[PACK_TABLES];
    struct arena arena = {NULL};
    struct records sites;
    struct pack p;
    struct err err = {ERR_NONE, ""};
    struct buf rules = {0};
    char path[PACK_TABLES][64];

    (void)state;
    assert_int_equal(file_read("fixtures/rules/sites.csv", 1 << 20, &rules, &err), 0);
    assert_int_equal(records_read(rule_types[RULES_SITES], "sites.csv", rules.v, rules.n, &arena, &sites, &err), 0);
    const struct rules known = {.sites = sites.v, .nsites = sites.n};
    in[PACK_SITES] = (struct pack_body){NULL, NULL, 0};
    for (int t = 0; t < PACK_SITES; t++) {
        snprintf(path[t], sizeof path[t], "fixtures/packs/bundled/%s", pack_files[t]);
        assert_int_equal(file_read(path[t], 16 << 20, &text[t], &err), 0);
        in[t] = (struct pack_body){path[t], text[t].v, text[t].n};
    }
    if (pack_read(&p, in, &known, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(p.nprices, 57600); /* wc -l, less the headers */
    assert_int_equal(p.nshapes, 3450);
    assert_int_equal(p.nclasses, 234);
    assert_int_equal(p.facts.nregions, 117);
    assert_int_equal(p.facts.nsources, 69);
    for (size_t i = 1; i < p.nprices; i++)
        assert_true(pack_order(&p.prices[i - 1], &p.prices[i]) < 0);
    /* its README counts 59 and 15 */
    assert_int_equal(p.nwarnings, 2);
    assert_non_null(
        strstr(p.warnings[0], "aliyun: 59 compute SKUs without a shape can be pinned, never matched: ecs."));
    assert_non_null(strstr(p.warnings[1], "aws: 15 compute SKUs without a shape"));
    pack_free(&p);
    for (int t = 0; t < PACK_TABLES; t++)
        buf_free(&text[t]);
    buf_free(&rules);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_keeps_every_cell),
        cmocka_unit_test(equal_texts_have_equal_pointers),
        cmocka_unit_test(one_bad_cell_refuses_the_pack),
        cmocka_unit_test(numbers_are_plain_decimals),
        cmocka_unit_test(unknown_units_services_and_columns_are_listed),
        cmocka_unit_test(a_region_is_looked_up_at_its_own_site),
        cmocka_unit_test(a_pack_without_prices_is_refused),
        cmocka_unit_test(the_bundled_pack_is_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
