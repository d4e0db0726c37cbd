/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * [scenario NAME] sections: recognised, laid over the base, checked with the line at fault.
 */
#include "tests/support/numbers.h"

#include "tests/support/config_case.h"
#include "tests/support/rules_fixture.h"
#include "tests/support/value_case.h"

#define BASE                                                                                                           \
    "[compare]\nsites = aliyun-cn\ncity = Hangzhou\n"                                                                  \
    "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\n" /* lines 4 to 7 */

static const char two[] = BASE "[scenario growth]\ncompute web.count = 9\nproject.months = 24\n"
                               "[scenario strong dollar]\nfx.USD/CNY = 7.5\ncompare.discount.aliyun-cn = 10%\n"
                               "egress public.volume = 1 TB\n";

static void load(const char *text, const char *set, struct config *c)
{
    struct date today;
    struct err err;
    assert_true(date_parse("2026-11-21", 10, &today));
    config_case_write(text, strlen(text));
    if (config_load(c, "config.ini", &set, set != NULL, NULL, today, &err) != 0)
        fail_msg("%s", err.text);
}

static void variant(const struct config *c, const char *name, struct scenario *s)
{
    struct err err;
    if (config_variant_scenario(c, name, &rules_fixture, s, &err) != 0)
        fail_msg("%s", err.text);
}

static void the_base_lists_them_and_stays(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(two, NULL, NULL, &s);
    assert_int_equal(s.nvariants, 2);
    assert_string_equal(s.variants[0].name, "growth");
    assert_string_equal(s.variants[0].text, "compute web.count = 9, project.months = 24");
    assert_int_equal(s.variants[0].line, 8);
    assert_string_equal(s.variants[1].name, "strong dollar");
    value_case_is(s.resources[0].count, "6");
    assert_int_equal(s.nresources, 1);
    assert_int_equal(s.months, 12);
    scenario_free(&s);
}

static void one_takes_its_keys_and_its_name(void **state)
{
    (void)state;
    struct config c;
    struct scenario s;
    load(two, NULL, &c);
    variant(&c, "growth", &s);
    assert_string_equal(s.name, "growth");
    value_case_is(s.resources[0].count, "9");
    assert_int_equal(s.months, 24);
    assert_int_equal(s.nvariants, 0);
    scenario_free(&s);
    variant(&c, "strong dollar", &s);
    value_case_is(s.resources[0].count, "6");
    assert_int_equal(s.months, 12);
    assert_int_equal(s.nresources, 2);
    assert_dec(s.rates[0].rate, "7.5");
    assert_dec(scenario_discount(&s, "aliyun-cn", KIND_COMPUTE), "0.1");
    scenario_free(&s);
    config_free(&c);
}

static void settings_say_where_from(void **state)
{
    (void)state;
    struct config c;
    struct scenario s;
    bool seen = false;
    load(two, NULL, &c);
    variant(&c, "growth", &s);
    for (size_t i = 0; i < s.nsettings; i++)
        if (strcmp(s.settings[i].section, "compute web") == 0 && strcmp(s.settings[i].key, "count") == 0) {
            assert_string_equal(s.settings[i].origin, "config.ini:9");
            assert_string_equal(s.settings[i].value, "9");
            seen = true;
        }
    assert_true(seen);
    scenario_free(&s);
    config_free(&c);
}

static void the_command_line_stays_above(void **state)
{
    (void)state;
    struct config c;
    struct scenario s;
    load(two, "compute web.count=3", &c);
    variant(&c, "growth", &s);
    value_case_is(s.resources[0].count, "3");
    assert_int_equal(s.months, 24);
    scenario_free(&s);
    config_free(&c);
    load(two, "scenario growth.compute web.count=12", &c);
    variant(&c, "growth", &s);
    value_case_is(s.resources[0].count, "12");
    scenario_free(&s);
    config_free(&c);
}

static void a_configuration_becomes_its_own_scenario(void **state)
{
    (void)state;
    struct config c;
    struct scenario s;
    struct err err;
    load(two, NULL, &c);
    assert_int_equal(config_choose(&c, NULL, &err), 0);
    assert_int_equal(config_choose(&c, "growth", &err), 0);
    assert_int_equal(config_scenario(&c, &rules_fixture, &s, &err), 0);
    assert_string_equal(s.name, "growth");
    value_case_is(s.resources[0].count, "9");
    scenario_free(&s);
    assert_int_equal(config_choose(&c, "strong dollar", &err), -1);
    config_free(&c);
}

static void unknown_names_are_answered(void **state)
{
    (void)state;
    struct config c;
    struct err err;
    load(two, NULL, &c);
    assert_int_equal(config_choose(&c, "growht", &err), -1);
    assert_string_equal(err.text, "unknown scenario 'growht' (did you mean 'growth'? known: growth, strong dollar)");
    config_free(&c);
    load(BASE, NULL, &c);
    assert_int_equal(config_choose(&c, "growth", &err), -1);
    assert_string_equal(err.text, "unknown scenario 'growth' (config.ini has no section [scenario NAME])");
    assert_int_equal(err.kind, ERR_USAGE);
    config_free(&c);
}

static void names_are_recognised_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {BASE "[scenario a]\ncompute web.cuont = 9\n",
         "config.ini:9: unknown key 'cuont' in [compute web] (did you mean 'count'?)"},
        {BASE "[scenario a]\ncopmute web.count = 9\n",
         "config.ini:9: unknown section [copmute web] (did you mean [compute web]?)"},
        {BASE "[scenario a]\ncount = 9\n", "config.ini:9: unknown key 'count' in [scenario a] (known: SECTION.KEY)"},
        {BASE "[scenario a]\ncompute web. = 9\n",
         "config.ini:9: unknown key 'compute web.' in [scenario a] (known: SECTION.KEY)"},
        {BASE "[scenario a]\nprices.pack = here\n", "config.ini:9: pack of [prices] is one for all scenarios"},
        {BASE "[scenario a]\nnetwork.retries = 2\n", "config.ini:9: retries of [network] is one for all scenarios"},
        {BASE "[scenario a]\nscenario b.compute web.count = 2\n",
         "config.ini:9: compute web.count of [scenario b] is one for all scenarios"},
        {BASE "[scenario]\ncompute web.count = 2\n",
         "config.ini:8: section [scenario] lacks a name (such as [scenario growth])"},
        {BASE "[scenario base]\n",
         "config.ini:8: a scenario cannot be called base: that is the configuration without any"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        config_case_fails(rows[i].text, NULL, NULL, rows[i].message);
}

static void values_are_checked_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {BASE "[scenario a]\ncompute web.count = many\n",
         "config.ini:9: count: 'many' is no number (over 0 to 1000000) (in [scenario a])"},
        {BASE "[scenario a]\n[scenario b]\nfx.USD/CNY = 0\n",
         "config.ini:10: USD/CNY: '0' is out of range (over 0 to 1000000000) (in [scenario b])"},
        {BASE "[scenario a]\ncompute other.count = 2\n", "config.ini:9: [compute other] lacks vcpu (needed at "
                                                         "aliyun-cn, which has no sku.aliyun-cn) (in [scenario a])"},
        /* the fault shows in a line of the base, and is the scenario's */
        {BASE "[cost audit]\namount = 1 CNY\nmonth = 7\n[scenario a]\nproject.months = 6\n",
         "config.ini:10: month: 7 is past the last month (6) (in [scenario a])"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct config c;
        struct err err;
        load(rows[i].text, NULL, &c);
        assert_int_equal(config_check_variants(&c, &rules_fixture, &err), -1);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
        config_free(&c);
    }
    struct config c;
    struct err err;
    load(two, NULL, &c);
    assert_int_equal(config_check_variants(&c, &rules_fixture, &err), 0);
    config_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_lists_them_and_stays),
        cmocka_unit_test(one_takes_its_keys_and_its_name),
        cmocka_unit_test(settings_say_where_from),
        cmocka_unit_test(the_command_line_stays_above),
        cmocka_unit_test(a_configuration_becomes_its_own_scenario),
        cmocka_unit_test(unknown_names_are_answered),
        cmocka_unit_test(names_are_recognised_at_once),
        cmocka_unit_test(values_are_checked_with_their_line),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
