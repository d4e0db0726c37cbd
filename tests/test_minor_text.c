/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Minor units as text against the decimals they are.
 */
#include "tests/support/test.h"

#include "calc/decimal.h"
#include "calc/minor_text.h"

#include <string.h>

static void expect(int64_t amount, int places, const char *text)
{
    char out[MINOR_TEXT];
    size_t n = minor_format(amount, places, out);
    assert_int_equal(n, strlen(text));
    assert_memory_equal(out, text, n);
}

static void by_hand(void **state)
{
    (void)state;
    expect(0, 0, "0");
    expect(0, 2, "0.00");
    expect(5, 2, "0.05");
    expect(-5, 2, "-0.05");
    expect(1234, 2, "12.34");
    expect(1234, 0, "1234");
    expect(-100, 2, "-1.00");
    expect(7, 12, "0.000000000007");
    expect(INT64_MAX, 0, "9223372036854775807");
    expect(-INT64_MAX, 12, "-9223372.036854775807");
}

static void as_decimals_are_written(void **state)
{
    (void)state;
    uint64_t x = 88172645463325252U; /* xorshift64 */
    for (int i = 0; i < 100000; i++) {
        char want[DEC_TEXT], have[MINOR_TEXT];
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        int64_t amount = (int64_t)(x >> (x % 63 + 1));
        int places = i % 4;
        if (i % 2)
            amount = -amount;
        dec_t d = dec_of(amount, places);
        size_t n = dec_format(d, places, want);
        assert_int_equal(minor_format(amount, places, have), n);
        assert_memory_equal(have, want, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(as_decimals_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
