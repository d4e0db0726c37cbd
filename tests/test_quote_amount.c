/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts, discounts and tax texts of quotes. The values are those a person reads off the text; 85折 is 85 % paid.
 */
#include "fetchers/quote.h"
#include "tests/support/test.h"

#include <string.h>

static void is_amount(const char *text, const char *value, const char *currency)
{
    char got[DEC_TEXT], code[CURRENCY_TEXT];
    struct err err = {.text = ""};
    dec_t v;

    if (quote_amount(text, &v, code, &err) != 1)
        fail_msg("'%s': %s", text, err.text);
    dec_format(v, 0, got);
    assert_string_equal(got, value);
    assert_string_equal(code, currency);
}

static void amounts_as_people_write_them(void **state)
{
    (void)state;
    is_amount("¥1,234.50", "1234.5", "¥");
    is_amount("￥1,234.50", "1234.5", "¥");
    is_amount("RMB 1,234", "1234", "CNY");
    is_amount("RMB¥1,234", "1234", "CNY");
    is_amount("人民币1,234.50元整", "1234.5", "CNY");
    is_amount("1234.5元", "1234.5", "CNY");
    is_amount("USD 1.2k", "1200", "USD");
    is_amount("US$1,200.00", "1200", "USD");
    is_amount("$0.12", "0.12", "$");
    is_amount("１，２３４．５０", "1234.5", "");
    is_amount("1.5万", "15000", "");
    is_amount("1.5万元", "15000", "CNY");
    is_amount("12,345,678.901", "12345678.901", "");
    is_amount("0.0000166667 USD", "0.0000166667", "USD");
    is_amount("-500", "-500", "");
    is_amount(" 1000 ", "1000", "");
}

static void amounts_with_two_readings_are_refused(void **state)
{
    static const char *const bad[] = {"1.234,50",
                                      "1,23",
                                      "1,2345",
                                      "12 345.00",
                                      "1,234,5",
                                      "12345,678",
                                      "1e5",
                                      "USD 5 CNY",
                                      "5 or 6",
                                      "1.2.3",
                                      "¥5 USD",
                                      "0.1234567890123",
                                      "99999999999999999999999999999999"};
    char code[CURRENCY_TEXT];
    dec_t v;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {.text = ""};
        if (quote_amount(bad[i], &v, code, &err) != -1 || *err.text == '\0')
            fail_msg("took '%s'", bad[i]);
    }
}

static void no_amount_is_no_zero(void **state)
{
    static const char *const none[] = {"", "面议", "TBD", "-", "#N/A", "免费"};
    char code[CURRENCY_TEXT];
    struct err err;
    dec_t v;

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(quote_amount(none[i], &v, code, &err), 0);
}

static void is_off(const char *text, const char *off)
{
    char got[DEC_TEXT];
    struct err err = {.text = ""};
    dec_t v;

    if (quote_discount(text, &v, &err) != 1)
        fail_msg("'%s': %s", text, err.text);
    dec_format(v, 0, got);
    assert_string_equal(got, off);
}

static void discounts_in_tenths_and_in_percent(void **state)
{
    (void)state;
    is_off("85折", "0.15");
    is_off("八五折", "0.15");
    is_off("8.5折", "0.15");
    is_off("８．５折", "0.15");
    is_off("8.75折", "0.125");
    is_off("八折", "0.2");
    is_off("8折", "0.2");
    is_off("九五折", "0.05");
    is_off("12.5%", "0.125");
    is_off("15% off", "0.15");
    is_off("15％", "0.15");
    is_off("无折扣", "0");
    is_off("0%", "0");
}

static void odd_discounts_are_refused(void **state)
{
    static const char *const bad[] = {"0.875", "875折", "85.5折",   "0折",      "100%",
                                      "120%",  "折",    "85折优惠", "五五五折", "-5%"};
    dec_t v;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {.text = ""};
        if (quote_discount(bad[i], &v, &err) != -1)
            fail_msg("took '%s'", bad[i]);
    }
}

static void is_tax(const char *text, const char *rate, int invoice)
{
    char got[DEC_TEXT] = "";
    bool has_rate, has_invoice;
    enum invoice kind;
    struct err err = {.text = ""};
    dec_t v;

    if (quote_tax(text, &v, &has_rate, &kind, &has_invoice, &err) != 1)
        fail_msg("'%s': %s", text, err.text);
    if (has_rate)
        dec_format(v, 0, got);
    assert_string_equal(got, rate);
    assert_int_equal(has_invoice ? (int)kind : -1, invoice);
}

static void taxes_with_their_invoice(void **state)
{
    (void)state;
    is_tax("6%专票", "0.06", INVOICE_SPECIAL);
    is_tax("6％增值税专用发票", "0.06", INVOICE_SPECIAL);
    is_tax("普票 3%", "0.03", INVOICE_ORDINARY);
    is_tax("13% VAT special invoice", "0.13", INVOICE_SPECIAL);
    is_tax("9 %", "0.09", -1);
    is_tax("专票", "", INVOICE_SPECIAL);
    is_tax("0%", "0", -1);
}

static void odd_taxes_are_refused(void **state)
{
    static const char *const bad[] = {"6", "0.06", "6%专票或普票", "6% 9%", "%", "101%"};
    bool has_rate, has_invoice;
    enum invoice kind;
    dec_t v;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {.text = ""};
        if (quote_tax(bad[i], &v, &has_rate, &kind, &has_invoice, &err) != -1)
            fail_msg("took '%s'", bad[i]);
    }
    struct err err;
    assert_int_equal(quote_tax("免税", &v, &has_rate, &kind, &has_invoice, &err), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_as_people_write_them), cmocka_unit_test(amounts_with_two_readings_are_refused),
        cmocka_unit_test(no_amount_is_no_zero),         cmocka_unit_test(discounts_in_tenths_and_in_percent),
        cmocka_unit_test(odd_discounts_are_refused),    cmocka_unit_test(taxes_with_their_invoice),
        cmocka_unit_test(odd_taxes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
