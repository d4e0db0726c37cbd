/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Currencies, amounts and budget rates.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

#define RANGE "0 to 1000000000000000"
#define KNOWN "known: CNY, USD, EUR, JPY, SGD"

static void currencies(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"XXX", "unknown currency 'XXX' (" KNOWN ")"},
        {"cny", "unknown currency 'cny' (did you mean 'CNY'? " KNOWN ")"},
        {"RMB", "unknown currency 'RMB' (" KNOWN ")"},
        {"", "unknown currency '' (" KNOWN ")"},
        {"CNYX", "unknown currency 'CNYX' (did you mean 'CNY'? " KNOWN ")"},
    };
    char code[CURRENCY_TEXT];
    const char *word = NULL;
    value_case_good(value_currency, NULL, NULL, "SGD", code);
    assert_string_equal(code, "SGD");
    value_case_good(value_currency_word, NULL, NULL, "EUR", &word);
    assert_string_equal(word, "EUR");
    BAD(value_currency, NULL, NULL, bad);
    BAD(value_currency_word, NULL, NULL, bad);
}

static void amounts_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value, *currency;
    } good[] = {{"200000 CNY", "200000", "CNY"},
                {"1.25USD", "1.25", "USD"},
                {"0 EUR", "0", "EUR"},
                {"1.250 USD", "1.25", "USD"},
                {"500 JPY", "500", "JPY"}};
    static const struct bad_value bad[] = {
        {"200000", "'200000' lacks its currency (such as 200000 CNY)"},
        {"1.005 CNY", "'1.005 CNY' is finer than the smallest unit of CNY (2 decimals)"},
        {"0.5 JPY", "'0.5 JPY' is finer than the smallest unit of JPY (0 decimals)"},
        {"200000 XYZ", "unknown currency 'XYZ' (" KNOWN ")"},
        {"CNY 200000", "'CNY 200000' is no amount (a number and a currency, such as 200000 CNY)"},
        {"200,000 CNY", "'200,000 CNY' is no amount (a number and a currency, such as 200000 CNY)"},
        {"-5 CNY", "'-5 CNY' is out of range (" RANGE ")"},
        {"1000000000000001 CNY", "'1000000000000001 CNY' is out of range (" RANGE ")"},
        {"1e5 CNY", "'1e5 CNY' is no amount (a number and a currency, such as 200000 CNY)"},
        {"1.2.3 CNY", "'1.2.3 CNY' is no amount (" RANGE ")"},
        {"", "'' is no amount (a number and a currency, such as 200000 CNY)"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct amount a;
        value_case_good(value_amount, NULL, RANGE, good[i].text, &a);
        value_case_is((struct value){.kind = VALUE_FIXED, .fixed = a.value}, good[i].value);
        assert_string_equal(a.currency, good[i].currency);
    }
    BAD(value_amount, NULL, RANGE, bad);
}

static void budget_rates_are_kept_once(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text, *message;
    } rows[] = {
        {"USD/CNY", "7.10", NULL},
        {" EUR / CNY ", "7.9", NULL},
        {"USD / CNY", "7.2", "rate USD/CNY is given twice"},
        {"CNY/USD", "0.14", "rate USD/CNY is given the other way round too"},
        {"USD/USD", "1", "a rate of a currency to itself"},
        {"USD/XXX", "1", "unknown currency 'XXX' (" KNOWN ")"},
        {"usd/CNY", "1", "unknown currency 'usd' (did you mean 'USD'? " KNOWN ")"},
        {"USD/", "1", "unknown currency '' (" KNOWN ")"},
        {"/CNY", "1", "unknown currency '' (" KNOWN ")"},
        {"USD/CNY/EUR", "1", "unknown currency 'CNY/EUR' (" KNOWN ")"},
        {"USD/SGD", "0", "'0' is out of range (over 0 to 1000000000)"},
        {"USD/SGD", "-1", "'-1' is out of range (over 0 to 1000000000)"},
        {"USD/SGD", "1.28 SGD", "'1.28 SGD' is no number (over 0 to 1000000000)"},
    };
    struct scenario s = {.nrates = 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err;
        int rc = value_case(value_budget_rate, rows[i].key, "over 0 to 1000000000", rows[i].text, &s, &err);
        assert_int_equal(rc, rows[i].message ? -1 : 0);
        if (rows[i].message)
            assert_string_equal(err.text, rows[i].message);
    }
    assert_int_equal(s.nrates, 2);
    assert_string_equal(s.rates[0].from, "USD");
    assert_string_equal(s.rates[0].to, "CNY");
    value_case_is((struct value){.kind = VALUE_FIXED, .fixed = s.rates[0].rate}, "7.1");
    assert_string_equal(s.rates[1].from, "EUR");
    assert_int_equal(s.rates[1].line, 7);
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
        cmocka_unit_test(currencies),
        cmocka_unit_test(amounts_are_exact),
        cmocka_unit_test(budget_rates_are_kept_once),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
