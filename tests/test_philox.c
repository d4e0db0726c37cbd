/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/philox.h"
#include "tests/support/test.h"

/* The known answers that the authors publish with Random123 (kat_vectors, philox4x32 10). */
static const struct {
    uint32_t counter[4];
    uint64_t key;
    uint32_t expected[4];
} known[] = {
    {{0, 0, 0, 0}, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     0xffffffffffffffff,
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     0x299f31d0a4093822,
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};
enum { KNOWN = sizeof known / sizeof known[0] };

static void known_answers(void **state)
{
    (void)state;
    for (int i = 0; i < KNOWN; i++) {
        uint32_t word[4] = {known[i].counter[0], known[i].counter[1], known[i].counter[2], known[i].counter[3]};
        philox_one(word, known[i].key);
        for (int w = 0; w < 4; w++)
            assert_int_equal(word[w], known[i].expected[w]);
    }
}

static void all_lanes_as_one(void **state)
{
    struct philox p;
    (void)state;
    for (int l = 0; l < LANES; l++)
        for (int w = 0; w < 4; w++)
            p.word[w][l] = known[2].counter[w] + (w == 0 ? (uint32_t)l : 0);
    philox_lanes(&p, known[2].key);
    for (int l = 0; l < LANES; l++) {
        uint32_t word[4] = {known[2].counter[0] + (uint32_t)l, known[2].counter[1], known[2].counter[2],
                            known[2].counter[3]};
        philox_one(word, known[2].key);
        for (int w = 0; w < 4; w++)
            assert_int_equal(p.word[w][l], word[w]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers), cmocka_unit_test(all_lanes_as_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
