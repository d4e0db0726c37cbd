/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/philox.h"

enum { ROUNDS = 10 };
static const uint32_t multiplier_0 = 0xD2511F53, multiplier_2 = 0xCD9E8D57;
static const uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85; /* what the two words of the key grow by a round */

/* All lanes a round, the loop over lanes innermost. */
WIDE_LANES static void one_round(struct philox *p, uint32_t key_0, uint32_t key_1)
{
    for (int l = 0; l < LANES; l++) {
        uint64_t a = (uint64_t)multiplier_0 * p->word[0][l], b = (uint64_t)multiplier_2 * p->word[2][l];
        p->word[0][l] = (uint32_t)(b >> 32) ^ p->word[1][l] ^ key_0;
        p->word[1][l] = (uint32_t)b;
        p->word[2][l] = (uint32_t)(a >> 32) ^ p->word[3][l] ^ key_1;
        p->word[3][l] = (uint32_t)a;
    }
}

void philox_lanes(struct philox *p, uint64_t key)
{
    uint32_t key_0 = (uint32_t)key, key_1 = (uint32_t)(key >> 32);
    for (int i = 0; i < ROUNDS; i++, key_0 += weyl_0, key_1 += weyl_1)
        one_round(p, key_0, key_1);
}

void philox_one(uint32_t word[4], uint64_t key)
{
    uint32_t key_0 = (uint32_t)key, key_1 = (uint32_t)(key >> 32);
    for (int i = 0; i < ROUNDS; i++, key_0 += weyl_0, key_1 += weyl_1) {
        uint64_t a = (uint64_t)multiplier_0 * word[0], b = (uint64_t)multiplier_2 * word[2];
        word[0] = (uint32_t)(b >> 32) ^ word[1] ^ key_0;
        word[1] = (uint32_t)b;
        word[2] = (uint32_t)(a >> 32) ^ word[3] ^ key_1;
        word[3] = (uint32_t)a;
    }
}
