/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/pricing_bench.h"

#define AT(site, region)                                                                                               \
    "as_of = 2026-11-21\n[fx]\nUSD/CNY = 7.1\n[compare]\nsites = " site "\nregion." site " = " region "\n"

static struct line price(struct bench *b, const char *service, const char *sku, enum charge_kind charge)
{
    struct line line;
    struct err err;
    const struct resource *r = &b->p.scenario.resources[0];
    const struct offer *o = bench_offer(bench_shelf(b, service), sku, charge);
    assert_int_equal(price_line(&b->pricing, &b->arena, r, o, &line, &err), 0);
    assert_int_equal(price_unused(&b->pricing, &line, &err), 0);
    return line;
}

/* Tencent, Guangzhou: a year of S5.MEDIUM4 costs 1,266.84 CNY with tax; 18 months need two, six months unused. */
static void whole_periods_and_what_they_leave_unused(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b,
               "[project]\nmonths = 18\n" AT("tencent-cn", "ap-guangzhou") "[compute c]\nsku.tencent-cn = S5.MEDIUM4\n"
                                                                           "count = 2\ncharge = prepaid 12 months\n",
               "tencent-cn", "ap-guangzhou");
    const struct shelf *s = bench_shelf(&b, "compute");
    const struct offer *year = NULL;
    for (size_t i = 0; i < s->offers.n; i++)
        if (!strcmp(s->offers.v[i].sku, "S5.MEDIUM4") && s->offers.v[i].term_months == 12 &&
            !strcmp(s->offers.v[i].os, "linux"))
            year = &s->offers.v[i];
    struct line line;
    struct err err;
    assert_int_equal(price_line(&b.pricing, &b.arena, &b.p.scenario.resources[0], year, &line, &err), 0);
    assert_int_equal(price_unused(&b.pricing, &line, &err), 0);
    assert_string_equal(line.charge, "prepaid 12 months");
    assert_int_equal(line.nruns, 2);
    assert_int_equal(line.runs[0].at, AT_START);
    assert_dec(line.runs[0].list, "2533.68");
    assert_dec(line.m.cash_out, "5067.36");
    assert_dec(line.unused_item_months, "12"); /* two machines, six months each */
    assert_int_equal(line.unused_months, 6);
    /* net of 2,533.68 is 2,390.26; cost 4,780.52, of which 12 of 48 item-months */
    assert_dec(line.m.cost, "4780.52");
    assert_dec(line.unused_cost, "1195.13");
    close_bench(&b);
}

/* Tencent International, Singapore (sample of 2026-08-21): S5.LARGE8 partial upfront 412 USD and 0.05 an hour. */
static void upfront_and_recurring_parts(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b,
               "[project]\nmonths = 12\n" AT("tencent-intl", "ap-singapore") "[compute c]\nsku.tencent-intl = "
                                                                             "S5.LARGE8\ncharge = reserved 12 months "
                                                                             "partial-upfront\n",
               "tencent-intl", "ap-singapore");
    const struct shelf *s = bench_shelf(&b, "compute");
    const struct offer *o = NULL;
    for (size_t i = 0; i < s->offers.n; i++)
        if (!strcmp(s->offers.v[i].sku, "S5.LARGE8") && !strcmp(s->offers.v[i].offering, "partial-upfront"))
            o = &s->offers.v[i];
    assert_non_null(o);
    assert_int_equal(o->nparts, 2);
    struct line line;
    struct err err;
    assert_int_equal(price_line(&b.pricing, &b.arena, &b.p.scenario.resources[0], o, &line, &err), 0);
    assert_dec(line.list, "850.00"); /* 412 + 12 x 36.50 */
    assert_string_equal(line.unit, "hour");
    assert_dec(line.quantity, "8760");
    close_bench(&b);
}

/* Tencent International publishes the first step only (96 hours): a month has no price. */
static void a_ladder_that_ends_has_no_price(void **state)
{
    (void)state;
    struct bench b;
    open_bench(
        &b, "[project]\nmonths = 1\n" AT("tencent-intl", "ap-singapore") "[compute c]\nsku.tencent-intl = S3.LARGE8\n",
        "tencent-intl", "ap-singapore");
    struct line line = price(&b, "compute", "S3.LARGE8", CHARGE_ON_DEMAND);
    assert_int_equal(line.status, LINE_UNPRICED);
    assert_string_equal(line.reason, "S3.LARGE8: its tiers end below the quantity: nothing is published above");
    close_bench(&b);
}

/* A rule that changes within the horizon splits the run: 6 % in January, 9 % from February on. 730 x 1.0465 = 763.95
 * with tax: net 720.71 and 700.87 by hand. */
static void a_tax_that_changes_splits_the_run(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b,
               "[project]\nstart = 2027-01\nmonths = 3\n" AT(
                   "aliyun-cn", "cn-hangzhou") "[compute c]\nsku.aliyun-cn = ecs.g7.xlarge\n",
               "aliyun-cn", "cn-hangzhou");
    struct date feb;
    assert_true(date_parse("2027-02-01", 10, &feb));
    struct tax_row rows[2] = {{.buyer_country = "CN",
                               .buyer_status = "general",
                               .station = "cn",
                               .provider = "*",
                               .invoice = "",
                               .has_seller_rate = true,
                               .seller_rate = D("0.06"),
                               .recoverable_share = DEC_ONE,
                               .tax_currency = "",
                               .document = "",
                               .effective_from = DATE_NONE,
                               .effective_to = feb,
                               .confidence = "high",
                               .source = ""}};
    rows[1] = rows[0];
    rows[1].seller_rate = D("0.09");
    rows[1].effective_from = feb;
    rows[1].effective_to = DATE_NONE;
    struct rules changed = b.p.rules;
    changed.taxes = rows;
    changed.ntaxes = 2;
    b.tax.rules = &changed;
    struct offer o = *bench_offer(bench_shelf(&b, "compute"), "ecs.g7.xlarge", CHARGE_ON_DEMAND);
    o.has_tax_rate = false; /* the rule says it */
    struct line line;
    struct err err;
    assert_int_equal(price_line(&b.pricing, &b.arena, &b.p.scenario.resources[0], &o, &line, &err), 0);
    assert_int_equal(line.nruns, 2);
    assert_int_equal(line.runs[0].months, 1);
    assert_dec(line.runs[0].m.net, "720.71");
    assert_int_equal(line.runs[1].first, 1);
    assert_int_equal(line.runs[1].months, 2);
    assert_dec(line.runs[1].m.net, "700.87");
    close_bench(&b);
}

static void hours_are_the_resources_own_or_the_projects(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b,
               "[project]\nmonths = 1\nhours = 744\n" AT("azure-cn", "chinaeast2") "[compute c]\nsku.azure-cn = "
                                                                                   "Standard_D2_v3\nhours = 100\n",
               "azure-cn", "chinaeast2");
    struct line line = price(&b, "compute", "Standard_D2_v3", CHARGE_ON_DEMAND);
    assert_dec(line.quantity, "100");
    /* a commitment is due for the whole month, whatever runs */
    line = price(&b, "compute", "Standard_D2_v3", CHARGE_ON_DEMAND);
    assert_dec(line.list, "71.90");
    close_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_periods_and_what_they_leave_unused),
        cmocka_unit_test(upfront_and_recurring_parts),
        cmocka_unit_test(a_ladder_that_ends_has_no_price),
        cmocka_unit_test(a_tax_that_changes_splits_the_run),
        cmocka_unit_test(hours_are_the_resources_own_or_the_projects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
