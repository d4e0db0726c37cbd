/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A 64-bit hash over the values of a row, kept beside it. It finds damage (a flipped bit, a torn
 * page), not malice. Values are told apart by kind and length, so no two rows read alike.
 */
#ifndef TCO_SEAL_H
#define TCO_SEAL_H

#include <stdint.h>
#include <string.h>

#define SEAL_START UINT64_C(0x9e3779b97f4a7c15)

static inline uint64_t seal_word(uint64_t seal, uint64_t word)
{
    seal = (seal ^ word) * UINT64_C(0xff51afd7ed558ccd);
    return seal ^ (seal >> 32);
}

static inline uint64_t seal_int(uint64_t seal, int64_t value)
{
    return seal_word(seal_word(seal, 1), (uint64_t)value);
}

static inline uint64_t seal_text(uint64_t seal, const char *text, size_t len)
{
    uint64_t word;

    seal = seal_word(seal, len << 8 | 2);
    for (; len >= sizeof word; len -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        seal = seal_word(seal, word);
    }
    word = 0;
    if (len > 0)
        memcpy(&word, text, len);
    return seal_word(seal, word);
}

#endif
