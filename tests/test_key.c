/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key table: what its rows promise of themselves, and how names in a file find them.
 */
#include "tests/support/test.h"

#include "calc/key.h"

#include <string.h>

static void every_kind_has_its_section(void **state)
{
    (void)state;
    int seen[KIND_COUNT] = {0};
    for (int id = 0; id < SECTION_COUNT; id++)
        if (section_table[id].kind >= 0)
            seen[section_table[id].kind]++;
    for (int k = 0; k < KIND_COUNT; k++)
        assert_int_equal(seen[k], 1);
    assert_string_equal(section_word(SECTION_COMPUTE), "compute");
    assert_string_equal(section_word(SECTION_COST), "cost");
}

/* No key twice in one section, and a help text for each. */
static void rows_are_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < nkeys; i++) {
        const struct key *k = &key_table[i];
        assert_true(k->sections != 0);
        assert_true(k->name[0] && k->help[0] && k->example[0] && k->def[0]);
        for (size_t j = 0; j < i; j++)
            if ((k->sections & key_table[j].sections) != 0 && strcmp(k->name, key_table[j].name) == 0)
                fail_msg("key %s twice", k->name);
    }
}

/* What promised sections have: a sample of every one. */
static void promised_keys_are_there(void **state)
{
    (void)state;
    static const struct {
        enum section_id id;
        const char *keys;
    } rows[] = {
        {SECTION_PROJECT, "name start months currency discount_rate as_of hours"},
        {SECTION_BUYER, "country vat invoice taxable_use wht taxes_borne_by tax_rate surcharge"},
        {SECTION_FX, "source max_age spread USD/CNY"},
        {SECTION_PRICES, "max_age pack"},
        {SECTION_PAYMENT, "method fee settlement settlement_rate invoice_handling"},
        {SECTION_COMPARE, "sites city region.aliyun-cn discount.aliyun-cn discount.aliyun-cn.compute"},
        {SECTION_COMPUTE, "vcpu memory arch os class burstable gpu metal legacy hours"},
        {SECTION_COMPUTE, "count growth sites vat_rate sku.aliyun-cn charge"},
        {SECTION_BLOCK_STORAGE, "class size count growth sites vat_rate sku.x charge"},
        {SECTION_OBJECT_STORAGE, "class size"},
        {SECTION_EGRESS, "volume class"},
        {SECTION_BANDWIDTH, "rate class hours"},
        {SECTION_DATABASE, "engine ha vcpu memory hours"},
        {SECTION_PUBLIC_IP, "class count hours"},
        {SECTION_LOAD_BALANCER, "class count quantity hours"},
        {SECTION_NAT, "class count quantity hours"},
        {SECTION_SNAPSHOT, "class size count"},
        {SECTION_REQUESTS, "class quantity count"},
        {SECTION_COST, "amount when month sites if vat_rate"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (const char *p = rows[i].keys; *p; p += strspn(p, " ")) {
            char key[64] = "";
            struct err err;
            memcpy(key, p, strcspn(p, " "));
            p += strcspn(p, " ");
            if (!key_find(rows[i].id, "section", key, &err))
                fail_msg("%s", err.text);
        }
}

static void unknown_keys_are_answered(void **state)
{
    (void)state;
    static const struct {
        enum section_id id;
        const char *key, *message;
    } rows[] = {
        {SECTION_COMPUTE, "vcpus", "unknown key 'vcpus' in [s] (did you mean 'vcpu'?)"},
        {SECTION_COMPUTE, "Memory", "unknown key 'Memory' in [s] (did you mean 'memory'?)"},
        {SECTION_COMPARE, "regions.aliyun-cn",
         "unknown key 'regions.aliyun-cn' in [s] (did you mean 'region.aliyun-cn'?)"},
        {SECTION_COMPARE, "dicount.a.compute",
         "unknown key 'dicount.a.compute' in [s] (did you mean 'discount.a.compute'?)"},
        {SECTION_COMPARE, "region",
         "unknown key 'region' in [s] (known: sites, city, region.SITE, max_providers, discount.SITE, "
         "discount.SITE.KIND)"},
        {SECTION_COMPARE, "region.",
         "unknown key 'region.' in [s] (known: sites, city, region.SITE, max_providers, discount.SITE, "
         "discount.SITE.KIND)"},
        {SECTION_COMPARE, "region.a.b",
         "unknown key 'region.a.b' in [s] (known: sites, city, region.SITE, max_providers, discount.SITE, "
         "discount.SITE.KIND)"},
        {SECTION_PRICES, "colour", "unknown key 'colour' in [s] (known: max_age, pack)"},
        {SECTION_FX, "rate", "unknown key 'rate' in [s] (known: source, max_age, spread, AAA/BBB)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err;
        assert_null(key_find(rows[i].id, "s", rows[i].key, &err));
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void sections_are_found(void **state)
{
    (void)state;
    enum section_id id;
    const char *name;
    struct err err;
    assert_int_equal(section_find("compute web server", &id, &name, &err), 0);
    assert_int_equal(id, SECTION_COMPUTE);
    assert_string_equal(name, "web server");
    assert_int_equal(section_find("buyer", &id, &name, &err), 0);
    assert_string_equal(name, "");
    assert_int_equal(section_find("cost 迁移", &id, &name, &err), 0);
    assert_string_equal(name, "迁移");
}

static void unknown_sections_are_answered(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"compte web", "unknown section [compte web] (did you mean [compute web]?)"},
        {"Project", "unknown section [Project] (did you mean [project]?)"},
        {"colour acme", "unknown section [colour acme] (known: project, buyer, fx, prices, payment, compare, "
                        "commitments, commit, compute, "
                        "block-storage, object-storage, egress, bandwidth, database, public-ip, load-balancer, nat, "
                        "snapshot, requests, cost, quote, risk, scenario, plan, network, fetch)"},
        {"project x", "section [project] takes no name, not 'x'"},
        {"compute", "section [compute] lacks a name (such as [compute web])"},
        {"cost", "section [cost] lacks a name (such as [cost migration])"},
        {"buyer a@b", "name 'a@b' holds a comma or an at sign"},
        {"compute a,b", "name 'a,b' holds a comma or an at sign"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum section_id id;
        const char *name;
        struct err err;
        assert_int_equal(section_find(rows[i].text, &id, &name, &err), -1);
        assert_string_equal(err.text, rows[i].message);
    }
}

static void huge_names_make_short_messages(void **state)
{
    (void)state;
    static char text[60001];
    enum section_id id;
    const char *name;
    struct err err;
    memset(text, 'x', sizeof text - 1);
    assert_int_equal(section_find(text, &id, &name, &err), -1);
    assert_non_null(strstr(err.text, "...] (known: project"));
    assert_null(key_find(SECTION_PRICES, text, text, &err));
    assert_non_null(strstr(err.text, "(known: max_age, pack)"));
    text[30000] = '.';
    assert_null(key_find(SECTION_COMPARE, text, text, &err));
    assert_non_null(strstr(err.text, "discount.SITE.KIND)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_its_section),
        cmocka_unit_test(rows_are_sound),
        cmocka_unit_test(promised_keys_are_there),
        cmocka_unit_test(unknown_keys_are_answered),
        cmocka_unit_test(sections_are_found),
        cmocka_unit_test(unknown_sections_are_answered),
        cmocka_unit_test(huge_names_make_short_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
