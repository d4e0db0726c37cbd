/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates on whole minor units against the decimals they stand for, which are tested by themselves.
 */
#include "tests/support/test.h"

#include "tests/support/numbers.h"

#include "calc/ratio.h"

static uint64_t state = 88172645463325252U;
static uint64_t next(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void worked_by_hand(void **unused)
{
    (void)unused;
    struct ratio r;
    uint64_t y;
    /* 106.00 incl 6 %: 100.00; 0.53 / 1.06 = 0.50; 1.00 / 1.06 = 0.943.. -> 0.94 */
    assert_true(ratio_make(DEC_ONE, D("1.06"), 2, 2, &r));
    assert_true(ratio_apply(&r, 10600, &y) && y == 10000);
    assert_true(ratio_apply(&r, 53, &y) && y == 50);
    assert_true(ratio_apply(&r, 100, &y) && y == 94);
    /* a half goes up: 0.05 x 0.5 = 0.025 -> 0.03 */
    assert_true(ratio_make(D("0.5"), DEC_ONE, 2, 2, &r));
    assert_true(ratio_apply(&r, 5, &y) && y == 3);
    /* 1.00 USD at 150.255 in yen, which have no minor unit: 150; 2.00: 300.51 -> 301 */
    assert_true(ratio_make(D("150.255"), DEC_ONE, 2, 0, &r));
    assert_true(ratio_apply(&r, 100, &y) && y == 150);
    assert_true(ratio_apply(&r, 200, &y) && y == 301);
    assert_true(ratio_make(DEC_ZERO, DEC_ONE, 2, 2, &r));
    assert_true(ratio_apply(&r, MINOR_MOST, &y) && y == 0);
}

static void as_decimals_round(void **unused)
{
    (void)unused;
    static const char *const rates[] = {"0.06", "7.10", "7.12345678", "0.14035087", "0.000000000001", "1", "99.99"};
    static const char *const pers[] = {"1", "1.06", "0.9", "1.13", "1.000000000001", "3"};
    static const int places[] = {0, 2, 3};
    struct ratio r;
    size_t done = 0;
    for (int i = 0; i < 200000; i++) {
        dec_t rate = D(rates[next() % 7]), per = D(pers[next() % 6]);
        int from = places[next() % 3], to = places[next() % 3];
        uint64_t x = next() % ((uint64_t)1 << (next() % 44)), y;
        if (!ratio_make(rate, per, from, to, &r) || !ratio_apply(&r, x, &y))
            continue;
        dec_t exact = dec_muldiv(dec_of((int64_t)x, from), rate, per, DEC_DOWN), whole;
        /* one rounding: by product or by quotient, whichever of the two there is */
        if (dec_cmp(per, DEC_ONE) == 0)
            whole = dec_mul_round(dec_of((int64_t)x, from), rate, to, DEC_HALF_UP);
        else if (dec_cmp(rate, DEC_ONE) == 0)
            whole = dec_div_round(dec_of((int64_t)x, from), per, to, DEC_HALF_UP);
        else
            whole = dec_round(exact, to, DEC_HALF_UP);
        assert_true(whole.v == dec_of((int64_t)y, to).v);
        done++;
    }
    assert_true(done > 150000);
}

/* Numerators of all lengths, divisors with and without twos in them, ties: against the compiler's own division. */
static void division_by_reciprocals(void **unused)
{
    (void)unused;
    static const struct divisor by[] = {DIVISOR(1),   DIVISOR(2),           DIVISOR(3),
                                        DIVISOR(53),  DIVISOR(10000000000), DIVISOR(1000000000000),
                                        DIVISOR(106), DIVISOR(1024),        DIVISOR(9223372036854775807)};
    for (int i = 0; i < 300000; i++) {
        const struct divisor *d = &by[i % 9];
        minor_wide n = (((minor_wide)next() << 64) | next()) >> (next() % 127 + 1);
        if (i % 5 == 0)
            n = (n / d->d) * d->d + d->d / 2; /* a tie, or just below one */
        minor_wide q = n / d->d, rest = n % d->d;
        q += rest >= d->d - rest;
        uint64_t got;
        bool fits = q <= MINOR_MOST;
        assert_int_equal(minor_divide(n, d, &got), fits);
        assert_true(!fits || got == (uint64_t)q);
        assert_int_equal(minor_divide_wide(n, d, &got), fits);
        assert_true(!fits || got == (uint64_t)q);
        uint64_t low = (uint64_t)n >> 1, left;
        assert_true(divide_by(low, d->d, d->reciprocal, &left) == low / d->d && left == low % d->d);
    }
}

static void what_does_not_fit_is_refused(void **unused)
{
    (void)unused;
    struct ratio r;
    uint64_t y;
    assert_false(ratio_make(D("-1"), DEC_ONE, 2, 2, &r));
    assert_false(ratio_make(DEC_ONE, DEC_ZERO, 2, 2, &r));
    assert_false(ratio_make(DEC_ONE, D("-1"), 2, 2, &r));
    assert_false(ratio_make(dec_bad_of(DEC_OVERFLOW), DEC_ONE, 2, 2, &r));
    assert_false(ratio_make(D("99999999999999999999999"), D("1.000000000001"), 2, 2, &r));
    assert_true(ratio_make(D("10"), DEC_ONE, 2, 2, &r));
    assert_true(ratio_apply(&r, MINOR_MOST / 10, &y));
    assert_false(ratio_apply(&r, MINOR_MOST / 10 + 1, &y));
    assert_true(ratio_make(DEC_ONE, DEC_ONE, 2, 2, &r));
    assert_true(ratio_apply(&r, MINOR_MOST, &y) && y == MINOR_MOST);
    assert_true(minor_of(D("12.34"), 2, &y) && y == 1234);
    assert_false(minor_of(D("12.345"), 2, &y));
    assert_false(minor_of(D("-1"), 2, &y));
    assert_false(minor_of(D("10000000000000.01"), 2, &y));
    assert_true(minor_of(D("10000000000000"), 2, &y) && y == MINOR_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_by_hand),
        cmocka_unit_test(as_decimals_round),
        cmocka_unit_test(division_by_reciprocals),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
