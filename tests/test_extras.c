/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Costs of the user's own, payment fees and invoice handling, over whole estimates. Expected numbers by hand.
 */
#include "tests/support/prepared.h"

#include <stdio.h>

/* Six ecs.g7.xlarge in cn-hangzhou for two months: 709.44 USD = 5,037.02 CNY a month abroad, 4,583.67 CNY at home. */
static void estimate(struct prepared *p, const char *sections)
{
    char text[2048];
    snprintf(text, sizeof text,
             "[project]\nmonths = 2\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\nHKD/CNY = 0.9\nUSD/HKD = 7.78\n"
             "[compare]\nsites = aliyun-cn, aliyun-intl\nregion.aliyun-cn = cn-hangzhou\n"
             "region.aliyun-intl = cn-hangzhou\n"
             "[compute web]\ncount = 6\nsku.aliyun-cn = ecs.g7.xlarge\nsku.aliyun-intl = ecs.g7.xlarge\n%s",
             sections);
    prepare_estimate(p, text, NULL, NULL);
}

static const struct line *find(const struct site_estimate *e, const char *label)
{
    for (size_t i = 0; i < e->nlines; i++)
        if (!strcmp(e->lines[i].label, label))
            return &e->lines[i];
    return NULL;
}

static void wires_cost_abroad_and_not_at_home(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[payment]\nmethod = wire\n");
    const struct site_estimate *intl = prepared_site(&p, "aliyun-intl"), *cn = prepared_site(&p, "aliyun-cn");
    const struct line *fee = prepared_line(intl, "payment");
    assert_string_equal(fee->kind, "fee");
    assert_dec(fee->runs[0].m.fees, "200.00"); /* clamp(5.04, 50, 260) + 150 */
    assert_dec(intl->m.fees, "400.00");
    assert_null(find(cn, "payment"));
    prepared_free(&p);
}

static void a_fee_of_ones_own_is_a_share_of_what_is_paid(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[payment aliyun-intl]\nmethod = card\nfee = 2.5%\n");
    /* 2.5 % of 5,037.02 = 125.9255; the withheld VAT is not paid to the seller */
    assert_dec(prepared_line(prepared_site(&p, "aliyun-intl"), "payment")->runs[0].m.fees, "125.93");
    assert_null(find(prepared_site(&p, "aliyun-cn"), "payment"));
    prepared_free(&p);
}

/* One payment a month: at its end when anything is post-paid, at its start when all of it is prepaid. */
static void a_fee_is_due_with_its_payment(void **state)
{
    (void)state;
    static const char *const second[] = {"charge = prepaid 1 month", "charge = on-demand"};
    for (size_t i = 0; i < 2; i++) {
        struct prepared p;
        char text[512];
        snprintf(text, sizeof text,
                 "[project]\nmonths = 2\nas_of = 2026-11-21\n[payment]\nfee = 1%%\nmethod = card\n[compare]\n"
                 "sites = tencent-cn\nregion.tencent-cn = ap-guangzhou\n"
                 "[compute a]\nsku.tencent-cn = S5.MEDIUM4\ncharge = prepaid 1 month\n"
                 "[compute b]\nsku.tencent-cn = S5.MEDIUM4\n%s\n",
                 second[i]);
        prepare_estimate(&p, text, NULL, NULL);
        const struct line *fee = prepared_line(prepared_site(&p, "tencent-cn"), "payment");
        assert_int_equal(fee->runs[0].at, i == 0 ? AT_START : AT_END);
        prepared_free(&p);
    }
}

static void an_unknown_fee_is_no_zero(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[buyer]\ncountry = SG\n[payment aliyun-intl]\nmethod = wire\n");
    const struct site_estimate *e = prepared_site(&p, "aliyun-intl");
    assert_int_equal(e->status, SITE_INCOMPLETE);
    assert_string_equal(prepared_line(e, "payment")->reason,
                        "fee unknown for payment by wire from SG to SG (give fee in [payment aliyun-intl])");
    prepared_free(&p);
}

static void each_invoice_is_handled(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[payment]\ninvoice_handling = 5.83 USD\n");
    assert_dec(prepared_site(&p, "aliyun-cn")->m.fees, "82.78"); /* 2 x 41.39: 5.83 x 7.10 = 41.393 */
    prepared_free(&p);
}

/* Billed in HKD at the vendor's rate: 709.44 x 7.78 = 5,519.4432 -> 5,519.44 HKD; x 0.9 = 4,967.496 -> 4,967.50 CNY. */
static void settled_in_another_currency(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[payment aliyun-intl]\nsettlement = HKD\nsettlement_rate = 7.78\n");
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-intl"), "web");
    assert_dec(l->runs[0].contract, "709.44");
    assert_dec(l->runs[0].billed, "5519.44");
    assert_dec(l->runs[0].m.net, "4967.50");
    assert_string_equal(l->settle_fx->source, "vendor");
    prepared_free(&p);
}

/* One rate of settlement cannot serve sites that list in different currencies. */
static void a_general_settlement_serves_one_list_currency(void **state)
{
    (void)state;
    struct prepared p;
    struct err err = {0};
    assert_int_equal(prepare_try(&p,
                                 "[project]\nas_of = 2026-11-21\n[payment]\nsettlement = EUR\nsettlement_rate = 0.92\n"
                                 "[compare]\nsites = aliyun-cn, aliyun-intl\ncity = Beijing\n"
                                 "[compute a]\nvcpu = 4\nmemory = 16 GiB\n",
                                 NULL, NULL, &err),
                     -1);
    assert_non_null(
        strstr(err.text, "settlement: aliyun-cn lists in CNY and aliyun-intl in USD (give it in [payment SITE])"));
    prepared_free(&p);
}

/* A line of the user's that is called like a fee is told apart by its kind. */
static void a_line_called_payment_is_not_the_fee(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[payment]\nmethod = wire\n[egress payment]\nvolume = 1 GB\n");
    const struct site_estimate *e = prepared_site(&p, "aliyun-intl");
    assert_string_equal(prepared_line(e, "egress payment")->kind, "egress");
    assert_string_equal(prepared_line(e, "payment")->kind, "fee");
    prepared_free(&p);
}

static void costs_by_time_and_condition(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[cost migration]\namount = 200000 CNY\nwhen = once\nsites = aliyun-intl\n"
                 "[cost staff]\namount = 100 USD\n"
                 "[cost filing]\namount = 3000 CNY\nwhen = yearly\nif = region-mainland\n"
                 "[cost abroad]\namount = 1 CNY\nif = region-abroad\n"
                 "[cost shop]\namount = 1 CNY\nif = public\n");
    const struct site_estimate *cn = prepared_site(&p, "aliyun-cn"), *intl = prepared_site(&p, "aliyun-intl");
    assert_null(find(cn, "migration"));
    assert_dec(prepared_line(intl, "migration")->m.other, "200000");
    assert_dec(prepared_line(cn, "staff")->m.other, "1420.00"); /* 2 x 710.00 */
    assert_dec(prepared_line(cn, "filing")->m.other, "3000");
    assert_null(find(cn, "abroad"));
    assert_null(find(cn, "shop")); /* the workload has nothing that faces the public */
    assert_dec(cn->m.other, "4420.00");
    assert_dec(cn->m.cash_out, "13587.34"); /* 2 x 4,583.67 + 4,420.00 */
    prepared_free(&p);
}

static void a_public_workload_meets_the_condition(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p,
             "[egress out]\nvolume = 1 GB\n[cost shop]\namount = 10 CNY\nwhen = once\nif = public, region-mainland\n");
    assert_dec(prepared_line(prepared_site(&p, "aliyun-cn"), "shop")->m.other, "10");
    prepared_free(&p);
}

/* 1,000 CNY with 6 % on top: recoverable with a special invoice. */
static void a_cost_with_tax(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[cost audit]\namount = 1000 CNY\nwhen = once\nvat_rate = 6%\n");
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-intl"), "audit");
    assert_dec(l->m.other, "1000");
    assert_dec(l->m.tax, "60.00");
    assert_dec(l->m.recoverable, "60.00");
    assert_dec(l->m.cash_out, "1060.00");
    assert_dec(l->m.cost, "1000.00");
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wires_cost_abroad_and_not_at_home),
        cmocka_unit_test(a_fee_of_ones_own_is_a_share_of_what_is_paid),
        cmocka_unit_test(a_fee_is_due_with_its_payment),
        cmocka_unit_test(an_unknown_fee_is_no_zero),
        cmocka_unit_test(each_invoice_is_handled),
        cmocka_unit_test(settled_in_another_currency),
        cmocka_unit_test(a_general_settlement_serves_one_list_currency),
        cmocka_unit_test(a_line_called_payment_is_not_the_fee),
        cmocka_unit_test(costs_by_time_and_condition),
        cmocka_unit_test(a_public_workload_meets_the_condition),
        cmocka_unit_test(a_cost_with_tax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
