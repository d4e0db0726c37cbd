/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/test.h"

#include "calc/intern.h"

#include <stdio.h>
#include <string.h>

static void equal_texts_have_one_copy(void **state)
{
    struct arena arena = {NULL};
    struct intern t = {.arena = &arena};
    char text[16] = "linux";

    (void)state;
    const char *a = intern(&t, text, 5);
    assert_ptr_equal(intern(&t, "linux", 5), a);
    assert_ptr_not_equal(intern(&t, "linu", 4), a);
    assert_string_equal(intern(&t, "linux!", 4), "linu"); /* len counts, not a NUL */
    assert_ptr_equal(intern(&t, "", 0), intern(&t, "x", 0));
    text[0] = '?';
    assert_string_equal(a, "linux");
    intern_free(&t);
    arena_free(&arena);
}

static void copies_and_numbers_survive_growth(void **state)
{
    enum { N = 5000 };
    static const char *kept[N];
    struct arena arena = {NULL};
    struct intern t = {.arena = &arena};
    char text[16];

    (void)state;
    for (int i = 0; i < N; i++) {
        int len = snprintf(text, sizeof text, "sku-%d", i);
        kept[i] = intern(&t, text, (size_t)len);
        *intern_number(&t, text, (size_t)len) = i + 1;
    }
    assert_int_equal(t.n, N);
    for (int i = 0; i < N; i++) {
        int len = snprintf(text, sizeof text, "sku-%d", i);
        assert_ptr_equal(intern(&t, text, (size_t)len), kept[i]);
        assert_int_equal(*intern_number(&t, text, (size_t)len), i + 1);
    }
    assert_int_equal(*intern_number(&t, "new", 3), 0);
    intern_free(&t);
    arena_free(&arena);
}

static void texts_may_hold_nuls(void **state)
{
    struct arena arena = {NULL};
    struct intern t = {.arena = &arena};

    (void)state;
    *intern_number(&t, "a\0b", 3) = 1;
    *intern_number(&t, "a\0c", 3) = 2;
    assert_int_equal(*intern_number(&t, "a\0b", 3), 1);
    assert_int_equal(intern_known(&t, "a\0c", 3), 2);
    assert_int_equal(intern_known(&t, "a\0d", 3), 0);
    assert_int_equal(t.n, 2); /* asking adds nothing */
    assert_int_equal(*intern_number(&t, "a\0c", 3), 2);
    assert_int_equal(*intern_number(&t, "a", 1), 0);
    intern_free(&t);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_have_one_copy),
        cmocka_unit_test(copies_and_numbers_survive_growth),
        cmocka_unit_test(texts_may_hold_nuls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
