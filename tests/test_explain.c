/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The derivation tree: each step of a figure with the operands that give it. The steps are those
 * of the money rules' worked cases; quotients were worked out with bc.
 */
#include "tests/support/test.h"

#include "tests/support/printed.h"

#include <string.h>

static struct buf print(const struct estimate_fixture *f, const char *site, const char *line, int month)
{
    struct buf out = print_explain(f, site, line, month, "zh");
    assert_terminal(&out);
    buf_free(&out);
    out = print_explain(f, site, line, month, "en");
    assert_terminal(&out);
    return out;
}

static void a_price_with_its_tax(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, "aliyun-cn", "web", 0);
    assert_tells(&out, "web at aliyun-cn: cost 51,890.64 CNY, 12 months from 2027-01\n");
    assert_tells(&out,
                 "config.ini:12 [compute web]: 6 items of 4 vCPU and 16 GiB; SKU chosen: the cheapest that fits\n");
    assert_tells(&out, "├─ price as published: ecs.g7.xlarge, cn-hangzhou, linux\n");
    assert_tells(&out, "tax basis   the price contains tax of 6 %\n");
    assert_tells(&out, "known on    2024-12-31, 1 year 10 months before 2026-11-21\n");
    assert_tells(&out, "confidence  high\n");
    assert_has(&out, "├─ 2027-01 … 2027-12: each of 12 equal months, paid at the end of the month\n");
    assert_tells(&out, "quantity  4,380 hours  6 items × 730 hours\n");
    assert_tells(&out, "4,583.67 CNY  4,380 hours × 1.0465 CNY\n");
    assert_tells(&out, "4,583.67 CNY  no discount agreed\n");
    assert_tells(&out, "├─ tax in CNY: charged by the seller\n");
    assert_tells(&out, "4,324.22 CNY  4,583.67 / (1 + 6 %) = 4,324.216981…, rounded half-up to 0.01\n");
    assert_tells(&out, "259.45 CNY  4,583.67 CNY - 4,324.22 CNY\n");
    assert_tells(&out, "259.45 CNY  259.45 × 100 % (recoverable share 100 % × taxable use 100 %)\n");
    assert_tells(&out, "51,890.64 CNY  12 × 4,324.22\n");
    assert_tells(&out, "50,285.49 CNY  (1 + 6 %)^(1/12) - 1 a month; each month's cost at its end; summed\n");
    assert_tells(&out, "applies to  buyer CN general, station cn, provider any, invoice special (line 2 of the tax\n");
    assert_tells(&out, "source      VAT Law Art. 10, 15, 16 (before 2026: Circular 36/2016)\n");
    assert_has(&out, "next choices\n│  └─ ecs.g7.2xlarge  cost 103,781.28 CNY, NPV 100,570.98 CNY\n");
    buf_free(&out);
}

static void a_withheld_tax_and_a_spread(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "709.44 USD  4,380 hours × 0.161973 USD = 709.44174, rounded half-up to 0.01\n");
    assert_tells(&out, "tax in CNY: withheld or assessed by the buyer\n");
    assert_tells(&out, "5,037.02 CNY  709.44 USD × 7.10 = 5,037.024, rounded half-up to 0.01\n");
    assert_tells(&out, "302.22 CNY  5,037.02 × 6 % = 302.2212, rounded half-up to 0.01\n");
    assert_tells(&out, "seller keeps  5,037.02 CNY  the whole amount\n");
    assert_tells(&out, "10.07 CNY  the bank's spread on what is paid: 5,037.02 × 0.2 % = 10.07404,");
    assert_tells(&out, "cash out     5,349.31 CNY  net + tax + fees\n");
    assert_tells(&out, "confidence  medium: check it before you rely on it\n");
    assert_tells(&out, "└─ USD/CNY  7.10  budget rate of the configuration\n");
    buf_free(&out);
}

static void bear(struct estimate_fixture *f, enum bearer by, const int64_t own[4])
{
    estimate_fixture(f);
    f->intl_tax.wht = dec_of(10, 2);
    f->intl_tax.borne_by = by;
    f->intl_run.own_base = dec_of(own[0], 2);
    f->intl_run.own_withheld = f->intl_run.m.withheld = dec_of(own[1], 2);
    f->intl_run.own_tax = f->intl_run.m.tax = dec_of(own[2], 2);
    f->intl_run.own_net = f->intl_run.m.net = dec_of(own[3], 2);
}

/* 5,037.02 CNY, VAT 6 %, income tax 10 %: base 5,596.69, 559.67, 335.80; cash out 5,932.49 */
static void income_tax_borne_by_the_buyer(void **state)
{
    static struct estimate_fixture f;
    static const int64_t own[] = {559669, 55967, 33580, 503702};
    struct buf out;
    (void)state;
    bear(&f, BORNE_BY_BUYER, own);
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "5,596.69 CNY  the buyer bears the taxes: 5,037.02 / (1 - 10 %) =");
    assert_tells(&out, "5,596.688888…, rounded half-up to 0.01\n");
    assert_tells(&out, "559.67 CNY  5,596.69 × 10 % = 559.669, rounded half-up to 0.01\n");
    assert_tells(&out, "335.80 CNY  5,596.69 × 6 % = 335.8014, rounded half-up to 0.01\n");
    assert_tells(&out, "seller keeps  5,037.02 CNY  the whole amount\n");
    assert_tells(&out, "income tax  10 %, wht of the buyer in the configuration\n");
    buf_free(&out);
}

/* The same borne by the supplier: base 4,751.91, 475.19, 285.11; the seller keeps 4,276.72 */
static void taxes_borne_by_the_supplier(void **state)
{
    static struct estimate_fixture f;
    static const int64_t own[] = {475191, 47519, 28511, 427672};
    struct buf out;
    (void)state;
    bear(&f, BORNE_BY_SUPPLIER, own);
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "4,751.91 CNY  the supplier bears the taxes: 5,037.02 / (1 + 6 %) =");
    assert_tells(&out, "4,751.90566…, rounded half-up to 0.01\n");
    assert_tells(&out, "475.19 CNY  4,751.91 × 10 % = 475.191, rounded half-up to 0.01\n");
    assert_tells(&out, "seller keeps  4,276.72 CNY  5,037.02 CNY - 285.11 CNY - 475.19 CNY\n");
    buf_free(&out);
}

/* 51.95 USD of tax, d 0.7, at 7.10: 368.85, recoverable 258.20; 12 % of that as relief: 30.98 */
static void a_part_is_recoverable(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.buyer.taxable_use.fixed = dec_of(7, 1);
    f.intl_tax.deductible = dec_of(7, 1);
    f.intl_run.m.tax = dec_of(36885, 2);
    f.intl_run.m.recoverable = dec_of(25820, 2);
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "258.20 CNY  368.85 × 70 % = 258.195, rounded half-up to 0.01 (recoverable share");
    buf_free(&out);
    f.intl_tax.surcharge = dec_of(12, 2);
    f.intl_run.m.recoverable = dec_of(28918, 2);
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "recoverable 289.18 CNY the credit, and the relief it gives on the surcharges\n");
    assert_tells(&out, "credit 258.20 CNY 368.85 × 70 % = 258.195, rounded half-up to 0.01 (recoverable share");
    assert_tells(&out, "relief 30.98 CNY 258.20 × 12 % = 30.984, rounded half-up to 0.01\n");
    buf_free(&out);
    f.intl_tax.deductible = f.intl_run.m.recoverable = DEC_ZERO;
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "nothing: tax payment certificate");
    buf_free(&out);
}

static void steps_over_a_life(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, "tencent-cn", "web", 0);
    assert_tells(&out, "├─ status  the price is of 2022-05-20, older than 36 months\n");
    assert_tells(&out, "size        8 vCPU 64 GiB for 4 vCPU 16 GiB\n");
    assert_has(&out, "│  ├─ price       tiers count each item's billed time since its start\n"
                     "│  │  ├─ 0 to 96    4.92 CNY per hour\n"
                     "│  │  ├─ 96 to 360  2.46 CNY per hour\n"
                     "│  │  └─ from 360   1.67 CNY per hour\n");
    assert_has(&out, "│  ├─ list      1,739.66 CNY  1 item, hours 0 to 730 of their life\n"
                     "│  │  ├─ 96 hours × 4.92   472.32 CNY\n"
                     "│  │  ├─ 264 hours × 2.46  649.44 CNY\n"
                     "│  │  └─ 370 hours × 1.67  617.90 CNY\n");
    assert_has(&out, "├─ 2027-02 … 2027-12: each of 11 equal months, paid at the end of the month\n");
    assert_tells(&out, "1,219.10 CNY  1 item, hours 730 to 1,460 of their life in the first of these months\n");
    assert_tells(&out, "14,292.18 CNY  1,641.19 + 11 × 1,150.09\n");
    assert_tells(&out, "confidence  low: check it before you rely on it\n");
    buf_free(&out);
}

static void only_one_month(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, "tencent-cn", "web", 5);
    assert_has(&out, "├─ 2027-05, paid at the end of the month\n");
    assert_tells(&out, "1 item, hours 2,920 to 3,650 of their life\n");
    assert_lacks(&out, "2027-01, paid");
    assert_lacks(&out, "all months");
    buf_free(&out);
    out = print(&f, "tencent-cn", "migration", 5);
    assert_tells(&out, "2027-05: no charge\n");
    buf_free(&out);
}

/* 300 of the 500 GB of a pool on 100 GB free, 0.80 to 400 GB, 0.50 after: 240 + 50 = 290; the share is 174. */
static void a_share_of_a_pool(void **state)
{
    static struct estimate_fixture f;
    static struct tier tiers[3];
    static struct charge_run pool_runs[1];
    static struct pool pool = {.nlines = 2, .runs = pool_runs, .nruns = 1};
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    tiers[0] = (struct tier){.to = dec_int64(100)};
    tiers[1] = (struct tier){.from = dec_int64(100), .to = dec_int64(400), .price = dec_of(8, 1)};
    tiers[2] = (struct tier){.from = dec_int64(400), .open = true, .price = dec_of(5, 1)};
    pool_runs[0] = (struct charge_run){0, 12, AT_END, dec_int64(500), dec_int64(290)};
    f.web.kind = KIND_EGRESS;
    f.web.size = (struct value){.kind = VALUE_FIXED, .fixed = dec_int64(50)};
    f.offers[FIX_CN].parts[0] = (struct price_part){UNIT_GB, SCOPE_MONTH, tiers, 3};
    f.lines[FIX_CN].pool = &pool;
    f.cn_run.quantity = dec_int64(300);
    f.cn_run.list_exact = f.cn_run.list = dec_int64(174);
    out = print(&f, "aliyun-cn", "web", 0);
    assert_tells(&out, "300 GB  6 items × 50 GiB\n");
    assert_tells(&out, "a share of 290.00 CNY by quantity: 300 of 500 GB, for 2 lines on one ladder;");
    assert_has(&out, "│  │  ├─ 100 GB × 0      0.00 CNY\n"
                     "│  │  ├─ 300 GB × 0.8  240.00 CNY\n"
                     "│  │  └─ 100 GB × 0.5   50.00 CNY\n");
    buf_free(&out);
}

/* 10 Mbps, 5 at 0.063 and 5 at 0.248 an hour: 1.555 an hour, 730 hours, two items: 2,270.30 */
static void tiers_of_one_item(void **state)
{
    static struct estimate_fixture f;
    static struct tier tiers[2];
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    tiers[0] = (struct tier){.to = dec_int64(5), .price = dec_of(63, 3)};
    tiers[1] = (struct tier){.from = dec_int64(5), .open = true, .price = dec_of(248, 3)};
    f.web.kind = KIND_BANDWIDTH;
    f.web.size = (struct value){.kind = VALUE_FIXED, .fixed = dec_int64(10)};
    f.offers[FIX_CN].parts[0] = (struct price_part){UNIT_MBPS_HOUR, SCOPE_ITEM, tiers, 2};
    f.cn_run.quantity = dec_int64(14600);
    f.cn_run.list_exact = f.cn_run.list = dec_of(227030, 2);
    out = print(&f, "aliyun-cn", "web", 0);
    assert_tells(&out, "14,600 Mbps-hours  2 items × 10 Mbps × 730 hours\n");
    assert_tells(&out, "1.555 CNY for one item × 2 items × 730 hours\n");
    assert_has(&out, "│  │  ├─ 5 Mbps × 0.063  0.315 CNY\n│  │  └─ 5 Mbps × 0.248   1.24 CNY\n");
    buf_free(&out);
}

static void a_discount(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.lines[FIX_INTL].discount = dec_of(15, 2);
    f.intl_run.contract = dec_of(60303, 2); /* 709.44174 × 0.85 = 603.025479 */
    out = print(&f, "aliyun-intl", "web", 0);
    assert_tells(&out, "603.03 USD  discount 15 %: 709.44174 USD × 85 % = 603.025479, rounded half-up to 0.01\n");
    buf_free(&out);
}

/* A wire of 5,037.02 CNY: clamp(0.1 %, 50, 260) + 150 = 200.00 */
static void the_fee_of_a_payment(void **state)
{
    static struct estimate_fixture f;
    static const struct fee_row wire = {.method = "wire",
                                        .payer_country = "CN",
                                        .payee_country = "*",
                                        .has_percent = true,
                                        .has_min = true,
                                        .has_max = true,
                                        .currency = "CNY",
                                        .source = "Bank of China published scale, secondary copies",
                                        .confidence = "medium"};
    static struct fee_row rule;
    static struct line lines[2];
    static struct line_run runs[2];
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    rule = wire;
    rule.percent = dec_of(1, 3);
    rule.min = dec_int64(50);
    rule.max = dec_int64(260);
    rule.fixed = dec_int64(150);
    for (int i = 0; i < 2; i++)
        runs[i] = (struct line_run){.first = 6 * i,
                                    .months = 6,
                                    .at = AT_END,
                                    .list = dec_int64(200),
                                    .billed = dec_int64(200),
                                    .m = {.fees = dec_int64(200), .cash_out = dec_int64(200), .cost = dec_int64(200)}};
    lines[0] = f.lines[FIX_INTL];
    lines[1] = f.cost_line;
    lines[1].label = "payment";
    lines[1].kind = "fee";
    lines[1].charge = "wire";
    lines[1].cost = NULL;
    lines[1].fee_rule = &rule;
    lines[1].runs = runs;
    lines[1].nruns = 2;
    lines[1].m = (struct money){.fees = dec_int64(2400), .cash_out = dec_int64(2400), .cost = dec_int64(2400)};
    f.site_estimates[FIX_INTL].lines = lines;
    f.site_estimates[FIX_INTL].nlines = 2;
    out = print(&f, "aliyun-intl", "payment", 0);
    /* equal runs that follow each other are one */
    assert_has(&out, "├─ 2027-01 … 2027-12: each of 12 equal months, paid at the end of the month\n"
                     "│  ├─ paid      5,037.02 CNY  what the site is paid in the month: net, and tax that it charges\n"
                     "│  ├─ share         5.04 CNY  5,037.02 × 0.1 % = 5.03702, rounded half-up to 0.01\n"
                     "│  ├─ at least     50.00 CNY\n"
                     "│  ├─ at most     260.00 CNY\n"
                     "│  ├─ fixed       150.00 CNY\n"
                     "│  ├─ fee         200.00 CNY  50.00 + 150.00, payment by wire\n");
    assert_tells(&out, "2,400.00 CNY  12 × 200.00\n");
    assert_tells(&out, "Bank of China published scale, secondary copies\n");
    buf_free(&out);
}

static void a_line_without_a_price(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, "baidu-cn", "web", 0);
    assert_has(&out, "web at baidu-cn: not priced\n├─ status  no compute price at baidu-cn in bj\n");
    assert_lacks(&out, "0.00");
    buf_free(&out);
    out = print(&f, "baidu-cn", NULL, 0);
    assert_tells(&out, "web  not priced  no compute price at baidu-cn in bj\n");
    assert_lacks(&out, "totals");
    buf_free(&out);
}

static void a_site(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, "tencent-cn", NULL, 0);
    assert_tells(&out, "tencent-cn (Tencent Cloud China): cost 34,292.18 CNY, 12 months from 2027-01\n");
    assert_has(&out, "├─ lines, in CNY\n"
                     "│  ├─ web        14,292.18  M5.2XLARGE64, on-demand\n"
                     "│  └─ migration  20,000.00  cost\n");
    assert_tells(&out, "list         lines mix currencies or tax bases: no sum\n");
    assert_tells(&out, "cash out     35,149.76 CNY  15,149.76 web + 20,000.00 migration\n");
    assert_tells(&out, "per month     2,857.68 CNY  34,292.18 / 12 months\n");
    assert_has(&out, "└─ rank  not ranked\n   └─ web: the price is of 2022-05-20, older than 36 months\n");
    buf_free(&out);
    out = print(&f, "aliyun-intl", NULL, 0);
    assert_tells(&out, "├─ rank  2  16.7 % above the lowest NPV, 50,285.49 CNY of aliyun-cn\n");
    buf_free(&out);
    out = print(&f, "tencent-cn", NULL, 1);
    assert_tells(&out, "cost         21,641.19 CNY  1,641.19 web + 20,000.00 migration\n");
    buf_free(&out);
}

static void unknown_names_and_months(void **state)
{
    static struct estimate_fixture f;
    static const struct {
        const char *site, *line;
        int month;
        const char *text;
    } rows[] = {
        {"aliyun-c", NULL, 0,
         "unknown site 'aliyun-c' (did you mean 'aliyun-cn'? known: aliyun-cn, aliyun-intl, tencent-cn, baidu-cn)"},
        {"nowhere", NULL, 0, "unknown site 'nowhere' (known: aliyun-cn, aliyun-intl, tencent-cn, baidu-cn)"},
        {"tencent-cn", "wob", 0, "unknown line 'wob' (did you mean 'web'? known: web, migration)"},
        {"tencent-cn", "web", 13, "month 13 is not among the months of tencent-cn (1 to 12)"},
        {"tencent-cn", "web", -1, "month -1 is not among the months of tencent-cn (1 to 12)"},
    };
    (void)state;
    estimate_fixture(&f);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct explain_options opt = {.site = rows[i].site, .line = rows[i].line, .month = rows[i].month};
        struct buf out = {0};
        struct err err = {0};
        assert_int_equal(explain_write(&f.e, &opt, &out, &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
        assert_string_equal(err.text, rows[i].text);
        assert_int_equal(out.n, 0);
        buf_free(&out);
    }
}

/* Growth: a month of its own for each; the first three in full, the rest one row each. */
static void many_different_months(void **state)
{
    static struct estimate_fixture f;
    static struct line_run runs[12];
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    for (int i = 0; i < 12; i++) {
        runs[i] = f.cn_run;
        runs[i].first = i;
        runs[i].months = 1;
        runs[i].quantity = dec_int64(4380 + 73 * i);
    }
    f.lines[FIX_CN].runs = runs;
    f.lines[FIX_CN].nruns = 12;
    out = print(&f, "aliyun-cn", "web", 0);
    assert_tells(&out, "quantity  4,453 hours  6.1 items × 730 hours\n");
    assert_has(&out, "├─ 9 further runs of months (--month M shows one)\n"
                     "│  ├─ 2027-04  4,324.22 CNY  quantity 4,599, list 4,583.67 CNY, cash out 4,583.67 CNY\n");
    assert_tells(&out, "51,890.64 CNY  the sum of 12 runs of months\n");
    buf_free(&out);
}

/* Two terms of a year: the renewal is the same as the first. */
static void a_renewed_term(void **state)
{
    static struct estimate_fixture f;
    static struct line_run runs[2];
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.scenario.months = 18;
    f.offers[FIX_CN].charge = CHARGE_PREPAID;
    f.offers[FIX_CN].term_months = 12;
    f.offers[FIX_CN].parts[0].unit = UNIT_MONTH;
    for (int i = 0; i < 2; i++) {
        runs[i] = f.cn_run;
        runs[i].first = 12 * i;
        runs[i].months = 1;
        runs[i].at = AT_START;
        runs[i].quantity = dec_int64(72);
    }
    f.lines[FIX_CN].runs = runs;
    f.lines[FIX_CN].nruns = 2;
    f.lines[FIX_CN].unused_item_months = dec_int64(36);
    f.lines[FIX_CN].unused_cost = dec_of(216211, 2);
    out = print(&f, "aliyun-cn", "web", 0);
    assert_has(&out, "├─ 2027-01, paid at the start of the month\n");
    assert_tells(&out, "72 months  6 items × 12 months\n");
    assert_tells(&out, "├─ 2028-01: the same as 2027-01\n");
    assert_tells(&out, "2,162.11 CNY  of the cost pays for 36 item-months of terms that end after the");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_with_its_tax),
        cmocka_unit_test(a_withheld_tax_and_a_spread),
        cmocka_unit_test(income_tax_borne_by_the_buyer),
        cmocka_unit_test(taxes_borne_by_the_supplier),
        cmocka_unit_test(a_part_is_recoverable),
        cmocka_unit_test(steps_over_a_life),
        cmocka_unit_test(only_one_month),
        cmocka_unit_test(a_share_of_a_pool),
        cmocka_unit_test(tiers_of_one_item),
        cmocka_unit_test(a_discount),
        cmocka_unit_test(the_fee_of_a_payment),
        cmocka_unit_test(a_line_without_a_price),
        cmocka_unit_test(a_site),
        cmocka_unit_test(unknown_names_and_months),
        cmocka_unit_test(many_different_months),
        cmocka_unit_test(a_renewed_term),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
