/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences: places are filled in the order of the language, and no memory anywhere is NULL. The
 * sentences wanted are texts.def read with the eye.
 */
#include "tests/support/test.h"

#include "calc/price.h"
#include "calc/say.h"

static void places_are_filled_in_either_order(void **state)
{
    (void)state;
    struct arena a = {NULL};
    assert_string_equal(say_in(&a, NULL, TEXT_NO_PRICE_FOR, "on-demand price", "cn-x", "s1"),
                        "no on-demand price in cn-x for s1");
    assert_string_equal(say_in(&a, "zh", TEXT_NO_PRICE_FOR, "按量付费价格", "cn-x", "s1"),
                        "cn-x 没有 s1 的按量付费价格");
    /* what is filled in is not read for places itself */
    assert_string_equal(say_in(&a, "en", TEXT_NAME_NOTE, "{2}", "b"), "{2}: b");
    arena_free(&a);
}

static void nothing_said_stays_nothing(void **state)
{
    (void)state;
    struct arena a = {NULL};
    assert_null(say_in(&a, NULL, TEXT_NAME_NOTE, "label", NULL));
    arena_free(&a);
}

static void behind_what_is_there(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_puts(&b, "x");
    say_to(&b, "zh", TEXT_RIVAL_PRICE, "1", "CNY", "s");
    assert_string_equal(b.v, "x1 CNY（s）");
    buf_free(&b);
}

static void how_sure_a_source_is(void **state)
{
    (void)state;
    assert_string_equal(say_confidence("zh", "low"), "低");
    assert_string_equal(say_confidence("en", "medium"), "medium");
    assert_string_equal(say_confidence("zh", "unheard"), "unheard");
    assert_string_equal(say_confidence("zh", ""), "");
}

/* In English a charge is the word a configuration takes. */
static void charges_are_the_words_of_the_configuration(void **state)
{
    (void)state;
    for (int c = CHARGE_ON_DEMAND; c <= CHARGE_BEST; c++)
        assert_string_equal(price_charge_name("en", (enum charge_kind)c), charge_names[c]);
}

static void a_charge_in_words(void **state)
{
    (void)state;
    struct arena a = {NULL};
    assert_string_equal(price_charge_words(&a, NULL, CHARGE_PREPAID, 1, ""), "prepaid 1 month");
    assert_string_equal(price_charge_words(&a, NULL, CHARGE_RESERVED, 12, "all-upfront"),
                        "reserved 12 months all-upfront");
    assert_string_equal(price_charge_words(&a, "zh", CHARGE_RESERVED, 12, "all-upfront"),
                        "预留 12 个月（all-upfront）");
    assert_string_equal(price_charge_words(&a, "zh", CHARGE_ON_DEMAND, 0, ""), "按量付费");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_filled_in_either_order),
        cmocka_unit_test(nothing_said_stays_nothing),
        cmocka_unit_test(behind_what_is_there),
        cmocka_unit_test(how_sure_a_source_is),
        cmocka_unit_test(charges_are_the_words_of_the_configuration),
        cmocka_unit_test(a_charge_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
