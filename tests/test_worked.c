/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Worked cases, to the fen. Every expected number was worked out by hand or is the vendor's own; where from stands beside
 * each. None comes from this program.
 */
#include "tests/support/prepared.h"

#include <stdio.h>

#define SAMPLES "tests/packs/vendor-samples"

static void assert_money(const struct money *m, const char *net, const char *tax, const char *recoverable,
                         const char *fees, const char *cash_out, const char *cost)
{
    assert_dec(m->net, net);
    assert_dec(m->tax, tax);
    assert_dec(m->recoverable, recoverable);
    assert_dec(m->fees, fees);
    assert_dec(m->cash_out, cash_out);
    assert_dec(m->cost, cost);
    assert_dec(m->withheld, "0");
    assert_dec(m->other, "0");
}

/* By hand: 6 x 730 x 1.0465 = 4,583.67 a month = 4,324.22 + 259.45; 6 x 730 x 0.161973 = 709.44174 USD, 709.44 x 7.10 =
 * 5,037.02, withheld VAT 302.22, spread 10.07. NPV: 4,324.22 and 5,047.09 a month times the annuity of 12 months at 6 %. */
static void one_sku_on_two_sites(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     "[project]\nstart = 2027-01\nmonths = 12\ncurrency = CNY\ndiscount_rate = 6%\nas_of = 2026-11-21\n"
                     "[fx]\nUSD/CNY = 7.10\nspread = 0.20%\n"
                     "[compare]\nsites = aliyun-cn, aliyun-intl\nregion.aliyun-cn = cn-hangzhou\n"
                     "region.aliyun-intl = cn-hangzhou\n"
                     "[compute web]\ncount = 6\nsku.aliyun-cn = ecs.g7.xlarge\nsku.aliyun-intl = ecs.g7.xlarge\n",
                     NULL, NULL);
    const struct site_estimate *cn = prepared_site(&p, "aliyun-cn"), *intl = prepared_site(&p, "aliyun-intl");
    assert_dec(cn->list, "55004.04");
    assert_money(&cn->m, "51890.64", "3113.40", "3113.40", "0", "55004.04", "51890.64");
    assert_dec(cn->npv, "50285.49");
    assert_dec(intl->list, "8513.28");
    assert_money(&intl->m, "60444.24", "3626.64", "3626.64", "120.84", "64191.72", "60565.08");
    assert_dec(intl->npv, "58691.60");
    assert_int_equal(cn->rank, 1);
    assert_int_equal(intl->rank, 2);
    assert_dec(dec_round(dec_mul(intl->vs_best, D("100"), DEC_HALF_UP), 1, DEC_HALF_UP), "16.7");
    const struct line *line = prepared_line(intl, "web");
    assert_int_equal(line->nruns, 1);
    assert_dec(line->runs[0].billed, "709.44");
    assert_money(&line->runs[0].m, "5037.02", "302.22", "302.22", "10.07", "5349.31", "5047.09");
    prepared_free(&p);
}

/* By hand: 96 x 4.92 + 264 x 2.46 + 370 x 1.67 and 730 x 1.67; 730 x 0.719 = 524.87; 730 x 2.026 = 1,478.98 and 6 % of it. */
static void three_tax_bases_and_a_stepped_price(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     "[project]\nstart = 2027-01\nmonths = 2\ncurrency = CNY\nas_of = 2026-11-21\n"
                     "[buyer]\ninvoice = ordinary\n"
                     "[compare]\nsites = tencent-cn, azure-cn, aws-cn\nregion.tencent-cn = ap-guangzhou\n"
                     "region.azure-cn = chinaeast2\nregion.aws-cn = cn-north-1\n"
                     "[compute one]\nsku.tencent-cn = M5.2XLARGE64\nsku.azure-cn = Standard_D2_v3\nsku.aws-cn = "
                     "m5.xlarge\n",
                     NULL, NULL);
    const struct site_estimate *tencent = prepared_site(&p, "tencent-cn");
    const struct line *line = prepared_line(tencent, "one");
    assert_int_equal(line->nruns, 2);
    assert_dec(line->runs[0].m.cost, "1739.66");
    assert_dec(line->runs[1].m.cost, "1219.10");
    assert_dec(tencent->m.cost, "2958.76");
    const struct site_estimate *azure = prepared_site(&p, "azure-cn");
    assert_dec(prepared_line(azure, "one")->runs[0].m.cost, "524.87");
    assert_int_equal(prepared_line(azure, "one")->offer->basis, BASIS_INCL);
    assert_dec(azure->m.cost, "1049.74");
    const struct site_estimate *aws = prepared_site(&p, "aws-cn");
    assert_dec(aws->m.net, "2957.96");
    assert_dec(aws->m.tax, "177.48");
    assert_dec(aws->m.cost, "3135.44");
    prepared_free(&p);
}

/* By hand: 1.4734 / 1.15 = 1.28121739; 4 x 730 x 0.216 = 630.72 USD = 808.09 SGD; 9 % of 630.72 = 56.76 USD = 72.72 SGD. */
static void singapore(void **state)
{
    (void)state;
    static const char *const status[] = {"registered", "unregistered"};
    for (size_t i = 0; i < 2; i++) {
        struct prepared p;
        char text[512];
        snprintf(text, sizeof text,
                 "[project]\nmonths = 12\ncurrency = SGD\nas_of = 2026-03-18\n[buyer]\ncountry = SG\nvat = %s\n"
                 "[compare]\nsites = aliyun-intl\nregion.aliyun-intl = ap-southeast-1\n"
                 "[compute web]\ncount = 4\nsku.aliyun-intl = ecs.g7.xlarge\n",
                 status[i]);
        prepare_estimate(&p, text, NULL, NULL);
        const struct site_estimate *e = prepared_site(&p, "aliyun-intl");
        assert_dec(p.estimate.rates[0]->rate, "1.28121739");
        const struct line_run *r = &prepared_line(e, "web")->runs[0];
        assert_dec(r->billed, "630.72");
        assert_dec(r->own_tax, "56.76");
        assert_dec(r->m.net, "808.09");
        assert_dec(r->m.tax, "72.72");
        assert_dec(e->m.net, "9697.08");
        assert_dec(e->m.cash_out, "10569.72");
        assert_dec(e->m.recoverable, i ? "0" : "872.64");
        assert_dec(e->m.cost, i ? "10569.72" : "9697.08");
        prepared_free(&p);
    }
}

static dec_t list_of(const char *text, const char *pack, const char *site)
{
    struct prepared p;
    prepare_estimate(&p, text, pack, NULL);
    dec_t list = prepared_site(&p, site)->list;
    assert_int_equal(prepared_site(&p, site)->status, SITE_COMPLETE);
    prepared_free(&p);
    return list;
}

#define HOURS(months, hours)                                                                                           \
    "[project]\nmonths = " months "\nhours = " hours "\nas_of = 2026-11-21\ncurrency = CNY\n"                          \
    "[fx]\nUSD/CNY = 7.1\n"

/* Alibaba Cloud, EIP in Hangzhou (pay-as-you-go page, 2021-07-15): 20 Mbps in 15 started hours: configuration
 * 0.48/24 x 15 = 0.30, bandwidth (0.96 x 5 + 3.36 x 15)/24 x 15 = 34.50; by traffic 0.02 x 15 + 0.8 x 60. */
static void alibaba_eip(void **state)
{
    (void)state;
    assert_dec(list_of(HOURS("1", "15") "[compare]\nsites = aliyun-cn\nregion.aliyun-cn = cn-hangzhou\n"
                                        "[bandwidth l]\nrate = 20 Mbps\n"
                                        "[public-ip a]\nsku.aliyun-cn = eip_config_paybybandwidth\n",
                       NULL, "aliyun-cn"),
               "34.80");
    assert_dec(list_of(HOURS("1", "15") "[compare]\nsites = aliyun-cn\nregion.aliyun-cn = cn-hangzhou\n"
                                        "[egress t]\nvolume = 60 GB\n"
                                        "[public-ip a]\nsku.aliyun-cn = eip_config_paybytraffic\n",
                       NULL, "aliyun-cn"),
               "48.30");
    /* 15 Mbps for a day: 0.96 x 5 + 3.36 x 10 */
    assert_dec(list_of(HOURS("1", "24") "[compare]\nsites = aliyun-cn\nregion.aliyun-cn = cn-hangzhou\n"
                                        "[bandwidth l]\nrate = 15 Mbps\n",
                       NULL, "aliyun-cn"),
               "38.40");
}

/* The same on the international site: the total of 5.17125 USD is the vendor's and not rounded; bandwidth is (0.14 x 2 +
 * 0.15 + 0.14 x 2 + 0.5 x 15)/24 x 15 = 5.13125 by the table of prices, so the configuration fee was 0.064 a day. */
static void alibaba_eip_international(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     HOURS("1", "15") "[compare]\nsites = aliyun-intl\nregion.aliyun-intl = cn-hangzhou\n"
                                      "[bandwidth l]\nrate = 20 Mbps\nsku.aliyun-intl = eip_bgp\n"
                                      "[public-ip a]\nsku.aliyun-intl = eip_config_paybybandwidth\n",
                     SAMPLES, NULL);
    const struct site_estimate *e = prepared_site(&p, "aliyun-intl");
    assert_dec(dec_add(prepared_line(e, "l")->runs[0].list_exact, prepared_line(e, "a")->runs[0].list_exact),
               "5.17125");
    prepared_free(&p);
}

/* Tencent Cloud, S5.16XLARGE256 in Shanghai with a disk of 150 GB (API samples): 8,832 + 150 x 0.35 = 8,884.50 a month;
 * 15.95 + 150 x 0.0009 = 16.085 an hour, answered 16.09. */
static void tencent_machine_with_disk(void **state)
{
    (void)state;
    static const char where[] = "[compare]\nsites = tencent-cn\nregion.tencent-cn = ap-shanghai\n";
    char text[1024];
    snprintf(text, sizeof text,
             "%s%s[compute c]\nsku.tencent-cn = S5.16XLARGE256\ncharge = prepaid 1 month\n"
             "[block-storage d]\nsku.tencent-cn = CLOUD_PREMIUM\nsize = 150 GB\n",
             HOURS("1", "730"), where);
    assert_dec(list_of(text, SAMPLES, "tencent-cn"), "8884.50");
    snprintf(text, sizeof text,
             "%s%s[compute c]\nsku.tencent-cn = S5.16XLARGE256\n"
             "[block-storage d]\nsku.tencent-cn = CLOUD_PREMIUM\nsize = 150 GB\n",
             HOURS("1", "1"), where);
    assert_dec(list_of(text, NULL, "tencent-cn"), "16.09");
}

/* Tencent's rule for a stepped machine's first year, 96 t1 + 264 t2 + 8,400 t3, and its bandwidth 2 x 20 + 3 x 25. */
static void tencent_steps_and_bandwidth(void **state)
{
    (void)state;
    static const char where[] = "[compare]\nsites = tencent-cn\nregion.tencent-cn = ap-guangzhou\n";
    char text[1024];
    snprintf(text, sizeof text, "%s%s[compute c]\nsku.tencent-cn = M5.2XLARGE64\n", HOURS("12", "730"), where);
    assert_dec(list_of(text, NULL, "tencent-cn"), "15149.76");
    snprintf(text, sizeof text, "%s%s[bandwidth b]\nrate = 5 Mbps\nsku.tencent-cn = BANDWIDTH_PREPAID\n",
             HOURS("1", "730"), where);
    assert_dec(list_of(text, NULL, "tencent-cn"), "115");
}

/* Azure China's pages print a month of 744 hours: 0.719 x 744 = 534.936; and the saving of the one-year commitment of an A1:
 * (215.76 / 1.06 - 64.17) / (215.76 / 1.06) = 68 %. */
static void azure_month_and_commitment(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(
        &p,
        HOURS("12", "744") "[compare]\nsites = azure-cn\nregion.azure-cn = chinaeast2\n"
                           "[compute page]\nsku.azure-cn = Standard_D2_v3\n"
                           "[compute paid]\nsku.azure-cn = Standard_A1\n"
                           "[compute committed]\nsku.azure-cn = Standard_A1\ncharge = reserved 12 months\n",
        NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "azure-cn");
    assert_dec(prepared_line(e, "page")->runs[0].list_exact, "534.936");
    dec_t paid = prepared_line(e, "paid")->m.net, committed = prepared_line(e, "committed")->m.net;
    assert_dec(prepared_line(e, "paid")->runs[0].list, "215.76");
    assert_dec(committed, "770.04");
    dec_t saving = dec_div(dec_sub(paid, committed), paid, DEC_HALF_UP);
    assert_dec(dec_round(saving, 2, DEC_HALF_UP), "0.68");
    prepared_free(&p);
}

/* Huawei Cloud International: recorded answers of its rating calls, 0.678 x 730 = 494.94 (2026-06-01) and 0.0644 x 744 =
 * 47.9136 (2026-03-05). */
static void huawei_answers(void **state)
{
    (void)state;
    assert_dec(list_of(HOURS("1", "730") "[compare]\nsites = huawei-intl\nregion.huawei-intl = la-north-2\n"
                                         "[compute c]\nsku.huawei-intl = m6.3xlarge.8\n",
                       NULL, "huawei-intl"),
               "494.94");
    struct prepared p;
    prepare_estimate(&p,
                     HOURS("1", "744") "[compare]\nsites = huawei-intl\nregion.huawei-intl = sa-brazil-1\n"
                                       "[compute c]\nsku.huawei-intl = x1.2u.4g\n",
                     NULL, NULL);
    assert_dec(prepared_line(prepared_site(&p, "huawei-intl"), "c")->runs[0].list_exact, "47.9136");
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sku_on_two_sites),
        cmocka_unit_test(three_tax_bases_and_a_stepped_price),
        cmocka_unit_test(singapore),
        cmocka_unit_test(alibaba_eip),
        cmocka_unit_test(alibaba_eip_international),
        cmocka_unit_test(tencent_machine_with_disk),
        cmocka_unit_test(tencent_steps_and_bandwidth),
        cmocka_unit_test(azure_month_and_commitment),
        cmocka_unit_test(huawei_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
