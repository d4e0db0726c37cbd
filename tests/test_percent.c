/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Percent-encoding, against RFC 3986 (2.1 to 2.3) and the examples of the providers' signature rules.
 */
#include "tests/support/test.h"

#include "fetchers/percent.h"

#include <string.h>

static void what_is_unreserved_stays_and_the_rest_is_upper_case_hex(void **state)
{
    static const struct {
        const char *text, *encoded;
    } rows[] = {
        {"", ""},
        {"AZaz09-._~", "AZaz09-._~"},
        {" ", "%20"},
        {"*", "%2A"},
        {"+/=", "%2B%2F%3D"},
        {"%2F", "%252F"},
        {"a&b=c?d#e", "a%26b%3Dc%3Fd%23e"},
        {"12:46:24Z", "12%3A46%3A24Z"},
        {"{\"vm_os_kind\":[\"linux\"]}", "%7B%22vm_os_kind%22%3A%5B%22linux%22%5D%7D"},
        {"中", "%E4%B8%AD"}, /* U+4E2D in UTF-8 */
        {"\x7f\x01", "%7F%01"},
    };
    struct arena a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(percent_encode(&a, rows[i].text), rows[i].encoded);
    arena_free(&a);
}

static void any_byte_is_taken(void **state)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf b = {0};
    char all[256], want[3];

    (void)state;
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    percent_add(&b, all, sizeof all);
    assert_int_equal(b.n, (256 - 66) * 3 + 66); /* 26 + 26 + 10 + 4 stay */
    want[0] = '%', want[1] = hex[15], want[2] = hex[15];
    assert_memory_equal(b.v, "%00%01", 6);
    assert_memory_equal(b.v + b.n - 3, want, 3);
    buf_free(&b);
}

static void a_path_keeps_its_slashes(void **state)
{
    struct buf b = {0};

    (void)state;
    buf_puts(&b, "/");
    percent_add_but(&b, "v1/a b\0c", 8, "/");
    assert_string_equal(b.v, "/v1/a%20b%00c");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_unreserved_stays_and_the_rest_is_upper_case_hex),
        cmocka_unit_test(any_byte_is_taken),
        cmocka_unit_test(a_path_keeps_its_slashes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
