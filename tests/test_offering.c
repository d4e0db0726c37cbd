/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of offerings, as the provider's guide to reserved machines tells them: no upfront is paid by the hour,
 * all upfront at once, partial upfront both; a savings plan is a rate by the hour in any case.
 */
#include "tests/support/test.h"

#include "calc/offering.h"

#include <string.h>

static void parts_follow_the_payment(void **state)
{
    static const struct {
        enum charge_kind charge;
        const char *name;
        bool upfront, rate;
    } rows[] = {
        {CHARGE_RESERVED, "no-upfront", false, true},
        {CHARGE_RESERVED, "partial-upfront", true, true},
        {CHARGE_RESERVED, "all-upfront", true, false},
        {CHARGE_RESERVED, "convertible-no-upfront", false, true},
        {CHARGE_RESERVED, "convertible-partial-upfront", true, true},
        {CHARGE_RESERVED, "convertible-all-upfront", true, false},
        {CHARGE_SAVINGS_PLAN, "all-upfront", false, true},
        {CHARGE_SAVINGS_PLAN, "compute-no-upfront", false, true},
        {CHARGE_SAVINGS_PLAN, "compute-all-upfront", false, true},
        {CHARGE_SAVINGS_PLAN, "instance-partial-upfront", false, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct offering *o = offering_find(rows[i].charge, rows[i].name);
        assert_non_null(o);
        assert_string_equal(o->name, rows[i].name);
        assert_int_equal(o->upfront, rows[i].upfront);
        assert_int_equal(o->rate, rows[i].rate);
    }
}

static void an_offering_belongs_to_its_charge(void **state)
{
    (void)state;
    assert_null(offering_find(CHARGE_RESERVED, "compute-no-upfront"));
    assert_null(offering_find(CHARGE_SAVINGS_PLAN, "convertible-no-upfront"));
    assert_null(offering_find(CHARGE_ON_DEMAND, "no-upfront"));
    assert_null(offering_find(CHARGE_RESERVED, ""));
}

static void names_are_those_of_the_charge(void **state)
{
    const char *names[OFFERINGS_MAX];

    (void)state;
    assert_int_equal(offering_names(CHARGE_RESERVED, names), 6);
    assert_string_equal(names[5], "convertible-all-upfront");
    assert_int_equal(offering_names(CHARGE_SAVINGS_PLAN, names), 9);
    assert_string_equal(names[3], "compute-no-upfront");
    assert_int_equal(offering_names(CHARGE_PREPAID, names), 0);
}

static void parts_are_told_in_words(void **state)
{
    (void)state;
    assert_string_equal(offering_parts(offering_find(CHARGE_RESERVED, "all-upfront")),
                        "a sum for the term and no rate");
    assert_string_equal(offering_parts(offering_find(CHARGE_RESERVED, "convertible-partial-upfront")),
                        "a sum for the term and a rate by the hour or month");
    assert_string_equal(offering_parts(offering_find(CHARGE_SAVINGS_PLAN, "all-upfront")),
                        "a rate by the hour or month and no sum for the term");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_follow_the_payment),
        cmocka_unit_test(an_offering_belongs_to_its_charge),
        cmocka_unit_test(names_are_those_of_the_charge),
        cmocka_unit_test(parts_are_told_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
