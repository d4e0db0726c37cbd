/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a resource is bought.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

static void charges(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct charge_choice c;
    } good[] = {
        {"on-demand", {CHARGE_ON_DEMAND, 0, ""}},
        {"best", {CHARGE_BEST, 0, ""}},
        {"prepaid 12 months", {CHARGE_PREPAID, 12, ""}},
        {"prepaid 1 month", {CHARGE_PREPAID, 1, ""}},
        {"prepaid  3   years", {CHARGE_PREPAID, 36, ""}},
        {"reserved 1 year", {CHARGE_RESERVED, 12, ""}},
        {"reserved 12 months partial-upfront", {CHARGE_RESERVED, 12, "partial-upfront"}},
        {"reserved 36 months unnamed", {CHARGE_RESERVED, 36, "unnamed"}},
        {"reserved 12 months convertible-all-upfront", {CHARGE_RESERVED, 12, "convertible-all-upfront"}},
        {"savings-plan 3 years compute-partial-upfront", {CHARGE_SAVINGS_PLAN, 36, "compute-partial-upfront"}},
        {"savings-plan 12 months no-upfront", {CHARGE_SAVINGS_PLAN, 12, "no-upfront"}},
        {"savings-plan 600 months all-upfront", {CHARGE_SAVINGS_PLAN, 600, "all-upfront"}},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct charge_choice c;
        value_case_good(value_charge, NULL, NULL, good[i].text, &c);
        assert_int_equal(c.kind, good[i].c.kind);
        assert_int_equal(c.months, good[i].c.months);
        assert_string_equal(c.offering, good[i].c.offering);
    }
}

static void wrong_charges(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"", "unknown charge '' (known: on-demand, prepaid, reserved, savings-plan, best)"},
        {"spot", "unknown charge 'spot' (known: on-demand, prepaid, reserved, savings-plan, best)"},
        {"ondemand", "unknown charge 'ondemand' (did you mean 'on-demand'? known: on-demand, prepaid, reserved, "
                     "savings-plan, best)"},
        {"on-demand 12 months", "'12' after the charge (on-demand takes no term)"},
        {"best 1 year", "'1' after the charge (best takes no term)"},
        {"prepaid", "'prepaid' lacks its term (such as prepaid 12 months)"},
        {"prepaid 12", "'prepaid 12' lacks its unit (such as prepaid 12 months)"},
        {"prepaid 0 months", "'0' is out of range (1 to 600 months)"},
        {"prepaid 1e9 months", "'1e9' is no whole number (1 to 600 months)"},
        {"prepaid 51 years", "'51 years' is out of range (1 to 600 months)"},
        {"prepaid 12 weeks", "unknown unit 'weeks' (known: months, month, years, year)"},
        {"prepaid 12 months all-upfront", "'all-upfront' after the term (prepaid takes no offering)"},
        {"reserved 12 months ri",
         "unknown offering 'ri' (known: no-upfront, partial-upfront, all-upfront, convertible-no-upfront, "
         "convertible-partial-upfront, convertible-all-upfront, unnamed)"},
        {"reserved 12 months all upfront",
         "unknown offering 'all upfront' (did you mean 'all-upfront'? known: "
         "no-upfront, partial-upfront, all-upfront, convertible-no-upfront, convertible-partial-upfront, "
         "convertible-all-upfront, unnamed)"},
    };
    BAD(value_charge, NULL, NULL, bad);
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
        cmocka_unit_test(charges),
        cmocka_unit_test(wrong_charges),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
