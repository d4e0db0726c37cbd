/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that are distributions, through whole configurations, as their keys decide what they may be. The means
 * were worked out with Python's fractions: (1 + 2 + 5) x 1024 / 3, 4 x 0.3 + 6 x 0.7 and the like.
 */
#include "tests/support/near.h"
#include "tests/support/numbers.h"

#include "calc/value_uncertain.h"
#include "tests/support/config_case.h"
#include "tests/support/value_case.h"

#include <stdio.h>

#define FORMS                                                                                                          \
    "uniform(a, b), triangular(a, mode, b), normal(mean, sd), lognormal(mean, sd), discrete(value: share%, ...), "     \
    "a..b for whole numbers"

static const struct uncertain *only(const char *set, struct scenario *s)
{
    config_case_read(config_case_whole, set, NULL, s);
    assert_int_equal(s->nuncertain, 1);
    return s->uncertain[0];
}

static void each_kind_has_its_mean_and_parameters(void **state)
{
    (void)state;
    static const struct {
        const char *set, *mean;
        enum distribution_kind kind;
        double a, b, c;
    } rows[] = {
        {"compute web.count=uniform(4, 7)", "5.5", DISTRIBUTION_UNIFORM, 4, 7, 0},
        {"compute web.count=triangular(1,2,4.5)", "2.5", DISTRIBUTION_TRIANGULAR, 1, 2, 4.5},
        {"compute web.count=normal (6, 1.5)", "6", DISTRIBUTION_NORMAL, 6, 1.5, 0},
        {"compute web.count=lognormal( 6 , 2 )", "6", DISTRIBUTION_LOGNORMAL, 6, 2, 0},
        {"compute web.growth=triangular(1%, 2%, 4%)/month", "0.023333333333", DISTRIBUTION_TRIANGULAR, 0.01, 0.02,
         0.04},
        {"compute web.growth=uniform(-4%, -1%) / year", "-0.025", DISTRIBUTION_UNIFORM, -0.04, -0.01, 0},
        {"compute web.hours=uniform(300, 500)", "400", DISTRIBUTION_UNIFORM, 300, 500, 0},
        {"egress public.volume=triangular(1 TB, 2 TB, 5 TB)", "2730.666666666667", DISTRIBUTION_TRIANGULAR, 1024, 2048,
         5120},
        {"bandwidth line.rate=normal(1 Gbps, 100 Mbps)", "1000", DISTRIBUTION_NORMAL, 1000, 100, 0},
        {"compare.discount.aliyun-cn=uniform(5%, 15%)", "0.1", DISTRIBUTION_UNIFORM, 0.05, 0.15, 0},
        {"buyer.taxable_use=triangular(60%, 70%, 90%)", "0.733333333333", DISTRIBUTION_TRIANGULAR, 0.6, 0.7, 0.9},
        {"buyer.wht=uniform(0%, 10%)", "0.05", DISTRIBUTION_UNIFORM, 0, 0.1, 0},
        {"fx.spread=normal(0.2%, 0.1%)", "0.002", DISTRIBUTION_NORMAL, 0.002, 0.001, 0},
        {"project.hours=uniform(720, 744)", "732", DISTRIBUTION_UNIFORM, 720, 744, 0},
        {"cost staff.amount=uniform(1000, 2001) CNY", "1500.5", DISTRIBUTION_UNIFORM, 1000, 2001, 0},
        {"risk.price_change=normal(-2%, 1%) / year", "-0.02", DISTRIBUTION_NORMAL, -0.02, 0.01, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scenario s;
        const struct uncertain *u = only(rows[i].set, &s);
        assert_dec(u->mean, rows[i].mean);
        assert_int_equal(u->is.kind, rows[i].kind);
        assert_near(u->is.a, rows[i].a, 1e-12);
        assert_near(u->is.b, rows[i].b, 1e-12);
        assert_near(u->is.c, rows[i].c, 1e-12);
        scenario_free(&s);
    }
}

static void values_with_shares_are_in_order(void **state)
{
    (void)state;
    struct scenario s;
    const struct uncertain *u = only("compute web.count=discrete(6: 70%, 4: 30%)", &s);
    assert_dec(u->mean, "5.4");
    assert_int_equal(u->is.kind, DISTRIBUTION_DISCRETE);
    assert_int_equal(u->is.nvalues, 2);
    assert_near(u->is.values[0].value, 4, 0);
    assert_near(u->is.values[0].weight, 0.3, 1e-15);
    assert_near(u->is.values[1].value, 6, 0);
    scenario_free(&s);
}

static void a_range_has_every_whole_number_alike(void **state)
{
    (void)state;
    struct scenario s;
    const struct uncertain *u = only("compute web.count=4 .. 10", &s);
    assert_dec(u->mean, "7");
    assert_int_equal(u->is.nvalues, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_near(u->is.values[i].value, 4 + (double)i, 0);
        assert_near(u->is.values[i].weight, u->is.values[0].weight, 0);
    }
    scenario_free(&s);
}

static void the_list_names_each_value_in_the_order_of_the_file(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read("[egress public]\nvolume = uniform(1 TB, 2 TB)\n"
                     "[compute web]\nvcpu = 4\nmemory = 16 GiB\ngrowth = normal(2%, 1%) / month\ncount = 4..6\n"
                     "[compare]\ncity = Hangzhou\nsites = aliyun-cn\ndiscount.aliyun-cn = uniform(0%, 10%)\n"
                     "[cost staff]\namount = normal(900, 50) CNY\n",
                     NULL, NULL, &s);
    static const struct {
        const char *section, *key, *text;
        int line, resource, cost;
        bool share;
    } want[] = {
        {"egress public", "volume", "uniform(1 TB, 2 TB)", 2, 0, -1, false},
        {"compute web", "growth", "normal(2%, 1%) / month", 6, 1, -1, true},
        {"compute web", "count", "4..6", 7, 1, -1, false},
        {"compare", "discount.aliyun-cn", "uniform(0%, 10%)", 11, -1, -1, true},
        {"cost staff", "amount", "normal(900, 50) CNY", 13, -1, 0, false},
    };
    assert_int_equal(s.nuncertain, sizeof want / sizeof *want);
    for (size_t i = 0; i < s.nuncertain; i++) {
        const struct uncertain *u = s.uncertain[i];
        assert_string_equal(u->section, want[i].section);
        assert_string_equal(u->key, want[i].key);
        assert_string_equal(u->text, want[i].text);
        assert_int_equal(u->line, want[i].line);
        assert_int_equal(u->resource, want[i].resource);
        assert_int_equal(u->cost, want[i].cost);
        assert_int_equal(u->share, want[i].share);
    }
    assert_ptr_equal(s.resources[1].count.uncertain, s.uncertain[2]);
    assert_ptr_equal(s.resources[1].growth.rate.uncertain, s.uncertain[1]);
    assert_ptr_equal(s.costs[0].uncertain, s.uncertain[4]);
    scenario_free(&s);
}

static void the_range_is_the_keys_measured_like_the_value(void **state)
{
    (void)state;
    struct scenario s;
    const struct uncertain *u = only("compute web.growth=normal(2%, 1%) / month", &s);
    assert_dec(u->range.low, "-1");
    assert_dec(u->range.high, "10");
    assert_true(u->range.open);
    scenario_free(&s);
    u = only("compute web.count=normal(6, 1)", &s);
    assert_dec(u->range.low, "0");
    assert_dec(u->range.high, "1000000");
    scenario_free(&s);
}

static void a_plain_number_is_certain(void **state)
{
    (void)state;
    struct scenario s;
    config_case_read(config_case_whole, "compute web.count=6", NULL, &s);
    assert_int_equal(s.nuncertain, 0);
    assert_null(s.resources[0].count.uncertain);
    value_case_is(s.resources[0].count, "6");
    scenario_free(&s);
}

static void the_mean_of_a_cost_has_minor_units(void **state)
{
    (void)state;
    struct scenario s;
    only("cost staff.amount=uniform(0.01, 0.02) CNY", &s);
    assert_dec(s.costs[0].amount.value, "0.02"); /* 0.015, half-up */
    assert_string_equal(s.costs[0].amount.currency, "CNY");
    scenario_free(&s);
}

static void impossible_ones_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *set, *message;
    } rows[] = {
        {"compute web.count=trianglar(1, 2, 3)",
         "count: unknown distribution 'trianglar', did you mean 'triangular'? (known: " FORMS ")"},
        {"compute web.count=gamma(1, 2)", "count: unknown distribution 'gamma' (known: " FORMS ")"},
        {"compute web.count=uniform(7, 4)",
         "count: uniform: the lowest value, 7, is not below the highest, 4 (uniform(a, b))"},
        {"compute web.count=uniform(4, 4)",
         "count: uniform: the lowest value, 4, is not below the highest, 4 (uniform(a, b))"},
        {"compute web.growth=triangular(1%, 5%, 4%)/month",
         "growth: triangular: the mode, 5%, is not between 1% and 4% (triangular(a, mode, b))"},
        {"compute web.count=uniform(4)", "count: uniform: 1 number instead of 2 (uniform(a, b))"},
        {"compute web.count=normal(6, 1, 2)", "count: normal: 3 numbers instead of 2 (normal(mean, sd))"},
        {"compute web.count=normal(6, 0)",
         "count: normal: standard deviation: '0' is out of range (over 0 to 1000000)"},
        {"compute web.count=normal(0, 1)", "count: normal: '0' is out of range (over 0 to 1000000)"},
        {"compute web.growth=lognormal(-1%, 2%)/month",
         "growth: lognormal: the mean, -1%, is not above 0 (lognormal(mean, sd))"},
        {"compute web.count=uniform(0, 4)", "count: uniform: '0' is out of range (over 0 to 1000000)"},
        {"buyer.wht=uniform(90%, 101%)", "wht: uniform: '101%' is out of range (0% to 100%)"},
        {"compute web.growth=uniform(1, 2)/month", "growth: uniform: '1' lacks its percent sign (such as 1%)"},
        {"compute web.growth=uniform(1%, 2%)",
         "growth: 'uniform(1%, 2%)' lacks its period (such as uniform(1%, 2%) / month, uniform(1%, 2%) / year)"},
        {"egress public.volume=uniform(1, 2 TB)", "volume: uniform: '1' lacks its unit (such as 1 GiB)"},
        {"compute web.count=uniform(4, 7", "count: uniform: 'uniform(4, 7' lacks its closing bracket (uniform(a, b))"},
        {"compute web.count=uniform(4, 7) x", "count: uniform: ' x' after the closing bracket (uniform(a, b))"},
        {"compute web.count=uniform(4,, 7)", "count: uniform: an empty place in the list (uniform(a, b))"},
        {"compute web.count=discrete(4: 30%, 6: 60%)", "count: discrete: the shares add up to 90%, not to 100%"},
        {"compute web.count=discrete(4: 30%, 4: 70%)",
         "count: discrete: the value 4 is there twice (once each, with its whole share)"},
        {"compute web.count=discrete(4, 6)", "count: discrete: '4' lacks its share (such as 4: 50%)"},
        {"compute web.count=discrete(4: 0%, 6: 100%)",
         "count: discrete: share: '0%' is out of range (over 0% to 100%)"},
        {"compute web.count=10..4", "count: the lowest value, 10, is not below the highest, 4 (a..b)"},
        {"compute web.count=1.5..4",
         "count: '1.5..4' is no range of whole numbers (a..b, such as 4..10; else uniform(a, b))"},
        {"compute web.count=1..5000", "count: '1..5000' is over 1000 values (use uniform(1, 5000))"},
        {"compute web.growth=1%..4%/month",
         "growth: '1%..4%' is no range of whole numbers (a..b, such as 4..10; else uniform(a, b))"},
        {"cost staff.amount=uniform(1000, 2000)",
         "amount: 'uniform(1000, 2000)' lacks its currency (such as uniform(1000, 2000) CNY)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char message[1024];
        snprintf(message, sizeof message, "--set '%s': %s", rows[i].set, rows[i].message);
        config_case_fails(config_case_whole, rows[i].set, NULL, message);
    }
}

/* Each product, as 0.000000000002 x 20 %, is less than half of the last decimal: the mean would be 0 items. */
static void a_mean_that_rounds_out_of_the_range_is_refused(void **state)
{
    (void)state;
    config_case_fails("[compare]\nsites = aliyun-cn\ncity = Hangzhou\n[compute web]\nvcpu = 4\nmemory = 16 GiB\n"
                      "count = discrete(0.000000000001: 40%, 0.000000000002: 20%, 0.000000000003: 16%, "
                      "0.000000000004: 12%, 0.000000000005: 9%, 0.000000000006: 3%)\n",
                      NULL, NULL,
                      "config.ini:7: count: the mean of 'discrete(0.000000000001: 40%, 0.000000000002: 20%, "
                      "0.000000000003: 1...' is out of range (over 0 to 1000000)");
}

static void what_is_certain_says_so(void **state)
{
    (void)state;
    static const char *const sets[] = {
        "project.months=triangular(12, 24, 36)", "project.start=uniform(1, 2)",
        "compute web.vcpu=normal(4, 1)",         "compute web.memory=uniform(8 GiB, 16 GiB)",
        "project.discount_rate=uniform(5%, 8%)", "compute web.gpu=1..4",
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char message[512];
        const char *dot = strchr(sets[i], '.') + 1, *equals = strchr(dot, '=');
        snprintf(message, sizeof message,
                 "--set '%s': %.*s: '%s' is a distribution, and this is a number that is certain", sets[i],
                 (int)(equals - dot), dot, equals + 1);
        config_case_fails(config_case_whole, sets[i], NULL, message);
    }
    config_case_fails(config_case_whole, "fx.USD/CNY=normal(7, 0.1)", NULL,
                      "--set 'fx.USD/CNY=normal(7, 0.1)': USD/CNY: 'normal(7, 0.1)' is a distribution, and this is a "
                      "number that is certain (how rates move is said by fx in [risk])");
}

static void without_a_place_for_it_a_distribution_is_no_number(void **state)
{
    (void)state;
    struct value v;
    struct err err;
    assert_int_equal(value_case(value_drawn_number, NULL, "over 0 to 10", "uniform(1, 2)", &v, &err), -1);
    value_case_free();
}

static void what_looks_like_one(void **state)
{
    (void)state;
    static const char *const yes[] = {"uniform(1, 2)", "nothing (", "4..10", "4 .. 10", "1%..4%"};
    static const char *const no[] = {"6", "2% / month", "500 GB", "", "(1)", "web", "a..b"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(value_is_uncertain(yes[i]));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(value_is_uncertain(no[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_mean_and_parameters),
        cmocka_unit_test(values_with_shares_are_in_order),
        cmocka_unit_test(a_range_has_every_whole_number_alike),
        cmocka_unit_test(the_list_names_each_value_in_the_order_of_the_file),
        cmocka_unit_test(the_range_is_the_keys_measured_like_the_value),
        cmocka_unit_test(a_plain_number_is_certain),
        cmocka_unit_test(the_mean_of_a_cost_has_minor_units),
        cmocka_unit_test(impossible_ones_are_refused),
        cmocka_unit_test(a_mean_that_rounds_out_of_the_range_is_refused),
        cmocka_unit_test(what_is_certain_says_so),
        cmocka_unit_test(without_a_place_for_it_a_distribution_is_no_number),
        cmocka_unit_test(what_looks_like_one),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
