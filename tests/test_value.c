/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers, percentages, words and paths of the configuration.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

#include <stdio.h>
#include <string.h>

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value;
    } good[] = {{"4", "4"}, {"0.5", "0.5"}, {"+2", "2"}, {"1024", "1024"}, {"0.000000000001", "0.000000000001"}};
    static const struct bad_value bad[] = {
        {"four", "'four' is no number (over 0 to 1024)"},
        {"", "'' is no number (over 0 to 1024)"},
        {"-1", "'-1' is out of range (over 0 to 1024)"},
        {"0", "'0' is out of range (over 0 to 1024)"},
        {"1024.1", "'1024.1' is out of range (over 0 to 1024)"},
        {"1e3", "'1e3' is no number (over 0 to 1024)"},
        {"1,5", "'1,5' is no number (over 0 to 1024)"},
        {"4 5", "'4 5' is no number (over 0 to 1024)"},
        {".5", "'.5' is no number (over 0 to 1024)"},
        {"5.", "'5.' is no number (over 0 to 1024)"},
        {"inf", "'inf' is no number (over 0 to 1024)"},
        {"0x10", "'0x10' is no number (over 0 to 1024)"},
        {"4%", "'4%' is no number (over 0 to 1024)"},
        {"0.0000000000001", "'0.0000000000001' has too many digits (over 0 to 1024, 12 decimals)"},
        {"99999999999999999999999999999999",
         "'99999999999999999999999999999999' has too many digits (over 0 to 1024, 12 decimals)"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct value v;
        value_case_good(value_number, NULL, "over 0 to 1024", good[i].text, &v);
        value_case_is(v, good[i].value);
    }
    BAD(value_number, NULL, "over 0 to 1024", bad);
}

static void a_range_may_hold_its_ends(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {{"-0.1", "'-0.1' is out of range (0 to 744)"},
                                           {"744.01", "'744.01' is out of range (0 to 744)"}};
    struct value v;
    value_case_good(value_number, NULL, "0 to 744", "0", &v);
    value_case_is(v, "0");
    value_case_good(value_number, NULL, "0 to 744", "744", &v);
    BAD(value_number, NULL, "0 to 744", bad);
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"0", "'0' is out of range (1 to 600)"},
        {"601", "'601' is out of range (1 to 600)"},
        {"1e9", "'1e9' is no whole number (1 to 600)"},
        {"12.5", "'12.5' is no whole number (1 to 600)"},
        {"", "'' is no whole number (1 to 600)"},
        {"1-2", "'1-2' is no whole number (1 to 600)"},
        {"1000000000", "'1000000000' is out of range (1 to 600)"},
    };
    int n = 0;
    value_case_good(value_whole, NULL, "1 to 600", "600", &n);
    assert_int_equal(n, 600);
    value_case_good(value_whole, NULL, "1 to 600", "1", &n);
    assert_int_equal(n, 1);
    BAD(value_whole, NULL, "1 to 600", bad);
}

static void percentages_are_shares(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value;
    } good[] = {{"8%", "0.08"}, {"8 %", "0.08"},   {"0%", "0"},
                {"100%", "1"},  {"0.2%", "0.002"}, {"0.0000000001%", "0.000000000001"}};
    static const struct bad_value bad[] = {
        {"8", "'8' lacks its percent sign (such as 8%)"},
        {"0.08", "'0.08' lacks its percent sign (such as 0.08%)"},
        {"eight", "'eight' is no percentage (0% to 100%)"},
        {"%", "'%' is no percentage (0% to 100%)"},
        {"8%%", "'8%%' is no percentage (0% to 100%)"},
        {"8 percent", "'8 percent' is no percentage (0% to 100%)"},
        {"8% a", "'8% a' is no percentage (0% to 100%)"},
        {"", "'' is no percentage (0% to 100%)"},
        {"101%", "'101%' is out of range (0% to 100%)"},
        {"-1%", "'-1%' is out of range (0% to 100%)"},
        {"0.00000000001%", "'0.00000000001%' has too many digits (at most 10 decimals)"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct value v;
        value_case_good(value_percent, NULL, "0% to 100%", good[i].text, &v);
        value_case_is(v, good[i].value);
    }
    BAD(value_percent, NULL, "0% to 100%", bad);
}

static void words(void **state)
{
    (void)state;
    static const char allowed[] = "ssd|hdd|ssd-premium";
    static const struct bad_value bad[] = {
        {"tape", "unknown word 'tape' (known: ssd, hdd, ssd-premium)"},
        {"ssd-premum", "unknown word 'ssd-premum' (did you mean 'ssd-premium'? known: ssd, hdd, ssd-premium)"},
        {"SSD", "unknown word 'SSD' (did you mean 'ssd'? known: ssd, hdd, ssd-premium)"},
        {"", "unknown word '' (known: ssd, hdd, ssd-premium)"},
        {"ssd|hdd", "unknown word 'ssd|hdd' (known: ssd, hdd, ssd-premium)"},
    };
    const char *word = NULL;
    value_case_good(value_word, NULL, allowed, "ssd-premium", &word);
    assert_string_equal(word, "ssd-premium");
    BAD(value_word, NULL, allowed, bad);
}

static void any_class_is_no_class(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {{"fast", "unknown word 'fast' (known: any, general)"}};
    const char *word = NULL;
    value_case_good(value_class, NULL, "any|general", "any", &word);
    assert_string_equal(word, "");
    value_case_good(value_class, NULL, "any|general", "general", &word);
    assert_string_equal(word, "general");
    BAD(value_class, NULL, "any|general", bad);
}

static void choices_are_indexes(void **state)
{
    (void)state;
    enum cost_when when = WHEN_ONCE;
    bool yes = false;
    static const struct bad_value bad_choice[] = {
        {"onse", "unknown word 'onse' (did you mean 'once'? known: once, monthly, yearly)"}};
    static const struct bad_value bad_switch[] = {{"true", "unknown word 'true' (known: yes, no)"},
                                                  {"1", "unknown word '1' (known: yes, no)"}};
    value_case_good(value_choice, NULL, "once|monthly|yearly", "yearly", &when);
    assert_int_equal(when, WHEN_YEARLY);
    value_case_good(value_yes_no, NULL, "yes|no", "yes", &yes);
    assert_true(yes);
    value_case_good(value_yes_no, NULL, "yes|no", "no", &yes);
    assert_false(yes);
    BAD(value_choice, NULL, "once|monthly|yearly", bad_choice);
    BAD(value_yes_no, NULL, "yes|no", bad_switch);
}

static void conditions_add_up(void **state)
{
    (void)state;
    static const char allowed[] = "region-mainland|region-abroad|public";
    static const struct bad_value bad[] = {
        {"", "nothing is given"},
        {",", "nothing is given"},
        {"privat", "unknown word 'privat' (known: region-mainland, region-abroad, public)"},
        {"public, region_mainlan", "unknown word 'region_mainlan' (did you mean 'region-mainland'? known: "
                                   "region-mainland, region-abroad, public)"},
    };
    unsigned bits = 0;
    value_case_good(value_conditions, NULL, allowed, "region-mainland, public", &bits);
    assert_int_equal(bits, COST_IF_MAINLAND | COST_IF_PUBLIC);
    value_case_good(value_conditions, NULL, allowed, "region-abroad public public", &bits);
    assert_int_equal(bits, COST_IF_ABROAD | COST_IF_PUBLIC);
    BAD(value_conditions, NULL, allowed, bad);
}

static void gpus(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {{"0", "'0' is out of range (over 0 to 64)"},
                                           {"some", "'some' is no number (over 0 to 64)"}};
    struct value v = {.kind = VALUE_FIXED, .fixed = DEC_ONE};
    value_case_good(value_gpu, NULL, "over 0 to 64", "no", &v);
    assert_int_equal(v.kind, VALUE_NONE);
    value_case_good(value_gpu, NULL, "over 0 to 64", "yes", &v);
    value_case_is(v, "0");
    value_case_good(value_gpu, NULL, "over 0 to 64", "0.5", &v);
    value_case_is(v, "0.5");
    BAD(value_gpu, NULL, "over 0 to 64", bad);
}

static void texts_and_paths(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {{"", "nothing is given"}};
    const char *text = NULL;
    value_case_good(value_text, NULL, NULL, "商店 = ; #", &text);
    assert_string_equal(text, "商店 = ; #");
    value_case_good(value_path, NULL, NULL, "packs/a", &text); /* the file is dir/config.ini */
    assert_string_equal(text, "dir/packs/a");
    value_case_good(value_path, NULL, NULL, "/srv/a", &text);
    assert_string_equal(text, "/srv/a");
    BAD(value_text, NULL, NULL, bad);
    BAD(value_path, NULL, NULL, bad);
}

/* However long the text, the message still ends in what is allowed. */
static void long_texts_are_cut_in_messages(void **state)
{
    (void)state;
    static char text[60001];
    struct err err;
    struct value v;
    memset(text, '9', sizeof text - 1);
    assert_int_equal(value_case(value_number, NULL, "over 0 to 1024", text, &v, &err), -1);
    assert_non_null(strstr(err.text, "...' has too many digits (over 0 to 1024, 12 decimals)"));
    memset(text, 'x', sizeof text - 1);
    assert_int_equal(value_case(value_number, NULL, "over 0 to 1024", text, &v, &err), -1);
    assert_non_null(strstr(err.text, "...' is no number (over 0 to 1024)"));
    memset(text, '8', sizeof text - 1);
    assert_int_equal(value_case(value_percent, NULL, "0% to 100%", text, &v, &err), -1);
    assert_non_null(strstr(err.text, "...' lacks its percent sign (such as 888"));
}

static int done(void **state)
{
    (void)state;
    value_case_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_range_may_hold_its_ends),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(percentages_are_shares),
        cmocka_unit_test(words),
        cmocka_unit_test(any_class_is_no_class),
        cmocka_unit_test(choices_are_indexes),
        cmocka_unit_test(conditions_add_up),
        cmocka_unit_test(gpus),
        cmocka_unit_test(texts_and_paths),
        cmocka_unit_test(long_texts_are_cut_in_messages),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
