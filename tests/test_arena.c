/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The arena: zeroed, aligned, never overlapping, given back at once.
 */
#include "tests/support/test.h"

#include "calc/arena.h"

#include <string.h>

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena a = {0};
    unsigned char *p[600];
    size_t size[600];

    for (size_t i = 0; i < 600; i++) {
        size[i] = i * 37 % 1009 + (i % 50 == 0 ? 40000 : 0);
        p[i] = arena_alloc(&a, size[i]);
        assert_non_null(p[i]);
        assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(p[i][k], 0);
        memset(p[i], (int)(i % 255 + 1), size[i]);
    }
    for (size_t i = 0; i < 600; i++)
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(p[i][k], i % 255 + 1);
    arena_free(&a);
    assert_null(a.head);
    arena_free(&a);
}

static void too_much_is_null(void **state)
{
    (void)state;
    struct arena a = {0};

    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, (size_t)PTRDIFF_MAX));
    assert_null(arena_array(&a, SIZE_MAX / 2, 3));
    assert_null(arena_array(&a, 3, SIZE_MAX / 2));
    assert_null(arena_array(&a, SIZE_MAX / 8 + 2, 8)); /* 8 when it wraps */
    assert_null(arena_grow(&a, NULL, 0, SIZE_MAX / 8, 16));
    assert_null(arena_strndup(&a, "x", SIZE_MAX));
    assert_non_null(arena_alloc(&a, 0));
    assert_non_null(arena_array(&a, 0, 8));
    arena_free(&a);
}

static void grow_keeps_what_was_there(void **state)
{
    (void)state;
    struct arena a = {0};
    int *v = NULL;
    size_t n = 0;

    for (size_t want = 1; want < 5000; want *= 3) {
        const int *old = v;
        int *grown = arena_grow(&a, old, n, want, sizeof *grown);
        assert_non_null(grown);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(grown[i], (int)i);
        for (size_t i = n; i < want; i++) {
            assert_int_equal(grown[i], 0);
            grown[i] = (int)i;
        }
        v = grown;
        n = want;
    }
    assert_non_null(v);
    int *less = arena_grow(&a, v, n, 2, sizeof *less);
    assert_int_equal(less[1], 1);
    arena_free(&a);
}

static void texts(void **state)
{
    (void)state;
    struct arena a = {0};

    assert_string_equal(arena_strdup(&a, "ecs.g7"), "ecs.g7");
    assert_string_equal(arena_strndup(&a, "ecs.g7", 3), "ecs");
    assert_string_equal(arena_strndup(&a, "", 0), "");
    assert_string_equal(arena_printf(&a, "%s@%d", "sg", 7), "sg@7");
    assert_string_equal(arena_printf(&a, "%s", ""), "");
    char *wide = arena_printf(&a, "%*d", 100000, 1);
    assert_int_equal(strlen(wide), 100000);
    arena_free(&a);
}

static void it_knows_its_size(void **state)
{
    struct arena a = {NULL};

    (void)state;
    assert_int_equal(arena_bytes(&a), 0);
    assert_non_null(arena_alloc(&a, 1000000));
    size_t one = arena_bytes(&a);
    assert_true(one >= 1000000 && one < 1100000);
    assert_non_null(arena_alloc(&a, 1));
    assert_non_null(arena_alloc(&a, 1000000));
    assert_true(arena_bytes(&a) >= 2000001);
    arena_free(&a);
    assert_int_equal(arena_bytes(&a), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(too_much_is_null),
        cmocka_unit_test(grow_keeps_what_was_there),
        cmocka_unit_test(texts),
        cmocka_unit_test(it_knows_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
