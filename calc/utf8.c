/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One character of UTF-8, decoded strictly: see utf8.h.
 */
#include "calc/utf8.h"

/* Length by the first byte, and the smallest code point that needs that length. */
static size_t lead(unsigned char first, uint32_t *code, uint32_t *least)
{
    if (first < 0xC2)
        return 0; /* a continuation byte, or an overlong form of ASCII */
    if (first < 0xE0) {
        *code = first & 0x1Fu;
        *least = 0x80;
        return 2;
    }
    if (first < 0xF0) {
        *code = first & 0x0Fu;
        *least = 0x800;
        return 3;
    }
    *code = first & 0x07u;
    *least = 0x10000;
    return first < 0xF5 ? 4 : 0;
}

size_t utf8_step(const char *text, size_t left, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)text;
    uint32_t c = 0, least = 0;

    if (left == 0)
        return 0;
    if (s[0] < 0x80) {
        *code = s[0];
        return 1;
    }
    size_t n = lead(s[0], &c, &least);
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0u) != 0x80u)
            return 0;
        c = c << 6 | (s[i] & 0x3Fu);
    }
    if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *code = c;
    return n;
}

bool utf8_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}
