/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The UTF-8 decoder, against the borders of RFC 3629's table of well-formed sequences.
 */
#include "tests/support/test.h"

#include "calc/utf8.h"

#include <string.h>

static void valid_characters(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t code;
    } good[] = {
        {"a", 'a'},
        {"\x7f", 0x7F},
        {"\xc2\x80", 0x80},
        {"\xdf\xbf", 0x7FF},
        {"\xe0\xa0\x80", 0x800},
        {"\xe4\xb8\xad", 0x4E2D},
        {"\xed\x9f\xbf", 0xD7FF},
        {"\xee\x80\x80", 0xE000},
        {"\xef\xbf\xbf", 0xFFFF},
        {"\xf0\x90\x80\x80", 0x10000},
        {"\xf4\x8f\xbf\xbf", 0x10FFFF},
    };

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        uint32_t code = 0;
        size_t n = strlen(good[i].bytes);
        assert_int_equal(utf8_step(good[i].bytes, n, &code), n);
        assert_int_equal(code, good[i].code);
        if (n > 1)
            assert_int_equal(utf8_step(good[i].bytes, n - 1, &code), 0);
    }
}

static void bad_sequences(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc2\x41",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xe4\xb8\x41",
        "\xe4\x41\xad",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xfe",
        "\xff\xff\xff\xff",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint32_t code = 0;
        assert_int_equal(utf8_step(bad[i], strlen(bad[i]), &code), 0);
    }
    uint32_t code = 0;
    assert_int_equal(utf8_step("a", 0, &code), 0);
    assert_int_equal(utf8_step("", 1, &code), 1); /* NUL is a character here; callers refuse it */
}

static void controls(void **state)
{
    (void)state;
    assert_true(utf8_control(0) && utf8_control(0x1F) && utf8_control(0x7F) && utf8_control(0x80) &&
                utf8_control(0x9F));
    assert_false(utf8_control(' ') || utf8_control('~') || utf8_control(0xA0) || utf8_control(0x4E2D));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_characters),
        cmocka_unit_test(bad_sequences),
        cmocka_unit_test(controls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
