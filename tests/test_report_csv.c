/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The CSV views: columns, cells, what is left empty. The figures are those of the hand-made
 * estimate; its first two sites are the worked case of the money rules.
 */
#include "tests/support/test.h"

#include "calc/csv.h"
#include "tests/support/printed.h"

#include <string.h>

static struct buf print(const struct estimate_fixture *f, enum view view)
{
    return print_report(f, "csv", &(struct report_options){.view = view, .lang = "en"});
}

static void assert_row(const struct buf *text, int row, const char *expected)
{
    const char *at = text->v;
    size_t n;
    for (int i = 0; i < row; i++) {
        at = strchr(at, '\n');
        assert_non_null(at);
        at++;
    }
    n = strcspn(at, "\n");
    if (n != strlen(expected) || memcmp(at, expected, n) != 0)
        fail_msg("row %d is %.*s\n  not %s", row, (int)n, at, expected);
}

static int count_rows(const struct buf *text)
{
    int n = 0;
    for (size_t i = 0; i < text->n; i++)
        n += text->v[i] == '\n';
    return n;
}

/* Typed from the promise of the output formats. */
static void columns_are_the_promised_ones(void **state)
{
    static const char *const headers[] = {
        [VIEW_SUMMARY] = "scenario,rank,site,provider,region,status,list_currency,list_cost,currency,net_cost,tax,"
                         "tax_recoverable,withheld_tax,fees,other_cost,cash_out,cost,npv,cost_per_month,vs_best_pct,"
                         "oldest_price,notes",
        [VIEW_LINES] = "scenario,site,region,line,kind,sku,quantity,unit,charge,list_unit_price,price_currency,"
                       "tax_basis,tax_rate,tax_by,list_cost,discount,contracted_cost,currency,fx_rate,fx_date,"
                       "fx_source,net_cost,tax,tax_recoverable,withheld_tax,fees,cash_out,cost,npv,status,"
                       "price_as_of,source",
        [VIEW_MONTHLY] = "scenario,site,month,line,net_cost,tax,tax_recoverable,withheld_tax,fees,cash_out,cost",
    };
    static struct estimate_fixture f;
    (void)state;
    estimate_fixture(&f);
    for (int view = VIEW_SUMMARY; view <= VIEW_MONTHLY; view++) {
        struct buf out = print(&f, (enum view)view);
        assert_row(&out, 0, headers[view]);
        assert_null(strchr(out.v, '\r'));
        buf_free(&out);
    }
}

static void summary(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.site_estimates[FIX_CN].nnotes = 0;
    out = print(&f, VIEW_SUMMARY);
    assert_int_equal(count_rows(&out), 5);
    assert_row(&out, 1,
               "storefront,1,aliyun-cn,aliyun,cn-hangzhou,complete,CNY,55004.04,CNY,51890.64,3113.40,3113.40,0.00,0.00,"
               "0.00,55004.04,51890.64,50285.49,4324.22,0.0,2024-12-31,");
    assert_has(&out, "storefront,2,aliyun-intl,aliyun,cn-hangzhou,complete,USD,8513.28,CNY,60444.24,3626.64,3626.64,"
                     "0.00,120.84,0.00,64191.72,60565.08,58691.60,5047.09,16.7,2022-11-10,\"a mainland company");
    /* a site without one list basis has no list; an unranked one no rank and no difference */
    assert_row(&out, 3,
               "storefront,,tencent-cn,tencent,ap-guangzhou,stale,,,CNY,14292.18,857.58,857.58,0.00,0.00,20000.00,"
               "35149.76,34292.18,33862.89,2857.68,,2022-05-20,\"web: the price is of 2022-05-20, older than 36 "
               "months\"");
    assert_row(&out, 4, "storefront,,baidu-cn,baidu,bj,incomplete,,,CNY,,,,,,,,,,,,,1 of 1 lines has no price");
    buf_free(&out);
}

static void reasons_come_before_notes(void **state)
{
    static struct estimate_fixture f;
    static const char *const notes[] = {"first note", "second note"};
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.site_estimates[FIX_BAIDU].notes = notes;
    f.site_estimates[FIX_BAIDU].nnotes = 2;
    out = print(&f, VIEW_SUMMARY);
    assert_has(&out, "1 of 1 lines has no price; first note; second note\n");
    buf_free(&out);
}

static void lines(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_LINES);
    assert_int_equal(count_rows(&out), 6);
    assert_row(&out, 1,
               "storefront,aliyun-cn,cn-hangzhou,web,compute,ecs.g7.xlarge,52560,hour,on-demand,1.0465,CNY,incl,0.06,"
               "seller,55004.04,0,55004.04,CNY,1,,,51890.64,3113.40,3113.40,0.00,0.00,55004.04,51890.64,50285.49,"
               "priced,2024-12-31,acn-ecs24");
    assert_row(&out, 2,
               "storefront,aliyun-intl,cn-hangzhou,web,compute,ecs.g7.xlarge,52560,hour,on-demand,0.161973,USD,excl,"
               "0.06,buyer,8513.28,0,8513.28,CNY,7.1,,budget,60444.24,3626.64,3626.64,0.00,120.84,64191.72,60565.08,"
               "58691.60,priced,2022-11-10,ain-ecs22");
    /* tiers have no one unit price; a cost has neither quantity nor basis, and the configuration is its source */
    assert_has(&out, ",M5.2XLARGE64,8760,hour,on-demand,,CNY,incl,");
    assert_row(&out, 4,
               "storefront,tencent-cn,ap-guangzhou,migration,cost,,,,,,CNY,,,,20000.00,0,20000.00,CNY,1,,,0.00,0.00,"
               "0.00,0.00,0.00,20000.00,20000.00,20000.00,priced,,config");
    assert_row(&out, 5, "storefront,baidu-cn,bj,web,compute,,,,on-demand,,,,,,,,,CNY,,,,,,,,,,,,unpriced,,");
    buf_free(&out);
}

static void a_site_that_was_not_priced_has_no_lines(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.site_estimates[FIX_BAIDU].status = SITE_INELIGIBLE;
    f.site_estimates[FIX_BAIDU].nlines = 0;
    f.site_estimates[FIX_BAIDU].region = NULL;
    out = print(&f, VIEW_LINES);
    assert_lacks(&out, "baidu");
    buf_free(&out);
    out = print(&f, VIEW_SUMMARY);
    assert_has(&out, "storefront,,baidu-cn,baidu,,ineligible,");
    buf_free(&out);
    out = print(&f, VIEW_MONTHLY);
    assert_lacks(&out, "baidu");
    buf_free(&out);
}

static void a_tax_that_changes_has_no_one_rate(void **state)
{
    static struct estimate_fixture f;
    static struct tax_used other;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    other = f.cn_tax;
    other.rate = dec_of(9, 2);
    f.life_runs[1].tax = &other;
    out = print(&f, VIEW_LINES);
    assert_has(&out, ",hour,on-demand,,CNY,incl,,,15149.76,");
    buf_free(&out);
}

/* USD billed in HKD at the vendor's 7.78, HKD at 0.91 CNY: 7.0798 CNY per USD. */
static void a_settlement_is_part_of_the_rate(void **state)
{
    static struct estimate_fixture f;
    static struct fx_used vendor, ecb;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    vendor =
        (struct fx_used){.from = "USD", .to = "HKD", .rate = dec_of(778, 2), .source = "vendor", .date = DATE_NONE};
    ecb = (struct fx_used){.from = "HKD", .to = "CNY", .rate = dec_of(91, 2), .source = "ecb", .path = FX_CROSS};
    assert_true(date_parse("2026-03-18", 10, &ecb.date));
    f.lines[FIX_INTL].settle_fx = &vendor;
    f.lines[FIX_INTL].fx = &ecb;
    out = print(&f, VIEW_LINES);
    assert_has(&out, ",CNY,7.0798,2026-03-18,vendor+ecb,");
    buf_free(&out);
}

static void a_fee_names_its_rule(void **state)
{
    static struct estimate_fixture f;
    static const struct fee_row wire = {.method = "wire", .source = "Bank scale, second hand", .confidence = "medium"};
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.tencent_lines[1].cost = NULL;
    f.tencent_lines[1].kind = "fee";
    f.tencent_lines[1].fee_rule = &wire;
    out = print(&f, VIEW_LINES);
    assert_has(&out, ",priced,,\"Bank scale, second hand\"\n");
    buf_free(&out);
}

static void months(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_MONTHLY);
    /* 12 for each of the first two, 12 + 1 for tencent-cn, 12 empty ones for the line without a price */
    assert_int_equal(count_rows(&out), 1 + 12 + 12 + 13 + 12);
    assert_row(&out, 1, "storefront,aliyun-cn,2027-01,web,4324.22,259.45,259.45,0.00,0.00,4583.67,4324.22");
    assert_row(&out, 24, "storefront,aliyun-intl,2027-12,web,5037.02,302.22,302.22,0.00,10.07,5349.31,5047.09");
    assert_row(&out, 25, "storefront,tencent-cn,2027-01,web,1641.19,98.47,98.47,0.00,0.00,1739.66,1641.19");
    assert_row(&out, 26, "storefront,tencent-cn,2027-01,migration,0.00,0.00,0.00,0.00,0.00,20000.00,20000.00");
    assert_row(&out, 27, "storefront,tencent-cn,2027-02,web,1150.09,69.01,69.01,0.00,0.00,1219.10,1150.09");
    assert_row(&out, 38, "storefront,baidu-cn,2027-01,web,,,,,,,");
    buf_free(&out);
}

/* A commitment is paid to its end, also after the horizon; two runs of one month are added up. */
static void months_after_the_horizon_are_there(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.life_runs[0].months = 2;
    f.life_runs[1].months = 13;
    out = print(&f, VIEW_MONTHLY);
    assert_has(&out, "storefront,tencent-cn,2028-02,web,1150.09,");
    assert_has(&out, "storefront,tencent-cn,2027-02,web,2791.28,167.48,167.48,0.00,0.00,2958.76,2791.28\n");
    assert_lacks(&out, "baidu-cn,2028");
    buf_free(&out);
}

static void minor_units_are_the_currencys(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.e.minor_units = 0;
    memcpy(f.scenario.currency, "JPY", 4);
    f.lines[FIX_INTL].m.net = dec_int64(1234567);
    out = print(&f, VIEW_LINES);
    /* the price keeps its own two decimals */
    assert_has(&out, ",8513.28,0,8513.28,JPY,7.1,,budget,1234567,");
    buf_free(&out);
}

static void a_byte_order_mark_on_demand(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print_report(&f, "csv", &(struct report_options){.view = VIEW_SUMMARY, .bom = true});
    assert_memory_equal(out.v, "\xEF\xBB\xBFscenario,", 12);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_the_promised_ones),
        cmocka_unit_test(summary),
        cmocka_unit_test(reasons_come_before_notes),
        cmocka_unit_test(lines),
        cmocka_unit_test(a_site_that_was_not_priced_has_no_lines),
        cmocka_unit_test(a_tax_that_changes_has_no_one_rate),
        cmocka_unit_test(a_settlement_is_part_of_the_rate),
        cmocka_unit_test(a_fee_names_its_rule),
        cmocka_unit_test(months),
        cmocka_unit_test(months_after_the_horizon_are_there),
        cmocka_unit_test(minor_units_are_the_currencys),
        cmocka_unit_test(a_byte_order_mark_on_demand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
