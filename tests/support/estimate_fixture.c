/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An estimate made by hand; see the header for what is in it and where its figures come from.
 */
#include "tests/support/estimate_fixture.h"

#include <stdio.h>
#include <string.h>

/* Cents to an amount: m(432422) is 4,324.22. */
static dec_t m(int64_t cents)
{
    return dec_of(cents, 2);
}

static struct value fixed(dec_t v)
{
    return (struct value){.kind = VALUE_FIXED, .fixed = v};
}

static struct date day(const char *text)
{
    struct date d = DATE_NONE;
    date_parse(text, strlen(text), &d);
    return d;
}

static void currency(char to[CURRENCY_TEXT], const char *code)
{
    snprintf(to, CURRENCY_TEXT, "%s", code);
}

/* Cash out and cost follow from the rest. */
static struct money money(int64_t net, int64_t tax, int64_t recoverable, int64_t fees, int64_t other)
{
    return (struct money){.net = m(net),
                          .tax = m(tax),
                          .recoverable = m(recoverable),
                          .withheld = DEC_ZERO,
                          .fees = m(fees),
                          .other = m(other),
                          .cash_out = m(net + tax + fees + other),
                          .cost = m(net + tax + fees + other - recoverable)};
}

static void fill_rules(struct estimate_fixture *f)
{
    static const struct site sites[FIX_SITES] = {
        {.id = "aliyun-cn", .provider = "aliyun", .name_en = "Alibaba Cloud China station", .name_zh = "阿里云中国站"},
        {.id = "aliyun-intl",
         .provider = "aliyun",
         .name_en = "Alibaba Cloud International",
         .name_zh = "阿里云国际站"},
        {.id = "tencent-cn", .provider = "tencent", .name_en = "Tencent Cloud China", .name_zh = "腾讯云中国站"},
        {.id = "baidu-cn", .provider = "baidu", .name_en = "Baidu AI Cloud", .name_zh = "百度智能云"}};
    static const struct region regions[FIX_SITES] = {
        {.site = "aliyun-cn", .id = "cn-hangzhou", .city = "Hangzhou", .country = "CN", .mainland = true},
        {.site = "aliyun-intl", .id = "cn-hangzhou", .city = "Hangzhou", .country = "CN", .mainland = true},
        {.site = "tencent-cn", .id = "ap-guangzhou", .city = "Guangzhou", .country = "CN", .mainland = true},
        {.site = "baidu-cn", .id = "bj", .city = "Beijing", .country = "CN", .mainland = true}};
    memcpy(f->sites, sites, sizeof sites);
    memcpy(f->regions, regions, sizeof regions);
    for (size_t i = 0; i < FIX_SITES; i++) {
        f->sites[i].station = i == FIX_INTL ? "intl" : "cn";
        f->sites[i].list_currency = i == FIX_INTL ? "USD" : "CNY";
        f->sites[i].list_tax_basis = i == FIX_INTL ? "excl" : "incl";
        f->sites[i].contract_entity = "the site's company";
        f->sites[i].payee_country = i == FIX_INTL ? "SG" : "CN";
        f->sites[i].operator_note = f->sites[i].condition = f->sites[i].invoices = f->sites[i].payment = "";
        f->sites[i].icp_note = f->sites[i].as_of = f->sites[i].source = "";
        f->sites[i].confidence = "high";
        f->regions[i].operator_name = f->regions[i].display_en = f->regions[i].display_zh = "";
    }
    f->currencies[0] = (struct currency){"CNY", 2, "Chinese yuan", "人民币"};
    f->currencies[1] = (struct currency){"USD", 2, "US dollar", "美元"};
    f->currencies[2] = (struct currency){"JPY", 0, "Japanese yen", "日元"};
    f->rules = (struct rules){.sites = f->sites,
                              .nsites = FIX_SITES,
                              .regions = f->regions,
                              .nregions = FIX_SITES,
                              .currencies = f->currencies,
                              .ncurrencies = 3,
                              .taxes = f->tax_rows,
                              .ntaxes = 2,
                              .sources = f->sources,
                              .nsources = 3};
}

static void fill_taxes(struct estimate_fixture *f)
{
    struct tax_row row = {.buyer_country = "CN",
                          .buyer_status = "general",
                          .station = "cn",
                          .provider = "*",
                          .invoice = "special",
                          .has_seller_rate = true,
                          .seller_rate = m(6),
                          .recoverable_share = DEC_ONE,
                          .tax_currency = "",
                          .document = "special VAT invoice (digital or paper)",
                          .effective_from = day("2016-05-01"),
                          .effective_to = DATE_NONE,
                          .confidence = "high",
                          .source = "VAT Law Art. 10, 15, 16 (before 2026: Circular 36/2016)",
                          .row = 2};
    f->tax_rows[0] = row;
    row.station = "intl";
    row.invoice = "";
    row.seller_rate = DEC_ZERO;
    row.has_self_rate = true;
    row.self_rate = m(6);
    row.tax_currency = "CNY";
    row.document = "tax payment certificate with contract and proof of payment";
    row.confidence = "medium";
    row.row = 5;
    f->tax_rows[1] = row;
    f->cn_tax = (struct tax_used){
        .row = &f->tax_rows[0], .rate = m(6), .rate_from = RATE_FROM_PRICE, .deductible = DEC_ONE, .currency = "CNY"};
    f->intl_tax = (struct tax_used){.row = &f->tax_rows[1],
                                    .rate = m(6),
                                    .rate_from = RATE_FROM_RULE,
                                    .by_buyer = true,
                                    .borne_by = BORNE_BY_BUYER,
                                    .deductible = DEC_ONE,
                                    .currency = "CNY"};
}

static void fill_rates(struct estimate_fixture *f)
{
    f->same =
        (struct fx_used){.from = "CNY", .to = "CNY", .rate = DEC_ONE, .source = "", .path = FX_SAME, .date = DATE_NONE};
    f->usd_cny = (struct fx_used){
        .from = "USD", .to = "CNY", .rate = m(710), .source = "budget", .path = FX_DIRECT, .date = DATE_NONE};
    f->rates[0] = &f->usd_cny;
}

static void fill_offers(struct estimate_fixture *f)
{
    static const struct source sources[3] = {
        {.id = "acn-ecs24",
         .title = "Alibaba Cloud China station: ECS pay-as-you-go list, Linux, 27 regions",
         .origin = "cloudpilot-ai/karpenter-provider-alibabacloud@cb536aff5b72:pkg/providers/pricing/"
                   "initial-on-demand-prices.json",
         .licence = "Apache-2.0",
         .confidence = "high",
         .note = "6% VAT inside the price: inferred from the invoice rules, no official sentence seen."},
        {.id = "ain-ecs22",
         .title = "Alibaba Cloud International: ECS pay-as-you-go, Linux, g6/g7 and relatives",
         .origin = "cloud-barista/cb-tumblebug@08ace96d:assets/cloudspec.csv",
         .licence = "Apache-2.0",
         .confidence = "medium",
         .note = "Collected by 2022-11-10 at the latest."},
        {.id = "tcn-cvm22",
         .title = "Tencent Cloud China: CVM pay-as-you-go",
         .origin = "a copy of the price list",
         .licence = "MIT",
         .confidence = "low",
         .note = ""}};
    memcpy(f->sources, sources, sizeof sources);
    f->sources[0].as_of = day("2024-12-31");
    f->sources[1].as_of = day("2022-11-10");
    f->sources[2].as_of = day("2022-05-20");
    f->shape = (struct shape){
        .has_size = true, .vcpu = dec_int64(4), .memory = dec_int64(16), .class_ = "general", .family = "ecs.g7"};
    f->big_shape = (struct shape){
        .has_size = true, .vcpu = dec_int64(8), .memory = dec_int64(64), .class_ = "memory", .family = "M5"};
    f->cn_tier = (struct tier){.open = true, .price = dec_of(10465, 4)};
    f->intl_tier = (struct tier){.open = true, .price = dec_of(161973, 6)};
    f->life_tiers[0] = (struct tier){DEC_ZERO, dec_int64(96), false, m(492)};
    f->life_tiers[1] = (struct tier){dec_int64(96), dec_int64(360), false, m(246)};
    f->life_tiers[2] = (struct tier){dec_int64(360), DEC_ZERO, true, m(167)};
    for (size_t i = 0; i < 3; i++) {
        struct offer *o = &f->offers[i];
        *o = (struct offer){.site = f->sites[i].id,
                            .region = f->regions[i].id,
                            .service = "compute",
                            .sku = i == FIX_TENCENT ? "M5.2XLARGE64" : "ecs.g7.xlarge",
                            .os = "linux",
                            .charge = CHARGE_ON_DEMAND,
                            .offering = "",
                            .basis = i == FIX_INTL ? BASIS_EXCL : BASIS_INCL,
                            .has_tax_rate = i != FIX_INTL,
                            .as_of = f->sources[i].as_of,
                            .source = &f->sources[i],
                            .snapshot = "bundled",
                            .shape = i == FIX_TENCENT ? &f->big_shape : &f->shape,
                            .nparts = 1};
        currency(o->currency, f->sites[i].list_currency);
        if (o->has_tax_rate)
            o->tax_rate = m(6);
        o->parts[0] = (struct price_part){.unit = UNIT_HOUR, .scope = SCOPE_ITEM, .ntiers = 1};
    }
    f->offers[FIX_CN].parts[0].tiers = &f->cn_tier;
    f->offers[FIX_INTL].parts[0].tiers = &f->intl_tier;
    f->offers[FIX_TENCENT].parts[0].tiers = f->life_tiers;
    f->offers[FIX_TENCENT].parts[0].ntiers = 3;
    f->offers[FIX_TENCENT].parts[0].scope = SCOPE_LIFE;
    f->runner_up = f->offers[FIX_CN];
    f->runner_up.sku = "ecs.g7.2xlarge";
    f->runner_up.shape = &f->big_shape;
    f->candidates[0] = (struct candidate){&f->offers[FIX_CN], m(5189064), m(5028549)};
    f->candidates[1] = (struct candidate){&f->runner_up, m(10378128), m(10057098)};
}

static void fill_runs(struct estimate_fixture *f)
{
    f->cn_run = (struct line_run){.first = 0,
                                  .months = 12,
                                  .at = AT_END,
                                  .quantity = dec_int64(4380),
                                  .list_exact = m(458367),
                                  .list = m(458367),
                                  .contract = m(458367),
                                  .billed = m(458367),
                                  .tax = &f->cn_tax,
                                  .own_amount = m(458367),
                                  .own_base = m(432422),
                                  .own_tax = m(25945),
                                  .own_net = m(432422),
                                  .m = money(432422, 25945, 25945, 0, 0)};
    f->intl_run = (struct line_run){.first = 0,
                                    .months = 12,
                                    .at = AT_END,
                                    .quantity = dec_int64(4380),
                                    .list_exact = dec_of(70944174, 5),
                                    .list = m(70944),
                                    .contract = m(70944),
                                    .billed = m(70944),
                                    .tax = &f->intl_tax,
                                    .own_amount = m(503702),
                                    .own_base = m(503702),
                                    .own_tax = m(30222),
                                    .own_net = m(503702),
                                    .m = money(503702, 30222, 30222, 1007, 0)};
    f->life_runs[0] = (struct line_run){.first = 0,
                                        .months = 1,
                                        .at = AT_END,
                                        .quantity = dec_int64(730),
                                        .list_exact = m(173966),
                                        .list = m(173966),
                                        .contract = m(173966),
                                        .billed = m(173966),
                                        .tax = &f->cn_tax,
                                        .own_amount = m(173966),
                                        .own_base = m(164119),
                                        .own_tax = m(9847),
                                        .own_net = m(164119),
                                        .m = money(164119, 9847, 9847, 0, 0)};
    f->life_runs[1] = (struct line_run){.first = 1,
                                        .months = 11,
                                        .at = AT_END,
                                        .quantity = dec_int64(730),
                                        .list_exact = m(121910),
                                        .list = m(121910),
                                        .contract = m(121910),
                                        .billed = m(121910),
                                        .tax = &f->cn_tax,
                                        .own_amount = m(121910),
                                        .own_base = m(115009),
                                        .own_tax = m(6901),
                                        .own_net = m(115009),
                                        .m = money(115009, 6901, 6901, 0, 0)};
    f->migration_run = (struct line_run){.first = 0,
                                         .months = 1,
                                         .at = AT_START,
                                         .list_exact = m(2000000),
                                         .list = m(2000000),
                                         .contract = m(2000000),
                                         .billed = m(2000000),
                                         .m = money(0, 0, 0, 0, 2000000)};
}

static void fill_line(struct estimate_fixture *f, size_t i, const struct line_run *runs, size_t nruns)
{
    struct line *l = &f->lines[i];
    *l = (struct line){.label = "web",
                       .kind = "compute",
                       .resource = i == FIX_TENCENT ? &f->one_web : &f->web,
                       .status = LINE_PRICED,
                       .reason = "",
                       .offer = &f->offers[i],
                       .charge = "on-demand",
                       .size_note = "",
                       .quantity = dec_int64(i == FIX_TENCENT ? 8760 : 52560),
                       .unit = "hour",
                       .fx = i == FIX_INTL ? &f->usd_cny : &f->same,
                       .runs = runs,
                       .nruns = nruns};
    currency(l->price_currency, f->offers[i].currency);
}

static void fill_lines(struct estimate_fixture *f)
{
    fill_line(f, FIX_CN, &f->cn_run, 1);
    f->lines[FIX_CN].list = f->lines[FIX_CN].contract = m(5500404);
    f->lines[FIX_CN].m = money(5189064, 311340, 311340, 0, 0);
    f->lines[FIX_CN].npv = m(5028549);
    f->lines[FIX_CN].candidates = f->candidates;
    f->lines[FIX_CN].ncandidates = 2;
    fill_line(f, FIX_INTL, &f->intl_run, 1);
    f->lines[FIX_INTL].list = f->lines[FIX_INTL].contract = m(851328);
    f->lines[FIX_INTL].m = money(6044424, 362664, 362664, 12084, 0);
    f->lines[FIX_INTL].npv = m(5869160);
    f->lines[FIX_INTL].spread = dec_of(2, 3);
    f->lines[FIX_INTL].tax_fx = &f->usd_cny;
    f->lines[FIX_INTL].back_fx = &f->same;
    fill_line(f, FIX_TENCENT, f->life_runs, 2);
    f->lines[FIX_TENCENT].list = f->lines[FIX_TENCENT].contract = m(1514976);
    f->lines[FIX_TENCENT].m = money(1429218, 85758, 85758, 0, 0);
    f->lines[FIX_TENCENT].npv = m(1386289);
    f->lines[FIX_TENCENT].status = LINE_STALE;
    f->lines[FIX_TENCENT].reason = "the price is of 2022-05-20, older than 36 months";
    f->lines[FIX_TENCENT].size_note = "8 vCPU 64 GiB for 4 vCPU 16 GiB";
    f->lines[FIX_BAIDU] = (struct line){.label = "web",
                                        .kind = "compute",
                                        .resource = &f->web,
                                        .status = LINE_UNPRICED,
                                        .reason = "no compute price at baidu-cn in bj",
                                        .charge = "on-demand",
                                        .size_note = "",
                                        .unit = ""};
    f->cost_line = (struct line){.label = "migration",
                                 .kind = "cost",
                                 .cost = &f->migration,
                                 .status = LINE_PRICED,
                                 .reason = "",
                                 .charge = "",
                                 .size_note = "",
                                 .unit = "",
                                 .price_currency = "CNY",
                                 .fx = &f->same,
                                 .runs = &f->migration_run,
                                 .nruns = 1,
                                 .list = m(2000000),
                                 .contract = m(2000000),
                                 .m = money(0, 0, 0, 0, 2000000),
                                 .npv = m(2000000)};
    f->tencent_lines[0] = f->lines[FIX_TENCENT];
    f->tencent_lines[1] = f->cost_line;
}

static void fill_sites(struct estimate_fixture *f)
{
    static const char *const condition =
        "a mainland company needs a phone number outside the mainland, withholds tax itself and gets no Chinese "
        "invoice; mainland regions need a real-name check";
    for (size_t i = 0; i < FIX_SITES; i++) {
        struct site_estimate *s = &f->site_estimates[i];
        *s = (struct site_estimate){.column = f->sites[i].id,
                                    .site = &f->sites[i],
                                    .buyer = &f->buyer,
                                    .region = &f->regions[i],
                                    .lines = &f->lines[i],
                                    .nlines = 1,
                                    .has_totals = i != FIX_BAIDU,
                                    .has_list = i != FIX_BAIDU,
                                    .list = f->lines[i].list,
                                    .m = f->lines[i].m,
                                    .npv = f->lines[i].npv,
                                    .oldest_price = i == FIX_BAIDU ? DATE_NONE : f->sources[i].as_of};
        currency(s->list_currency, f->sites[i].list_currency);
        s->list_basis = i == FIX_INTL ? BASIS_EXCL : BASIS_INCL;
    }
    f->site_estimates[FIX_CN].rank = 1;
    f->site_estimates[FIX_CN].has_vs_best = true;
    f->site_estimates[FIX_CN].cost_per_month = m(432422);
    f->site_estimates[FIX_CN].notes = f->cn_notes;
    f->site_estimates[FIX_CN].nnotes = 1;
    f->cn_notes[0] = "a public site on servers in the mainland needs an ICP filing (about 20 working days)";
    f->site_estimates[FIX_INTL].rank = 2;
    f->site_estimates[FIX_INTL].has_vs_best = true;
    f->site_estimates[FIX_INTL].vs_best = dec_of(167167705833, 12);
    f->site_estimates[FIX_INTL].cost_per_month = m(504709);
    f->site_estimates[FIX_INTL].notes = f->intl_notes;
    f->site_estimates[FIX_INTL].nnotes = 2;
    f->intl_notes[0] = condition;
    f->intl_notes[1] = f->cn_notes[0];
    f->site_estimates[FIX_TENCENT].status = SITE_STALE;
    f->site_estimates[FIX_TENCENT].reasons = f->tencent_reasons;
    f->site_estimates[FIX_TENCENT].nreasons = 1;
    f->tencent_reasons[0] = "web: the price is of 2022-05-20, older than 36 months";
    f->site_estimates[FIX_TENCENT].lines = f->tencent_lines;
    f->site_estimates[FIX_TENCENT].nlines = 2;
    f->site_estimates[FIX_TENCENT].has_list = false;
    f->site_estimates[FIX_TENCENT].m = money(1429218, 85758, 85758, 0, 2000000);
    f->site_estimates[FIX_TENCENT].npv = m(3386289);
    f->site_estimates[FIX_TENCENT].cost_per_month = m(285768);
    f->site_estimates[FIX_BAIDU].status = SITE_INCOMPLETE;
    f->site_estimates[FIX_BAIDU].reasons = f->baidu_reasons;
    f->site_estimates[FIX_BAIDU].nreasons = 1;
    f->baidu_reasons[0] = "1 of 1 lines has no price";
}

static void fill_scenario(struct estimate_fixture *f)
{
    f->buyer = (struct buyer){.name = "",
                              .country = "CN",
                              .vat = "general",
                              .invoice = INVOICE_SPECIAL,
                              .taxable_use = fixed(DEC_ONE),
                              .wht = fixed(DEC_ZERO),
                              .surcharge = fixed(DEC_ZERO)};
    f->web = (struct resource){.kind = KIND_COMPUTE,
                               .name = "web",
                               .label = "web",
                               .line = 12,
                               .count = fixed(dec_int64(6)),
                               .charge = {.kind = CHARGE_ON_DEMAND, .offering = ""},
                               .vcpu = fixed(dec_int64(4)),
                               .memory = fixed(dec_int64(16)),
                               .os = "linux",
                               .class_ = "",
                               .engine = ""};
    f->one_web = f->web;
    f->one_web.count = fixed(DEC_ONE);
    f->migration = (struct cost){.name = "migration",
                                 .label = "migration",
                                 .line = 20,
                                 .amount = {m(2000000), "CNY"},
                                 .when = WHEN_ONCE,
                                 .month = 1};
    f->settings[0] = (struct setting){"project", "name", "storefront", "config.ini:2"};
    f->settings[1] = (struct setting){"project", "discount_rate", "6%", "--set"};
    f->settings[2] = (struct setting){"project", "hours", "730", "default"};
    f->scenario = (struct scenario){.file = "config.ini",
                                    .name = "storefront",
                                    .months = 12,
                                    .currency = "CNY",
                                    .discount_rate = fixed(m(6)),
                                    .as_of = day("2026-11-21"),
                                    .hours = fixed(dec_int64(730)),
                                    .buyers = &f->buyer,
                                    .nbuyers = 1,
                                    .fx_source = "ecb",
                                    .fx_spread = fixed(dec_of(2, 3)),
                                    .price_pack = "",
                                    .city = "",
                                    .resources = &f->web,
                                    .nresources = 1,
                                    .costs = &f->migration,
                                    .ncosts = 1,
                                    .settings = f->settings,
                                    .nsettings = 3};
    month_parse("2027-01", 7, &f->scenario.start);
}

void estimate_fixture(struct estimate_fixture *f)
{
    memset(f, 0, sizeof *f);
    fill_scenario(f);
    fill_rules(f);
    fill_taxes(f);
    fill_rates(f);
    fill_offers(f);
    fill_runs(f);
    fill_lines(f);
    fill_sites(f);
    f->snapshot = (struct snapshot){"bundled", "fixtures/prices", "0123abcd", 57600};
    f->e = (struct estimate){.scenario = &f->scenario,
                             .rules = &f->rules,
                             .minor_units = 2,
                             .sites = f->site_estimates,
                             .nsites = FIX_SITES,
                             .rates = f->rates,
                             .nrates = 1,
                             .snapshots = &f->snapshot,
                             .nsnapshots = 1};
}
