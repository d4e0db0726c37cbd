/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 256-bit products and quotients, against rows computed with Python's integers of unlimited
 * length: borders first, then random ones (random.seed(11)).
 */
#include "tests/support/test.h"

#include "calc/wide.h"

struct pair {
    uint64_t high, low;
};

struct row {
    struct pair a, b, divisor;
    struct pair high, low;      /* a x b */
    struct pair quotient, rest; /* of a x b by the divisor; a rest of all ones: does not fit */
};

static const struct row rows[] = {
    {{0x0U, 0x0U}, {0x0U, 0x0U}, {0x0U, 0x1U}, {0x0U, 0x0U}, {0x0U, 0x0U}, {0x0U, 0x0U}, {0x0U, 0x0U}},
    {{0xffffffffffffffffU, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0xfffffffffffffffeU},
     {0x0U, 0x1U},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x0U, 0x0U}},
    {{0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x0U, 0x1U},
     {0x0U, 0x3U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x5555555555555555U, 0x5555555555555555U},
     {0x0U, 0x0U}},
    {{0xffffffffffffffffU, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0xfffffffffffffffeU},
     {0xffffffffffffffffU, 0xfffffffffffffffeU},
     {0x0U, 0x1U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
    {{0x8000000000000000U, 0x0U}, {0x0U, 0x2U}, {0x1U, 0x0U}, {0x0U, 0x1U}, {0x0U, 0x0U}, {0x1U, 0x0U}, {0x0U, 0x0U}},
    {{0x8000000000000000U, 0x0U},
     {0x0U, 0x4U},
     {0x8000000000000000U, 0x0U},
     {0x0U, 0x2U},
     {0x0U, 0x0U},
     {0x0U, 0x4U},
     {0x0U, 0x0U}},
    {{0x1U, 0x0U}, {0x1U, 0x0U}, {0x1U, 0x1U}, {0x0U, 0x1U}, {0x0U, 0x0U}, {0x0U, 0xffffffffffffffffU}, {0x0U, 0x1U}},
    {{0x0U, 0xffffffffffffffffU},
     {0x1U, 0x1U},
     {0x1U, 0x0U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x0U, 0xffffffffffffffffU},
     {0x0U, 0xffffffffffffffffU}},
    {{0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x1U, 0x0U},
     {0x1U, 0xffffffffffffffffU},
     {0x0U, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0x0U},
     {0x8000000000000000U, 0x3fffffffffffffffU},
     {0x1U, 0x3fffffffffffffffU}},
    {{0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x0U, 0x8000000000000000U},
     {0x8000000000000000U, 0x1U},
     {0x0U, 0x7fffffffffffffffU},
     {0xffffffffffffffffU, 0x8000000000000000U},
     {0x0U, 0xffffffffffffffffU},
     {0x7ffffffffffffffeU, 0x8000000000000001U}},
    {{0x8000000000000000U, 0xffffffffffffffffU},
     {0x4000000000000000U, 0x0U},
     {0x8000000000000000U, 0x1U},
     {0x2000000000000000U, 0x3fffffffffffffffU},
     {0xc000000000000000U, 0x0U},
     {0x4000000000000000U, 0x7ffffffffffffffeU},
     {0x7fffffffffffffffU, 0x8000000000000002U}},
    {{0xffffffffffffffffU, 0xfffffffffffffffaU},
     {0xfffffffffU, 0xffffffffffffffffU},
     {0x8000000000000000U, 0x8000000000000000U},
     {0xfffffffffU, 0xfffffffffffffffeU},
     {0xffffffa000000000U, 0x6U},
     {0x1fffffffffU, 0xffffffdffffffffdU},
     {0x7fffffb000000001U, 0x8000000000000006U}},
    {{0x8000000000000000U, 0x0U},
     {0x7fffffffffffffffU, 0xffffffffffffffffU},
     {0x8000000000000000U, 0xffffffffffffffffU},
     {0x3fffffffffffffffU, 0xffffffffffffffffU},
     {0x8000000000000000U, 0x0U},
     {0x7fffffffffffffffU, 0x1U},
     {0x7ffffffffffffffeU, 0x1U}},
    {{0xffffffffffffffffU, 0x0U},
     {0x7fffffffffffffffU, 0xffffffffffffffffU},
     {0x8000000000000000U, 0xffffffffffffffffU},
     {0x7fffffffffffffffU, 0x7fffffffffffffffU},
     {0x1U, 0x0U},
     {0xfffffffffffffffdU, 0x5U},
     {0x7ffffffffffffff9U, 0x5U}},
    {{0x7fffffffffffffffU, 0xffffffffffffffffU},
     {0xffffffffffffffffU, 0xffffffffffffffffU},
     {0x8000000000000000U, 0x0U},
     {0x7fffffffffffffffU, 0xfffffffffffffffeU},
     {0x8000000000000000U, 0x1U},
     {0xffffffffffffffffU, 0xfffffffffffffffdU},
     {0x0U, 0x1U}},
    {{0x7fffffffffffffffU, 0xffffffffffffffffU},
     {0x0U, 0xffffffffffffffffU},
     {0x7fffffffffffffffU, 0x8000000000000000U},
     {0x0U, 0x7fffffffffffffffU},
     {0x7fffffffffffffffU, 0x1U},
     {0x0U, 0xffffffffffffffffU},
     {0x7ffffffffffffffeU, 0x8000000000000001U}},
    {{0x1d9322db5b5fabU, 0x8f4d3e27dda1494cU},
     {0x4b2f6ddae44550U, 0x8201e2bd73ab4876U},
     {0x0U, 0xcdcc69292f45e679U},
     {0x8af95ea998cU, 0xef87c8c95a744715U},
     {0xc6b8216bfc710297U, 0x185a907a9eb92908U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
    {{0x1960110a9d2c67edU, 0xa13ffe7979cb9e86U},
     {0x26d5dU, 0x7253edc618187993U},
     {0x0U, 0x2279f4517362f25U},
     {0x3d97U, 0x4c92096da4235d88U},
     {0x92e7f903013c3285U, 0xdc85b5e99a695cf2U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
    {{0x0U, 0xfb710734986e86cbU},
     {0x14cd619d95847eU, 0xbd299753a7677796U},
     {0x0U, 0x3d71689f8558a7U},
     {0x0U, 0x146e8df37bedf8U},
     {0x1ea1973c855bebaU, 0x27078ae45a1857f2U},
     {0x5520e979bf306173U, 0x7de34e09a366dca8U},
     {0x0U, 0x35beb26adca65aU}},
    {{0x1858be8509208a65U, 0xf3ebdd3102b938bU},
     {0x31cc873U, 0x7b37e1499809225U},
     {0x697491e23U, 0x70c6a5b85387f613U},
     {0x4bc700U, 0xab196553558b6cf4U},
     {0x42f3cad11eabd783U, 0xb7bce08e08f19917U},
     {0xb7f46434f2327U, 0x7c9f60016c06a371U},
     {0x4c2b6eeebU, 0x755df5eecfcde1b4U}},
    {{0x147d45U, 0x3bd0334684e55160U},
     {0xa9964aefU, 0x12d0ea67ff12229U},
     {0x36822a6b2U, 0x4735af1ca7a11491U},
     {0x0U, 0xd92ba1a648cddU},
     {0x15d417bee25aefb7U, 0xe17e7771f8e8c860U},
     {0x3fbf1U, 0xec1236714c353100U},
     {0x358b5fb30U, 0xc1a4cae6d5f40760U}},
    {{0x14U, 0x4105cca7b53302fcU},
     {0xf3ba4U, 0x49fe85b0834c687aU},
     {0x0U, 0xc42b902a174fU},
     {0x0U, 0x1348752U},
     {0xd6631f0bfed4afdaU, 0xd1118874ea55cc18U},
     {0x192a067640aU, 0xb0ca8f4cda0623cbU},
     {0x0U, 0xbfea05eb8373U}},
    {{0x1b1U, 0x1b98fbe466809a11U},
     {0xf542441dU, 0x111b8aaa62f28d1aU},
     {0x76a9512035b00a54U, 0x36a80bdf0023b683U},
     {0x0U, 0x19eef85c304U},
     {0x3ba65fb4b11115e1U, 0x62aafb7d63fd02baU},
     {0x0U, 0x37f2e8b9d44U},
     {0x57552d5da4eb51fbU, 0xcdc97efed07130eeU}},
    {{0x3U, 0x601e5b4578511608U},
     {0x284890f5380eU, 0x12b2a4146b77730fU},
     {0x0U, 0xacc6d8f2c74c7ccfU},
     {0x0U, 0x87f9b01953f1U},
     {0x142685bb9f43d581U, 0xf55f38a50f5de278U},
     {0xc978d9243deeU, 0x6ea0f99846e6bba9U},
     {0x0U, 0xaad33e09e2ba48d1U}},
    {{0x1552454f1U, 0x4fab6f3e164f1513U},
     {0x22741e34b3f1U, 0xec3fbf4dc20ef164U},
     {0x1U, 0x19de2bc1b4ff00afU},
     {0x2de9U, 0x8fff070d303a1002U},
     {0x71c3b0fc432ded09U, 0xf2d9143b6c51e6cU},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
    {{0x3U, 0xcc099a1e77064c2cU},
     {0xc0e8U, 0x8f2df760ae9ca08bU},
     {0x1fc3b66faU, 0x30d0b19482450165U},
     {0x0U, 0x2dc7aU},
     {0x3bf26af410fbe6fcU, 0x16978d0ae2d6dbe4U},
     {0x0U, 0x170f4380fede8U},
     {0x334bb52cU, 0x6516e33dc518175cU}},
    {{0x623U, 0xa4ca83b26b52b08dU},
     {0x3f5U, 0x6bb6a3de65151c40U},
     {0x6U, 0x45114889001edc8fU},
     {0x0U, 0x184da0U},
     {0x5c80f54a4cff2315U, 0xb65fbf0dfc8c8f40U},
     {0x3e051U, 0x3eace235fd422181U},
     {0x3U, 0x7eb21977c2b2fc31U}},
    {{0x50684bfU, 0xe286852cff769e37U},
     {0x6d5c3U, 0xfeef16e964ef2ebeU},
     {0x158f219af685dU, 0x93b3a3d9a44f576bU},
     {0x0U, 0x225961eb3e0aU},
     {0xe8c604d7ef59440U, 0x30797ce71bd04ed2U},
     {0x0U, 0x197df8c3f41847a5U},
     {0x7f238686aabaU, 0x36de3fcb056649dbU}},
    {{0x1087U, 0x7108e02236971e1bU},
     {0x0U, 0x1387d96ac5cefdd8U},
     {0x18b70U, 0x4bdbf090d48dd9f3U},
     {0x0U, 0x142U},
     {0xd2d9f7fba71e65f9U, 0x68dd7ec468fc15c8U},
     {0x0U, 0xd0fd8596d22767U},
     {0x464cU, 0x7ad8c7cd1c5f6003U}},
    {{0x6U, 0x1711eb5713041452U},
     {0x2f30bfcU, 0x99edbce703f8670dU},
     {0x1048c7U, 0x740572419f452c07U},
     {0x0U, 0x11f652d9U},
     {0x35ff0c3dcee0e1e2U, 0x5cb1024140d2062aU},
     {0x11aU, 0x60ba3aae41e8fc4bU},
     {0x100321U, 0x43a3869fd2df3c1dU}},
    {{0x1bba94022bfb8e0U, 0x931719fdd5157e9dU},
     {0x9f227756991U, 0xa0931ed42ecdcc0aU},
     {0x7U, 0x9c461cb5d15b77f3U},
     {0x113c9da21dU, 0xab2434949552a261U},
     {0xf41d045cea0c49bbU, 0x62f508b20d750e22U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
    {{0xa104aU, 0xbd4aeab02891dd3cU},
     {0xc6c37U, 0xf33c1a7fafdd8733U},
     {0x16be49ee7U, 0x14186ebf9a8137e9U},
     {0x0U, 0x7d04937741U},
     {0x143bb446d3cc6967U, 0xfc633b690185b6f4U},
     {0x57U, 0xf354090e951a502dU},
     {0x11b1ddc00U, 0x8b9cbd0a2cac12ffU}},
    {{0x106U, 0x9e803191bea8593U},
     {0xb45f51cU, 0xbd65693b3d0840fbU},
     {0x34b7cb0U, 0x6bba8d2141c9886fU},
     {0x0U, 0xb8a088890U},
     {0xe76ce1ef7e2c91d7U, 0xa58625a233edb721U},
     {0x380U, 0x8e13671caca47ee2U},
     {0x404d7fU, 0xfdb10dfaf3c0a323U}},
    {{0x3b789b02ce933e1U, 0x852395744b1e943eU},
     {0x7U, 0x3a782ebb205bc308U},
     {0x4ea19da9b14dU, 0xda36e0d6a74c4611U},
     {0x0U, 0x1ade17b96169d047U},
     {0xa65f9779c6d470daU, 0xd4b8348b15e9dbf0U},
     {0x5779U, 0x274f9052c138953U},
     {0x6ee1d72310eU, 0xcb930161e76d0b6dU}},
    {{0x1dU, 0x365fdcd647bc7548U},
     {0x46d06U, 0x43e3ef5bfbd7d14U},
     {0xffU, 0x7219c1da69534049U},
     {0x0U, 0x814a56U},
     {0x6936263b8e9e7faU, 0xcb3e214fee2551a0U},
     {0x8192U, 0x280f6848c2155e5aU},
     {0x7dU, 0x307750c6bd48e9f6U}},
    {{0x2U, 0x2d1ef7bf0beddb07U},
     {0x10df91acb8dU, 0x9279b1e987efda6bU},
     {0x0U, 0x11b755cb58b8fU},
     {0x0U, 0x24b87a7c2d9U},
     {0x2c382958ecd05e37U, 0x19cbfef1b57781edU},
     {0x2129dc20935c1abU, 0x469ff616e25440f3U},
     {0x0U, 0x7e4d49544930U}},
    {{0x1773f5a82cb2cdU, 0x54ba1e74fb019df4U},
     {0x25c085bf23edcb04U, 0xf2650b71959de095U},
     {0x0U, 0x49ec7038c9U},
     {0x37565ba4e06a9U, 0x34f251a5b2489ddU},
     {0x6a1d291df2c500b3U, 0xc5942b5864ca6f04U},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
    {{0x4fd26eb372c56bU, 0x5b8349cee903aefaU},
     {0x0U, 0x992ef43805713dc6U},
     {0x17603d41138a4e4U, 0x7b73ccf813284c79U},
     {0x0U, 0x2fc3681f2d1448U},
     {0x9781014e747ea8d3U, 0x583df4937e4e75cU},
     {0x0U, 0x20b13a28100c7a90U},
     {0xaa147e832d7bb5U, 0x2896930a171c394cU}},
    {{0xffd5e6d8U, 0x22f8990951a3b990U},
     {0xbU, 0x8bcce7cd73fdc194U},
     {0x0U, 0x1df5e6733cb9U},
     {0x0U, 0xb89e6d5bcU},
     {0x2568fdc73df6864aU, 0x3c474369b4dcd740U},
     {0x6297d1f7405cdfU, 0x3e988ea26b6dc2e3U},
     {0x0U, 0x536dae4cd35U}},
    {{0xea3U, 0xf6a00758cb138653U},
     {0x3caf65b9a4U, 0x15bdc39d5a11cca5U},
     {0x0U, 0x1b6efdf007dfbU},
     {0x0U, 0x37875b4674a7aU},
     {0x22b9ebee74926f2aU, 0x93db717a8c22b77fU},
     {0x0U, 0x0U},
     {0xffffffffffffffffU, 0xffffffffffffffffU}},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static wide_half half(struct pair p)
{
    return (wide_half)p.high << 64 | p.low;
}

static void products(void **state)
{
    (void)state;
    for (int i = 0; i < ROWS; i++) {
        struct wide p = wide_mul(half(rows[i].a), half(rows[i].b));
        struct wide q = wide_mul(half(rows[i].b), half(rows[i].a));
        assert_true(p.hi == half(rows[i].high) && p.lo == half(rows[i].low));
        assert_true(q.hi == p.hi && q.lo == p.lo);
    }
}

static void quotients(void **state)
{
    (void)state;
    for (int i = 0; i < ROWS; i++) {
        struct wide p = {half(rows[i].high), half(rows[i].low)};
        wide_half q = 0, rest = 0;
        bool fits = ~half(rows[i].rest) != 0;
        assert_int_equal(wide_div(p, half(rows[i].divisor), &q, &rest), fits);
        if (fits)
            assert_true(q == half(rows[i].quotient) && rest == half(rows[i].rest));
    }
}

/* q x d + r is what was divided, and r < d, for products of all lengths. */
static void a_quotient_multiplies_back(void **state)
{
    (void)state;
    uint64_t seed = 20261121;
    wide_half v[3] = {0, 0, 0};

    for (int i = 0; i < 100000; i++) {
        for (int k = 0; k < 3; k++) {
            for (int n = 0; n < 4; n++) {
                seed = seed * 6364136223846793005U + 1442695040888963407U;
                v[k] = v[k] << 32 | seed >> 32;
            }
            v[k] >>= (seed >> 33) % 128;
            if ((seed >> 60) == 0) /* long runs of ones: where estimates go wrong */
                v[k] = ~v[k];
        }
        wide_half q = 0, rest = 0;
        struct wide p = wide_mul(v[0], v[1]);
        if (v[2] == 0 || !wide_div(p, v[2], &q, &rest)) {
            assert_true(v[2] == 0 || p.hi >= v[2]);
            continue;
        }
        struct wide back = wide_mul(q, v[2]);
        back.lo += rest;
        back.hi += back.lo < rest;
        assert_true(rest < v[2] && back.hi == p.hi && back.lo == p.lo);
    }
}

static void bits(void **state)
{
    (void)state;
    assert_int_equal(wide_bits(0), 0);
    for (int i = 0; i < 128; i++) {
        assert_int_equal(wide_bits((wide_half)1 << i), i + 1);
        assert_int_equal(wide_bits(~(wide_half)0 >> i), 128 - i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products),
        cmocka_unit_test(quotients),
        cmocka_unit_test(a_quotient_multiplies_back),
        cmocka_unit_test(bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
