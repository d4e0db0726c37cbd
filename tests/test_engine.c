/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/test.h"

#include "calc/engine.h"
#include "calc/engine_tables.h"

#include <string.h>

static void expands_to(const char *text, const char *wanted)
{
    const struct engine_value values[] = {{"a", "1"}, {"empty", ""}, {"long", "two words"}};
    struct buf out = {0};
    engine_expand(&out, text, values, 3);
    assert_false(out.failed);
    assert_string_equal(out.n ? out.v : "", wanted);
    buf_free(&out);
}

static void test_names_are_replaced(void **state)
{
    (void)state;
    expands_to("", "");
    expands_to("x {a} y{long}{a}\n", "x 1 ytwo words1\n");
    expands_to("{empty}.", ".");
    /* what is no name stays: JSON, unknown words, a brace that is never closed */
    expands_to("{b} {} {a", "{b} {} {a");
    expands_to("{{a}}", "{1}");
    expands_to("{a\n}", "{a\n}");
}

static void test_parts_stay_when_asked_for(void **state)
{
    (void)state;
    expands_to("1\n--if a\n2\n--end\n3\n", "1\n2\n3\n");
    expands_to("1\n--if empty\n2 {a}\n--end\n3\n", "1\n3\n");
    expands_to("1\n--if unknown\n2\n--end\n3", "1\n3");
}

static void test_every_engine_says_everything(void **state)
{
    (void)state;
    size_t n = 0;
    for (const struct engine *const *e = engine_table; *e; e++, n++) {
        const char *const texts[] = {(*e)->name,   (*e)->title,  (*e)->integer, (*e)->maybe,     (*e)->id,
                                     (*e)->text,   (*e)->number, (*e)->tail,    (*e)->functions, (*e)->fence,
                                     (*e)->scaled, (*e)->shown,  (*e)->load,    (*e)->run};
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            assert_non_null(texts[i]);
        assert_ptr_equal(engine_find((*e)->name), *e);
        assert_non_null(strstr((*e)->functions, "tco_half_up"));
        assert_non_null(strstr((*e)->functions, "tco_cut"));
        assert_non_null(strstr((*e)->scaled, "{value}"));
        assert_non_null(strstr((*e)->load, "{table}"));
    }
    assert_int_equal(n, 3);
    assert_null(engine_find("oracle"));
}

static void test_numbers_have_all_their_digits(void **state)
{
    (void)state;
    struct engine_rows r = {0};
    engine_rows_begin(&r);
    engine_put_int(&r, ENGINE_TIERS, 1);
    engine_put_int(&r, ENGINE_TIERS, -2);
    engine_put_big(&r, ENGINE_TIERS, 0);
    engine_put_none(&r, ENGINE_TIERS);
    /* 2^126 - 1 and below zero: bc */
    engine_put_big(&r, ENGINE_TIERS, -((((dec_int)1 << 125) - 1) * 2 + 1));
    engine_end_row(&r, ENGINE_TIERS);
    assert_string_equal(r.text[ENGINE_TIERS].v, "ladder_no,tier_no,from_e12,to_e12,price_e12\n"
                                                "1,-2,0,,-85070591730234615865843651857942052863\n");
    assert_int_equal(r.n[ENGINE_TIERS], 1);
    assert_false(engine_rows_failed(&r));
    engine_rows_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_replaced),
        cmocka_unit_test(test_parts_stay_when_asked_for),
        cmocka_unit_test(test_every_engine_says_everything),
        cmocka_unit_test(test_numbers_have_all_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
