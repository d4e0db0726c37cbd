/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A whole configuration, every section of it, as a scenario.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"
#include "tests/support/value_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char rich[] =
    "\xEF\xBB\xBF; written by hand\r\n"
    "[project]\r\nname = storefront\r\nstart = 2027-01\r\nmonths = 36\r\ncurrency = SGD\r\ndiscount_rate = 8%\r\n"
    "as_of = 2026-11-21\r\nhours = 720\r\n"
    "[buyer sg-sub]\r\ncountry = SG\r\nvat = unregistered\r\ntax_rate = 9%\r\n"
    "[buyer]\r\nvat = small-scale\r\ninvoice = ordinary\r\ntaxable_use = 70%\r\nwht = 10%\r\n"
    "taxes_borne_by = supplier\r\nsurcharge = 12%\r\n"
    "[fx]\r\nsource = cfets\r\nmax_age = none\r\nspread = 0.2%\r\nUSD/CNY = 7.10\r\nEUR/USD = 1.1\r\n"
    "[prices]\r\nmax_age = 18 months\r\npack = packs/a\r\n"
    "[payment]\r\nmethod = wire\r\n"
    "[payment aliyun-intl]\r\nmethod = card\r\nfee = 2%\r\nsettlement = EUR\r\nsettlement_rate = 0.92\r\n"
    "invoice_handling = 40 CNY\r\n"
    "[compare]\r\nsites = aliyun-cn, aliyun-intl@sg-sub\r\ncity = 杭州\r\nregion.aliyun-intl = ap-southeast-1\r\n"
    "discount.aliyun-cn = 15%\r\ndiscount.aliyun-cn.compute = 20%\r\n"
    "[compute web]\r\nvcpu = 4\r\nmemory = 16 GiB ; each\r\ncount = 6\r\ngrowth = 2% / month\r\n"
    "sku.aliyun-cn = ecs.g7.xlarge\r\narch = any\r\nos = windows\r\nclass = memory\r\nburstable = yes\r\ngpu = 2\r\n"
    "metal = yes\r\nlegacy = yes\r\nhours = 100.5\r\nvat_rate = 9%\r\ncharge = reserved 1 year no-upfront\r\n"
    "sites = aliyun-cn, aliyun-intl@sg-sub\r\n"
    "[database orders]\r\nengine = postgresql\r\nha = yes\r\nvcpu = 0.5\r\nmemory = 512 MiB\r\n"
    "[bandwidth line]\r\nrate = 1 Gbps\r\n"
    "[requests r]\r\nclass = write\r\nquantity = 5000000\r\n"
    "[cost audit]\r\namount = 30000.50 CNY\r\nwhen = yearly\r\nmonth = 3\r\nsites = aliyun-cn\r\n"
    "if = region-mainland public\r\nvat_rate = 6%\r\n";

static void project_buyers_and_money(const struct scenario *s)
{
    char text[DATE_TEXT];
    assert_string_equal(s->name, "storefront");
    month_format(s->start, text);
    assert_string_equal(text, "2027-01");
    assert_int_equal(s->months, 36);
    assert_string_equal(s->currency, "SGD");
    value_case_is(s->discount_rate, "0.08");
    value_case_is(s->hours, "720");
    assert_int_equal(s->nbuyers, 2);
    assert_string_equal(s->buyers[0].name, ""); /* the default one first, wherever it stands */
    assert_string_equal(s->buyers[0].vat, "small-scale");
    assert_int_equal(s->buyers[0].invoice, INVOICE_ORDINARY);
    assert_int_equal(s->buyers[0].taxes_borne_by, BORNE_BY_SUPPLIER);
    value_case_is(s->buyers[0].taxable_use, "0.7");
    value_case_is(s->buyers[0].wht, "0.1");
    value_case_is(s->buyers[0].surcharge, "0.12");
    assert_int_equal(s->buyers[0].line, 14);
    assert_string_equal(s->buyers[1].name, "sg-sub");
    assert_string_equal(s->buyers[1].country, "SG");
    value_case_is(s->buyers[1].tax_rate, "0.09");
    assert_string_equal(s->fx_source, "cfets");
    assert_false(s->fx_max_age.given);
    value_case_is(s->fx_spread, "0.002");
    assert_int_equal(s->nrates, 2);
    assert_string_equal(s->rates[1].to, "USD");
    assert_int_equal(s->price_max_age.months, 18);
    assert_string_equal(s->price_pack, "packs/a");
}

static void payment_and_places(const struct scenario *s)
{
    assert_int_equal(s->npayments, 2);
    const struct payment *own = scenario_payment(s, "aliyun-intl");
    assert_string_equal(own->method, "card");
    value_case_is(own->fee, "0.02");
    assert_string_equal(own->settlement, "EUR");
    value_case_is(own->settlement_rate, "0.92");
    value_case_is((struct value){.kind = VALUE_FIXED, .fixed = own->invoice_handling.value}, "40");
    assert_string_equal(own->invoice_handling.currency, "CNY");
    assert_int_equal(s->nsites, 2);
    assert_string_equal(s->sites[1].buyer, "sg-sub");
    assert_string_equal(s->city, "Hangzhou");
    assert_string_equal(scenario_region(s, "aliyun-intl"), "ap-southeast-1");
    assert_int_equal(s->ndiscounts, 2);
}

static void resources_and_costs(const struct scenario *s)
{
    assert_int_equal(s->nresources, 4);
    const struct resource *web = &s->resources[0], *db = &s->resources[1];
    value_case_is(web->vcpu, "4");
    value_case_is(web->memory, "16");
    value_case_is(web->count, "6");
    value_case_is(web->growth.rate, "0.02");
    assert_int_equal(web->arch, ARCH_ANY);
    assert_string_equal(web->os, "windows");
    assert_string_equal(web->class_, "memory");
    assert_true(web->burstable && web->metal && web->legacy);
    value_case_is(web->gpu, "2");
    value_case_is(web->hours, "100.5");
    value_case_is(web->vat_rate, "0.09");
    assert_int_equal(web->charge.kind, CHARGE_RESERVED);
    assert_int_equal(web->nsites, 2);
    assert_string_equal(resource_pin(web, "aliyun-cn"), "ecs.g7.xlarge");
    assert_string_equal(db->engine, "postgresql");
    assert_true(db->ha);
    value_case_is(db->memory, "0.5");
    value_case_is(s->resources[2].size, "1000");
    value_case_is(s->resources[3].size, "5000000");
    assert_string_equal(s->resources[3].class_, "write");
    const struct cost *audit = &s->costs[0];
    value_case_is((struct value){.kind = VALUE_FIXED, .fixed = audit->amount.value}, "30000.5");
    assert_int_equal(audit->when, WHEN_YEARLY);
    assert_int_equal(audit->month, 3);
    assert_int_equal(audit->conditions, COST_IF_MAINLAND | COST_IF_PUBLIC);
    value_case_is(audit->vat_rate, "0.06");
}

static void everything_arrives(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(rich, NULL, NULL, &s);
    project_buyers_and_money(&s);
    payment_and_places(&s);
    resources_and_costs(&s);
    scenario_free(&s);
}

static void the_scenario_stands_alone(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(rich, NULL, NULL, &s); /* the configuration is freed by now: ASan watches */
    size_t bytes = 0;
    for (size_t i = 0; i < s.nsettings; i++)
        bytes += strlen(s.settings[i].section) + strlen(s.settings[i].key) + strlen(s.settings[i].value) +
                 strlen(s.settings[i].origin);
    assert_true(bytes > 1000);
    scenario_free(&s);
}

static void sections_of_sets_have_no_line(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(config_case_whole, "egress out.volume=1 TB", NULL, &s);
    assert_int_equal(s.nresources, 2);
    assert_int_equal(s.resources[0].line, 4);
    assert_int_equal(s.resources[1].line, 0);
    scenario_free(&s);
}

/* Many sections cost no more per section than few: no quadratic search among them. */
static void many_resources_are_fine(void **state)
{
    (void)state;
    enum { MANY = 30000, EACH = 48 };
    struct scenario s;
    char *text = malloc((MANY + 2) * EACH);
    assert_non_null(text);
    size_t n = (size_t)snprintf(text, EACH, "[compare]\ncity = Hangzhou\n");
    for (int i = 0; i < MANY; i++)
        n += (size_t)snprintf(text + n, EACH, "[egress e%d]\nvolume = 1 TB\n", i);
    config_case_read(text, NULL, NULL, &s);
    assert_int_equal(s.nresources, MANY);
    assert_string_equal(s.resources[MANY - 1].label, "e29999");
    scenario_free(&s);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_arrives),
        cmocka_unit_test(the_scenario_stands_alone),
        cmocka_unit_test(sections_of_sets_have_no_line),
        cmocka_unit_test(many_resources_are_fine),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
