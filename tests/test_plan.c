/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan of an estimate: everything a reader needs to see before pricing, within 100 columns.
 */
#include "tests/support/test.h"

#include "calc/plan.h"
#include "calc/words.h"
#include "tests/support/config_case.h"
#include "tests/support/rules_fixture.h"

#include <string.h>

static void plan_of(const char *text, struct buf *out)
{
    struct scenario s;
    struct err err;
    config_case_read(text, NULL, NULL, &s);
    assert_int_equal(plan_write(&s, &rules_fixture, NULL, out, &err), 0);
    scenario_free(&s);
}

static const char rich[] =
    "[project]\nname = storefront\nmonths = 36\ndiscount_rate = 8%\n"
    "[buyer]\ntaxable_use = 70%\nwht = 10%\ntax_rate = 6%\nsurcharge = 12%\n"
    "[buyer sg-sub]\ncountry = SG\n"
    "[fx]\nUSD/CNY = 7.10\nspread = 0.2%\n"
    "[prices]\nmax_age = 1 month\n"
    "[payment aliyun-intl]\nmethod = card\nfee = 2%\nsettlement = EUR\nsettlement_rate = 0.92\n"
    "invoice_handling = 40 CNY\n"
    "[compare]\nsites = aliyun-cn, aliyun-cn@sg-sub, aliyun-intl, azure-cn, aws-cn, baidu-cn\ncity = 北京\n"
    "region.aliyun-intl = ap-southeast-1\ndiscount.azure-cn = 15%\ndiscount.azure-cn.compute = 20%\n"
    "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\ngrowth = 2% / month\nsku.aliyun-cn = ecs.g7.xlarge\n"
    "gpu = 2\nlegacy = yes\ncharge = reserved 1 year no-upfront\n"
    "[block-storage data]\nsize = 2 TB\nsites = azure-cn\nvat_rate = 9%\n"
    "[egress out]\nvolume = 8 TB\nsites = aliyun-intl\n"
    "[cost move]\namount = 200000 CNY\nwhen = once\nmonth = 3\n"
    "[cost filing]\namount = 500 CNY\nif = region-mainland public\nvat_rate = 6%\n"
    "[cost sea]\namount = 1 CNY\nif = region-abroad public\n";

static const char rich_plan[] =
    "config.ini is sound; this is what would be priced:\n"
    "\n"
    "scenario                storefront: 36 months, 2026-12 to 2029-11, in CNY, discounted at 8 % a year\n"
    "as of                   2026-11-21; 730 hours in a month\n"
    "buyer                   CN, VAT general, special invoices, taxable use 70 %, income tax 10 % borne\n"
    "                        by the buyer, tax rate of overseas sites 6 %, relief on surcharges 12 %\n"
    "buyer sg-sub            SG, VAT registered, special invoices\n"
    "payment aliyun-intl     card, fee 2 %, billed in EUR at 0.92, handling of an invoice 40 CNY\n"
    "budget rates            USD/CNY 7.1\n"
    "rates                   ecb, at most 7 days old; spread 0.2 %\n"
    "prices                  the bundled ones, at most 1 month old\n"
    "\n"
    "sites\n"
    "  aliyun-cn             accepted     cn-beijing Beijing 北京\n"
    "  aliyun-cn@sg-sub      refused      cn-beijing Beijing 北京\n"
    "                        not ranked, priced with --all; real-name verification first\n"
    "  aliyun-intl           conditional  ap-southeast-1 Singapore 新加坡\n"
    "                        a phone number outside the mainland\n"
    "  azure-cn              accepted     chinanorth Beijing 北京, chinanorth2 Beijing 北京: the one\n"
    "                        where most is priced, then the cheapest; discount 15 %; discount 20 % on\n"
    "                        compute\n"
    "  aws-cn                accepted     cn-north-1 Beijing 北京\n"
    "  baidu-cn              accepted     no region of baidu-cn is known\n"
    "\n"
    "compute web             4 vCPU, 16 GiB, linux, amd64, GPU x 2, old generations too; count 6, growth\n"
    "                        2 % a month, reserved 12 months no-upfront\n"
    "  aliyun-cn             SKU ecs.g7.xlarge\n"
    "  aliyun-cn@sg-sub      SKU ecs.g7.xlarge\n"
    "  aliyun-intl           the cheapest shape that fits\n"
    "  azure-cn              the cheapest shape that fits\n"
    "  aws-cn                the cheapest shape that fits\n"
    "  baidu-cn              cannot be priced: no region\n"
    "\n"
    "block-storage data      2048 GiB, class ssd; count 1, on-demand, VAT 9 %\n"
    "  azure-cn              class ssd\n"
    "\n"
    "egress out              8192 GiB a month, class internet; count 1, on-demand\n"
    "  aliyun-intl           class internet\n"
    "\n"
    "cost move               200000 CNY once, in 2027-02\n"
    "  applies at            aliyun-cn, aliyun-cn@sg-sub, aliyun-intl, azure-cn, aws-cn, baidu-cn\n"
    "\n"
    "cost filing             500 CNY every month from 2026-12, VAT 6 %; if region-mainland and public\n"
    "  nowhere               no compared site meets its terms\n"
    "\n"
    "cost sea                1 CNY every month from 2026-12; if region-abroad and public\n"
    "  applies at            aliyun-intl\n";

static void everything_is_said(void **state)
{
    (void)state;
    struct buf out = {0};
    plan_of(rich, &out);
    assert_string_equal(out.v, rich_plan);
    buf_free(&out);
}

static void lines_keep_within_100_columns(void **state)
{
    (void)state;
    static const char text[] =
        "[compare]\ncity = Hangzhou\nsites = aliyun-cn\n"
        "[compute a machine with a name that is longer than any label of the plan has columns for 测试]\n"
        "vcpu = 4\nmemory = 16 GiB\n"
        "sku.aliyun-cn = a-very-long-sku-a-very-long-sku-a-very-long-sku-a-very-long-sku-a-very-long-sku-a-very\n";
    struct buf out = {0};
    plan_of(text, &out);
    for (char *line = out.v, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        assert_in_range(words_width(line), 0, 100);
    }
    buf_free(&out);
}

static void a_line_that_goes_nowhere_says_so(void **state)
{
    (void)state;
    static const char text[] =
        "[compare]\ncity = Hangzhou\nsites = aliyun-cn\n[requests r]\nquantity = 5\nsites = aws-cn\n";
    struct buf out = {0};
    plan_of(text, &out);
    assert_non_null(strstr(out.v, "\nrequests r              5 requests a month, class read; count 1, on-demand\n"
                                  "  nowhere               none of the compared sites is among its sites\n"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_said),
        cmocka_unit_test(lines_keep_within_100_columns),
        cmocka_unit_test(a_line_that_goes_nowhere_says_so),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
