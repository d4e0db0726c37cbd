/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The byte buffer: grows, keeps its NUL, and never passes its ceiling.
 */
#include "tests/support/test.h"

#include "calc/buf.h"

#include <string.h>

static void appends(void **state)
{
    (void)state;
    struct buf b = {0};

    buf_add(&b, NULL, 0);
    assert_string_equal(b.v, "");
    buf_puts(&b, "net");
    buf_putc(&b, '=');
    buf_printf(&b, "%d.%02d", 943, 40);
    buf_add(&b, "\0x", 2);
    assert_int_equal(b.n, 12);
    assert_memory_equal(b.v, "net=943.40\0x", 13);
    assert_false(b.failed);
    buf_free(&b);
    assert_null(b.v);
    assert_int_equal(b.n, 0);
    buf_free(&b);
}

static void grows_byte_by_byte(void **state)
{
    (void)state;
    struct buf b = {0};

    for (int i = 0; i < 100000; i++) {
        buf_putc(&b, (char)('a' + i % 26));
        assert_int_equal(b.v[b.n], '\0');
    }
    for (int i = 0; i < 100000; i++)
        assert_int_equal(b.v[i], 'a' + i % 26);
    buf_printf(&b, "%*d", 300000, 1);
    assert_int_equal(b.n, 400000);
    assert_int_equal(b.v[399999], '1');
    buf_free(&b);
}

static void the_ceiling_is_exact_and_sticks(void **state)
{
    (void)state;
    struct buf b = {.ceiling = 10};

    buf_puts(&b, "1234567890");
    assert_false(b.failed);
    assert_string_equal(b.v, "1234567890");
    buf_putc(&b, 'x');
    assert_true(b.failed);
    buf_add(&b, "", 0);
    buf_puts(&b, "y");
    buf_printf(&b, "%d", 1);
    assert_string_equal(b.v, "1234567890");
    buf_free(&b);
    assert_false(b.failed);
    assert_int_equal(b.ceiling, 10);
    buf_printf(&b, "%s", "12345678901");
    assert_true(b.failed);
    buf_free(&b);
}

static void reserve_counts_what_is_there(void **state)
{
    (void)state;
    struct buf b = {.ceiling = 1000};

    assert_true(buf_reserve(&b, 1000));
    const char *before = b.v;
    for (int i = 0; i < 1000; i++)
        buf_putc(&b, 'z');
    assert_ptr_equal(before, b.v);
    assert_true(buf_reserve(&b, 0));
    assert_false(buf_reserve(&b, 1));
    buf_free(&b);

    struct buf huge = {.ceiling = SIZE_MAX};
    assert_false(buf_reserve(&huge, SIZE_MAX));
    assert_true(huge.failed);
    buf_free(&huge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends),
        cmocka_unit_test(grows_byte_by_byte),
        cmocka_unit_test(the_ceiling_is_exact_and_sticks),
        cmocka_unit_test(reserve_counts_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
