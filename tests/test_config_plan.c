/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * [plan NAME]: where each resource is bought, and every way to get it wrong with its exact message.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"

#define PLACE "[compare]\nsites = aliyun-cn\ncity = Hangzhou\n[buyer sg]\ncountry = SG\n"
#define WEB "[compute web]\nvcpu = 4\nmemory = 16 GiB\n"
#define OUT "[egress out]\nvolume = 1 TB\n"

static void where_each_is_bought(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read("[compare]\nsites = aliyun-cn\ncity = Hangzhou\nmax_providers = 2\n[buyer sg]\ncountry = SG\n"
                     "[plan a b]\nout = aliyun-intl@sg\ncompute web = aliyun-cn\n[plan c]\nweb = aliyun-intl\n"
                     "out = aliyun-intl\n" WEB OUT,
                     NULL, NULL, &s);
    assert_int_equal(s.max_providers, 2);
    assert_int_equal(s.nsplits, 2);
    assert_string_equal(s.splits[0].name, "a b");
    assert_string_equal(s.splits[0].where[0].site, "aliyun-cn"); /* by resource, in the order of the file */
    assert_string_equal(s.splits[0].where[0].buyer, "");
    assert_string_equal(s.splits[0].where[1].site, "aliyun-intl");
    assert_string_equal(s.splits[0].where[1].buyer, "sg");
    assert_string_equal(s.splits[1].where[0].site, "aliyun-intl");
    scenario_free(&s);
}

static void what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {PLACE "[plan a]\nwen = aliyun-cn\n" WEB OUT,
         "config.ini:7: unknown resource 'wen' (did you mean 'web'? known: web, out)"},
        {PLACE "[plan a]\nweb = aliyun-cn\n" WEB OUT "[block-storage data]\nsize = 100 GiB\n",
         "config.ini:6: [plan a] does not say where to buy out, data"},
        {PLACE "[plan a]\nweb = aliyun-cn\ncompute web = aliyun-intl\n" WEB, "config.ini:8: web is given twice"},
        {PLACE "[plan a]\nweb = aliyun-cn\nweb = aliyun-intl\n" WEB,
         "config.ini:8: key 'web' given twice in [plan a] (first at line 7)"},
        {PLACE "[plan a]\nweb = aliyun-intl@hk\n" WEB, "config.ini:7: web: unknown buyer 'hk' (known: sg)"},
        {PLACE "[plan a]\nweb = aliyun-cn, aliyun-intl\n" WEB,
         "config.ini:7: web: several offers, but a resource is bought from one"},
        {PLACE "[plan a]\nweb = aliyun-intl\n" WEB "sites = aliyun-cn\n",
         "config.ini:7: web does not go to aliyun-intl (see its sites)"},
        {PLACE "[plan a]\nweb = aliyun-intl\n[compute web]\nsku.aliyun-cn = a\n",
         "config.ini:7: web lacks vcpu (needed at aliyun-intl, which has no sku.aliyun-intl)"},
        {PLACE "[plan best-of-2]\nweb = aliyun-cn\n" WEB,
         "config.ini:6: a plan cannot be called 'best-of-2' (what the search finds is called so)"},
        {PLACE "[plan]\nweb = aliyun-cn\n" WEB, "config.ini:6: section [plan] lacks a name (such as [plan dual])"},
        {PLACE "[plan a]\nweb = aliyun-cn\n[cost x]\namount = 1 CNY\n",
         "config.ini:7: unknown resource 'web' (none is known)"},
        {PLACE "[plan a]\n[cost x]\namount = 1 CNY\n", "config.ini:6: [plan a] has no resource to buy (there is none)"},
        {PLACE "[plan a]\nweb = aliyun-intl\n[payment]\nmethod = card\n[payment aliyun-cn]\nmethod = transfer\n" WEB,
         "config.ini:9: method: 'card' at aliyun-intl has no published fee (give fee, such as fee = 2%)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        config_case_fails(rows[i].text, NULL, NULL, rows[i].message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_each_is_bought),
        cmocka_unit_test(what_is_wrong),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
