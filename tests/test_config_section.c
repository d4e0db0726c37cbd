/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One section by the key table: given values, defaults, and the note of what took effect.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"
#include "tests/support/value_case.h"

#include <stdio.h>
#include <string.h>

static const struct setting *setting_of(const struct scenario *s, const char *section, const char *key)
{
    for (size_t i = 0; i < s->nsettings; i++)
        if (strcmp(s->settings[i].section, section) == 0 && strcmp(s->settings[i].key, key) == 0)
            return &s->settings[i];
    return NULL;
}

static void every_effect_is_noted_with_its_origin(void **state)
{
    (void)state;
    static const struct {
        const char *section, *key, *value, *origin;
    } rows[] = {
        {"project", "name", "config", "default"},
        {"project", "as_of", "2026-10-01", "--as-of"},
        {"project", "start", "2026-11", "default"},
        {"project", "months", "12", "default"},
        {"project", "currency", "CNY", "default"},
        {"buyer", "vat", "general", "default"},
        {"buyer hk", "country", "HK", "config.ini:2"},
        {"buyer hk", "vat", "registered", "default"},
        {"fx", "max_age", "7 days", "default"},
        {"fx", "USD/CNY", "7.10", "config.ini:4"},
        {"prices", "max_age", "none", "default"},
        {"compare", "sites", "all", "default"},
        {"compare", "region.aliyun-cn", "cn-hangzhou", "config.ini:6"},
        {"compute web", "vcpu", "4", "config.ini:8"},
        {"compute web", "count", "7", "--set"},
        {"compute web", "charge", "on-demand", "default"},
        {"cost c", "amount", "1 CNY", "config.ini:11"},
        {"cost c", "when", "monthly", "default"},
    };
    static const char text[] = "[buyer hk]\ncountry = HK\n[fx]\nUSD/CNY = 7.10\n"
                               "[compare]\nregion.aliyun-cn = cn-hangzhou\n"
                               "[compute web]\nvcpu = 4\nmemory = 16 GiB\n[cost c]\namount = 1 CNY\n";
    struct scenario s;
    config_case_read(text, "compute web.count=7", "2026-10-01", &s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *got = setting_of(&s, rows[i].section, rows[i].key);
        assert_non_null(got);
        assert_string_equal(got->value, rows[i].value);
        assert_string_equal(got->origin, rows[i].origin);
    }
    /* in the order of the key table, resources and costs last */
    assert_ptr_equal(setting_of(&s, "project", "name"), &s.settings[0]);
    assert_ptr_equal(setting_of(&s, "cost c", "sites"), &s.settings[s.nsettings - 1]);
    assert_null(setting_of(&s, "compute web", "hours")); /* left to the project */
    assert_null(setting_of(&s, "buyer", "tax_rate"));
    scenario_free(&s);
}

static void defaults(void **state)
{
    (void)state;
    struct scenario s;
    char text[DATE_TEXT];
    config_case_read("[compare]\ncity = Hangzhou\n[compute web]\nvcpu=4\nmemory=16GiB\n[egress e]\nvolume = 1 TB\n",
                     NULL, NULL, &s);
    assert_string_equal(s.name, "config");
    assert_string_equal(s.file, "config.ini");
    month_format(s.start, text); /* the month after the clock's 2026-11-21 */
    assert_string_equal(text, "2026-12");
    date_format(s.as_of, text);
    assert_string_equal(text, "2026-11-21");
    assert_int_equal(s.months, 12);
    assert_string_equal(s.currency, "CNY");
    value_case_is(s.discount_rate, "0");
    value_case_is(s.hours, "730");
    assert_int_equal(s.nbuyers, 1);
    assert_string_equal(s.buyers[0].country, "CN");
    assert_string_equal(s.buyers[0].vat, "general");
    assert_int_equal(s.buyers[0].invoice, INVOICE_SPECIAL);
    assert_int_equal(s.buyers[0].taxes_borne_by, BORNE_BY_BUYER);
    value_case_is(s.buyers[0].taxable_use, "1");
    assert_int_equal(s.buyers[0].tax_rate.kind, VALUE_NONE);
    assert_string_equal(s.fx_source, "ecb");
    assert_int_equal(s.fx_max_age.days, 7);
    assert_false(s.price_max_age.given);
    assert_string_equal(s.price_pack, "");
    assert_int_equal(s.npayments, 0);
    assert_int_equal(s.nsites, 5);
    scenario_free(&s);
}

static void defaults_of_resources(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read("[compare]\ncity = Hangzhou\n[compute web]\nvcpu=4\nmemory=16GiB\n[egress e]\nvolume = 1 TB\n",
                     NULL, NULL, &s);
    const struct resource *web = &s.resources[0], *egress = &s.resources[1];
    value_case_is(web->count, "1");
    value_case_is(web->growth.rate, "0");
    assert_int_equal(web->charge.kind, CHARGE_ON_DEMAND);
    assert_string_equal(web->charge.offering, "");
    assert_int_equal(web->arch, ARCH_AMD64);
    assert_string_equal(web->os, "linux");
    assert_string_equal(web->class_, "");
    assert_false(web->burstable || web->metal || web->legacy);
    assert_int_equal(web->gpu.kind, VALUE_NONE);
    assert_int_equal(web->hours.kind, VALUE_NONE);
    assert_int_equal(web->vat_rate.kind, VALUE_NONE);
    assert_int_equal(web->nsites, 0);
    assert_string_equal(egress->class_, "internet");
    value_case_is(egress->size, "1024");
    assert_string_equal(egress->os, "");
    scenario_free(&s);
}

/* The class a kind takes by itself stands in two tables: they must agree. */
static void class_defaults_agree(void **state)
{
    (void)state;
    static const char text[] = "[compare]\ncity = Hangzhou\n[block-storage a]\nsize=1GB\n[object-storage a]\nsize=1GB\n"
                               "[egress a]\nvolume=1GB\n[bandwidth a]\nrate=1Mbps\n[public-ip a]\n[load-balancer a]\n"
                               "[nat a]\n[snapshot a]\nsize=1GB\n[requests a]\nquantity=1\n"
                               "[compute a]\nvcpu=1\nmemory=1GB\n[database a]\nvcpu=1\nmemory=1GB\n";
    struct scenario s;
    config_case_read(text, NULL, NULL, &s);
    assert_int_equal(s.nresources, KIND_COUNT);
    for (size_t i = 0; i < s.nresources; i++)
        assert_string_equal(s.resources[i].class_, kind_table[s.resources[i].kind].class_default);
    scenario_free(&s);
}

static void values_are_refused_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *set, *message;
    } rows[] = {
        {"compute web.vcpu=four", "vcpu: 'four' is no number (over 0 to 1024)"},
        {"compute web.count=-1", "count: '-1' is out of range (over 0 to 1000000)"},
        {"compute web.memory=16", "memory: '16' lacks its unit (such as 16 GiB)"},
        {"compute web.os=linus", "os: unknown word 'linus' (did you mean 'linux'? known: linux, windows)"},
        {"compute web.hours=745", "hours: '745' is out of range (over 0 to 744)"},
        {"compute web.vat_rate=101%", "vat_rate: '101%' is out of range (0% to 100%)"},
        {"project.months=0", "months: '0' is out of range (1 to 600)"},
        {"project.months=1e9", "months: '1e9' is no whole number (1 to 600)"},
        {"project.currency=XXX", "currency: unknown currency 'XXX' (known: CNY, USD, EUR, JPY, SGD)"},
        {"project.as_of=2026-02-30",
         "as_of: '2026-02-30' is no day that exists (such as 2026-11-21, years 1900 to 2999)"},
        {"project.start=2027", "start: '2027' is no month (such as 2027-01, years 1900 to 2999)"},
        {"project.name=", "name: nothing is given"},
        {"buyer.invoice=none", "invoice: unknown word 'none' (known: special, ordinary)"},
        {"fx.source=boc", "source: unknown word 'boc' (known: ecb, cfets)"},
        {"fx.USD/CNY=0", "USD/CNY: '0' is out of range (over 0 to 1000000000)"},
        {"prices.pack=", "pack: nothing is given"},
        {"compare.region.aliyun-cn=cn-north-1",
         "region.aliyun-cn: unknown region of aliyun-cn 'cn-north-1' (known: cn-beijing, cn-hangzhou, ap-southeast-1)"},
        {"compare.discount.gcp=5%",
         "discount.gcp: unknown site 'gcp' (known: aliyun-cn, aliyun-intl, aws-cn, azure-cn, baidu-cn)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char message[400];
        assert_true(snprintf(message, sizeof message, "--set '%s': %s", rows[i].set, rows[i].message) > 0);
        config_case_fails(config_case_whole, rows[i].set, NULL, message);
    }
    config_case_fails("[compute web]\n\nvcpu = four\n[compare]\ncity = Beijing\n", NULL, NULL,
                      "config.ini:3: vcpu: 'four' is no number (over 0 to 1024)");
}

static void required_keys(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"[egress a]\n", "config.ini:3: [egress a] lacks volume (such as volume = 8 TB)"},
        {"[bandwidth a]\n", "config.ini:3: [bandwidth a] lacks rate (such as rate = 10 Mbps)"},
        {"[block-storage a]\n", "config.ini:3: [block-storage a] lacks size (such as size = 500 GiB)"},
        {"[requests a]\n", "config.ini:3: [requests a] lacks quantity (such as quantity = 5000000)"},
        {"[cost a]\n", "config.ini:3: [cost a] lacks amount (such as amount = 200000 CNY)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[200];
        assert_true(snprintf(text, sizeof text, "[compare]\ncity = Beijing\n%s", rows[i].text) > 0);
        config_case_fails(text, NULL, NULL, rows[i].message);
    }
}

static void names_come_from_the_file(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(config_case_whole, "project.name=店铺", NULL, &s);
    assert_string_equal(s.name, "店铺");
    scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_effect_is_noted_with_its_origin),
        cmocka_unit_test(defaults),
        cmocka_unit_test(defaults_of_resources),
        cmocka_unit_test(class_defaults_agree),
        cmocka_unit_test(values_are_refused_with_their_line),
        cmocka_unit_test(required_keys),
        cmocka_unit_test(names_come_from_the_file),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
