/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/numbers.h"

#include "models/ladder.h"

/* Tencent Cloud China, M5.2XLARGE64 in Guangzhou, CNY an hour over the instance's life (list of 2022-05-20) */
static const struct tier *tencent(void)
{
    static struct tier v[3];
    v[0] = (struct tier){D("0"), D("96"), false, D("4.92")};
    v[1] = (struct tier){D("96"), D("360"), false, D("2.46")};
    v[2] = (struct tier){D("360"), D("0"), true, D("1.67")};
    return v;
}

static dec_t amount(const struct tier *t, size_t n, const char *from, const char *to, bool *beyond)
{
    *beyond = false;
    return ladder_amount(t, n, D(from), D(to), beyond);
}

static void each_unit_pays_its_own_tier(void **state)
{
    (void)state;
    bool beyond;
    /* by hand: 96 x 4.92 + 264 x 2.46 + 370 x 1.67 = 472.32 + 649.44 + 617.90 */
    assert_dec(amount(tencent(), 3, "0", "730", &beyond), "1739.66");
    assert_dec(amount(tencent(), 3, "730", "1460", &beyond), "1219.10");
    assert_dec(amount(tencent(), 3, "95.5", "96.5", &beyond), "3.69");
    assert_dec(amount(tencent(), 3, "96", "96", &beyond), "0");
    assert_false(beyond);
}

/* Alibaba EIP subscription in Hangzhou: 1 to 5 Mbps cost 23, 46, 71, 96, 125, then 80 each (help.aliyun.com, 2021-06-08) */
static void published_totals_come_back(void **state)
{
    (void)state;
    const struct tier v[] = {
        {D("0"), D("2"), false, D("23")},
        {D("2"), D("4"), false, D("25")},
        {D("4"), D("5"), false, D("29")},
        {D("5"), D("0"), true, D("80")},
    };
    static const char *const totals[][2] = {{"1", "23"},  {"2", "46"},  {"3", "71"},  {"4", "96"},
                                            {"5", "125"}, {"6", "205"}, {"10", "525"}};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        bool beyond;
        assert_dec(amount(v, 4, "0", totals[i][0], &beyond), totals[i][1]);
    }
}

static void nothing_is_published_beyond_a_closed_end(void **state)
{
    (void)state;
    const struct tier one[] = {{D("0"), D("96"), false, D("4.92")}};
    bool beyond;
    amount(one, 1, "0", "96", &beyond);
    assert_false(beyond);
    amount(one, 1, "0", "96.000000000001", &beyond);
    assert_true(beyond);
    amount(one, 0, "0", "1", &beyond);
    assert_true(beyond);
}

static void a_free_tier_is_free_to_its_end(void **state)
{
    (void)state;
    const struct tier v[] = {{D("0"), D("5"), false, D("0")}, {D("5"), D("0"), true, D("0.12")}};
    bool beyond;
    assert_dec(amount(v, 2, "0", "5", &beyond), "0");
    assert_dec(amount(v, 2, "0", "105", &beyond), "12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_unit_pays_its_own_tier),
        cmocka_unit_test(published_totals_come_back),
        cmocka_unit_test(nothing_is_published_beyond_a_closed_end),
        cmocka_unit_test(a_free_tier_is_free_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
