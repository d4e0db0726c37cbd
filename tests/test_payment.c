/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wires out of China, Bank of China's published scale: 0.1 %, at least 50, at most 260, plus cable 80 (Hong Kong) or
 * 150 CNY: 6,778.70 costs 200.00, 100,000 to Hong Kong 180.00.
 */
#include "tests/support/component.h"

static dec_t fee(const char *paid, const char *fixed)
{
    dec_t amount[1] = {D(paid)};
    enum timing at[1] = {AT_END};
    struct component_input in = {.months = 1,
                                 .paid = amount,
                                 .paid_at = at,
                                 .npaid = 1,
                                 .percent = D("0.001"),
                                 .min = D("50"),
                                 .max = D("260"),
                                 .has_min = true,
                                 .has_max = true,
                                 .fixed = D(fixed),
                                 .places = 2};
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_payment.charges(&in, &out, &err), COMPONENT_DONE);
    dec_t sum = total(&out);
    charge_free(&out);
    return sum;
}

static void wires(void **state)
{
    (void)state;
    assert_dec(fee("6778.70", "150"), "200.00");
    assert_dec(fee("5037.02", "150"), "200.00");
    assert_dec(fee("100000", "80"), "180.00");
    assert_dec(fee("1000000", "80"), "340.00");
    assert_dec(fee("70005.00", "0"), "70.01"); /* half-up */
    assert_dec(fee("0", "150"), "0");          /* no payment, no fee */
}

static void months_keep_their_own_time(void **state)
{
    (void)state;
    dec_t amount[] = {D("100"), D("0"), D("100")};
    enum timing at[] = {AT_START, AT_END, AT_END};
    struct component_input in = {
        .months = 3, .paid = amount, .paid_at = at, .npaid = 3, .percent = D("0.03"), .places = 2};
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(component_payment.charges(&in, &out, &err), COMPONENT_DONE);
    assert_int_equal(out.n, 2);
    assert_run(&out.v[0], 0, 1, AT_START, "1", "3");
    assert_run(&out.v[1], 2, 1, AT_END, "1", "3");
    charge_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wires), cmocka_unit_test(months_keep_their_own_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
