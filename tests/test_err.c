/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Error texts: one clean line, whatever was quoted.
 */
#include "tests/support/test.h"

#include "calc/err.h"

#include <string.h>

static void set_fills_kind_and_text(void **state)
{
    (void)state;
    struct err e = {0};

    assert_int_equal(err_set(&e, ERR_USAGE, "unknown unit '%s' (known: %d)", "GBs", 3), -1);
    assert_int_equal(e.kind, ERR_USAGE);
    assert_string_equal(e.text, "unknown unit 'GBs' (known: 3)");
}

static void controls_and_bad_bytes_become_question_marks(void **state)
{
    (void)state;
    struct err e = {0};

    err_set(&e, ERR_USAGE, "%s", "a\nb\tc\x1b[31m\x7f");
    assert_string_equal(e.text, "a?b?c?[31m?");
    err_set(&e, ERR_USAGE, "%s", "x\xc2\x9bz"); /* U+009B, a C1 control: CSI on some terminals */
    assert_string_equal(e.text, "x?z");
    err_set(&e, ERR_USAGE, "%s", "x\xff\xfey \xe4\xb8\xad");
    assert_string_equal(e.text, "x??y \xe4\xb8\xad");
    err_set(&e, ERR_USAGE, "%s", "end \xe4\xb8");
    assert_string_equal(e.text, "end ??");
}

static void long_text_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    struct err e = {0};
    char raw[2000] = "";

    for (size_t shift = 0; shift < 3; shift++) {
        memset(raw, 'a', shift);
        for (size_t i = 0; i + shift + 3 < sizeof raw; i += 3)
            memcpy(raw + shift + i, "\xe4\xb8\xad", 4);
        err_set(&e, ERR_USAGE, "%s", raw);
        size_t n = strlen(e.text);
        assert_true(n < sizeof e.text && n + 4 > sizeof e.text);
        assert_int_equal((n - shift) % 3, 0);
        assert_memory_equal(e.text, raw, n);
    }
}

static void one_byte_too_long(void **state)
{
    (void)state;
    struct err e = {0};
    char raw[sizeof e.text + 1];

    memset(raw, 'a', sizeof raw);
    memcpy(raw + sizeof raw - 4, "\xe4\xb8\xad", 4);
    err_set(&e, ERR_USAGE, "%s", raw);
    assert_int_equal(strlen(e.text), sizeof e.text - 3);
    err_set(&e, ERR_USAGE, "%s", raw + 1);
    assert_string_equal(e.text, raw + 1);
}

static void prefix_goes_in_front(void **state)
{
    (void)state;
    struct err e = {0};
    char raw[sizeof e.text];

    err_set(&e, ERR_FETCH, "no answer");
    assert_int_equal(err_prefix(&e, "line %d", 7), -1);
    assert_string_equal(e.text, "line 7: no answer");
    assert_int_equal(e.kind, ERR_FETCH);

    memset(raw, 'x', sizeof raw - 1);
    raw[sizeof raw - 1] = '\0';
    err_set(&e, ERR_FETCH, "%s", raw);
    err_prefix(&e, "%s", "a.csv");
    assert_int_equal(strlen(e.text), sizeof e.text - 1);
    assert_memory_equal(e.text, "a.csv: xxx", 10);
}

static void no_memory_is_internal(void **state)
{
    (void)state;
    struct err e = {0};

    assert_int_equal(err_nomem(&e), -1);
    assert_int_equal(e.kind, ERR_INTERNAL);
    assert_string_equal(e.text, "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_fills_kind_and_text),
        cmocka_unit_test(controls_and_bad_bytes_become_question_marks),
        cmocka_unit_test(long_text_is_cut_at_a_whole_character),
        cmocka_unit_test(one_byte_too_long),
        cmocka_unit_test(prefix_goes_in_front),
        cmocka_unit_test(no_memory_is_internal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
