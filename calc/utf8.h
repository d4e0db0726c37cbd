/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One character of UTF-8, decoded strictly (RFC 3629): no overlong forms, no surrogates, nothing
 * above U+10FFFF. No locale is asked.
 */
#ifndef TCO_UTF8_H
#define TCO_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes (1..4) of the character that begins at text, which has `left` bytes, and its code point;
 * 0 when it is not valid or is cut, *code then unset. */
size_t utf8_step(const char *text, size_t left, uint32_t *code);

/* C0 and C1 controls and DEL: what must never reach a terminal from outside text. */
bool utf8_control(uint32_t code);

#endif
