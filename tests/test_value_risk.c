/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * [risk]: what it says, its defaults, and what is refused.
 */
#include "tests/support/numbers.h"

#include "tests/support/config_case.h"
#include "tests/support/value_case.h"

#include <stdio.h>

static const struct risk *read_risk(const char *set, struct scenario *s)
{
    config_case_read(config_case_whole, set, NULL, s);
    return &s->risk;
}

static void without_the_section_rates_stand_still(void **state)
{
    (void)state;
    struct scenario s;
    const struct risk *r = read_risk(NULL, &s);
    assert_int_equal(r->line, 0);
    assert_int_equal(r->fx.kind, RISK_FX_NONE);
    assert_int_equal(r->paths, 10000);
    for (size_t i = 0; i < s.nsettings; i++)
        assert_string_not_equal(s.settings[i].section, "risk");
    scenario_free(&s);
}

static void with_it_the_defaults_are_these(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(
        "[risk]\n[compare]\nsites = aliyun-cn\ncity = Hangzhou\n[compute web]\nvcpu = 4\nmemory = 16 GiB\n", NULL, NULL,
        &s);
    assert_int_equal(s.risk.line, 1);
    assert_int_equal(s.risk.fx.kind, RISK_FX_HISTORY);
    assert_int_equal(s.risk.fx.years, 5);
    assert_int_equal(s.risk.price_change.kind, VALUE_NONE);
    assert_int_equal(s.risk.seed, 1);
    assert_int_equal(s.risk.paths, 10000);
    assert_int_equal(s.risk.method, DRAWS_ANTITHETIC);
    scenario_free(&s);
}

static void each_key_is_taken(void **state)
{
    (void)state;
    struct scenario s;
    const struct risk *r = read_risk("risk.fx=volatility 4.5%", &s);
    assert_int_equal(r->fx.kind, RISK_FX_VOLATILITY);
    assert_dec(r->fx.volatility, "0.045");
    scenario_free(&s);
    assert_int_equal(read_risk("risk.fx=history 1 year", &s)->fx.years, 1);
    scenario_free(&s);
    assert_int_equal(read_risk("risk.fx=none", &s)->fx.kind, RISK_FX_NONE);
    scenario_free(&s);
    value_case_is(read_risk("risk.price_change=-3% / year", &s)->price_change, "-0.03");
    scenario_free(&s);
    r = read_risk("risk.price_change=uniform(-4%, 1%)", &s);
    value_case_is(r->price_change, "-0.015");
    assert_ptr_equal(r->price_change.uncertain, s.uncertain[0]);
    scenario_free(&s);
    assert_int_equal(read_risk("risk.method=random", &s)->method, DRAWS_RANDOM);
    scenario_free(&s);
    assert_int_equal(read_risk("risk.method=sobol", &s)->method, DRAWS_SOBOL);
    scenario_free(&s);
    assert_int_equal(read_risk("risk.seed=20261122", &s)->seed, 20261122);
    scenario_free(&s);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *set, *message;
    } rows[] = {
        {"risk.fx=4%", "fx: '4%' says nothing of rates (none, volatility 4%, history 5 years)"},
        {"risk.fx=volatility", "fx: 'volatility' says nothing of rates (none, volatility 4%, history 5 years)"},
        {"risk.fx=volatility 4", "fx: '4' lacks its percent sign (such as 4%)"},
        {"risk.fx=volatility 0%", "fx: '0%' is out of range (over 0% to 1000%)"},
        {"risk.fx=history 5", "fx: '5' is no number of years (such as history 5 years)"},
        {"risk.fx=history 0 years", "fx: '0' is out of range (1 to 50)"},
        {"risk.price_change=-100%", "price_change: '-100%' is out of range (over -100% to 1000%)"},
        {"risk.price_change=2% / month", "price_change: unknown period 'month' (known: year)"},
        {"risk.paths=0", "paths: '0' is out of range (1 to 1000000000000)"},
        {"risk.paths=-5", "paths: '-5' is out of range (1 to 1000000000000)"},
        {"risk.method=latin", "method: unknown word 'latin' (known: random, antithetic, sobol)"},
        {"risk.seed=1.5", "seed: '1.5' is no whole number (0 to 9000000000000000000)"},
        {"risk.color=red", "unknown key 'color' in [risk] (known: fx, price_change, seed, paths, method)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char message[512];
        snprintf(message, sizeof message, "--set '%s': %s", rows[i].set, rows[i].message);
        config_case_fails(config_case_whole, rows[i].set, NULL, message);
    }
}

/* Antithetic paths come in pairs, Sobol's in sixteen replicates: draws.h. */
static void paths_come_out_even(void **state)
{
    (void)state;
    struct scenario s;
    config_case_fails("[risk]\npaths = 9999\n[compare]\nsites = aliyun-cn\ncity = Hangzhou\n[compute web]\nvcpu = 4\n"
                      "memory = 16 GiB\n",
                      NULL, NULL, "config.ini:2: paths: 9999 paths: antithetic paths come in pairs");
    assert_int_equal(read_risk("risk.paths=2", &s)->paths, 2);
    scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_the_section_rates_stand_still),
        cmocka_unit_test(with_it_the_defaults_are_these),
        cmocka_unit_test(each_key_is_taken),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(paths_come_out_even),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
